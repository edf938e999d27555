"""The first line of an alert: whom it is about and what happened, as far as the rules asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.delivery.amounts import amount
from bot.texts import Texts
from rules.model import Company, Direction, Event, Figure, Mention, Reading, Span, Stance

Evidence = Mapping[str, tuple[Span, ...]]

_COMPANIES = 3
_EVENTS = 2


def matched_companies(reading: Reading, evidence: Evidence) -> tuple[Company, ...]:
    """The companies that the rules held on; where they name none, those that it happened to."""
    spans = [span for held in evidence.values() for span in held]
    named = [m.company for m in reading.mentions if _touches(m.evidence, spans)]
    if named:
        return tuple(named)
    owners = {s for e in reading.events if _touches((e.span,), spans) for s in e.companies}
    happened = [m.company for m in reading.mentions if m.company.symbol in owners]
    return tuple(happened or _subjects(reading.mentions))


def news(reading: Reading, evidence: Evidence) -> tuple[Event, ...]:
    """What happened and is no background: what the rules held on first, then as it stands."""
    spans = [span for held in evidence.values() for span in held]
    events = [event for event in reading.events if not event.background]
    return tuple(sorted(events, key=lambda event: not _touches((event.span,), spans)))


def head(reading: Reading, evidence: Evidence, texts: Texts) -> str:
    """``亞馬遜(AMZN)｜裁員 16,000人``; with several companies, each with what happened to it.

    Empty where the article names neither a company nor an event that counts.
    """
    companies = matched_companies(reading, evidence)
    events = news(reading, evidence)
    if not companies:
        return texts.say("card.between_names").join(_said(events, texts))
    segments: dict[tuple[str, ...], list[Company]] = {}
    for company in companies[:_COMPANIES]:
        own = [e for e in events if company.symbol in e.companies or not e.companies]
        segments.setdefault(_said(own, texts), []).append(company)
    parts = [_segment(what, who, texts) for what, who in segments.items()]
    whole = texts.say("card.between_parts").join(parts)
    if len(companies) > _COMPANIES:
        return texts.say("card.names", names=whole, count=len(companies))
    return whole


def _said(events: Iterable[Event], texts: Texts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said(event, texts) for event in events))[:_EVENTS]


def said(event: Event, texts: Texts) -> str:
    """What happened, with its direction, its main figure and how sure it is."""
    directed = f"event.{event.kind}.{event.direction.value if event.direction else 'any'}"
    key = directed if directed in texts else f"event.{event.kind}.any"
    words = texts.say(key) if key in texts else event.kind
    if figure := main_figure(event):
        shown = amount(figure, texts, unsigned=event.direction in {Direction.UP, Direction.DOWN})
        words = texts.say("amount.labelled", label=words, amount=shown)
    if event.stance is Stance.CONFIRMED:
        return words
    return texts.say(f"card.{event.stance.value}", event=words)


def main_figure(event: Event) -> Figure | None:
    """The figure that measures the event itself, or None."""
    return next((figure for figure in event.figures if figure.kind == event.kind), None)


def company_name(company: Company, texts: Texts) -> str:
    """The company's name in the reader's language with its code."""
    name = company.english if texts.lang == "en" and company.english else company.name
    if name == company.code:
        return name
    return texts.say("card.company", name=name, code=company.code)


def _segment(what: tuple[str, ...], who: list[Company], texts: Texts) -> str:
    comma = texts.say("card.between_names")
    names = comma.join(company_name(company, texts) for company in who)
    return texts.say("card.head", companies=names, events=comma.join(what)) if what else names


def _subjects(mentions: Iterable[Mention]) -> list[Company]:
    return [mention.company for mention in mentions if mention.about]


def _touches(some: Iterable[Span], others: Iterable[Span]) -> bool:
    others = list(others)
    return any(
        a.part is b.part and a.start < b.end and b.start < a.end for a in some for b in others
    )
