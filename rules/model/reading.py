"""What was understood of an article: who, what, how much, whether it advertises, in short."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from rules.model.article import Span, require


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


class Basis(StrEnum):
    """What a figure is beside the others: told as it is, expected, or only compared with.

    ``consensus`` is what analysts had expected, ``prior`` an earlier value (由1,250億增至…),
    ``intraday`` a price move that did not last, ``after_hours`` one after the close.
    """

    ACTUAL = "actual"
    FORECAST = "forecast"
    CONSENSUS = "consensus"
    PRIOR = "prior"
    INTRADAY = "intraday"
    AFTER_HOURS = "after_hours"


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
        require(self.evidence, f"a mention of {self.company.symbol} needs evidence")


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in the article.

    ``value`` is in whole units (dollars, people, percent; never thousands or 億) and exact.
    ``unit``: ``money``, ``people``, ``percent``, ``per_share``, ``multiple`` or ``count``.
    ``currency`` is an ISO 4217 code with ``money`` and ``per_share``, else empty. ``kind`` says
    what it measures: an event kind (``layoff``, ``capex`` …), one of its own (``eps``, ``price``,
    ``market_cap`` …), or ``amount``. ``high`` is the upper end of a range, ``value`` the lower.
    ``owner`` is the symbol of the company it belongs to, empty if unknown. ``basis`` parts what
    happened from what is expected and from what it is only compared with.
    """

    value: Decimal
    unit: str
    span: Span
    kind: str = "amount"
    currency: str = ""
    owner: str = ""
    high: Decimal | None = None
    bound: Bound = Bound.EXACT
    basis: Basis = Basis.ACTUAL

    def __post_init__(self) -> None:
        require(self.value.is_finite(), "a figure needs a finite value")
        require(self.high is None or self.high >= self.value, "a range goes upwards")

    @property
    def aside(self) -> bool:
        """Whether it is not what happened, but what that is compared with or what did not last."""
        return self.basis in {Basis.PRIOR, Basis.CONSENSUS, Basis.INTRADAY}


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
        require(self.evidence or not self.fired, f"signal {self.name} fired without evidence")


@dataclass(frozen=True, slots=True)
class Promotion:
    """Is it an advertisement for stock picks? ``score`` runs from 0 to 1, ``signals`` says why.

    ``touted`` are the symbols it praises, ``contacts`` the ways it asks people to get in touch.
    ``taught`` are the log odds that people's own verdicts added to the signals' (0: none did).
    """

    score: float
    flagged: bool
    signals: tuple[Signal, ...] = ()
    touted: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    taught: float = 0.0

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
