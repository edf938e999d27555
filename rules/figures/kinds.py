"""What an amount measures: the nearest governing word of its clause, or of the one before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from rules.events.scene import Scene
from rules.figures.amount import Amount
from rules.figures.currency import is_rate
from rules.figures.lines import is_broken
from rules.figures.unitless import give_unit
from rules.figures.vocabulary import Kind, any_of, is_whole, load, roles
from rules.scan import Hit

_REACH_BACK = 45  # folded characters before an amount; beyond, a word governs something else
_REACH_ON = 14
_OTHER_CLAUSE = 25  # what a clause end between word and amount counts as distance
_AFTER = 5
_VERB = 12
_WHOLE_EPS, _LARGEST_EPS = 30, 300  # TWD; 賺100元 is somebody's pocket money, 賺93.2元 a share's
_PIECE, _PIECES = 14, ("每", "一颗", "一杯", "一张", "一个", "一人", "价差", "单价", "我")
_SETTING = 20  # 在融資中投資200億: the round is where it happens, not what is measured
_TOLERANCE = 32  # folded characters
_BIG = Decimal(10000)


class Governor(NamedTuple):
    """A word that governs: where it stands and what figures of it measure."""

    start: int
    end: int
    kind: Kind
    verb: bool


class Governors:
    """The governing words of a document in order of position."""

    def __init__(self, scene: Scene) -> None:
        """Sort out the scanner's hits; a word inside a longer one is left out."""
        self._scene = scene
        self._words = list(_governors(scene))
        self._starts = [word.start for word in self._words]

    def settle(self, amount: Amount, clause: tuple[int, int], home: str) -> str | None:
        """The kind of ``amount`` in ``clause``; its unit is settled. None if it is no amount."""
        near = self._near(amount)
        text = self._scene.document.text
        if not amount.unit:
            before = [g for g in near if clause[0] <= g.start and g.end <= amount.begin]
            kind = give_unit(self._scene, amount, before, clause[0], home)
            if kind != "":
                return kind
        small = _small_money(amount)
        if (
            small
            and "." in text[amount.begin : amount.end]
            and is_rate(text, clause[0], amount.start)
        ):
            return None
        if small and "每股" in text[max(0, amount.start - 8) : amount.start]:
            amount.unit = "per_share"
        if amount.unit == "percent" and _chances().match(text, amount.end):
            return "amount"
        if _is_tolerance(text, amount):
            return "amount"
        best = _best(self._scene, amount, near, clause) if near else None
        if best is None:
            vacant = text.endswith("职缺", amount.begin, amount.end)
            return "hiring" if vacant else "amount"
        if small and best.name in {"eps", "dividend"}:
            amount.unit = "per_share"
        elif small and best.name == "earnings" and _is_of_a_share(text, amount, clause[0]):
            amount.unit = "per_share"
            return "eps"
        return best.name

    def _near(self, amount: Amount) -> Sequence[Governor]:
        first = bisect_left(self._starts, amount.start - _REACH_BACK)
        return self._words[first : bisect_left(self._starts, amount.end + _REACH_ON, first)]


def _governors(scene: Scene) -> list[Governor]:
    table = roles()
    text = scene.document.text
    kept: list[Governor] = []
    last = (-1, -1)
    found = scene.document.hits.get("figures", ())
    hits = sorted([hit for hit in found if hit.pattern in table], key=_longest_first)
    for start, end, pattern in hits:
        if last[0] <= start and end <= last[1]:
            continue
        if pattern.isascii() and not is_whole(text, start, end):
            continue
        last = (start, end)
        kept += [
            Governor(start, end, role.kind, role.verb)
            for role in table[pattern]
            if not role.trades or _about_shares(scene, start)
        ]
    return kept


def _longest_first(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


def _about_shares(scene: Scene, position: int) -> bool:
    """Whether the sentence at ``position`` is about the price of shares, by its other words."""
    sentence = scene.sentence(position)
    return _trading().search(scene.document.text, sentence.start, sentence.end) is not None


def _is_tolerance(text: str, amount: Amount) -> bool:
    """Whether it only says how far another amount may be off: $14.2bn, plus or minus $300m."""
    before = text[max(0, amount.start - _TOLERANCE) : amount.start]
    return _tolerance().search(before) is not None


@lru_cache(maxsize=1)
def _tolerance() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_of(load('units.toml')['tolerance']['before'])})[\s約约为]{{0,2}}\Z"
    )


@lru_cache(maxsize=1)
def _chances() -> re.Pattern[str]:
    return re.compile(rf"(?:的| (?=[a-z]))?(?:{any_of(load('units.toml')['chances']['words'])})")


def _is_of_a_share(text: str, amount: Amount, clause: int) -> bool:
    """Whether so small a profit can only be a share's, as boards say it: 去年賺9.22元.

    That of a barrel, a unit or a month (每桶賺3元) is not.
    """
    value = abs(amount.value)
    whole = value == value.to_integral_value()
    if amount.currency != "TWD" or value >= (_WHOLE_EPS if whole else _LARGEST_EPS):
        return False
    before = text[max(clause, amount.start - _PIECE) : amount.start]
    return not any(word in before for word in _PIECES)


@lru_cache(maxsize=1)
def _trading() -> re.Pattern[str]:
    return re.compile(any_of(load("signs.toml")["trading"]))


def _small_money(amount: Amount) -> bool:
    return amount.unit == "money" and amount.scale == 1 and abs(amount.value) < _BIG


def _best(
    scene: Scene, amount: Amount, near: Sequence[Governor], clause: tuple[int, int]
) -> Kind | None:
    other = "per_share" if _small_money(amount) else amount.unit
    best, least = None, float(_REACH_BACK + _OTHER_CLAUSE)
    for word in near:
        units = word.kind.units
        if amount.unit in units or other in units:
            distance = _distance(scene, amount, word, clause)
            if distance < least:
                best, least = word.kind, distance
    return best


def _distance(scene: Scene, amount: Amount, word: Governor, clause: tuple[int, int]) -> float:
    text = scene.document.text
    if word.start >= amount.end:
        gap = word.start - amount.end
        attached = gap == 0 or text.startswith(("的", " of", " in "), amount.end)
        attached = attached or (gap == 1 and text[amount.end] == " ")
        far = 20 if scene.document.in_title(amount.begin) else 100
        cost = float(gap) + (-2 if attached else _AFTER) + (far if clause[1] < word.start else 0)
    elif word.end <= amount.begin:
        cost = float(amount.start - word.end)
        if word.start < clause[0]:
            middle = text[word.end : amount.start]
            other_statement = "。" in middle or is_broken(text, word.end, amount.start)
            cost += _OTHER_CLAUSE + (100 if other_statement else 0)
        elif text.startswith("中", word.end):
            cost += _SETTING
    else:
        cost = 0.0
    return cost + (_VERB if word.verb else 0)
