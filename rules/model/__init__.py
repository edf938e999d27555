"""The values that pass between stages: frozen, checked on birth, free of behaviour.

Everything here is data. A stage takes some of these and returns others; nothing here reads a
clock, a file or a network. ``storage`` may import this package and nothing else of ``rules``.
"""

from rules.model.article import Article, Part, Span
from rules.model.outcome import Decision, Fingerprint, Outcome
from rules.model.reading import (
    Basis,
    Bound,
    Company,
    Direction,
    Event,
    Figure,
    Mention,
    Promotion,
    Reading,
    Salience,
    Signal,
    Stance,
    Summary,
)
from rules.model.terms import (
    MEASURES,
    And,
    Atom,
    CompanyTerm,
    Comparison,
    EventTerm,
    KeywordTerm,
    LangTerm,
    Match,
    Not,
    Or,
    PromoTerm,
    RegexTerm,
    Rule,
    SourceTerm,
    Term,
)

__all__ = [
    "MEASURES",
    "And",
    "Article",
    "Atom",
    "Basis",
    "Bound",
    "Company",
    "CompanyTerm",
    "Comparison",
    "Decision",
    "Direction",
    "Event",
    "EventTerm",
    "Figure",
    "Fingerprint",
    "KeywordTerm",
    "LangTerm",
    "Match",
    "Mention",
    "Not",
    "Or",
    "Outcome",
    "Part",
    "PromoTerm",
    "Promotion",
    "Reading",
    "RegexTerm",
    "Rule",
    "Salience",
    "Signal",
    "SourceTerm",
    "Span",
    "Stance",
    "Summary",
    "Term",
]
