"""Which part of a rule was missing where it nearly held? For ``/why`` of what was not sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rules.beside import Beside, companies_beside
from rules.evaluate import Evaluator
from rules.model import (
    And,
    CompanyTerm,
    EventTerm,
    KeywordTerm,
    LangTerm,
    Not,
    Or,
    PromoTerm,
    RegexTerm,
    SourceTerm,
    Term,
)


class Lack(StrEnum):
    """What is wrong with a part that did not hold."""

    ABSENT = "absent"  # nothing of the kind is there
    OTHERS = "others"  # it happened, but not to the rule's company
    FIGURE = "figure"  # it happened, but no figure compares as asked
    OLD = "old"  # it is only told as history
    PASSING = "passing"  # the company is named, but the article is not about it
    TEXT_ONLY = "text_only"  # the word stands in the text, not in the headline
    WITHIN = "within"  # the word is only part of another one
    EXCLUDED = "excluded"  # it is there, and the rule excludes it
    CONDITION = "condition"  # another outlet, language, or (no) advert


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule of which all but one part held: those ``held``, the missing ``part`` and its lack."""

    held: tuple[Term, ...]
    part: Term
    lack: Lack


def near_miss(term: Term, evaluator: Evaluator) -> NearMiss | None:
    """How ``term``, which does not hold, just missed; None where it is far from holding.

    Near is a rule with one part missing, if the article names the rule's company or, without one,
    holds another part; or where the part is there in another way than asked for.
    """
    if isinstance(term, Or):
        near = (near_miss(part, evaluator) for part in term.parts)
        return max(filter(None, near), key=lambda miss: len(miss.held), default=None)
    parts = term.parts if isinstance(term, And) else (term,)
    beside = companies_beside(term) if isinstance(term, And) else ()
    missing = [part for part in parts if evaluator.holds(part, beside) is None]
    if len(missing) != 1:
        return None
    part, lack = _lack(missing[0], beside, evaluator)
    held = tuple(p for p in parts if p is not missing[0] and _tells(p))
    if lack is Lack.ABSENT and (not held or _is_company(part)):
        return None
    return NearMiss(held, part, lack)


def _lack(part: Term, beside: Beside, evaluator: Evaluator) -> tuple[Term, Lack]:
    """What is wrong with ``part``; of a choice, with the member that comes nearest."""
    match part:
        case Or(parts):
            tried = [_lack(member, beside, evaluator) for member in parts]
            return next((one for one in tried if one[1] is not Lack.ABSENT), (part, Lack.ABSENT))
        case Not(inner):
            return inner, Lack.EXCLUDED
        case SourceTerm() | LangTerm() | PromoTerm():
            return part, Lack.CONDITION
    likely = (lack for other, near, lack in _looser(part, beside) if _holds(evaluator, other, near))
    old = isinstance(part, EventTerm) and _is_told_as_old(part, evaluator)
    return part, next(likely, Lack.OLD if old else Lack.ABSENT)


def _looser(part: Term, beside: Beside) -> Iterator[tuple[Term, Beside, Lack]]:
    """Ways in which less would have been asked for, the least change first."""
    match part:
        case CompanyTerm(symbol, True):
            yield CompanyTerm(symbol), (), Lack.PASSING
        case EventTerm(kind, comparison):
            if comparison is not None:
                yield EventTerm(kind), beside, Lack.FIGURE
            if beside:
                yield EventTerm(kind), (), Lack.OTHERS
        case KeywordTerm(_, exact, title):
            if title:
                yield replace(part, title=False), (), Lack.TEXT_ONLY
            if not exact:
                yield replace(part, exact=True), (), Lack.WITHIN
        case RegexTerm(_, True):
            yield replace(part, title=False), (), Lack.TEXT_ONLY


def _holds(evaluator: Evaluator, term: Term, beside: Beside) -> bool:
    return evaluator.holds(term, beside) is not None


def _is_told_as_old(part: EventTerm, evaluator: Evaluator) -> bool:
    return any(e.kind == part.kind and e.background for e in evaluator.reading.events)


def _tells(part: Term) -> bool:
    """Whether a part that holds says something of the article; a language does not."""
    return not isinstance(part, Not | LangTerm | PromoTerm | SourceTerm)


def _is_company(part: Term) -> bool:
    group = part.parts if isinstance(part, Or) else (part,)
    return any(isinstance(member, CompanyTerm) for member in group)
