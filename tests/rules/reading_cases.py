"""Labelled cases for events and figures: reading them, finding names by hand, and scoring."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias, cast

from rules import events, figures
from rules.companies import salience
from rules.companies.directory import Directory
from rules.document import Document, prepare
from rules.model import Article, Company, Event, Figure, Mention
from rules.scan import Scanner
from rules.text import folded

CASES = Path(__file__).parents[1] / "cases"
Names: TypeAlias = Mapping[str, str | Sequence[str]]  # symbol to its name or names
PUBLISHED = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)


def load(name: str, *, aside: bool) -> list[dict[str, Any]]:
    """The cases of one file: the third kept aside while tuning, or the other two thirds."""
    lines = (CASES / name).read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    return [case for case in cases if _is_aside(case) == aside]


def _is_aside(case: Mapping[str, Any]) -> bool:
    if case.get("batch") == 3:  # written to tune on, after the others were measured
        return False
    text: str = case["text"]
    return hashlib.sha256(text.encode()).digest()[0] % 3 == 0


@lru_cache(maxsize=1)
def scanner() -> Scanner:
    return Scanner({"events": events.patterns(), "figures": figures.patterns()})


def document(text: str, title: str = "", published: datetime = PUBLISHED) -> Document:
    return prepare(Article("case", title, text, "test", published), scanner())


@dataclass(slots=True)
class _Place:
    """One place of a name, as the companies module finds them."""

    start: int
    end: int
    symbol: str


class _Listing:
    """A directory that knows the companies of one case."""

    def __init__(self, names: Names) -> None:
        self._companies = {s: Company(s, _several(n)[0]) for s, n in names.items()}

    def get(self, symbol: str) -> Company | None:
        return self._companies.get(symbol)


def mentions(paper: Document, names: Names) -> tuple[Mention, ...]:
    """Every place of every name, longest names first, as the companies module would report it."""
    taken: set[int] = set()
    places = []
    pairs = [(symbol, folded(name)) for symbol in names for name in _several(names[symbol])]
    for symbol, name in sorted(pairs, key=lambda pair: -len(pair[1])):
        for start in _places(paper.text, name):
            place = range(start, start + len(name))
            if taken.isdisjoint(place):
                taken.update(place)
                places.append(_Place(start, start + len(name), symbol))
    places.sort(key=lambda place: place.start)
    return salience.mentions(paper, places, cast(Directory, _Listing(names))) if places else ()


def _several(names: str | Sequence[str]) -> Sequence[str]:
    return [names] if isinstance(names, str) else names


def _places(text: str, name: str) -> Iterator[int]:
    pattern = rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name)
    return (match.start() for match in re.finditer(pattern, text))


def read(
    text: str,
    names: Names | None = None,
    title: str = "",
    published: datetime = PUBLISHED,
) -> tuple[tuple[Event, ...], tuple[Figure, ...]]:
    """The events and figures of one text in which ``names`` (symbol to name) are the companies."""
    paper = document(text, title, published)
    named = mentions(paper, names or {})
    numbers = figures.find(paper, named)
    return events.find(paper, named, numbers), numbers


def read_case(case: Mapping[str, Any]) -> tuple[tuple[Event, ...], tuple[Figure, ...]]:
    published = case.get("published")
    moment = datetime.fromisoformat(published) if published else PUBLISHED
    return read(case["text"], case.get("companies"), case.get("title", ""), moment)
