"""Rules that are understood but cannot be meant: they hold for nothing or nearly everything."""

from __future__ import annotations

from rules.language.implication import exclusive, implies
from rules.model import And, LangTerm, Not, Or, PromoTerm, Term


def selective(term: Term) -> bool:
    """Whether ``term`` asks for something to be there, so that it cannot hold for everything else.

    A negation does not, nor do a language and "no promotion" alone.
    """
    if isinstance(term, And):
        return any(map(selective, term.parts))
    if isinstance(term, Or):
        return all(map(selective, term.parts))
    return not isinstance(term, Not | LangTerm | PromoTerm) or term == PromoTerm(True)


def negative_branch(term: Term) -> Term | None:
    """A branch of some OR outside negations that only excludes: A | -B holds for nearly all."""
    if isinstance(term, Or):
        wide = next((part for part in term.parts if _excludes(part)), None)
        if wide is not None:
            return wide
    parts = term.parts if isinstance(term, And | Or) else ()
    return next((wide for part in parts if (wide := negative_branch(part)) is not None), None)


def _excludes(term: Term) -> bool:
    """Whether ``term`` says only what shall not be there."""
    return isinstance(term, Not) or (isinstance(term, And) and all(map(_excludes, term.parts)))


def contradiction(term: Term) -> tuple[Term, Term] | None:
    """Two parts of some AND that cannot hold together: A -A, lang:zh lang:en, A -(A | B)."""
    if isinstance(term, And):
        clash = _clash(term)
        if clash:
            return clash
    if isinstance(term, And | Or):
        return next(filter(None, map(contradiction, term.parts)), None)
    return contradiction(term.part) if isinstance(term, Not) else None


def _clash(term: And) -> tuple[Term, Term] | None:
    wanted = [part for part in term.parts if not isinstance(part, Not)]
    for part in term.parts:
        for other in wanted:
            excluded = isinstance(part, Not) and implies(other, part.part)
            if excluded or exclusive(other, part):
                return other, part
    # -(A B) beside A and B excludes what is asked for, too.
    for part in term.parts:
        if (
            isinstance(part, Not)
            and isinstance(part.part, And)
            and all(any(implies(w, p) for w in wanted) for p in part.part.parts)
        ):
            return wanted[0], part
    return None
