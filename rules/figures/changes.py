"""Two numbers of one change: 從9億降到6億美元, 由1,451億攀升至6,020億, to $300 from $260."""

from __future__ import annotations

import re

from rules.figures.amount import Amount

_AHEAD = 2  # amounts looked at: 從1,000億增長一倍以上至2,300億
_LONG = 30  # characters between the two
_BEFORE = 16
_FROM = re.compile(r"(?:由|从|自|from )[^,;。\n]{0,14}\Z")
_TO = r"(?:至|到|为|成|to )\s?(?:\d{4}\s?年的?\s?)?(?:约|逾|近)?"
_REACHES = re.compile(rf"[^,;。\n]{{0,20}}{_TO}")
_MOVES = re.compile(rf"的?(?:[增升降减扩缩修调长跌涨砍提][^,;。\n\d]{{0,3}}){_TO}")
_ARRIVES = frozenset("至到为成o")
_BACK = re.compile(r",? ?(?:up |down )?from (?:about |around )?")


def settle(text: str, amounts: list[Amount]) -> None:
    """Mark which of two amounts is the earlier one, and share what only one of them says.

    The start of 從9億降到6億美元 has the unit and the currency of its end.
    """
    for number, first in enumerate(amounts):
        for last in amounts[number + 1 : number + 1 + _AHEAD]:
            if not 0 <= last.start - first.end <= _LONG or not last.unit:
                continue
            between = text[first.end : last.start]
            if "from" in between and first.unit == last.unit and _BACK.fullmatch(between):
                last.prior = True
            elif first.unit in {"", last.unit} and _leads(text, first, between):
                first.unit, first.prior = last.unit, True
                first.currency = first.currency or last.currency


def _leads(text: str, first: Amount, between: str) -> bool:
    if _ARRIVES.isdisjoint(between):
        return False
    if _FROM.search(text, max(0, first.start - _BEFORE), first.start):
        return _REACHES.fullmatch(between) is not None
    return bool(first.unit) and _MOVES.fullmatch(between) is not None
