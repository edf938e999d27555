"""Is one rule contained in another? For telling people of rules that bring nothing new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from rules.beside import Beside, companies_beside
from rules.language.implication import exclusive, implies
from rules.model import And, Atom, CompanyTerm, EventTerm, Not, Or, Term

_MOST = 64  # ways in which a rule may come true; more are not looked at


class _Literal(NamedTuple):
    """An atom that must hold, or must not; an event perhaps as this company's."""

    atom: Atom
    wanted: bool
    company: CompanyTerm | None = None


_Way: TypeAlias = frozenset[_Literal]


def covers(one: Term, other: Term) -> bool:
    """Whether ``one`` holds for every article that ``other`` holds for.

    Says yes only where that is certain, so no means "not seen". Terms are those of ``parse``. Two
    rules that cover each other hold for the same articles.
    """
    if one == other:
        return True
    wide, narrow = _ways(one, (), True), _ways(other, (), True)
    if wide is None or narrow is None:
        return False
    return all(any(_holds(way, given) for way in wide) for given in narrow)


def _ways(term: Term, beside: Beside, wanted: bool) -> list[_Way] | None:
    """``term`` (or its negation) as ways to come true, of which one must; None if too many."""
    if isinstance(term, Not):
        return _ways(term.part, (), not wanted)  # what is excluded is anybody's
    if isinstance(term, And | Or):
        inner = (companies_beside(term) or beside) if isinstance(term, And) else beside
        parts = [_ways(part, inner, wanted) for part in term.parts]
        return _every(parts) if isinstance(term, And) == wanted else _any(parts)
    if isinstance(term, EventTerm) and beside:
        owned = [[frozenset({_Literal(term, wanted, company)})] for company in beside]
        return _any(owned) if wanted else _every(owned)
    return [frozenset({_Literal(term, wanted)})]


def _any(parts: Iterable[list[_Way] | None]) -> list[_Way] | None:
    ways: list[_Way] = []
    for part in parts:
        if part is None or len(ways) + len(part) > _MOST:
            return None
        ways += part
    return ways


def _every(parts: Iterable[list[_Way] | None]) -> list[_Way] | None:
    ways: list[_Way] = [frozenset()]
    for part in parts:
        if part is None or len(ways) * len(part) > _MOST:
            return None
        ways = [way | more for way in ways for more in part]
    return ways


def _holds(way: _Way, given: _Way) -> bool:
    """Whether ``way`` has come true wherever ``given`` has."""
    return all(any(_follows(known, literal) for known in given) for literal in way)


def _follows(known: _Literal, literal: _Literal) -> bool:
    """Whether ``literal`` is so wherever ``known`` is."""
    if known.wanted and not literal.wanted:
        return literal.company is None and exclusive(known.atom, literal.atom)
    if not known.wanted:
        return not literal.wanted and _as_positive(literal, known)
    return _as_positive(known, literal)


def _as_positive(known: _Literal, literal: _Literal) -> bool:
    """Whether ``literal``'s atom holds wherever ``known``'s does, each as its company's."""
    if literal.company:
        same = known.company is not None and implies(known.company, literal.company)
        return same and implies(known.atom, literal.atom)
    named = known.company is not None and implies(known.company, literal.atom)
    return named or implies(known.atom, literal.atom)
