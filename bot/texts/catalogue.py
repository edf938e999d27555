"""The catalogues of one language, merged, and the way from a sentence to lines of runs."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import resources
from typing import TypeAlias

from bot.messages import Line, Run
from rules.wording import LANGUAGES, Catalogue

_MARK = "\0"  # stands in no TOML file: the format forbids it

Value: TypeAlias = str | int | Run | tuple[Run, ...]


class CatalogueError(Exception):
    """A sentence or a catalogue is not as it should be; says which and what to change."""


class Texts:
    """The sentences of one language, by key."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.lang = catalogue.lang
        self._catalogue = catalogue

    def __contains__(self, key: str) -> bool:
        return key in self._catalogue

    def placeholders(self) -> Mapping[str, frozenset[str]]:
        """Every key with the names of its placeholders, so that tests can compare languages."""
        return self._catalogue.placeholders()

    def say(self, key: str, **values: Value) -> str:
        """The sentence as plain text, without style.

        Raises CatalogueError for a key that does not exist or a placeholder left without value.
        """
        lines = self.lines(key, **values)
        return "\n".join("".join(run.text for run in line) for line in lines)

    def lines(self, key: str, **values: Value) -> tuple[Line, ...]:
        """The sentence as lines of runs; each inserted value stands on the line it is in.

        Raises CatalogueError as ``say`` does.
        """
        lines: list[list[Run]] = [[]]
        for run in self._runs(key, values):
            first, *rest = run.text.split("\n")
            lines[-1].append(Run(first, run.bold, run.url))
            lines.extend([Run(part, run.bold, run.url)] for part in rest)
        return tuple(tuple(run for run in line if run.text) for line in lines)

    def _runs(self, key: str, values: Mapping[str, Value]) -> Iterator[Run]:
        """The sentence's own words, where ``**`` is markup, and the values, where nothing is."""
        bold = False
        for number, piece in enumerate(self._filled(key, values).split(_MARK)):
            if number % 2:
                yield from _inserted(values[piece], bold)
                continue
            for turn, stretch in enumerate(piece.split("**")):
                bold ^= turn > 0
                yield Run(stretch, bold)

    def _filled(self, key: str, values: Mapping[str, Value]) -> str:
        """The sentence with the name of each value, between marks, where the value goes."""
        try:
            return self._catalogue.say(key, **{name: f"{_MARK}{name}{_MARK}" for name in values})
        except KeyError as missing:
            raise CatalogueError(f"{self.lang}: {key} lacks {missing}; see bot/texts") from None


def _inserted(value: Value, bold: bool) -> Iterator[Run]:
    if isinstance(value, str | int):
        yield Run(one_line(str(value)), bold)
        return
    for run in (value,) if isinstance(value, Run) else value:
        yield Run(one_line(run.text), bold or run.bold, run.url)


def one_line(text: str) -> str:
    """``text`` on one line, without control characters and marks that turn the writing round."""
    if text.isprintable():
        return text
    spaced = "".join(" " if c.isspace() else c for c in text)
    return "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})


@lru_cache(maxsize=len(LANGUAGES))
def texts(lang: str) -> Texts:
    """The sentences of ``lang``, one of LANGUAGES. Raises CatalogueError for any other."""
    if lang not in LANGUAGES:
        raise CatalogueError(f"no catalogue for {lang}; there is one for {', '.join(LANGUAGES)}")
    merged: dict[str, str] = {}
    files = sorted(resources.files("bot.texts").iterdir(), key=lambda file: file.name)
    for file in files:
        if file.name == f"{lang}.toml" or file.name.endswith(f".{lang}.toml"):
            _merge(merged, _flat(tomllib.loads(file.read_text(encoding="utf-8"))), file.name)
    return Texts(Catalogue(lang, merged))


def _merge(merged: dict[str, str], sentences: Mapping[str, str], name: str) -> None:
    if twice := sorted(merged.keys() & sentences.keys()):
        raise CatalogueError(f"{name}: {twice[0]} stands in another catalogue too; rename one")
    merged.update(sentences)


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    """Nested tables as dotted keys: ``[sub] done = "…"`` is ``sub.done``."""
    flat: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        elif isinstance(value, str):
            flat[prefix + name] = value.strip("\n")
        else:
            raise CatalogueError(f"{prefix}{name} is not a sentence")
    return flat
