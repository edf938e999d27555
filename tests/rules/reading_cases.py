"""Labelled cases for events and figures: reading them, finding names by hand, and scoring."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from rules import events, figures
from rules.document import Document, prepare
from rules.model import Article, Company, Event, Figure, Mention, Part, Salience, Span
from rules.scan import Scanner

CASES = Path(__file__).parents[1] / "cases"
PUBLISHED = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)


def load(name: str, *, aside: bool) -> list[dict[str, Any]]:
    """The cases of one file: the third kept aside while tuning, or the other two thirds."""
    lines = (CASES / name).read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    return [case for case in cases if _is_aside(case["text"]) == aside]


def _is_aside(text: str) -> bool:
    return hashlib.sha256(text.encode()).digest()[0] % 3 == 0


@lru_cache(maxsize=1)
def scanner() -> Scanner:
    return Scanner({"events": events.patterns(), "figures": figures.patterns()})


def document(text: str, title: str = "", published: datetime = PUBLISHED) -> Document:
    return prepare(Article("case", title, text, "test", published), scanner())


def mentions(text: str, names: Mapping[str, str], title: str = "") -> tuple[Mention, ...]:
    """Every place of every name, longest names first, as the companies module would report it."""
    found = []
    taken: list[tuple[Part, int, int]] = []
    for symbol, name in sorted(names.items(), key=lambda item: -len(item[1])):
        spans = [
            Span(part, start, start + len(name), name)
            for part, words in ((Part.TITLE, title), (Part.TEXT, text))
            for start in _places(words, name)
            if not any(p is part and s <= start < e for p, s, e in taken)
        ]
        if spans:
            taken += [(s.part, s.start, s.end) for s in spans]
            headline = spans[0].part is Part.TITLE
            salience = Salience.HEADLINE if headline else Salience.LEAD
            found.append(
                Mention(Company(symbol, name), salience, about=True, evidence=tuple(spans))
            )
    return tuple(
        sorted(found, key=lambda m: (m.salience is not Salience.HEADLINE, m.evidence[0].start))
    )


def _places(text: str, name: str) -> Iterator[int]:
    pattern = rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])" if name.isascii() else re.escape(name)
    return (match.start() for match in re.finditer(pattern, text))


def read(
    text: str,
    names: Mapping[str, str] | None = None,
    title: str = "",
    published: datetime = PUBLISHED,
) -> tuple[tuple[Event, ...], tuple[Figure, ...]]:
    """The events and figures of one text in which ``names`` (symbol to name) are the companies."""
    paper = document(text, title, published)
    named = mentions(text, names or {}, title)
    numbers = figures.find(paper, named)
    return events.find(paper, named, numbers), numbers


def read_case(case: Mapping[str, Any]) -> tuple[tuple[Event, ...], tuple[Figure, ...]]:
    published = case.get("published")
    moment = datetime.fromisoformat(published) if published else PUBLISHED
    return read(case["text"], case.get("companies"), case.get("title", ""), moment)
