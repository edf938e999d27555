"""Rules that no longer change, matched some thousand clauses at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rules.index.columns import DOUBTFUL, SEVERAL, Columns, Ints, runs


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
        self._doubtful = bool((columns.flags & DOUBTFUL).any())
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
        first, checked = self._first.take(atoms), self._checked.take(atoms)
        clauses = runs(checked, self._first.take(atoms + 1))
        for column in self._others:
            clauses = clauses.compress(truth.take(column.take(clauses)))
        clauses = np.concatenate([runs(first, checked), clauses])
        terms = columns.clause_terms.take(clauses)
        flags = columns.flags.take(terms)
        if not flags.any():
            return terms, terms[:0]
        several = flags & SEVERAL != 0
        terms = np.concatenate([terms.compress(~several), _once(terms.compress(several))])
        if not self._doubtful:
            return terms, terms[:0]
        doubtful = columns.flags.take(terms) & DOUBTFUL != 0
        return terms.compress(~doubtful), terms.compress(doubtful)

    def slots(self, terms: Ints) -> tuple[Ints, Ints]:
        """The slots of the rules that say these terms, term by term, and how many each has."""
        first, last = self._rules.take(terms), self._rules.take(terms + 1)
        return self.columns.rules.take(runs(first, last)), last - first

    def row(self, term: int) -> Sequence[int]:
        """The term as ``codes`` writes it."""
        starts = self.columns.starts
        row: list[int] = self.columns.codes[starts[term] : starts[term + 1]].tolist()
        return row


def _once(terms: Ints) -> Ints:
    """The same numbers, sorted, each once."""
    ordered = np.sort(terms)
    new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered.compress(new)


def _starts(ordered: Ints, keys: int) -> Ints:
    """Where each key's run begins in ``ordered``, and where the last one ends."""
    counts = np.bincount(ordered, minlength=keys)
    return np.concatenate([np.zeros(1, np.int32), np.cumsum(counts, dtype=np.int32)])
