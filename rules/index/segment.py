"""Rules that no longer change, matched some thousand clauses at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rules.index.columns import Columns, Ints, Rows, plain, runs
from rules.index.found import Holding


class Segment:
    """Columns in the order that ``columns.joined`` gives, with where each atom's clauses begin."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._rows = _starts(columns.rule_terms, len(columns.keys))  # of rules, by term
        self._bounds = _bounds(columns, self._rows)
        self._others = [column for column in columns.others if column.any()]
        self._doubtful = bool(columns.doubtful.any())

    def __len__(self) -> int:
        """How many rules it holds, removed ones included."""
        return len(self.columns.rules)

    @property
    def terms(self) -> int:
        """How many distinct terms it holds."""
        return len(self.columns.keys)

    def candidates(self, present: Rows) -> int:
        """How many clauses are filed under these atoms and need more than that."""
        atoms = present[: present.searchsorted(len(self._bounds))]
        first, last = self._bounds[atoms, :2].T
        return int((self.columns.others[0][runs(first, last)] != 0).sum())

    def holding(self, present: Rows, truth: npt.NDArray[np.bool_]) -> Holding:
        """The terms that hold where these atoms do, and those that must be evaluated to know.

        ``truth`` says of each literal whether it holds.
        """
        columns = self.columns
        atoms = present[: present.searchsorted(len(self._bounds))]
        first, last, plain, plain_end = self._bounds.take(atoms, 0).T
        clauses = runs(first, last)
        for column in self._others:
            clauses = clauses.compress(truth.take(column.take(clauses)))
        terms = _once(columns.clause_terms.take(clauses))
        doubtful = terms[:0]
        if self._doubtful:
            is_doubtful = columns.doubtful.take(terms) != 0
            terms, doubtful = terms.compress(~is_doubtful), terms.compress(is_doubtful)
        start, end = self.rows(terms)
        return Holding(np.concatenate((plain, start)), np.concatenate((plain_end, end)), doubtful)

    def rows(self, terms: Ints) -> tuple[Ints, Ints]:
        """Where the rules that say each of these terms begin and end."""
        return self._rows.take(terms), self._rows.take(terms + 1)

    def slots(self, rows: Rows) -> Ints:
        """The slots of the rules of these rows."""
        return self.columns.rules.take(rows)

    def said(self, rows: Rows) -> Ints:
        """The terms of the rules of these rows."""
        return self.columns.rule_terms.take(rows)

    def row(self, term: int) -> Sequence[int]:
        """The term as ``codes`` writes it."""
        starts = self.columns.starts
        row: list[int] = self.columns.codes[starts[term] : starts[term + 1]].tolist()
        return row


def _bounds(columns: Columns, rows: Ints) -> Ints:
    """For each atom where its clauses and its plain rules begin and end.

    What an atom alone is enough for are rules in one piece: no clause of theirs is looked at.
    """
    atoms = int(columns.under[-1]) + 1 if len(columns.under) else 0
    sure = columns.others[0] == 0
    sure &= plain(columns.clause_terms, columns.doubtful)[columns.clause_terms]
    first, counts = _starts(columns.under, atoms), _counts(columns.under[sure], atoms)
    some = counts.nonzero()[0]
    term = columns.clause_terms[first[some]]  # plain terms are numbered as their clauses are
    bounds = np.zeros((atoms, 4), np.int32)
    bounds[:, 0] = first[:-1] + counts
    bounds[:, 1] = first[1:]
    bounds[some, 2] = rows[term]
    bounds[some, 3] = rows[term + counts[some]]
    return bounds


def _once(terms: Ints) -> Ints:
    """The same terms, each once: several clauses of one may hold."""
    terms = np.sort(terms)  # faster than a mark for every term, and than np.unique
    new = np.ones(len(terms), np.bool_)
    np.not_equal(terms[1:], terms[:-1], out=new[1:])
    return terms.compress(new)


def _starts(ordered: Ints, keys: int) -> Ints:
    """Where each key's run begins in ``ordered``, and where the last one ends."""
    ends = np.cumsum(_counts(ordered, keys), dtype=np.int32)
    return np.concatenate([np.zeros(1, np.int32), ends])


def _counts(found: Ints, keys: int) -> Ints:
    return np.bincount(found, minlength=keys).astype(np.int32)
