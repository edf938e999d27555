"""The values that pass between stages: frozen, checked on birth, free of behaviour.

Everything here is data. A stage takes some of these and returns others; nothing here reads a
clock, a file or a network. ``storage`` may import this module and nothing else of ``rules``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Part(StrEnum):
    """Which part of an article a span lies in."""

    TITLE = "title"
    TEXT = "text"


class Salience(StrEnum):
    """How prominent a company is: named in the headline, in the lead, or only in passing."""

    HEADLINE = "headline"
    LEAD = "lead"
    PASSING = "passing"


class Stance(StrEnum):
    """Whether the article says it happened, says that somebody says so, or says it did not."""

    CONFIRMED = "confirmed"
    RUMOURED = "rumoured"
    DENIED = "denied"


class Direction(StrEnum):
    """Which way it went: more (``up``), less (``down``) or unchanged (``flat``)."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"


class Bound(StrEnum):
    """How exactly a figure is meant: 16,000 · 逾16,000 · 不到16,000 · 約16,000."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


def _require(condition: object, message: str) -> None:
    if not condition:
        raise ValueError(message)


def _aware(moment: datetime | None) -> bool:
    return moment is None or moment.tzinfo is not None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where some exact words stand: ``[start, end)`` in code points of the *original* part."""

    part: Part
    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        _require(0 <= self.start < self.end, f"a span needs 0 <= start < end, not {self}")


@dataclass(frozen=True, slots=True)
class Article:
    """One published text as a source delivered it, before anything was understood.

    ``source`` is the key of the feed or input it came through; ``outlet`` is who published it, as
    people call it. Times are aware; ``published_at`` is already clamped to ``fetched_at``.
    """

    id: str
    title: str
    text: str
    source: str
    fetched_at: datetime
    outlet: str = ""
    author: str = ""
    url: str = ""
    published_at: datetime | None = None

    def __post_init__(self) -> None:
        _require(self.id, "an article needs an id")
        _require(self.title.strip() or self.text.strip(), "an article needs a title or a text")
        _require(_aware(self.fetched_at), "fetched_at needs a time zone")
        _require(_aware(self.published_at), "published_at needs a time zone")

    @property
    def at(self) -> datetime:
        """When it was published, or fetched where the outlet does not say."""
        return self.published_at or self.fetched_at


@dataclass(frozen=True, slots=True)
class Company:
    """A listed company (or fund) as exchanges' users write it: ``2330.TW``, ``AMZN``, ``0700.HK``.

    ``name`` is the short name that Taiwan's press uses; ``english`` the English one, for readers
    of English.
    """

    symbol: str
    name: str
    english: str = ""

    @property
    def code(self) -> str:
        """The symbol without its exchange: ``2330`` for ``2330.TW``."""
        return self.symbol.partition(".")[0] if self.symbol[:1].isdigit() else self.symbol

    @property
    def label(self) -> str:
        """What a card shows: ``台積電(2330)``."""
        return f"{self.name}({self.code})" if self.name != self.code else self.name


