"""Whether a figure is what happened, what is expected, or what it is only compared with."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rules.events.scene import Scene
from rules.figures.amount import Amount
from rules.figures.vocabulary import any_of, is_whole, load
from rules.model import Basis
from rules.text import folded

_LEVELS = frozenset({"money", "people", "per_share", "count"})  # of which one can be earlier
_REACH = 40  # folded characters before a figure
_MEASURE = 10  # folded characters of 非GAAP毛利率約
_TIMED = re.compile(r"\d[年月日]|[季年月]|[q]\d|但|而|not")  # a time, or a turn, of its own
_ON = 24
_FAR = 26  # between 分析師 and the second of the figures that they expected


class Cue(NamedTuple):
    """Where a word that tells begins, and in which lists it stands."""

    start: int
    lists: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Words:
    cues: Mapping[str, frozenset[str]]
    results: frozenset[str]
    consensus: re.Pattern[str]
    consensus_after: re.Pattern[str]
    prior: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = load("basis.toml")
    others, past = data["consensus"], data["prior"]
    expected = any_of(others["expected"])
    cues: dict[str, set[str]] = {}
    for part, lists in data.items():
        for name, words in lists.items():
            for word in words if name != "results" else ():
                cues.setdefault(folded(word), set()).add(part if name == "words" else name)
    return _Words(
        cues={word: frozenset(lists) for word, lists in cues.items()},
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
    )


def cues() -> Iterable[str]:
    """The folded words without one of which near it a figure is what happened."""
    return _words().cues


class Bases:
    """What the figures of one article are beside each other."""

    def __init__(self, scene: Scene) -> None:
        """Look up where words stand that tell."""
        known = _words().cues
        text = self._text = scene.document.text
        self._cues = sorted(
            Cue(start, known[pattern])
            for start, end, pattern in scene.document.hits.get("figures", ())
            if pattern in known and (not pattern.isascii() or is_whole(text, start, end))
        )
        self._starts = [cue.start for cue in self._cues]

    def of(self, amount: Amount, kind: str, clause: int) -> Basis:
        """The basis of ``amount``, which measures ``kind`` in a clause from ``clause`` on."""
        if amount.prior:
            return Basis.PRIOR
        session = kind == "price_move"
        first = (
            min(clause, amount.start - _REACH) if session else max(clause, amount.start - _REACH)
        )
        if not session and kind in _words().results and self._goes_on(clause, amount.start):
            first = max(self._text.rfind("。", 0, clause) + 1, clause - _REACH)
        near = bisect_left(self._starts, first)
        last = bisect_left(self._starts, amount.end + _ON, near)
        if near == last:
            return Basis.ACTUAL
        if session:
            return _session(self._cues[near:last], clause, amount)
        before = {
            name for cue in self._cues[near:last] if cue.start < amount.start for name in cue.lists
        }
        return self._told(amount, kind, first, before)

    def _goes_on(self, clause: int, start: int) -> bool:
        """Whether a clause only adds one more measure: 預估營收142億美元,毛利率45%."""
        text = self._text
        if text[clause - 1 : clause] not in {",", "、"} or start - clause > _MEASURE:
            return False
        return _TIMED.search(text, clause, start) is None

    def _told(self, amount: Amount, kind: str, first: int, before: set[str]) -> Basis:
        text, words = self._text, _words()
        expected = "expected" in before and not before.isdisjoint({"who", "compared"})
        if expected and words.consensus.search(text, first, amount.start):
            return Basis.CONSENSUS
        if words.consensus_after.match(text, amount.end, amount.end + _ON):
            return Basis.CONSENSUS
        level = amount.unit in _LEVELS or kind == "margin"
        past = level and not before.isdisjoint({"when", "link"})
        if past and words.prior.search(text, first, amount.start):
            return Basis.PRIOR
        return Basis.FORECAST if "forecast" in before and kind in words.results else Basis.ACTUAL


def _session(cues: Sequence[Cue], clause: int, amount: Amount) -> Basis:
    """During the session if the clause says so, else after hours if the words before it do."""
    if any("intraday" in cue.lists and clause <= cue.start < amount.begin for cue in cues):
        return Basis.INTRADAY
    reach = amount.start - _REACH
    if any("after_hours" in cue.lists and reach <= cue.start < amount.start for cue in cues):
        return Basis.AFTER_HOURS
    return Basis.ACTUAL
