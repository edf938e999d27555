"""The words of ``signals.toml``, folded and indexed once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import product
from typing import Any

from rules.promotion.records import Group, Record
from rules.scan import Hit, Scanner
from rules.text import folded

# What words can mean besides being a signal's.
SHIELD, STRONG, WEAK, WHOLE = "shields", "told.strong", "told.weak", "told.whole"
PUBLISHER, OFFICIAL, PRAISE = "furniture.publisher", "furniture.official", "praise"
MARKET, ELSEWHERE, CALLS = "market", "elsewhere", "calls"
_GAP, _OR = "…", "|"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Pieces that follow one another with gaps between, and what they mean."""

    pieces: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``single`` maps a word to its meanings, ``gapped`` a phrase's last and first piece to it.

    ``latin`` are the words and pieces that begin or end with an ASCII character.
    """

    groups: Mapping[str, Group]
    records: tuple[Record, ...]
    single: Mapping[str, tuple[str, ...]]
    gapped: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    pieces: frozenset[str]
    latin: frozenset[str]
    denial: re.Pattern[str]
    row_denial: re.Pattern[str]


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
    gapped: dict[str, dict[str, tuple[Phrase, ...]]] = {}
    pieces: set[str] = set()
    for owner, word in _words(data):
        for parts in _spelled_out(owner, word):
            pieces.update(parts)
            if len(parts) == 1:
                single.setdefault(parts[0], []).append(owner)
            else:
                firsts = gapped.setdefault(parts[-1], {})
                firsts[parts[0]] = (*firsts.get(parts[0], ()), Phrase(parts, owner))
    return Vocabulary(
        named,
        catalogue,
        {word: tuple(dict.fromkeys(owners)) for word, owners in single.items()},
        gapped,
        frozenset(pieces),
        frozenset(piece for piece in pieces if piece[0].isascii() or piece[-1].isascii()),
        _denial(data["negations"]["words"]),
        re.compile("|".join(re.escape(folded(word)) for word in data["negations"]["rows"])),
    )


@lru_cache(maxsize=1)
def squeezed_scanner() -> Scanner:
    """Finds words in a text that was squeezed together; one character alone would say nothing."""
    return Scanner({"promotion": [word for word in load().pieces if len(word) > 1]})


def stands_alone(text: str, hit: Hit) -> bool:
    """Whether a Latin word is not the inside of a longer one: ``line`` in ``online``."""
    first, last = hit.pattern[0], hit.pattern[-1]
    if first.isascii() and first.isalnum() and hit.start:
        before = text[hit.start - 1]
        if before.isascii() and before.isalnum():
            return False
    if last.isascii() and last.isalnum() and hit.end < len(text):
        after = text[hit.end]
        return not (after.isascii() and after.isalnum())
    return True


def _record(entry: Mapping[str, Any], named: Mapping[str, Group]) -> Record:
    if entry["group"] not in named:
        raise ValueError(f"{entry['name']} is of an unknown group: {entry['group']}")
    fields = {key: value for key, value in entry.items() if key != "words"}
    if not entry.get("words") and not entry.get("test") and not entry.get("framed"):
        raise ValueError(f"{entry['name']} has neither words nor a test")
    return Record(**fields)


def _denial(words: list[str]) -> re.Pattern[str]:
    """What may stand right before a word to deny it; a longer negation leaves room for two more."""
    short = "".join(word for word in words if len(word) == 1)
    longer = "|".join(re.escape(folded(word)) for word in words if len(word) > 1)
    return re.compile(rf"(?:[{folded(short)}]|(?:{longer})\s?\w{{0,2}})$")


def _spelled_out(owner: str, word: str) -> Iterator[tuple[str, ...]]:
    """The phrases that a word stands for: 「想要|想看…加入|留言」 is four."""
    choices = [[folded(choice) for choice in part.split(_OR)] for part in word.split(_GAP)]
    if not all(choice for part in choices for choice in part):
        raise ValueError(f"{owner} has a word with nothing beside its gap: {word}")
    yield from product(*choices)


def _words(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for entry in data["signal"]:
        for word in entry.get("words", ()):
            yield entry["name"], word
    for role in (
        SHIELD,
        PRAISE,
        MARKET,
        ELSEWHERE,
        CALLS,
        STRONG,
        WEAK,
        WHOLE,
        PUBLISHER,
        OFFICIAL,
    ):
        table, _, key = role.partition(".")
        for word in data[table][key or "words"]:
            yield role, word
