"""Terms as clauses: a term holds if one of its clauses does, a clause if all its literals do.

A *literal* is twice an atom's number, plus one where the atom must not hold. What an AND's
companies mean for the events in it is written out here, as bound events. A term that would need
too many or too long clauses gets weaker ones: it holds nowhere else, but not always where one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from rules.beside import Beside, companies_beside
from rules.index.atoms import ALWAYS, Atoms
from rules.model import And, CompanyTerm, EventTerm, Not, Or, Term

Clause: TypeAlias = tuple[int, ...]  # the atom it is filed under, then the other literals
_Literals: TypeAlias = frozenset[int]

OTHERS = 4  # literals of a clause beside the one it is filed under
_MOST = 16  # clauses that an AND of ORs is multiplied out to
_NOTHING: _Literals = frozenset()


class Clauses(NamedTuple):
    """A term's clauses. ``exact``: it holds wherever one of them does, not only nowhere else."""

    clauses: tuple[Clause, ...]
    exact: bool


class _Form(NamedTuple):
    """A disjunction of conjunctions of literals, on its way to be clauses."""

    choices: list[_Literals]
    exact: bool


def compiled(term: Term, atoms: Atoms) -> Clauses:
    """The clauses of ``term``, each filed under the rarest atom that it needs."""
    if not isinstance(term, And | Or | Not):
        return Clauses(((atoms.number(term),),), True)
    form = _form(term, (), True, atoms)
    choices = {_freed(choice, atoms) for choice in form.choices}
    possible = [c for c in choices if not any(literal ^ 1 in c for literal in c)]
    filed = sorted(_filed(choice, atoms.frequency) for choice in _minimal(possible))
    exact = form.exact and all(len(clause) <= OTHERS + 1 for clause in filed)
    return Clauses(tuple(clause[: OTHERS + 1] for clause in filed), exact)


def _form(term: Term, beside: Beside, wanted: bool, atoms: Atoms) -> _Form:
    """``term`` (or, unless ``wanted``, its negation) among the companies ``beside`` it."""
    if isinstance(term, Not):
        return _form(term.part, (), not wanted, atoms)  # what is excluded is anybody's
    if isinstance(term, And) and wanted and (plain := _plain(term, atoms)):
        return _Form([plain], True)
    if isinstance(term, And | Or):
        inner = (companies_beside(term) or beside) if isinstance(term, And) else beside
        forms = [_form(part, inner, wanted, atoms) for part in term.parts]
        return _all(forms) if isinstance(term, And) == wanted else _any(forms)
    if isinstance(term, EventTerm) and beside:
        literals = [2 * atoms.bound(company, term) for company in beside]
    else:
        literals = [2 * atoms.number(term)]
    if wanted:
        return _Form([frozenset((literal,)) for literal in literals], True)
    return _Form([frozenset(literal + 1 for literal in literals)], True)


def _plain(term: And, atoms: Atoms) -> _Literals | None:
    """The literals of an AND of atoms and of negated atoms whose events are one company's."""
    company: CompanyTerm | None = None
    literals: list[int] = []
    for part in sorted(term.parts, key=_is_no_company):  # most rules have this shape
        if isinstance(part, CompanyTerm):
            if company:
                return None
            company = part
        if isinstance(part, Not):
            if isinstance(part.part, And | Or | Not):
                return None
            literals.append(2 * atoms.number(part.part) + 1)
        elif isinstance(part, And | Or):
            return None
        elif company and isinstance(part, EventTerm):
            literals.append(2 * atoms.bound(company, part))
        elif isinstance(part, EventTerm):
            return None  # whose it is, the general way finds out
        else:
            literals.append(2 * atoms.number(part))
    return frozenset(literals)


def _is_no_company(term: Term) -> bool:
    return not isinstance(term, CompanyTerm)


def _any(forms: Iterable[_Form]) -> _Form:
    forms = list(forms)
    return _Form([c for form in forms for c in form.choices], all(f.exact for f in forms))


def _all(forms: Sequence[_Form]) -> _Form:
    """Every way to take one choice of each form, left weaker where that would be too many."""
    choices, exact = [_NOTHING], all(form.exact for form in forms)
    for form in sorted(forms, key=lambda form: len(form.choices)):
        if len(choices) * len(form.choices) > _MOST and choices != [_NOTHING]:
            exact = False
            continue
        choices = [one | other for one in choices for other in form.choices]
    return _Form(choices, exact)


def _freed(choice: _Literals, atoms: Atoms) -> _Literals:
    """``choice`` without the companies that its own bound events imply."""
    bound = [lit >> 1 for lit in choice if lit >> 1 in atoms.implied and not lit & 1]
    implied = {2 * atoms.implied[number] for number in bound}
    return choice - implied


def _minimal(choices: list[_Literals]) -> list[_Literals]:
    """The choices that no shorter one makes needless."""
    if len(choices) == 1 or all(len(choice) == 1 for choice in choices):
        return choices
    return [c for c in choices if not any(other < c for other in choices)]


def _filed(choice: _Literals, frequency: Sequence[float]) -> Clause:
    """The rarest atom that must hold, then the literals that hold most seldom."""

    def chance(literal: int) -> tuple[float, int]:
        often = frequency[literal >> 1]
        return (1 - often if literal & 1 else often), literal

    needed = [literal for literal in choice if not literal & 1]
    under = min(needed, key=chance) if needed else 2 * ALWAYS
    rest = sorted((literal for literal in choice if literal != under), key=chance)
    return (under >> 1, *rest)
