"""Amounts that leave their unit to the words around them: 营收破1200亿, EPS 1.95, 裁员逾千."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from rules.events.scene import Scene
from rules.figures.amount import Amount
from rules.figures.currency import currency_at
from rules.figures.vocabulary import Kind, any_of, load

_SMALL = Decimal(10**3)
_MONEY = Decimal(10**8)  # from here on a bare number of business news is money
_LATIN_MONEY = Decimal(10**6)
_NEAR = 3
_WIDE = 5
_MONEY_KINDS = frozenset(
    {"capex", "revenue", "earnings", "order", "buyback", "offering", "mna", "investment"}
    | {"market_cap", "guidance", "legal"}
)


class Word(Protocol):
    """A governing word before the amount."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def kind(self) -> Kind:
        """What its figures measure."""


@dataclass(frozen=True, slots=True)
class _Words:
    not_after: re.Pattern[str]
    not_before: re.Pattern[str]
    small_after: re.Pattern[str]
    small_before: re.Pattern[str]
    people_after: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = load("units.toml")["unitless"]
    link = r"[\s约近逾达高为是到破超过多了去掉:]{0,4}"
    return _Words(
        not_after=re.compile(any_of(data["not_after"])),
        not_before=re.compile(any_of(data["not_before"])),
        small_after=re.compile(f"(?:{any_of(data['small_after'])}){link}\\Z"),
        small_before=re.compile(any_of(data["small_before"])),
        people_after=re.compile(f"(?:{any_of(data['people_after'])})[^,]{{0,6}}\\Z"),
    )


def give_unit(
    scene: Scene, amount: Amount, before: Sequence[Word], clause: int, home: str
) -> str | None:
    """Settle the unit of ``amount`` by its clause, which starts at ``clause``, and ``before``.

    ``before`` are the governing words before it. Returns the kind, an empty string where the unit
    does not settle it, or None where the number is no amount.
    """
    word = max(before, key=lambda g: g.end, default=None)
    name = word.kind.name if word else ""
    gap = amount.start - word.end if word else 0
    text = scene.document.text
    if name == "eps" and gap <= _WIDE and "." in text[amount.begin : amount.end]:
        amount.unit, amount.currency = "per_share", home
        return "eps"
    if name == "layoff" and gap <= _NEAR and amount.value >= 10 and not _counted(text, amount.end):
        amount.unit = "people"
        return "layoff"
    if amount.scale < _SMALL:
        return None
    return _scaled(scene, amount, name, clause, home)


def _scaled(scene: Scene, amount: Amount, name: str, start: int, home: str) -> str | None:
    text, words = scene.document.text, _words()
    if words.people_after.search(text, start, amount.start):
        amount.unit = "people"
        return ""
    if not _is_money(text, amount, name, home, start):
        return None
    amount.unit, amount.currency = "money", currency_at(scene, amount.begin, home)
    return name if name in _MONEY_KINDS else ""


def _is_money(text: str, amount: Amount, name: str, home: str, start: int) -> bool:
    words = _words()
    if home == "USD":
        known = name in _MONEY_KINDS and not _counted(text, amount.end)
        return known and amount.scale >= _LATIN_MONEY
    if amount.scale < _MONEY:
        if words.small_before.match(text, amount.end):
            return True
        paid = words.small_after.search(text, start, amount.start) is not None
        return paid and not words.not_before.match(text, amount.end)
    bare = amount.end - amount.begin == 1  # 亿 alone is a part of a name: 亿光, 兆丰
    if bare and amount.start == amount.begin:
        return False
    return not (
        words.not_before.match(text, amount.end)
        or words.not_after.search(text, start, amount.begin)
    )


def _counted(text: str, end: int) -> bool:
    """Whether a Chinese character or letter follows, which counts something unknown."""
    char = text[end : end + 1]
    return bool(char) and char.isalnum() and char not in "的至到为左以上下后"
