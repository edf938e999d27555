"""Which parts of rules hold wherever another does, as far as this is plain to see."""

from __future__ import annotations

from rules.model import (
    CompanyTerm,
    Comparison,
    EventTerm,
    KeywordTerm,
    LangTerm,
    Or,
    PromoTerm,
    SourceTerm,
    Term,
)

_CHINESE = "\u2e80"  # words of scripts up to here must stand on their own


def implies(term: Term, other: Term) -> bool:
    """Whether ``other`` holds wherever ``term`` does. True only where that is certain.

    Both are taken as they are, without companies beside them.
    """
    if term == other:
        return True
    match term, other:
        case CompanyTerm(symbol), CompanyTerm(same, about):
            return symbol == same and not about
        case EventTerm(kind, comparison), EventTerm(same, looser):
            return kind == same and _within(comparison, looser)
        case KeywordTerm(), KeywordTerm():
            return _found_in(term, other)
        case SourceTerm(text), SourceTerm(part):
            return part in text
        case Or(parts), _:
            return all(implies(part, other) for part in parts)
    return False


def exclusive(term: Term, other: Term) -> bool:
    """Whether the two never hold together: two languages, promotion and none."""
    languages = isinstance(term, LangTerm) and isinstance(other, LangTerm)
    promotions = isinstance(term, PromoTerm) and isinstance(other, PromoTerm)
    return (languages or promotions) and term != other


def _within(comparison: Comparison | None, looser: Comparison | None) -> bool:
    """Whether a figure that satisfies ``comparison`` satisfies ``looser``, too."""
    if looser is None:
        return True
    if comparison is None or (comparison.unit, comparison.currency) != (
        looser.unit,
        looser.currency,
    ):
        return False
    value, limit = comparison.value, looser.value
    match comparison.op, looser.op:
        case ((">" | ">=" | "="), ">="):
            return value >= limit
        case ">", ">":
            return value >= limit
        case ((">=" | "="), ">"):
            return value > limit
        case (("<" | "<=" | "="), "<="):
            return value <= limit
        case "<", "<":
            return value <= limit
        case (("<=" | "="), "<"):
            return value < limit
    return False


def _found_in(term: KeywordTerm, other: KeywordTerm) -> bool:
    if other.title and not term.title:
        return False
    if term.text == other.text:
        return other.exact or not term.exact
    # Chinese taken as it is has no word ends: it stands wherever a longer phrase around it does.
    part = other.text
    chinese = part[:1] >= _CHINESE and part[-1:] >= _CHINESE
    return other.exact and chinese and part in term.text
