"""What an index found for an article: which rules hold, and on which words once somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from rules.evaluate import Evaluator, Held, evidence
from rules.index.atoms import Atoms
from rules.index.codes import decoded
from rules.index.columns import Flags, Ints, Rows, runs
from rules.index.registry import Ids, Registry
from rules.model import Match, Span, Term


class Source(Protocol):
    """Where terms are kept: a segment or a batch. A rule has a row in it."""

    def row(self, term: int) -> Sequence[int]:
        """The term as ``codes`` writes it."""

    def rows(self, terms: Ints) -> tuple[Ints, Ints]:
        """Ranges of rows with the rules that say these terms, term by term."""

    def slots(self, rows: Rows) -> Ints:
        """The slots of the rules of these rows."""

    def said(self, rows: Rows) -> Ints:
        """The terms of the rules of these rows."""


class Holding(NamedTuple):
    """The rules of one source from each ``first`` row up to its ``last`` hold.

    Those of the ``doubtful`` terms may. No rule is in two ranges.
    """

    first: Ints
    last: Ints
    doubtful: Ints


class Part(NamedTuple):
    """The rules of one source that hold and were not removed."""

    source: Source
    rows: Rows
    slots: Ints

    def terms(self) -> Iterator[tuple[int, int]]:
        """Their terms, and how many of ``slots``, term by term, are each one's."""
        said = self.source.said(self.rows)
        new = np.flatnonzero(np.diff(said, prepend=-1))
        counts = np.diff(new, append=len(said))
        return zip(said.take(new).tolist(), counts.tolist(), strict=True)


def living(source: Source, holding: Holding, alive: Flags | None) -> Part:
    """The rules that hold and were not removed.

    ``alive`` says of each slot whether its rule is there, None that all are.
    """
    rows = runs(holding.first, holding.last)
    slots = source.slots(rows)
    if alive is None:
        return Part(source, rows, slots)
    there = alive.take(slots) != 0
    return Part(source, rows.compress(there), slots.compress(there))


class Group:
    """Rules with the same term, which holds. Why it does is worked out when asked."""

    __slots__ = ("_evaluator", "_held", "_term", "rules")

    def __init__(self, rules: tuple[int, ...], term: Term, evaluator: Evaluator) -> None:
        self.rules = rules
        self._term = term
        self._evaluator = evaluator
        self._held: Held | None = None

    def _holding(self) -> Held:
        if self._held is None:
            self._held = self._evaluator.holds(self._term)
        if self._held is None:
            raise AssertionError(f"the index found {self._term}, which does not hold")
        return self._held

    @property
    def evidence(self) -> Mapping[str, tuple[Span, ...]]:
        """Each atom's canonical text that made the term hold, with the places where it did."""
        return evidence(self._holding())

    @property
    def passing(self) -> bool:
        """Whether only companies named in passing made it hold (see ``Match``)."""
        return self._evaluator.passing(self._holding())


class Found:
    """The rules that hold for an article, of an index that has not changed since."""

    def __init__(
        self, parts: Sequence[Part], registry: Registry, atoms: Atoms, evaluator: Evaluator
    ) -> None:
        self._parts = parts
        self._registry = registry
        self._atoms = atoms
        self._evaluator = evaluator

    def __len__(self) -> int:
        """How many rules hold."""
        return sum(len(part.slots) for part in self._parts)

    def ids(self) -> Ids:
        """Their ids, in the order in which they were added."""
        if not self._parts:
            return np.zeros(0, np.int64)
        return self._registry.ids(np.sort(np.concatenate([part.slots for part in self._parts])))

    def rules(self) -> list[int]:
        """The same as a list, which takes longer where they are many."""
        found: list[int] = self.ids().tolist()
        return found

    def groups(self) -> Iterator[Group]:
        """The same by distinct term, in no particular order; evidence is made when asked for."""
        for part in self._parts:
            ids = self._registry.ids(part.slots).tolist()
            end = 0
            for term, count in part.terms():
                start, end = end, end + count
                row = decoded(part.source.row(term), self._atoms)
                yield Group(tuple(ids[start:end]), row, self._evaluator)

    def matches(self) -> tuple[Match, ...]:
        """Every rule with its evidence, which rules of a term share, in the order of ``rules``."""
        slots = [slot for part in self._parts for slot in part.slots.tolist()]
        found: list[Match] = []
        for group in self.groups():
            shown, passing = group.evidence, group.passing
            found += [Match(rule, shown, passing) for rule in group.rules]
        return tuple(match for _, match in sorted(zip(slots, found, strict=True), key=_slot))


def _slot(pair: tuple[int, Match]) -> int:
    return pair[0]
