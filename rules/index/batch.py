"""The newest rules, matched in plain Python until there are enough of them for a segment."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import islice

import numpy as np

from rules.index.atoms import Atoms
from rules.index.clauses import OTHERS, Clauses, compiled
from rules.index.codes import encoded
from rules.index.columns import Columns, Ints, Rows
from rules.index.found import Holding
from rules.model import Term

_PADDING = (0,) * OTHERS


class Batch:
    """Distinct terms with the slots of the rules that say them."""

    def __init__(self, atoms: Atoms) -> None:
        self._atoms = atoms
        self._known: dict[tuple[int, ...], int] = {}
        self._doubtful = bytearray()
        self._under = array("i")
        self._others = array("i")  # OTHERS of each clause, one clause after the other
        self._clause_terms = array("i")
        self._rules = array("i")
        self._rule_terms = array("i")
        self._views: _Views | None = None

    def __len__(self) -> int:
        """How many rules it holds, removed ones included."""
        return len(self._rules)

    def number(self, term: Term) -> int:
        """The number of ``term`` in here. Raises ValueError for a keyword without any text."""
        row = encoded(term, self._atoms)
        number = self._known.get(row)
        return self._add(row, compiled(term, self._atoms)) if number is None else number

    def add(self, slot: int, term: int) -> None:
        """Add the rule that has this slot and says the term that has this number."""
        self._rules.append(slot)
        self._rule_terms.append(term)

    def move(self, slots: int) -> None:
        """Add this to every slot: gaps before them were closed."""
        if slots:
            self._rules = array("i", [slot + slots for slot in self._rules])

    def _add(self, row: tuple[int, ...], form: Clauses) -> int:
        number = self._known[row] = len(self._known)
        self._doubtful.append(not form.exact)
        for under, *others in form.clauses:
            self._under.append(under)
            self._others.extend((*others, *_PADDING[len(others) :]))
            self._clause_terms.append(number)
        return number

    # --- matching ---------------------------------------------------------------------------------

    @property
    def terms(self) -> int:
        """How many distinct terms it holds."""
        return len(self._known)

    def candidates(self, present: Iterable[int]) -> int:
        """How many clauses are filed under these atoms and need more than that."""
        filed = self._seen().filed
        clauses = (clause for atom in present for clause in filed.get(atom, ()))
        return sum(1 for clause in clauses if self._others[clause * OTHERS])

    def holding(self, present: set[int]) -> Holding:
        """The terms that hold where these atoms do, and those that must be evaluated to know."""
        filed = self._seen().filed
        terms: set[int] = set()
        doubtful: set[int] = set()
        for atom in present:
            for clause in filed.get(atom, ()):
                others = self._others[clause * OTHERS : (clause + 1) * OTHERS]
                if all((literal >> 1 in present) != (literal & 1) for literal in others):
                    term = self._clause_terms[clause]
                    (doubtful if self._doubtful[term] else terms).add(term)
        return Holding(*self._places(terms), np.array([*doubtful], np.int32))

    def rows(self, terms: Ints) -> tuple[Ints, Ints]:
        """Ranges of rows with the rules that say these terms, term by term."""
        return self._places(terms.tolist())

    def _places(self, terms: Iterable[int]) -> tuple[Ints, Ints]:
        said = self._seen().rules
        rows = np.array([row for term in terms for row in said[term]], np.int32)
        return rows, rows + np.int32(1)

    def slots(self, rows: Rows) -> Ints:
        """The slots of the rules of these rows."""
        return np.array([self._rules[row] for row in rows.tolist()], np.int32)

    def said(self, rows: Rows) -> Ints:
        """The terms of the rules of these rows."""
        return np.array([self._rule_terms[row] for row in rows.tolist()], np.int32)

    def row(self, term: int) -> tuple[int, ...]:
        """The term as ``codes`` writes it."""
        return self._seen().rows[term]

    def _seen(self) -> _Views:
        if self._views is None:
            self._views = _Views()
        self._views.update(self._known, self._under, self._rule_terms)
        return self._views

    # --- becoming a segment -----------------------------------------------------------------------

    def columns(self) -> Columns:
        """The same as columns, in no order."""
        lengths = [0, *map(len, self._known)]
        others = np.array(self._others, np.int32).reshape(-1, OTHERS)
        return Columns(
            codes=np.array([code for row in self._known for code in row], np.int32),
            starts=np.cumsum(lengths, dtype=np.int32),
            keys=np.fromiter(map(hash, self._known), np.int64, len(self._known)),
            doubtful=np.frombuffer(bytes(self._doubtful), np.uint8),
            under=np.array(self._under, np.int32),
            others=[others[:, column].copy() for column in range(OTHERS)],
            clause_terms=np.array(self._clause_terms, np.int32),
            rules=np.array(self._rules, np.int32),
            rule_terms=np.array(self._rule_terms, np.int32),
        )


class _Views:
    """What matching looks up, kept in step when asked for: clauses by atom, rows by term."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, ...]] = []
        self.filed: dict[int, list[int]] = {}
        self.rules: list[list[int]] = []
        self._clauses = self._rules = 0  # how many have been seen

    def update(
        self,
        known: dict[tuple[int, ...], int],
        under: array[int],
        rule_terms: array[int],
    ) -> None:
        """Take in what has been added since."""
        new = list(islice(reversed(known), len(known) - len(self.rows)))
        self.rows += reversed(new)
        self.rules += ([] for _ in new)
        for clause in range(self._clauses, len(under)):
            self.filed.setdefault(under[clause], []).append(clause)
        for row in range(self._rules, len(rule_terms)):
            self.rules[rule_terms[row]].append(row)
        self._clauses, self._rules = len(under), len(rule_terms)
