"""Does a rule hold for an article, and on which words? The meaning of rules, without any index.

An event in an AND belongs to the companies beside it: ``AMZN 裁員`` holds where Amazon lays off,
not where Amazon is named in the news of somebody else's layoff. Of several companies one suffices.
They also count for what is bracketed in the same AND, unless that has companies of its own; what
is excluded is anybody's. An event that is nobody's belongs to the company that the article is
about.

Terms are those that ``rules.language.parse`` gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt

from rules import patterns
from rules.beside import Beside, companies_beside
from rules.currencies import factor
from rules.document import Document
from rules.language import canonical
from rules.measures import measured
from rules.model import (
    And,
    Atom,
    CompanyTerm,
    Comparison,
    Direction,
    Event,
    EventTerm,
    Figure,
    KeywordTerm,
    LangTerm,
    Not,
    Or,
    PromoTerm,
    Reading,
    RegexTerm,
    Salience,
    SourceTerm,
    Span,
    Term,
)
from rules.text import folded, is_cjk

Boundary = Callable[[str, int, int], bool]
Held = Mapping[Atom, tuple[Span, ...]]

_OPERATORS = {">": gt, ">=": ge, "<": lt, "<=": le, "=": eq}
_CHINESE = "\u2e80"  # scripts up to here put blanks between words
_NO_GROWTH = {("earnings", "margin")}  # a margin of 57% is no profit that grew by 57%
_UP, _DOWN = Direction.UP, Direction.DOWN


class Evaluator:
    """Answers terms for one article; every atom is worked out once."""

    def __init__(
        self, document: Document, reading: Reading, boundary: Boundary | None = None
    ) -> None:
        """``boundary(text, start, end)`` says whether Chinese words stand there on their own.

        Without it ``rules.words`` judges.
        """
        self.document = document
        self.reading = reading
        self.boundary = boundary
        self._known: dict[tuple[Atom, Beside], tuple[Span, ...] | None] = {}
        self.events = (*reading.events, *measured(reading))
        self.mentions = {mention.company.symbol: mention for mention in reading.mentions}
        article = document.article
        self.source = folded("\n".join((article.outlet, article.source, article.author)))

    def holds(self, term: Term, beside: Beside = ()) -> Held | None:
        """The atoms that make ``term`` hold with their places, or None if it does not hold."""
        if isinstance(term, And):
            return self._all(term, beside)
        if isinstance(term, Or):
            found = [held for part in term.parts if (held := self.holds(part, beside)) is not None]
            return _merged(found) if found else None
        if isinstance(term, Not):
            return {} if self.holds(term.part) is None else None
        spans = self.atom(term, beside)
        return None if spans is None else {term: spans}

    def _all(self, term: And, beside: Beside) -> Held | None:
        own = companies_beside(term)
        found: list[Held] = []
        for part in term.parts:
            held = self.holds(part, own or beside)
            if held is None:
                return None
            found.append(held)
        return _merged(found)

    def atom(self, atom: Atom, beside: Beside = ()) -> tuple[Span, ...] | None:
        """Where ``atom`` holds (nowhere in particular: an empty tuple), or None if it does not."""
        key = (atom, beside if isinstance(atom, EventTerm) else ())
        if key not in self._known:
            self._known[key] = self._find(atom, beside)
        return self._known[key]

    def _find(self, atom: Atom, beside: Beside) -> tuple[Span, ...] | None:
        match atom:
            case CompanyTerm(symbol, about):
                mention = self.mentions.get(symbol)
                return mention.evidence if mention and (mention.about or not about) else None
            case EventTerm():
                return self._event(atom, beside)
            case KeywordTerm():
                return tuple(self._keyword(atom)) or None
            case RegexTerm(pattern, title):
                return tuple(self._pattern(pattern, title)) or None
            case SourceTerm(text):
                return () if text in self.source else None
            case LangTerm(lang):
                return () if self.reading.lang == lang else None
            case PromoTerm(flagged):
                return () if self.reading.promotion.flagged == flagged else None

    # --- events -----------------------------------------------------------------------------------

    def _event(self, term: EventTerm, beside: Beside) -> tuple[Span, ...] | None:
        spans: list[Span] = []
        for event in self.events:
            if event.kind == term.kind and not event.background and self._belongs(event, beside):
                measured = _measured(event, term.comparison)
                if measured is not None:
                    spans += (event.span, *measured)
        return tuple(dict.fromkeys(spans)) or None

    def _belongs(self, event: Event, beside: Beside) -> bool:
        """Whether ``event`` happened to one of the companies beside it that hold."""
        if not beside:
            return True
        for company in beside:
            if self.atom(company) is None:
                continue
            if company.symbol in event.companies:
                return True
            if not event.companies and self.mentions[company.symbol].about:
                return True
        return False

    # --- keywords ---------------------------------------------------------------------------------

    def _keyword(self, term: KeywordTerm) -> Iterator[Span]:
        document = self.document
        end = document.title_end if term.title else len(document.text)
        for start in places(document.text, term.text, end):
            if self.stands(start, start + len(term.text), term.exact):
                yield document.span(start, start + len(term.text))

    def _pattern(self, pattern: str, title: bool) -> Iterator[Span]:
        document = self.document
        text = document.text[: document.title_end] if title else document.text
        return (document.span(*place) for place in patterns.places(pattern, text))

    def stands(self, start: int, end: int, exact: bool) -> bool:
        """Whether a keyword found at folded ``[start, end)`` stands there on its own."""
        text = self.document.text
        first, last = text[start], text[end - 1]
        if first < _CHINESE and _continues(text, start):
            return False
        if last < _CHINESE and _continues(text, end):
            return False
        if exact or not (_is_chinese(first) or _is_chinese(last)):
            return True
        return (self.boundary or _dictionary())(text, start, end)

    # --- what an alert needs to know --------------------------------------------------------------

    def passing(self, held: Held) -> bool:
        """Whether only companies named in passing, to which nothing happened, made a rule hold."""
        symbols = [atom.symbol for atom in held if isinstance(atom, CompanyTerm)]
        if not symbols or any(
            isinstance(atom, EventTerm | KeywordTerm | RegexTerm) for atom in held
        ):
            return False
        acted = {s for e in self.reading.events if not e.background for s in e.companies}
        return all(
            self.mentions[symbol].salience is Salience.PASSING and symbol not in acted
            for symbol in symbols
        )


def evidence(held: Held) -> dict[str, tuple[Span, ...]]:
    """``held`` as a match shows it: by the atoms' canonical text."""
    return {canonical.text(atom): spans for atom, spans in held.items()}


