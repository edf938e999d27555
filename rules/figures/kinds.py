"""What an amount measures: the nearest governing word of its clause, or of the one before."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal

from rules.events.scene import Scene
from rules.figures.amounts import Amount
from rules.figures.vocabulary import Kind, roles
from rules.scan import Hit

_REACH_BACK = 45  # folded characters before an amount; beyond, a word governs something else
_REACH_ON = 14
_OTHER_CLAUSE = 25  # what a clause end between word and amount counts as distance
_AFTER = 5
_BIG = Decimal(10000)
_MONEY_KINDS = frozenset(
    {"capex", "revenue", "earnings", "order", "buyback", "offering", "mna", "investment"}
    | {"market_cap", "guidance", "legal"}
)


@dataclass(frozen=True, slots=True)
class Governor:
    """A word that governs: where it stands and what figures of it measure."""

    start: int
    end: int
    kind: Kind
    verb: bool


def governors(scene: Scene) -> tuple[Governor, ...]:
    """The governing words of the document in order; a word inside a longer one is left out."""
    table = roles()
    text = scene.document.text
    kept: list[Hit] = []
    for hit in sorted(scene.document.hits.get("figures", ()), key=lambda h: (h.start, -h.end)):
        inside = kept and kept[-1].end >= hit.end and kept[-1].start <= hit.start
        if not (inside and kept[-1] != hit) and _whole(text, hit):
            kept.append(hit)
    return tuple(
        Governor(hit.start, hit.end, role.kind, role.verb)
        for hit in kept
        for role in table[hit.pattern]
    )


def _whole(text: str, hit: Hit) -> bool:
    left, right = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
    return not (
        (_latin(left) and _latin(hit.pattern[0])) or (_latin(right) and _latin(hit.pattern[-1]))
    )


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def measured(
    scene: Scene, amount: Amount, words: tuple[Governor, ...], home: str
) -> tuple[Amount, str] | None:
    """The amount with its unit settled, and its kind; None if it is no amount after all."""
    first = bisect_left(words, amount.start - _REACH_BACK, key=lambda g: g.start)
    last = bisect_left(words, amount.end + _REACH_ON, key=lambda g: g.start)
    near = words[first:last]
    if not amount.unit:
        return _without_unit(scene, amount, near, home)
    amount = _per_share(scene, amount)
    best = _best(scene, amount, near)
    if best and best.name in {"eps", "dividend"} and _small_money(amount):
        amount = replace(amount, unit="per_share")
    return amount, best.name if best else "amount"


def _per_share(scene: Scene, amount: Amount) -> Amount:
    before = scene.document.text[max(0, amount.start - 8) : amount.start]
    if "每股" in before and _small_money(amount):
        return replace(amount, unit="per_share")
    return amount


def _small_money(amount: Amount) -> bool:
    return amount.unit == "money" and amount.scale == 1 and abs(amount.value) < _BIG


def _best(scene: Scene, amount: Amount, near: tuple[Governor, ...]) -> Kind | None:
    units = {amount.unit, "per_share"} if _small_money(amount) else {amount.unit}
    scored = [
        (_distance(scene, amount, word), word)
        for word in near
        if not word.kind.units.isdisjoint(units)
    ]
    best = min(scored, key=lambda s: s[0], default=None)
    return best[1].kind if best and best[0] < _REACH_BACK + _OTHER_CLAUSE else None


def _distance(scene: Scene, amount: Amount, word: Governor) -> float:
    text = scene.document.text
    if word.start >= amount.end:
        gap = word.start - amount.end
        between = text[amount.end : word.start]
        other = scene.clause(amount.begin)[1] < word.start
        attached = between in {"", " ", "的"} or between.startswith(("的", " of", " in "))
        far = 20 if scene.document.in_title(amount.begin) else 100
        cost = float(gap) + (-2 if attached else _AFTER) + (far if other else 0)
    elif word.end <= amount.begin:
        start = scene.clause(amount.begin)[0]
        cost = float(amount.start - word.end)
        if word.start < start:
            middle = text[word.end : amount.start]
            cost += _OTHER_CLAUSE + (100 if "。" in middle or "\n" in middle else 0)
    else:
        cost = 0.0
    return cost + (12 if word.verb else 0)


def _without_unit(
    scene: Scene, amount: Amount, near: tuple[Governor, ...], home: str
) -> tuple[Amount, str] | None:
    """An amount that leaves its unit to the words around it: 营收破1200亿, EPS 1.95, 裁员逾千."""
    text = scene.document.text
    here = scene.clause(amount.begin)[0]
    before = [g for g in near if here <= g.start and g.end <= amount.begin]
    word = max(before, key=lambda g: g.end, default=None)
    if word is None:
        return None
    gap = text[word.end : amount.start]
    following = text[amount.end : amount.end + 1]
    if word.kind.name == "eps" and len(gap) <= 5 and "." in text[amount.begin : amount.end]:
        return replace(amount, unit="per_share", currency=home), "eps"
    if (
        word.kind.name == "layoff"
        and len(gap) <= 3
        and amount.value >= 10
        and not _counted(following)
    ):
        return replace(amount, unit="people"), "layoff"
    large = amount.scale >= 10**6 and (amount.scale >= 10**8 or home == "USD")
    if large and word.kind.name in _MONEY_KINDS and not _counted(following):
        return replace(amount, unit="money", currency=home), word.kind.name
    return None


def _counted(char: str) -> bool:
    """Whether a Chinese character or letter follows, which counts something unknown."""
    return bool(char) and (char.isalnum()) and char not in "的至到,的为左以上下,后"
