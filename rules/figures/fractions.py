"""Fractions and doublings, told without a number beside a unit: 三分之一, 翻倍, 半數員工."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from rules.figures import numerals
from rules.figures.amount import Amount
from rules.figures.grammar import FUZZY, Grammar
from rules.model import Bound

_CENT, _FINEST = Decimal("0.01"), Decimal("0.00001")


def fraction(text: str, match: re.Match[str], table: Grammar) -> Amount | None:
    """The amount that ``match`` of the grammar's ``special`` is, or None."""
    value, unit = _value(match)
    if value is None:
        return None
    word = table.bound_before.find(text, match.start())
    word = "" if word in FUZZY else word
    start = text.rindex(word, 0, match.start()) if word else match.start()
    bound = Bound(table.bound_before[word] or "exact")
    return Amount(start, match.start(), match.end(), value, Decimal(1), unit, bound=bound)


def _value(match: re.Match[str]) -> tuple[Decimal | None, str]:
    if match["twice"]:
        return Decimal(2), "multiple"
    if match["thrice"]:
        return Decimal(3), "multiple"
    if match["half"]:
        return Decimal(50), "percent"
    if match["percent"]:
        return numerals.parse(match["percent"]), "percent"
    below, above = numerals.parse(match["below"]), numerals.parse(match["above"])
    if not below or above is None:
        return None, ""
    percent = above * 100 / below
    if percent != percent.quantize(_FINEST):
        percent = percent.quantize(_CENT, ROUND_HALF_UP)
    return percent, "percent"
