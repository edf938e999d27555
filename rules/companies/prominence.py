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

from rules.companies.beside import BLANKS, Before, Behind
from rules.document import Document

_REACH = 7  # characters looked at before a name
_COUNTED = 3  # more places of one kind say nothing new
_UNLISTED = 0.3  # the background tier of a company that has none
_CODE_BETWEEN = r"(?:\([^()]{1,12}\))?\s?[」】)]?\s?(?:的|股票)?"
_CODE_FIRST = BLANKS + "(」】)的股"  # with which it can begin
_ITEM_MARKS = frozenset("、,/及与和")
_BRACKETS, _PARTICLES = "「【(", "了到在的"


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
    reference_after: Behind
    reference_before: Before
    position_before: Before
    own_after: Behind

    def score(
        self, document: Document, symbol: str, places: Sequence[Place], lead_end: int, last: bool
    ) -> float:
        """The logit of the company's being the subject; ``last``: nothing is named after it."""
        text, count, first = document.text, len(places), places[0].start
        references = items = positions = own = line = 0
        for place in places:
            start, end = place.start, place.end
            references += self.reference_after.at(text, end) or self.reference_before.at(
                text, start
            )
            items += _is_item(text, start, end)
            positions += self._position(text, start)
            own += self.own_after.at(text, end)
            line |= start == 0 or text[start - 1] == "\n"
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

    def _position(self, text: str, start: int) -> bool:
        """Whether somebody takes a position in what is named at ``start``: 買了「威剛」."""
        if start and text[start - 1] in _BRACKETS:
            start -= 1
        if self.position_before.at(text, start):
            return True
        if start and text[start - 1].isspace():
            start -= 1
        particle = start > 0 and text[start - 1] in _PARTICLES
        return particle and self.position_before.at(text, start - 1)


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
        reference_after=Behind(words["reference_after"].split(), _CODE_BETWEEN, _CODE_FIRST),
        reference_before=Before(words["reference_before"].split(), _REACH),
        position_before=Before(words["position_before"].split(), _REACH),
        own_after=Behind(words["own_after"].split(), _CODE_BETWEEN, _CODE_FIRST),
    )


def _is_item(text: str, start: int, end: int) -> bool:
    """Whether the place is one item of a list, one blank apart from the mark at most."""
    after, before = text[end : end + 2], text[max(0, start - 2) : start]
    return (after.lstrip()[:1] or " ") in _ITEM_MARKS or (
        before.rstrip()[-1:] or " "
    ) in _ITEM_MARKS
