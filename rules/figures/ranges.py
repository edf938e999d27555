"""Two numbers that are the ends of one range: 1150億至1350億美元, $91 billion to $93 billion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.figures.amount import Amount
from rules.figures.grammar import Grammar
from rules.model import Bound

_LINK = 8  # characters; what joins the ends of a range is short


def joined(text: str, singles: list[Amount], table: Grammar) -> Iterator[Amount]:
    """The amounts with the two ends of a range made one; those without unit or scale are kept."""
    waiting: Amount | None = None
    for amount in singles:
        pair = waiting and _range(text, waiting, amount, table)
        if pair:
            waiting = pair
            continue
        if waiting is not None:
            yield waiting
        waiting = amount
    if waiting is not None:
        yield waiting


def _range(text: str, low: Amount, high: Amount, table: Grammar) -> Amount | None:
    after = high.start if high.start >= low.end else high.begin
    if after - low.end > _LINK or high.start < low.end or low.high is not None:
        return None
    link = text[low.end : after]
    if not table.link.fullmatch(link):
        return None
    if "and" in link and "between" not in text[max(0, low.start - 12) : low.start]:
        return None
    unit = high.unit or low.unit
    if low.unit and high.unit and low.unit != high.unit and unit != "per_share":
        return None
    value, top = low.value, abs(high.value)
    bare = text[low.end - 1].isdigit() and low.scale == 1
    if bare and high.scale != 1 and value * high.scale < top:
        value *= high.scale
    if value < 0 and high.value < 0:
        value, top = min(value, high.value), max(value, high.value)
    if value >= top:
        return None
    return replace(
        low,
        end=high.end,
        value=value,
        high=top,
        unit=unit,
        currency=high.currency or low.currency,
        scale=high.scale,
        bound=Bound.EXACT,
    )
