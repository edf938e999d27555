"""Limits that figures are compared with, sorted, so that a figure finds those it passes at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from rules.evaluate import comparable
from rules.model import Comparison, Event

_Scale: TypeAlias = tuple[str, str, str]  # operator, unit, currency


class Measures(dict[tuple[str, str], list[Decimal]]):
    """An event's figures by unit and currency, worked out when first asked for."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self._event = event

    def __missing__(self, scale: tuple[str, str]) -> list[Decimal]:
        event = self._event
        values = [v for f in event.figures for v in comparable(f, event, *scale)]
        self[scale] = values
        return values


class Ladders:
    """The comparisons asked of one kind of event of one company, each with its number."""

    def __init__(self) -> None:
        self._ladders: dict[_Scale, _Ladder] = {}

    def get(self, comparison: Comparison) -> int | None:
        """The number of ``comparison``, or None if it was not added."""
        ladder = self._ladders.get((comparison.op, comparison.unit, comparison.currency))
        return ladder.get(comparison.value) if ladder else None

    def add(self, comparison: Comparison, number: int) -> None:
        """Add a comparison that is not there yet."""
        scale = comparison.op, comparison.unit, comparison.currency
        ladder = self._ladders.get(scale)
        if ladder is None:
            ladder = self._ladders[scale] = _Ladder()
        ladder.add(comparison.value, number)

    def passed(self, measures: Measures, found: set[int]) -> None:
        """Add the numbers of the comparisons that a figure of an event satisfies."""
        for (op, unit, currency), ladder in self._ladders.items():
            if values := measures[unit, currency]:
                found.update(ladder.passed(op, values))


class _Ladder:
    """Limits in rising order with their numbers."""

    def __init__(self) -> None:
        self._limits: list[Decimal] = []
        self._numbers: list[int] = []

    def get(self, limit: Decimal) -> int | None:
        place = bisect_left(self._limits, limit)
        there = place < len(self._limits) and self._limits[place] == limit
        return self._numbers[place] if there else None

    def add(self, limit: Decimal, number: int) -> None:
        place = bisect_left(self._limits, limit)
        self._limits.insert(place, limit)
        self._numbers.insert(place, number)

    def passed(self, op: str, values: Sequence[Decimal]) -> list[int]:
        """The numbers of the limits that one of ``values`` compares with as ``op`` says."""
        limits, numbers = self._limits, self._numbers
        match op:
            case ">=":
                return numbers[: bisect_right(limits, max(values))]
            case ">":
                return numbers[: bisect_left(limits, max(values))]
            case "<=":
                return numbers[bisect_left(limits, min(values)) :]
            case "<":
                return numbers[bisect_right(limits, min(values)) :]
        return [found for value in values if (found := self.get(value)) is not None]
