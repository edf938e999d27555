"""The first line of an alert: whom it is about and what happened, as far as the rules asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from bot.delivery.amounts import amount, label
from bot.texts import Texts
from rules.events.news import main_figure, news
from rules.model import Company, Event, Figure, Mention, Reading, Span, Stance

Evidence = Mapping[str, tuple[Span, ...]]

_COMPANIES = 3
_SEGMENTS = 3
_EVENTS = 2


def matched_companies(reading: Reading, evidence: Evidence) -> tuple[Company, ...]:
    """The companies that the rules name, and those that what they asked for happened to instead.

    Where the rules name none, those that what they held on happened to or stands on; where there
    are none of these either, those that the article is about.
    """
    spans = [span for held in evidence.values() for span in held]
    owners = {s for e in reading.events if e.span in spans for s in e.companies}
    asked = {atom.removeprefix("about:").removeprefix("$") for atom in evidence}
    named = {m.company.symbol for m in reading.mentions} & asked
    wanted = named if owners & named else named | owners
    found = [
        mention.company
        for mention in reading.mentions
        if mention.company.symbol in wanted or (not named and _touches(mention.evidence, spans))
    ]
    return tuple(found or _subjects(reading.mentions))


def head(reading: Reading, evidence: Evidence, texts: Texts) -> str:
    """``亞馬遜(AMZN)｜裁員 16,000人``; with several companies, each with what happened to it.

    Empty where the article names neither a company nor an event that counts.
    """
    companies = matched_companies(reading, evidence)
    events = news(reading, evidence)
    if not companies:
        return texts.say("card.between_names").join(_said(events, texts))
    segments: dict[tuple[str, ...], list[Company]] = {}
    for company in companies:
        segments.setdefault(_said(_of(events, company.symbol), texts), []).append(company)
    parts = [_segment(what, who, texts) for what, who in segments.items()]
    return texts.say("card.between_parts").join(parts[:_SEGMENTS])


def _said(events: Iterable[Event], texts: Texts) -> tuple[str, ...]:
    return tuple(_shown(events, texts))


def _shown(events: Iterable[Event], texts: Texts) -> dict[str, Event]:
    """The first events that differ in words, by these words."""
    shown: dict[str, Event] = {}
    for event in events:
        shown.setdefault(said(event, texts), event)
    return dict(islice(shown.items(), _EVENTS))


def measured(reading: Reading, evidence: Evidence, texts: Texts) -> dict[str, Figure]:
    """The figures that the first line tells, by the kind of event that they measure."""
    events = news(reading, evidence)
    symbols = [company.symbol for company in matched_companies(reading, evidence)]
    told = [event for symbol in symbols for event in _shown(_of(events, symbol), texts).values()]
    shown = told or _shown(events, texts).values()
    return {event.kind: figure for event in shown if (figure := main_figure(event))}


def _of(events: Iterable[Event], symbol: str) -> list[Event]:
    return [event for event in events if symbol in event.companies or not event.companies]


def said(event: Event, texts: Texts) -> str:
    """What happened, with its main figure, which way it went and how sure it is."""
    words = _measured(event, texts)
    if event.stance is Stance.CONFIRMED:
        return words
    return texts.say(f"card.{event.stance.value}", event=words)


def _measured(event: Event, texts: Texts) -> str:
    """A share goes with the direction in words (股價下跌 5%), an amount with an arrow beside it:

    營收成長 30億元 would say that it grew *by* so much.
    """
    figure, way = main_figure(event), event.direction
    directed = f"event.{event.kind}.{way.value if way else 'any'}"
    plain = f"event.{event.kind}.any"
    named = directed if directed in texts else plain
    name = texts.say(named) if named in texts else event.kind
    if figure is None:
        return name
    if figure.unit == "percent":
        shown = amount(figure, texts, unsigned=named != plain)
        return texts.say("card.moved", event=name, amount=shown)
    noun = label(figure, texts) or name
    key = f"card.{way.value}" if way and named != plain else "card.measured"
    return texts.say(key, event=noun, amount=amount(figure, texts))


def company_name(company: Company, texts: Texts) -> str:
    """The company's name in the reader's language with its code."""
    name = company.english if texts.lang == "en" and company.english else company.name
    if name == company.code:
        return name
    return texts.say("card.company", name=name, code=company.code)


def _segment(what: tuple[str, ...], who: list[Company], texts: Texts) -> str:
    comma = texts.say("card.between_names")
    names = comma.join(company_name(company, texts) for company in who[:_COMPANIES])
    if len(who) > _COMPANIES:
        names = texts.say("card.names", names=names, count=len(who))
    return texts.say("card.head", companies=names, events=comma.join(what)) if what else names


def _subjects(mentions: Iterable[Mention]) -> list[Company]:
    return [mention.company for mention in mentions if mention.about]


def _touches(some: Iterable[Span], others: Iterable[Span]) -> bool:
    others = list(others)
    return any(
        a.part is b.part and a.start < b.end and b.start < a.end for a in some for b in others
    )
