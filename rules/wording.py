"""The catalogue of sentences: every word that a person reads, by key, in each language.

A catalogue is one TOML file a language, packaged beside the code that speaks. Tables nest, their
names joined by dots make the key: ``[error] empty = "…"`` is ``error.empty``.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

LANGUAGES = ("zh-TW", "en")


class Catalogue:
    """Sentences with ``{placeholders}`` in one language."""

    def __init__(self, lang: str, sentences: Mapping[str, str]) -> None:
        """Raises ValueError for a placeholder that is not a plain name."""
        self.lang = lang
        self._sentences = dict(sentences)
        self._placeholders = {key: _names(key, text) for key, text in self._sentences.items()}

    @classmethod
    def load(cls, package: str, lang: str) -> Catalogue:
        """The catalogue ``<lang>.toml`` of ``package`` (``rules.data.wording``), read once.

        Raises KeyError for a language that the package does not speak.
        """
        return _load(package, lang)

    def say(self, key: str, **values: object) -> str:
        """The sentence ``key`` with ``values`` filled in; values it does not mention are ignored.

        Raises KeyError for a key that is missing, or a placeholder without a value.
        """
        return self._sentences[key].format_map(values)

    def __contains__(self, key: str) -> bool:
        return key in self._sentences

    def placeholders(self) -> Mapping[str, frozenset[str]]:
        """Every key with the names of its placeholders, so that tests can compare languages."""
        return MappingProxyType(self._placeholders)


@lru_cache(maxsize=16)
def _load(package: str, lang: str) -> Catalogue:
    if lang not in LANGUAGES:
        raise KeyError(f"no such language: {lang}")
    file = resources.files(package).joinpath(f"{lang}.toml")
    if not file.is_file():
        raise KeyError(f"{package} has no sentences in {lang}")
    return Catalogue(lang, dict(_flat(tomllib.loads(file.read_text("utf-8")))))


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, str):
            yield f"{prefix}{name}", value
        else:
            raise TypeError(f"{prefix}{name} is no sentence: {value!r}")


def _names(key: str, text: str) -> frozenset[str]:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    if bad := [name for name in names if not name.isidentifier()]:
        raise ValueError(f"{key} has a placeholder that is no name: {bad[0]!r}")
    return frozenset(names)
