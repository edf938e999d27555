"""The catalogue of sentences: no key is missing in a language, no placeholder differs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules import language
from rules.language import repair
from rules.wording import LANGUAGES, Catalogue

PACKAGE = "rules.data.wording"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_keys_and_placeholders(lang: str) -> None:
    wanted = Catalogue.load(PACKAGE, "zh-TW").placeholders()

    assert wanted == Catalogue.load(PACKAGE, lang).placeholders()


def test_a_sentence_is_filled_in() -> None:
    catalogue = Catalogue("en", {"greet": "Hello {name}"})

    assert catalogue.say("greet", name="{x}", other=1) == "Hello {x}"


def test_a_missing_sentence_is_an_error() -> None:
    with pytest.raises(KeyError):
        Catalogue("en", {}).say("greet")


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        Catalogue("en", {"greet": "Hello {name}"}).say("greet")


def test_a_placeholder_that_reaches_into_a_value_is_refused() -> None:
    with pytest.raises(ValueError):
        Catalogue("en", {"greet": "Hello {name.secret}"})


def test_a_language_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError):
        Catalogue.load(PACKAGE, "../zh-TW")


def test_every_error_that_the_language_raises_has_a_sentence_and_a_correction() -> None:
    source = "".join(
        path.read_text("utf-8") for path in Path(language.__file__).parent.glob("*.py")
    )
    raised = set(re.findall(r'(?:rror|_whole)\(\s*(?:typed, )?"([a-z_]+)"', source))
    said = {key[6:] for key in Catalogue.load(PACKAGE, "en").placeholders() if key[:6] == "error."}

    assert raised <= said
    assert set(repair.FIXES) <= said
