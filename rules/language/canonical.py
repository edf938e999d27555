"""One spelling for every rule that means the same: flattened, freed of duplicates, sorted.

Companies stand as their symbols, events as ``#kind``, keywords behind ``word:`` or in quotes, so
that later changes of names, aliases or event words cannot change what a stored canonical text
means. Words are kept folded and written in traditional characters, which fold to the same again.
``parse`` of a canonical text gives the same term and text again.
"""

from __future__ import annotations

import re

from rules import patterns
from rules.language import quantities
from rules.language.traditional import traditional
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

_PLAIN = re.compile(r"\w(?:[\w$%.+/*@~-]*[\w%+$])?")
_RANKS = (
    CompanyTerm,
    EventTerm,
    KeywordTerm,
    RegexTerm,
    SourceTerm,
    LangTerm,
    PromoTerm,
    Or,
    And,
    Not,
)


def normal(term: Term) -> Term:
    """``term`` with nested ANDs and ORs flattened, duplicates gone, parts in a fixed order.

    ``-(A | B)`` beside something becomes ``-A -B``; two negations cancel out.
    """
    if isinstance(term, Not):
        return _negated(normal(term.part))
    if isinstance(term, And | Or):
        kind = type(term)
        parts: dict[Term, None] = {}
        for part in map(normal, term.parts):
            nested = part.parts if isinstance(part, kind) else (part,)
            parts.update(dict.fromkeys(nested))
        ordered = tuple(sorted(parts, key=_order))
        return ordered[0] if len(ordered) == 1 else kind(ordered)
    return term


def _negated(term: Term) -> Term:
    """The negation of a normal term."""
    if isinstance(term, Not):
        return term.part
    if isinstance(term, PromoTerm):
        return PromoTerm(not term.flagged)
    if isinstance(term, Or):
        return normal(And(tuple(Not(part) for part in term.parts)))
    return Not(term)


def _order(term: Term) -> tuple[int, str]:
    return _RANKS.index(type(term)), text(term)


def text(term: Term) -> str:
    """The canonical text of a normal term."""
    if isinstance(term, And):
        return " ".join(_inside(part, Or) for part in term.parts)
    if isinstance(term, Or):
        return " | ".join(text(part) for part in term.parts)
    if isinstance(term, Not):
        return f"-{_inside(term.part, And, Or)}"
    return _atom(term)


def _inside(term: Term, *bracketed: type) -> str:
    return f"({text(term)})" if isinstance(term, bracketed) else text(term)


def _atom(term: Term) -> str:
    match term:
        case CompanyTerm(ticker, about):
            return f"about:{symbol(ticker)}" if about else symbol(ticker)
        case EventTerm(kind, comparison):
            if comparison is None:
                return f"#{kind}"
            figure = quantities.written(comparison.value, comparison.unit, comparison.currency)
            return f"#{kind}{comparison.op}{figure}"
        case KeywordTerm(words, exact, title):
            words = traditional(words)
            if exact and not title:
                return _quoted(words)
            field = "title" if title else "word"
            return f"{field}:{_quoted(words) if exact else _value(words)}"
        case RegexTerm(pattern, title):
            return f"{'title:' if title else ''}/{_pattern(pattern)}/"
        case SourceTerm(words):
            return f"source:{_value(traditional(words))}"
        case LangTerm(lang):
            return f"lang:{lang}"
        case PromoTerm(flagged):
            return f"promo:{'yes' if flagged else 'no'}"
    raise TypeError(f"no atom: {term!r}")


def _pattern(pattern: str) -> str:
    shown = traditional(pattern)
    return shown if patterns.normal(shown) == pattern else pattern


def symbol(ticker: str) -> str:
    """A ticker as ``$AMZN``, which no name or alias can ever mean instead; a code as it is."""
    return ticker if ticker[:1].isdigit() else f"${ticker}"


def _value(words: str) -> str:
    return words if plain(words) else _quoted(words)


def plain(words: str) -> bool:
    """Whether ``words`` may stand as a field's value without quotes."""
    return _PLAIN.fullmatch(words) is not None


def _quoted(words: str) -> str:
    """``words`` in the first quotation marks that they do not close themselves."""
    for opening, closing, closers in (('"', '"', '"“”„'), ("「", "」", "」"), ("『", "』", "』")):
        if not any(char in closers for char in words):
            return f"{opening}{words}{closing}"
    raise ValueError(f"no quotation marks fit around {words!r}")