def places(text: str, words: str, end: int) -> Iterator[int]:
    """Where ``words`` begin in ``text[:end]``, overlapping ones included."""
    start = text.find(words, 0, end)
    while start >= 0:
        yield start
        start = text.find(words, start + 1, end)


def _continues(text: str, place: int) -> bool:
    """Whether a Latin word or a number goes on across ``place``: AI in training, 5 in 1.5."""
    if not 0 < place < len(text):
        return False
    left, right = text[place - 1], text[place]
    if left >= _CHINESE or right >= _CHINESE:
        return False
    if left.isalnum() and right.isalnum():
        return True
    # A point or comma between two digits belongs to the number.
    before = place >= 2 and left in ".," and text[place - 2].isdigit() and right.isdigit()
    after = right in ".," and left.isdigit() and text[place + 1 : place + 2].isdigit()
    return before or after


def _is_chinese(char: str) -> bool:
    return "一" <= char <= "鿿" or is_cjk(char)  # the common ones first: this runs for every hit


def _merged(found: list[Held]) -> Held:
    merged: dict[Atom, tuple[Span, ...]] = {}
    for held in found:
        for atom, spans in held.items():
            merged[atom] = tuple(dict.fromkeys((*merged.get(atom, ()), *spans)))
    return merged


# --- figures --------------------------------------------------------------------------------------


def _measured(event: Event, comparison: Comparison | None) -> tuple[Span, ...] | None:
    """The figures of ``event`` that satisfy ``comparison``; None if there is none to satisfy it."""
    if comparison is None:
        return ()
    spans = tuple(f.span for f in event.figures if _satisfies(f, event, comparison))
    return spans or None


def _satisfies(figure: Figure, event: Event, comparison: Comparison) -> bool:
    """Whether either end of ``figure`` compares as asked, in the currency that was asked for."""
    compare = _OPERATORS[comparison.op]
    ends = comparable(figure, event, comparison.unit, comparison.currency)
    return any(compare(end, comparison.value) for end in ends)


def comparable(figure: Figure, event: Event, unit: str, currency: str) -> Sequence[Decimal]:
    """The ends of ``figure`` in ``currency``, a price move's with its sign; none in other units.

    The sign is that of its direction: 跌 5% is -5.
    """
    if figure.unit != unit or (event.kind, figure.kind) in _NO_GROWTH:
        return ()
    ends = [figure.value] if figure.high is None else [figure.value, figure.high]
    if event.kind == "price_move" and event.direction in {_UP, _DOWN}:
        sign = 1 if event.direction is _UP else -1
        ends = [sign * abs(end) for end in ends]
    if figure.currency == currency:
        return ends
    rate = factor(figure.currency, currency)
    return [] if rate is None else [end * rate for end in ends]


@lru_cache(maxsize=1)
def _dictionary() -> Boundary:
    from rules.words import words  # here, not above: it loads 350,000 words

    judged = words().stands

    def stands(text: str, start: int, end: int) -> bool:
        before, after = text[start - 1 : start], text[end : end + 1]
        beside = "\u3400" <= before <= "\u9fff" or "\u3400" <= after <= "\u9fff"
        return not beside or judged(text, start, end)  # nothing to cut where no Chinese touches it

    return stands
