"""Every trouble of a source has its sentence, in every language."""

from __future__ import annotations

import pytest

from bot.sources.errors import KEYS, error
from bot.texts import LANGUAGES, texts


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_trouble_has_a_sentence_with_its_placeholders(lang: str, key: str) -> None:
    assert texts(lang).placeholders()[key] <= KEYS[key]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_about_sources_is_without_a_trouble(lang: str) -> None:
    written = {key for key in texts(lang).placeholders() if key.startswith("source.")}

    assert written == set(KEYS)


def test_an_error_must_carry_what_its_sentence_names() -> None:
    with pytest.raises(ValueError, match="needs"):
        error("source.dns", address="x")
