"""The words of ``signals.toml``, folded and indexed once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rules.promotion.records import Group, Record
from rules.scan import Scanner
from rules.text import folded

# What words can mean besides being a signal's.
SHIELD, STRONG, WEAK = "shields", "told.strong", "told.weak"
FURNITURE, PRAISE = "furniture", "praise"
_GAP = "…"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Pieces that follow one another with gaps between, and what they mean."""

    pieces: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``single`` maps a word to its meanings; ``gapped`` a phrase's last piece to the phrases."""

    groups: Mapping[str, Group]
    records: tuple[Record, ...]
    single: Mapping[str, tuple[str, ...]]
    gapped: Mapping[str, tuple[Phrase, ...]]
    pieces: frozenset[str]
    denial: re.Pattern[str]


def patterns() -> Iterator[str]:
    """Every word (and piece of a gapped phrase) that the shared automaton has to look for."""
    yield from sorted(load().pieces)


def records() -> tuple[Record, ...]:
    """The catalogue of signals, in its order."""
    return load().records


def groups() -> Mapping[str, Group]:
    """The signals' groups by name."""
    return load().groups


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """Read and index the packaged catalogue. Raises ValueError where it contradicts itself."""
    source = resources.files("rules.data.promotion").joinpath("signals.toml")
    return build(tomllib.loads(source.read_text("utf-8")))


def build(data: Mapping[str, Any]) -> Vocabulary:
    """Index a catalogue. Raises ValueError for a signal of an unknown group or named twice."""
    named = {name: Group(name, **texts) for name, texts in data["groups"].items()}
    catalogue = tuple(_record(entry, named) for entry in data["signal"])
    if len({r.name for r in catalogue}) != len(catalogue):
        raise ValueError("signals.toml names a signal twice")
    single: dict[str, list[str]] = {}
    gapped: dict[str, list[Phrase]] = {}
    pieces: set[str] = set()
    for owner, word in _words(data):
        parts = tuple(folded(part) for part in word.split(_GAP))
        if not all(parts):
            raise ValueError(f"{owner} has a word with nothing beside its gap: {word}")
        pieces.update(parts)
        if len(parts) == 1:
            single.setdefault(parts[0], []).append(owner)
        else:
            gapped.setdefault(parts[-1], []).append(Phrase(parts, owner))
    return Vocabulary(
        named,
        catalogue,
        {word: tuple(dict.fromkeys(owners)) for word, owners in single.items()},
        {last: tuple(phrases) for last, phrases in gapped.items()},
        frozenset(pieces),
        _denial(data["negations"]["words"]),
    )


@lru_cache(maxsize=1)
def squeezed_scanner() -> Scanner:
    """Finds words in a text that was squeezed together; one character alone would say nothing."""
    return Scanner({"promotion": [word for word in load().pieces if len(word) > 1]})


def _record(entry: Mapping[str, Any], named: Mapping[str, Group]) -> Record:
    if entry["group"] not in named:
        raise ValueError(f"{entry['name']} is of an unknown group: {entry['group']}")
    fields = {key: value for key, value in entry.items() if key != "words"}
    if not entry.get("words") and not entry.get("test"):
        raise ValueError(f"{entry['name']} has neither words nor a test")
    return Record(**fields)


def _denial(words: list[str]) -> re.Pattern[str]:
    """What may stand right before a word to deny it; a longer negation leaves room for one more."""
    short = "".join(word for word in words if len(word) == 1)
    longer = "|".join(re.escape(folded(word)) for word in words if len(word) > 1)
    return re.compile(rf"(?:[{folded(short)}]|(?:{longer})\s?\w?)$")


def _words(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for entry in data["signal"]:
        for word in entry.get("words", ()):
            yield entry["name"], word
    for owner in (SHIELD, FURNITURE, PRAISE):
        for word in data[owner]["words"]:
            yield owner, word
    for strength in ("strong", "weak"):
        for word in data["told"][strength]:
            yield f"told.{strength}", word
