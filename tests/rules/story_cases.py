"""Labelled stories: reading them with the real engine, and scoring how they are grouped."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from rules.engine import Engine
from rules.model import Article, Fingerprint
from rules.stories import Stories, fingerprint

CASES = Path(__file__).parents[1] / "cases" / "stories.jsonl"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled article. ``story`` is ``family/name``: a family's stories are near misses."""

    id: str
    story: str
    article: Article

    @property
    def aside(self) -> bool:
        """Whether it belongs to the third that nobody looks at while tuning."""
        family = self.story.partition("/")[0]
        return hashlib.sha256(family.encode()).digest()[2] % 3 == 0


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """All cases, in the order in which they were published."""
    rows = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    found = [Case(row["id"], row["story"], _article(row)) for row in rows]
    return tuple(sorted(found, key=lambda case: case.article.at))


def _article(row: Mapping[str, str]) -> Article:
    at = datetime.fromisoformat(row["published"])
    return Article(
        row["id"], row["title"], row["text"], row["source"], at, row["source"], published_at=at
    )


@lru_cache(maxsize=1)
def engine() -> Engine:
    return Engine()


def mark(title: str, text: str = "", *, hours: float = 0) -> Fingerprint:
    """The fingerprint of an article published ``hours`` after ten in the morning in Taipei."""
    article = Article(title or text, title, text, "feed", NOW + timedelta(hours=hours))
    return fingerprint(article, engine().read(article))


@lru_cache(maxsize=1)
def marks() -> Mapping[str, Fingerprint]:
    """The fingerprint of every case."""
    return {c.id: fingerprint(c.article, engine().read(c.article)) for c in cases()}


def grouped(chosen: Sequence[Case]) -> dict[str, str]:
    """The story of each case, as the bot assigns it: one article after another."""
    stories: Stories[str] = Stories()
    return {case.id: stories.add(marks()[case.id], case.id) for case in chosen}


def b_cubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> tuple[float, float]:
    """Precision and recall, averaged over articles (Bagga and Baldwin 1998)."""
    truly, taken = _groups(gold), _groups(found)
    precision = recall = 0.0
    for item in gold:
        mine, theirs = truly[gold[item]], taken[found[item]]
        precision += len(mine & theirs) / len(theirs)
        recall += len(mine & theirs) / len(mine)
    return precision / len(gold), recall / len(gold)


def _groups(labels: Mapping[str, Hashable]) -> Mapping[Hashable, set[str]]:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for item, label in labels.items():
        groups[label].add(item)
    return groups
