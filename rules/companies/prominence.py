"""Which company a text is about, as far as its words tell: a score for each company that it names.

A conditional logit (McFadden 1974): a company's odds of being the subject are e to the power of a
weighted sum of what the places of its name have in common. Words and weights are data
(``rules/data/companies/salience.toml``).
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Protocol

from rules.document import Document
from rules.text import folded

_REACH = 7  # characters looked at before a name
_COUNTED = 3  # more places of one kind say nothing new
_UNLISTED = 0.3  # the background tier of a company that has none
_CODE_BETWEEN = r"(?:\([^()]{1,12}\))?\s?[」】)]?\s?(?:的|股票)?"
_ITEM_AFTER = re.compile(r"\s?[、,/及与和]")
_ITEM_BEFORE = re.compile(r"[、,/及与和]\s?$")


# How a forum's form shows what to fill in: (例 2330.TW 台積電), ex [標的] TSLA.US 特斯拉
_SAMPLE = re.compile(r"(?:\(例(?:如|[:\s])|\bex\s?\[标的\])[^\n()]*\Z")
_SAMPLE_REACH = 40  # characters


def in_sample(text: str, place: Place) -> bool:
    """Whether the place is a form's example, which says nothing of the text's own subject."""
    return _SAMPLE.search(text, max(0, place.start - _SAMPLE_REACH), place.start) is not None


class Place(Protocol):
    """One place where a company is named, in the folded text."""

    start: int
    end: int

    @property
    def symbol(self) -> str:
        """The company named."""
        ...


@dataclass(frozen=True, slots=True)
class Weights:
    """What each observation adds; see the data file."""

    often: float
    late: float
    reference: float
    lead: float
    line: float
    item: float
    position: float
    own: float
    last: float
    background: float
    nobody: float


@dataclass(frozen=True, slots=True)
class Signs:
    """The compiled words and the weights."""

    weights: Weights
    background: Mapping[str, float]
    reference_after: re.Pattern[str]
    reference_before: re.Pattern[str]
    position_before: re.Pattern[str]
    own_after: re.Pattern[str]

    def score(
        self, document: Document, symbol: str, places: Sequence[Place], lead_end: int, last: bool
    ) -> float:
        """The logit of the company's being the subject; ``last``: nothing is named after it."""
        text, count, first = document.text, len(places), places[0].start
        references = items = positions = own = line = 0
        for place in places:
            end = place.end
            left = text[max(0, place.start - _REACH) : place.start]
            explains = self.reference_after.match(text, end) or self.reference_before.search(left)
            references += explains is not None
            items += bool(_ITEM_AFTER.match(text, end) or _ITEM_BEFORE.search(left))
            positions += self.position_before.search(left) is not None
            own += self.own_after.match(text, end) is not None
            line |= not left or left[-1] == "\n"
        w = self.weights
        return (
            w.often * math.log1p(count)
            + w.late * first / len(text)
            + w.reference * references / count
            + w.item * items / count
            + w.lead * (first < lead_end)
            + w.line * line
            + w.position * min(positions, _COUNTED)
            + w.own * min(own, _COUNTED)
            + w.last * last
            + w.background * self.background.get(symbol, _UNLISTED)
        )


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The packaged words and weights, read once."""
    raw = resources.files("rules.data").joinpath("companies", "salience.toml").read_text("utf-8")
    data = tomllib.loads(raw)
    words = data["words"]
    tiers = data["background"].items()
    return Signs(
        weights=Weights(**data["weights"]),
        background={symbol: float(tier) for tier, listed in tiers for symbol in listed.split()},
        reference_after=re.compile(_CODE_BETWEEN + _any(words["reference_after"])),
        reference_before=re.compile(_any(words["reference_before"]) + r"\s?$"),
        position_before=re.compile(_any(words["position_before"]) + r"[了到在的]?\s?[「【(]?$"),
        own_after=re.compile(_CODE_BETWEEN + _any(words["own_after"])),
    )


def _any(text: str) -> str:
    """An alternation of the words, the longest first."""
    listed = sorted((re.escape(folded(word)) for word in text.split()), key=len, reverse=True)
    return "(?:" + "|".join(listed) + ")"
