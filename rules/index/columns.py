"""Rules as flat columns: 4 bytes a number, no Python object for a rule, a term or a clause.

Rows of terms, of clauses and of rules are kept apart; clauses and rules say which term is theirs.
Several tables are put together into one without looking at a single term in Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int32]
Flags: TypeAlias = npt.NDArray[np.uint8]
Rows: TypeAlias = npt.NDArray[np.intp]  # what numpy looks up without making a copy


class Columns(NamedTuple):
    """Distinct terms (``n``), their clauses (``c``) and the rules that say them (``r``).

    ``codes[starts[t]:starts[t + 1]]`` is term t's row (see ``codes``), ``keys[t]`` its hash; a
    ``doubtful`` term must be evaluated although a clause of it holds.
    ``under`` is the atom a clause is filed under; ``others`` are 4 columns of literals, padded with
    0, which always holds. A rule is its slot in the registry.
    """

    codes: Ints
    starts: Ints  # n + 1
    keys: npt.NDArray[np.int64]  # n
    doubtful: Flags  # n
    under: Ints  # c
    others: Sequence[Ints]  # each c
    clause_terms: Ints  # c
    rules: Ints  # r
    rule_terms: Ints  # r


def joined(tables: Sequence[Columns], alive: Flags) -> Columns:
    """One table of all: equal terms once, rules that are not alive and terms without rules gone.

    Clauses come by the atom they are filed under: first those of *plain* terms without other
    literals, then others without, then those with. A plain term is exact and has one clause. Plain
    terms come first, terms in the order of their clauses; rules by term, then by slot.
    """
    if len(tables) == 1 and alive.all():
        return _sorted(tables[0])
    table = _stacked(tables)
    same = _same(table)
    live = alive[table.rules] != 0
    rules, rule_terms = table.rules[live], same[table.rule_terms[live]]
    used = np.zeros(len(table.keys), bool)
    used[rule_terms] = True
    kept = used[table.clause_terms]
    number = np.cumsum(used, dtype=np.int32) - 1
    codes, starts = _rows(table.codes, table.starts, np.flatnonzero(used))
    return _sorted(
        Columns(
            codes,
            starts,
            table.keys[used],
            table.doubtful[used],
            table.under[kept],
            [column[kept] for column in table.others],
            number[table.clause_terms[kept]],
            rules,
            number[rule_terms],
        )
    )


def _stacked(tables: Sequence[Columns]) -> Columns:
    """The tables one below the other, terms renumbered."""
    terms = _before([len(table.keys) for table in tables])
    codes = _before([len(table.codes) for table in tables])
    starts = [table.starts[:-1] + shift for table, shift in zip(tables, codes, strict=True)]
    end = np.array([sum(len(table.codes) for table in tables)], np.int32)
    pairs = list(zip(tables, terms, strict=True))
    return Columns(
        np.concatenate([table.codes for table in tables]),
        np.concatenate([*starts, end]),
        np.concatenate([table.keys for table in tables]),
        np.concatenate([table.doubtful for table in tables]),
        np.concatenate([table.under for table in tables]),
        [np.concatenate(columns) for columns in zip(*(t.others for t in tables), strict=True)],
        np.concatenate([table.clause_terms + shift for table, shift in pairs]),
        np.concatenate([table.rules for table in tables]),
        np.concatenate([table.rule_terms + shift for table, shift in pairs]),
    )


def _before(lengths: Sequence[int]) -> Ints:
    return np.cumsum([0, *lengths[:-1]], dtype=np.int32)


def _same(table: Columns) -> Ints:
    """For each term the first one that is equal to it."""
    same = np.arange(len(table.keys), dtype=np.int32)
    order = np.argsort(table.keys, kind="stable").astype(np.int32)
    keys = table.keys[order]
    new = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    first = order[new][np.cumsum(new) - 1]  # of the terms with the same hash
    again, first = order[~new], first[~new]
    lengths = table.starts[1:] - table.starts[:-1]
    alike = lengths[again] == lengths[first]
    again, first = again[alike], first[alike]
    if len(again):  # the same hash and length: all but certainly equal, so look
        equal = _codes(table, again) == _codes(table, first)
        ends = np.cumsum(lengths[again])
        whole = np.logical_and.reduceat(equal, ends - lengths[again])
        same[again[whole]] = first[whole]
    return same


def _codes(table: Columns, terms: Ints) -> Ints:
    return table.codes[ranges(table.starts[terms], table.starts[terms + 1])]


def _rows(values: Ints, starts: Ints, wanted: npt.NDArray[np.intp]) -> tuple[Ints, Ints]:
    """The ``wanted`` rows of a ragged array, and where each starts (and the last ends)."""
    first, last = starts[wanted], starts[wanted + 1]
    ends = np.cumsum(last - first, dtype=np.int32)
    return values[ranges(first, last)], np.concatenate([np.zeros(1, np.int32), ends])


def ranges(first: Ints, last: Ints) -> Ints:
    """All numbers from each ``first`` up to its ``last``, one range after the other."""
    counts = last - first
    ends = np.cumsum(counts, dtype=np.int32)
    if not len(ends) or not ends[-1]:
        return first[:0]
    numbers = np.arange(ends[-1], dtype=np.int32)
    numbers += np.repeat(first - (ends - counts), counts)
    return numbers


def runs(first: Ints, last: Ints) -> Rows:
    """The same as ``ranges``, ready to be looked up."""
    counts = last - first
    ends = counts.cumsum()
    numbers = np.arange(ends[-1] if len(ends) else 0)
    numbers += (first - (ends - counts)).repeat(counts)
    return numbers


def plain(clause_terms: Ints, doubtful: Flags) -> npt.NDArray[np.bool_]:
    """For each term whether it is exact and has one clause, with which it stands and falls."""
    found: npt.NDArray[np.bool_] = np.bincount(clause_terms, minlength=len(doubtful)) == 1
    found &= doubtful == 0
    return found


def _sorted(table: Columns) -> Columns:
    """The table with its rows in the order that ``joined`` promises."""
    is_plain = plain(table.clause_terms, table.doubtful)
    more = table.others[0] != 0
    kind = np.where(more, np.uint8(2), ~is_plain[table.clause_terms])
    order = np.lexsort((table.clause_terms, kind, table.under))
    terms = _term_order(table.clause_terms[order], is_plain)
    number = np.empty(len(terms), np.int32)
    number[terms] = np.arange(len(terms), dtype=np.int32)
    codes, starts = _rows(table.codes, table.starts, terms)
    rule_terms = number[table.rule_terms]
    by_term = np.lexsort((table.rules, rule_terms))
    return Columns(
        codes,
        starts,
        table.keys[terms],
        table.doubtful[terms],
        table.under[order],
        [_slim(column[order]) for column in table.others],
        number[table.clause_terms[order]],
        table.rules[by_term],
        rule_terms[by_term],
    )


def _slim(column: Ints) -> Ints:
    """The same column; one of nothing but padding takes no memory."""
    return column if column.any() else np.broadcast_to(np.int32(0), column.shape)


def _term_order(clause_terms: Ints, is_plain: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """The plain terms by their first clause, then the others; those that have none last."""
    first = np.full(len(is_plain), len(clause_terms), np.int32)
    first[clause_terms[::-1]] = np.arange(len(clause_terms) - 1, -1, -1, dtype=np.int32)
    first[~is_plain] += len(clause_terms) + 1
    return np.argsort(first, kind="stable")
