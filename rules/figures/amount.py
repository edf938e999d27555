"""One number of a text with its unit, while it is being worked out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rules.model import Bound

_ONE = Decimal(1)


@dataclass(slots=True)
class Amount:
    """A number at ``[start, end)``; ``begin`` is where its numeral starts.

    ``unit`` is empty where no word says it. ``scale`` is what 万, 亿 or billion multiplied the
    written digits by. ``prior`` marks what a change begins at.
    """

    start: int
    begin: int
    end: int
    value: Decimal
    scale: Decimal = _ONE
    unit: str = ""
    currency: str = ""
    high: Decimal | None = None
    bound: Bound = Bound.EXACT
    prior: bool = False