@dataclass(frozen=True, slots=True)
class Mention:
    """A company that the article names, with every place where it does, in order."""

    company: Company
    salience: Salience
    about: bool
    evidence: tuple[Span, ...]

    def __post_init__(self) -> None:
        _require(self.evidence, f"a mention of {self.company.symbol} needs evidence")


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in the article.

    ``value`` is in whole units (dollars, people, percent; never thousands or 億) and exact.
    ``unit``: ``money``, ``people``, ``percent``, ``per_share``, ``multiple`` or ``count``.
    ``currency`` is an ISO 4217 code with ``money`` and ``per_share``, else empty. ``kind`` says
    what it measures: an event kind (``layoff``, ``capex`` …), one of its own (``eps``, ``price``,
    ``market_cap`` …), or ``amount``. ``high`` is the upper end of a range, ``value`` the lower.
    ``owner`` is the symbol of the company it belongs to, empty if unknown.
    """

    value: Decimal
    unit: str
    span: Span
    kind: str = "amount"
    currency: str = ""
    owner: str = ""
    high: Decimal | None = None
    bound: Bound = Bound.EXACT

    def __post_init__(self) -> None:
        _require(self.value.is_finite(), "a figure needs a finite value")
        _require(self.high is None or self.high >= self.value, "a range goes upwards")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. ``company`` is the symbol it happened to, empty if nobody's.

    ``companies`` holds every symbol it happened to where it is several; the first is ``company``.
    ``background`` marks an old event told as history, which is no news. ``figures`` are those in
    the same statement that measure it.
    """

    kind: str
    span: Span
    stance: Stance = Stance.CONFIRMED
    direction: Direction | None = None
    companies: tuple[str, ...] = ()
    background: bool = False
    figures: tuple[Figure, ...] = ()

    @property
    def company(self) -> str:
        """The symbol of the company it happened to, or an empty string."""
        return self.companies[0] if self.companies else ""


@dataclass(frozen=True, slots=True)
class Signal:
    """One promotion check's answer. It answers also when it passes (``fired`` is false)."""

    name: str
    group: str
    weight: float
    fired: bool
    evidence: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(self.evidence or not self.fired, f"signal {self.name} fired without evidence")


@dataclass(frozen=True, slots=True)
class Promotion:
    """Is it an advertisement for stock picks? ``score`` runs from 0 to 1, ``signals`` says why.

    ``touted`` are the symbols it praises, ``contacts`` the ways it asks people to get in touch.
    """

    score: float
    flagged: bool
    signals: tuple[Signal, ...] = ()
    touted: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()

    @property
    def fired(self) -> tuple[Signal, ...]:
        """The signals that fired, heaviest first."""
        return tuple(
            sorted((s for s in self.signals if s.fired), key=lambda s: (-s.weight, s.name))
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """Whole sentences of the article, in the order in which they stand there."""

    sentences: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentences as one paragraph, with a space between two where Latin letters meet."""
        out = ""
        for sentence in self.sentences:
            gap = " " if out and out[-1].isascii() and sentence[:1].isascii() else ""
            out += gap + sentence
        return out


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one article. ``lang`` is ``zh`` or ``en``."""

    lang: str
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    promotion: Promotion = field(default_factory=lambda: Promotion(0.0, False))
    summary: Summary = field(default_factory=Summary)

    def mention(self, symbol: str) -> Mention | None:
        """The mention of this company, or None."""
        return next((m for m in self.mentions if m.company.symbol == symbol), None)


# --- rules -------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class EventTerm:
    """Something of this kind happened (not as background), with a figure in it if asked."""

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
    """All parts hold. An event in it belongs to the companies beside it (see ``rules.index``)."""

    parts: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple[Term, ...]


Atom: TypeAlias = CompanyTerm | EventTerm | KeywordTerm | SourceTerm | LangTerm | PromoTerm
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

    rule: str
    evidence: Mapping[str, tuple[Span, ...]]
    passing: bool = False


# --- stories and decisions -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What makes two articles the same story: who, what, how much, and the wording.

    ``subjects`` are the symbols it is about, ``acts`` pairs of kind and symbol, ``amounts`` the
    key figures as canonical text, ``shingles`` hashes of the folded wording. ``keys`` are the
    index keys under which candidates are looked up.
    """

    at: datetime
    subjects: frozenset[str]
    acts: frozenset[tuple[str, str]]
    amounts: frozenset[str]
    shingles: frozenset[int]
    keys: frozenset[str]


class Outcome(StrEnum):
    """What was decided for one chat and one article that matched a rule of that chat."""

    PUSH = "push"
    PROMOTION = "promotion"
    MUTED = "muted"
    PASSING = "passing"
    SAME_STORY = "same_story"
    BACKLOG = "backlog"


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome and what it rests on (the mute's text, the story's first article …)."""

    outcome: Outcome
    detail: str = ""
