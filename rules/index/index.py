"""The index itself: rules come and go, articles are matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from rules.document import Document
from rules.evaluate import Boundary, Evaluator
from rules.index.atoms import Atoms
from rules.index.batch import Batch
from rules.index.codes import decoded
from rules.index.columns import Columns, Rows, joined
from rules.index.found import Found, Group, Holding, Part, Source, living
from rules.index.frequencies import Frequencies
from rules.index.merging import Merge, Merged
from rules.index.present import present
from rules.index.registry import Registry
from rules.index.segment import Segment
from rules.model import Match, Reading, Term

_LOADED = 250_000  # rules that are taken in at a time where very many come at once
_BATCH = 500  # new rules that are worth a merge
_WORDS = 100  # new keywords that are
_GROWTH = 8  # how many times larger the next segment is left alone
# Of an atom both literals, itself and its negation, in one value that is written at once.
_HOLDS, _MISSING = np.array([[True, False], [False, True]]).view(np.uint16).ravel()


class RuleIndex:
    """Rules by id. Adding or removing one takes microseconds, however many there are.

    An id is a whole number of 64 bits, such as a row of a database has. The newest rules are
    matched one by one until they are merged with the rest: see ``merge``. An index is used by one
    thread at a time; only ``Merge.run`` may go on in another.
    """

    def __init__(
        self,
        rules: Mapping[int, Term] | Iterable[tuple[int, Term]] = (),
        boundary: Boundary | None = None,
        frequencies: Frequencies | None = None,
    ) -> None:
        """``boundary`` judges where Chinese words end; without it ``rules.words`` does.

        ``frequencies`` are those that another index of much the same rules ``learned``.
        """
        self._boundary = boundary
        self._atoms = Atoms(frequencies)
        self._registry = Registry()
        self._segments: tuple[Segment, ...] = ()
        self._batch = Batch(self._atoms)
        self._merging: Merge | None = None
        self._truth = np.zeros(0, _MISSING.dtype)  # for each atom; between two articles none holds
        self._load(rules.items() if isinstance(rules, Mapping) else rules)

    def __len__(self) -> int:
        return len(self._registry)

    def __contains__(self, rule: int) -> bool:
        return self._registry.find(rule) is not None

    @property
    def terms(self) -> int:
        """How many terms it looks at; equal ones that have not met yet count twice."""
        batches = sum(batch.terms for batch in self._batches())
        return sum(segment.terms for segment in self._segments) + batches

    def add(self, rule: int, term: Term) -> None:
        """Add a rule; one with the same id is replaced, and then counts as the newest.

        Raises, changing nothing, ValueError for a keyword without any text and OverflowError for an
        id that does not fit into 64 bits.
        """
        number = self._batch.number(term)
        self._registry.remove(rule)
        self._batch.add(self._registry.add(rule), number)

    def remove(self, rule: int) -> None:
        """Remove a rule; an unknown id changes nothing."""
        self._registry.remove(rule)

    # --- matching ---------------------------------------------------------------------------------

    def find(self, document: Document, reading: Reading) -> Found:
        """Which rules hold for the article; their evidence is made only when asked for."""
        evaluator = Evaluator(document, reading, self._boundary)
        has = present(self._atoms, evaluator)
        parts = [self._part(source, terms, evaluator) for source, terms in self._holding(has)]
        return Found(parts, self._registry, self._atoms, evaluator)

    def match(self, document: Document, reading: Reading) -> tuple[Match, ...]:
        """Every rule that holds for the article, in the order in which the rules were added."""
        return self.find(document, reading).matches()

    def groups(self, document: Document, reading: Reading) -> tuple[Group, ...]:
        """The same by distinct term, in no particular order: less work for popular rules."""
        return tuple(self.find(document, reading).groups())

    def candidates(self, document: Document, reading: Reading) -> int:
        """How many clauses are looked at for the article beyond a single atom; for benchmarks."""
        has = present(self._atoms, Evaluator(document, reading, self._boundary))
        segments = sum(segment.candidates(has) for segment in self._segments)
        return segments + sum(batch.candidates(has.tolist()) for batch in self._batches())

    def learned(self, articles: Iterable[tuple[Document, Reading]]) -> Frequencies:
        """How often these articles have what the rules ask for, to build an index with."""
        count, seen = 0, np.zeros(len(self._atoms), np.int32)
        for document, reading in articles:
            count += 1
            seen[present(self._atoms, Evaluator(document, reading, self._boundary))] += 1
        found = np.flatnonzero(seen).tolist()
        return Frequencies(count, {self._atoms.name(n): int(seen[n]) for n in found if n})

    def _batches(self) -> Iterator[Batch]:
        if self._merging and self._merging.batch is not None:
            yield self._merging.batch
        yield self._batch

    def _holding(self, has: Rows) -> list[tuple[Source, Holding]]:
        """Of each source the terms that hold, and those that may, where these atoms do."""
        held: list[tuple[Source, Holding]] = []
        if self._segments:
            if len(self._truth) != len(self._atoms):
                self._truth = np.full(len(self._atoms), _MISSING)
            self._truth[has] = _HOLDS
            try:
                truth = self._truth.view(np.bool_)
                held += [(segment, segment.holding(has, truth)) for segment in self._segments]
            finally:
                self._truth[has] = _MISSING
        if batches := [batch for batch in self._batches() if len(batch)]:
            there = set(has.tolist())
            held += [(batch, batch.holding(there)) for batch in batches]
        return held

    def _part(self, source: Source, holding: Holding, evaluator: Evaluator) -> Part:
        """The rules whose terms hold; doubtful terms are evaluated."""
        alive = self._registry.alive if self._registry.dead else None
        if len(holding.doubtful):
            holds = [
                term
                for term in holding.doubtful.tolist()
                if evaluator.holds(decoded(source.row(term), self._atoms)) is not None
            ]
            first, last = source.rows(np.array(holds, np.int32))
            holding = Holding(
                np.concatenate((holding.first, first)),
                np.concatenate((holding.last, last)),
                holding.doubtful[:0],
            )
        return living(source, holding, alive)

    # --- growing and shrinking --------------------------------------------------------------------

    def merge(self, *, everything: bool = False) -> Merge | None:
        """Work that makes matching faster again after many changes; None if there is none yet.

        Call it after changes. Run the work in any thread and give the result to ``adopt``: until
        then articles are matched, and rules come and go, as before. Work that was given out and
        not adopted is given out again. With ``everything`` all rules become one segment.
        """
        if self._merging:
            return self._merging
        registry = self._registry
        everything = everything or registry.dead > len(registry) + _BATCH
        least, words = (1, 1) if everything else (_BATCH, _WORDS)
        batch = self._batch if len(self._batch) >= least else None
        found = self._atoms.keywords.gathering(words), self._atoms.sources.gathering(words)
        ids = registry.sorting(closing=everything and registry.dead > 0)
        scattered = everything and len(self._segments) > 1
        if not (batch or any(found) or ids or scattered):
            return None
        kept = 0 if everything else self._untouched(len(batch) if batch else 0)
        self._merging = Merge(
            kept=self._segments[:kept],
            joined=self._segments[kept:],
            batch=batch,
            alive=registry.alive.copy(),
            words=found[0],
            sources=found[1],
            ids=ids,
        )
        if batch is not None:
            self._batch = Batch(self._atoms)
        return self._merging

    def adopt(self, merged: Merged) -> None:
        """Use what a ``Merge`` gave; one that another has overtaken changes nothing."""
        work, atoms = merged.merge, self._atoms
        if work is not self._merging:
            return
        self._segments, self._merging = merged.segments, None
        if work.words and merged.words:
            atoms.keywords.adopt(work.words, merged.words)
        if work.sources and merged.sources:
            atoms.sources.adopt(work.sources, merged.sources)
        if merged.ids:
            self._batch.move(self._registry.adopt(merged.ids))

    def settle(self) -> None:
        """Merge everything, here and now. Never needed, but for the fastest matching."""
        for _ in range(2):  # work under way comes first
            if work := self.merge(everything=True):
                self.adopt(work.run())

    def _untouched(self, size: int) -> int:
        """How many segments are so large that ``size`` rules are no reason to join them."""
        left = len(self._segments)
        while left and len(self._segments[left - 1]) < _GROWTH * size:
            left -= 1
            size += len(self._segments[left])
        return left

    def _load(self, rules: Iterable[tuple[int, Term]]) -> None:
        """Take many rules at once, some at a time, so that little memory is needed beside them."""
        tables: list[Columns] = []
        for rule, term in rules:
            self._batch.add(self._registry.append(rule), self._batch.number(term))
            if len(self._batch) >= _LOADED:
                tables.append(self._batch.columns())
                self._batch = Batch(self._atoms)
        self._registry.sort()
        if tables or len(self._batch) >= _BATCH:
            tables.append(self._batch.columns())
            self._batch = Batch(self._atoms)
            self._segments = (Segment(joined(tables, self._registry.alive)),)
        if work := self.merge():
            self.adopt(work.run())
