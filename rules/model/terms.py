"""A rule as understood: terms, and the evidence of a match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from rules.model.article import Span


@dataclass(frozen=True, slots=True)
class CompanyTerm:
    """The article names this company; with ``about``, it is about it."""

    symbol: str
    about: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """``layoff>=10000``, ``capex>1000億美元``. ``op`` is one of ``> >= < <= =``."""

    op: str
    value: Decimal
    unit: str = ""
    currency: str = ""


MEASURES = frozenset({"market_cap", "target_price", "price", "margin", "share"})
"""Kinds of figures that a rule may ask for by themselves, as if they were events."""


@dataclass(frozen=True, slots=True)
class EventTerm:
    """Something of this kind happened (not as background), with a figure in it if asked.

    The kind may be one of ``MEASURES``: then such a figure stands in the article.
    """

    kind: str
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class KeywordTerm:
    """These words stand in the article.

    ``text`` is folded. ``exact`` (typed in quotes) takes them as they are; otherwise they must
    stand on word boundaries. ``title`` looks only at the headline.
    """

    text: str
    exact: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class RegexTerm:
    """This regular expression is found in the article, or with ``title`` in its headline.

    ``pattern`` is as ``rules.patterns.normal`` gives it.
    """

    pattern: str
    title: bool = False


@dataclass(frozen=True, slots=True)
class SourceTerm:
    """The outlet's or feed's name contains these folded words."""

    text: str


@dataclass(frozen=True, slots=True)
class LangTerm:
    """The article is written in ``zh`` or ``en``."""

    lang: str


@dataclass(frozen=True, slots=True)
class PromoTerm:
    """The article is (or is not) flagged as promotion."""

    flagged: bool


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Term


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; an event in it belongs to the companies beside it (``rules.evaluate``)."""

    parts: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Term, ...]


Atom: TypeAlias = (
    CompanyTerm | EventTerm | KeywordTerm | RegexTerm | SourceTerm | LangTerm | PromoTerm
)
Term: TypeAlias = Atom | Not | And | Or


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as understood: ``typed`` is what the person wrote, ``canonical`` its one spelling."""

    term: Term
    canonical: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that holds for an article. ``evidence`` maps each atom's canonical text that held to

    the spans it held on. ``passing`` is true where every company that made it hold is named only
    in passing and nothing happened to it in the article.
    """

    rule: int
    evidence: Mapping[str, tuple[Span, ...]]
    passing: bool = False
