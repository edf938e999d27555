"""Rules that no longer change, matched some thousand clauses at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rules.index.columns import Columns, Ints, runs


class Segment:
    """Columns in the order that ``columns.joined`` gives, with where each atom's clauses begin."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        atoms = int(columns.under[-1]) + 1 if len(columns.under) else 0
        # Of each atom: first the clauses that need nothing else, from `checked` on the rest.
        self._first = _starts(columns.under, atoms)
        alone = np.bincount(columns.under[columns.others[0] == 0], minlength=atoms)
        self._checked = self._first[:-1] + alone.astype(np.int32)
        self._others = [column for column in columns.others if column.any()]
        self._doubtful = bool(columns.doubtful.any())
        self._rules = _starts(columns.rule_terms, len(columns.keys))

    def __len__(self) -> int:
        """How many rules it holds, removed ones included."""
        return len(self.columns.rules)

    @property
    def terms(self) -> int:
        """How many distinct terms it holds."""
        return len(self.columns.keys)

    def candidates(self, present: Ints) -> int:
        """How many clauses are filed under these atoms and need more than that."""
        atoms = present[present < len(self._checked)]
        return int((self._first[atoms + 1] - self._checked[atoms]).sum())

    def holding(self, present: Ints, truth: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
        """The terms that hold where these atoms do, and those that must be evaluated to know.

        ``truth`` says of each literal whether it holds.
        """
        columns = self.columns
        atoms = present.compress(present < len(self._checked))
        clauses = runs(self._first.take(atoms), self._first.take(atoms + 1))
        for column in self._others:
            clauses = clauses.compress(truth.take(column.take(clauses)))
        terms = self._once(columns.clause_terms.take(clauses))
        if not self._doubtful:
            return terms, terms[:0]
        doubtful = columns.doubtful.take(terms) != 0
        return terms.compress(~doubtful), terms.compress(doubtful)

    def _once(self, terms: Ints) -> Ints:
        """The same terms, rising, each once: several clauses of a term may hold.

        A byte for each term is written and read, which is still faster than sorting.
        """
        found = np.zeros(self.terms, np.bool_)
        found[terms] = True
        return found.nonzero()[0].astype(np.int32)

    def slots(self, terms: Ints) -> tuple[Ints, Ints]:
        """The slots of the rules that say these terms, term by term, and how many each has."""
        first, last = self._rules.take(terms), self._rules.take(terms + 1)
        return self.columns.rules.take(runs(first, last)), last - first

    def row(self, term: int) -> Sequence[int]:
        """The term as ``codes`` writes it."""
        starts = self.columns.starts
        row: list[int] = self.columns.codes[starts[term] : starts[term + 1]].tolist()
        return row


def _starts(ordered: Ints, keys: int) -> Ints:
    """Where each key's run begins in ``ordered``, and where the last one ends."""
    counts = np.bincount(ordered, minlength=keys)
    return np.concatenate([np.zeros(1, np.int32), np.cumsum(counts, dtype=np.int32)])
