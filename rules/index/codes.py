"""Terms as short rows of numbers, from which they can be made again: equal terms, equal rows.

An atom is its number. What joins parts follows them: ``-1`` negates the part before it,
``-2 - 2n`` is an AND and ``-3 - 2n`` an OR of the n parts before it.
"""

from __future__ import annotations

from collections.abc import Iterable

from rules.index.atoms import Atoms
from rules.model import And, Not, Or, Term


def encoded(term: Term, atoms: Atoms) -> tuple[int, ...]:
    """``term`` as a row of numbers; its atoms get numbers where they have none."""
    if not isinstance(term, And | Or | Not):
        return (atoms.number(term),)
    row: list[int] = []
    _encode(term, atoms, row)
    return tuple(row)


def _encode(term: Term, atoms: Atoms, row: list[int]) -> None:
    if isinstance(term, And | Or):
        for part in term.parts:
            _encode(part, atoms, row)
        row.append(-2 * len(term.parts) - (2 if isinstance(term, And) else 3))
    elif isinstance(term, Not):
        _encode(term.part, atoms, row)
        row.append(-1)
    else:
        row.append(atoms.number(term))


def decoded(row: Iterable[int], atoms: Atoms) -> Term:
    """The term that ``encoded`` made this row of."""
    made: list[Term] = []
    for code in row:
        if code >= 0:
            made.append(atoms.atom(code))
        elif code == -1:
            made.append(Not(made.pop()))
        else:
            length, is_or = divmod(-code - 2, 2)
            parts = tuple(made[len(made) - length :])
            del made[len(made) - length :]
            made.append(Or(parts) if is_or else And(parts))
    return made[0]
