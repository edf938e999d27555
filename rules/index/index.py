"""The index itself: rules come and go, articles are matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from rules.document import Document
from rules.evaluate import Boundary, Evaluator
from rules.index.atoms import Atoms
from rules.index.batch import Batch
from rules.index.codes import decoded
from rules.index.columns import Columns, Ints, joined
from rules.index.found import Found, Group, Source, Terms, living
from rules.index.present import present
from rules.index.registry import Registry
from rules.index.segment import Segment
from rules.model import Atom, Match, Reading, Term

_LOADED = 250_000  # rules that are taken in at a time where very many come at once
_BATCH = 500  # rules before they become a segment
_GROWTH = 8  # how many times larger the next segment is left alone


class RuleIndex:
    """Rules by id. Adding and removing one costs no more on average than the rule is long."""

    def __init__(
        self,
        rules: Mapping[str, Term] | Iterable[tuple[str, Term]] = (),
        boundary: Boundary | None = None,
        frequencies: Mapping[Atom, float] | None = None,
    ) -> None:
        """``boundary`` judges where Chinese words end; without it ``rules.words`` does.

        ``frequencies`` says how large a share of the articles has an atom (0 to 1), as learned from
        those that are stored; what it does not name is estimated.
        """
        self._boundary = boundary
        self._atoms = Atoms(frequencies or {})
        self._registry = Registry()
        self._segments: tuple[Segment, ...] = ()
        self._batch = Batch(self._atoms)
        self._load(rules.items() if isinstance(rules, Mapping) else rules)

    def __len__(self) -> int:
        return len(self._registry)

    def __contains__(self, rule: str) -> bool:
        return self._registry.find(rule) is not None

    @property
    def terms(self) -> int:
        """How many terms it looks at; equal ones that have not met yet count twice."""
        return sum(segment.terms for segment in self._segments) + self._batch.terms

    def add(self, rule: str, term: Term) -> None:
        """Add a rule; one with the same id is replaced, and then counts as the newest.

        Raises ValueError, changing nothing, for a keyword without any text.
        """
        number = self._batch.number(term)
        self._registry.remove(rule)
        self._batch.add(self._registry.add(rule), number)
        self._grown()

    def remove(self, rule: str) -> None:
        """Remove a rule; an unknown id changes nothing."""
        if self._registry.remove(rule) and self._registry.dead > len(self._registry) + _BATCH:
            self.settle()

    # --- matching ---------------------------------------------------------------------------------

    def find(self, document: Document, reading: Reading) -> Found:
        """Which rules hold for the article; their evidence is made only when asked for."""
        evaluator = Evaluator(document, reading, self._boundary)
        has = present(self._atoms, evaluator)
        parts = [self._confirmed(source, *terms, evaluator) for source, terms in self._holding(has)]
        return Found(
            [part for part in parts if len(part.terms)], self._registry, self._atoms, evaluator
        )

    def match(self, document: Document, reading: Reading) -> tuple[Match, ...]:
        """Every rule that holds for the article, in the order in which the rules were added."""
        return self.find(document, reading).matches()

    def groups(self, document: Document, reading: Reading) -> tuple[Group, ...]:
        """The same by distinct term, in no particular order: less work for popular rules."""
        return tuple(self.find(document, reading).groups())

    def candidates(self, document: Document, reading: Reading) -> int:
        """How many clauses are looked at for the article beyond a single atom; for benchmarks."""
        has = present(self._atoms, Evaluator(document, reading, self._boundary))
        atoms = _ordered(has)
        segments = sum(segment.candidates(atoms) for segment in self._segments)
        return segments + self._batch.candidates(has)

    def _holding(self, has: set[int]) -> Iterator[tuple[Source, tuple[Ints, Ints]]]:
        """Of each source the terms that hold, and those that may."""
        if self._segments:
            atoms = _ordered(has)
            truth = self._truth(atoms)
            for segment in self._segments:
                yield segment, segment.holding(atoms, truth)
        if len(self._batch):
            yield self._batch, self._batch.holding(has)

    def _truth(self, atoms: Ints) -> npt.NDArray[np.bool_]:
        """For each literal whether it holds where these atoms do."""
        truth = np.zeros((len(self._atoms), 2), np.bool_)
        truth[:, 1] = True
        truth[atoms] = True, False
        return truth.ravel()

    def _confirmed(self, source: Source, sure: Ints, doubtful: Ints, evaluator: Evaluator) -> Terms:
        """The terms that hold with their rules; doubtful ones are evaluated."""
        for term in doubtful.tolist():
            if evaluator.holds(decoded(source.row(term), self._atoms)) is not None:
                sure = np.append(sure, np.int32(term))
        return living(source, sure, self._registry.alive if self._registry.dead else None)

    # --- growing and shrinking --------------------------------------------------------------------

    def _load(self, rules: Iterable[tuple[str, Term]]) -> None:
        """Take many rules at once, some at a time, so that little memory is needed beside them."""
        tables: list[Columns] = []
        seen: set[str] = set()
        for rule, term in rules:
            if rule in seen:
                self._registry.settle(every=True)
                self._registry.remove(rule)
            seen.add(rule)
            self._batch.add(self._registry.append(rule), self._batch.number(term))
            if len(self._batch) >= _LOADED:
                tables.append(self._batch.columns())
                self._batch = Batch(self._atoms)
        self._registry.settle(every=True)
        if tables or len(self._batch) >= _BATCH:
            self._join(0, tables)

    def _grown(self) -> None:
        """Make the batch a segment once it is large, together with those not far larger."""
        if len(self._batch) < _BATCH:
            return
        size, left = len(self._batch), len(self._segments)
        while left and len(self._segments[left - 1]) < _GROWTH * size:
            left -= 1
            size += len(self._segments[left])
        self._join(left)

    def settle(self) -> None:
        """Put all rules together in one segment, closing the gaps that removed ones left.

        Never needed, but for the fastest matching after very many changes. At a million rules it
        takes a third of a second, in which nothing is matched.
        """
        self._join(0)
        (segment,) = self._segments
        if self._registry.dead:
            columns = segment.columns
            new = self._registry.renumbered()
            self._segments = (Segment(columns._replace(rules=new[columns.rules])),)

    def _join(self, first: int, more: Iterable[Columns] = ()) -> None:
        """Make one segment of those from the ``first`` on, of ``more`` and of the batch."""
        tables = [segment.columns for segment in self._segments[first:]]
        tables += [*more, self._batch.columns()]
        segment = Segment(joined(tables, self._registry.alive))
        self._segments = (*self._segments[:first], segment)
        self._batch = Batch(self._atoms)
        self._registry.settle()


def _ordered(has: set[int]) -> Ints:
    return np.sort(np.fromiter(has, np.int32, len(has)))
