"""Whether a figure is what happened, what is expected, or what it is only compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rules.events.scene import Scene
from rules.figures.amount import Amount
from rules.figures.vocabulary import any_of, load
from rules.model import Basis

_REACH = 40  # folded characters before a figure
_ON = 24
_FAR = 26  # between 分析師 and the second of the figures that they expected


@dataclass(frozen=True, slots=True)
class _Words:
    forecast: re.Pattern[str]
    results: frozenset[str]
    consensus: re.Pattern[str]
    consensus_after: re.Pattern[str]
    prior: re.Pattern[str]
    intraday: re.Pattern[str]
    after_hours: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = load("basis.toml")
    others, past = data["consensus"], data["prior"]
    expected = any_of(others["expected"])
    return _Words(
        forecast=re.compile(any_of(data["forecast"]["words"])),
        results=frozenset(data["forecast"]["results"]),
        consensus=re.compile(
            f"(?:{any_of(others['who'])})[^,。;]{{0,14}}(?:{expected})[^,。;]{{0,{_FAR}}}\\Z"
            f"|(?:{any_of(others['compared'])})[^,。;]{{0,14}}(?:{expected})[^,。;]{{0,6}}\\Z"
        ),
        consensus_after=re.compile(rf"\s?(?:{any_of(others['after'])})"),
        prior=re.compile(
            rf"(?:{any_of(past['when'])})[^\d,。;]{{0,8}}(?:\d{{4}}年[^\d,。;]{{0,6}})?"
            r"(?:的|为|约|是|of )?\s?\Z"
            rf"|(?:{any_of(past['link'])})[^,。;]{{0,14}}的\s?\Z"
        ),
        intraday=re.compile(any_of(data["intraday"]["words"])),
        after_hours=re.compile(any_of(data["after_hours"]["words"])),
    )


def basis(scene: Scene, amount: Amount, kind: str) -> Basis:
    """What ``amount``, which measures ``kind``, is beside the others of the article."""
    text, words = scene.document.text, _words()
    if amount.prior:
        return Basis.PRIOR
    clause = scene.clause(amount.begin)[0]
    first = max(clause, amount.start - _REACH)
    if kind == "price_move":
        return _session(text, clause, amount, words)
    if words.consensus.search(text, first, amount.start) or words.consensus_after.match(
        text, amount.end, amount.end + _ON
    ):
        return Basis.CONSENSUS
    if amount.unit in {"money", "people", "per_share", "count"} and words.prior.search(
        text, first, amount.start
    ):
        return Basis.PRIOR
    if kind in words.results and words.forecast.search(text, first, amount.start):
        return Basis.FORECAST
    return Basis.ACTUAL


def _session(text: str, clause: int, amount: Amount, words: _Words) -> Basis:
    if words.intraday.search(text, clause, amount.begin):
        return Basis.INTRADAY
    if words.after_hours.search(text, max(0, amount.start - _REACH), amount.start):
        return Basis.AFTER_HOURS
    return Basis.ACTUAL
