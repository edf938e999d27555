"""How prominent each company is, and whether the article is about it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from rules.companies.directory import Directory
from rules.companies.prominence import Place, in_sample, signs
from rules.document import Document
from rules.model import Mention, Salience, Span

_LEAD_LENGTH = 120  # characters
_LEAD_SENTENCES = 2
_HEADLINE_LIST = 4  # with as many companies in a headline, it lists rather than tells of each
_OFTEN = 3  # places, with which a company may be a subject beside another one
_CHANCE = 0.45  # of being the subject, from which the article is about a company
_CHANCE_OFTEN = 0.25  # the same for one that is named often
_PROMINENT = 0.2  # chance from which the likeliest subject is not in passing
_FORM_MARKS = ("(例", "[标的]")  # no text without them has an example
_SAMPLE_SCORE = -6.0  # of a company that only a form's example names: never the subject
_ORDER = (Salience.HEADLINE, Salience.LEAD, Salience.PASSING)
_INSIDE, _INSIDE_LONGEST = re.compile(r"[\s(\[【:\-_/,]{0,3}"), 3
_CLOSING = ")]】"


def mentions(
    document: Document, finds: Sequence[Place], directory: Directory
) -> tuple[Mention, ...]:
    """One mention a company; ``finds`` are in order of position.

    Headline first, in order of position; then lead and then passing, in each the likeliest subject
    first. Where the headline names no company, a likely subject is of the lead wherever it stands.
    """
    places: dict[str, list[Place]] = {}
    for find in finds:
        places.setdefault(find.symbol, []).append(find)
    lead_end = _lead_end(document)
    samples = _samples(document.text, places)
    scores = {
        symbol: signs().score(document, symbol, own, lead_end, own[-1] is finds[-1])
        for symbol, own in places.items()
    }
    scores |= dict.fromkeys(samples, _SAMPLE_SCORE)
    chances = _chances(scores)
    about = {s for s, own in places.items() if chances[s] >= _enough(own)}
    best = max(chances, key=lambda s: chances[s], default="")
    prominent = about | ({best} if best and chances[best] >= _PROMINENT else set())
    salience = _standing(document, places, prominent, lead_end)
    salience |= dict.fromkeys(samples, Salience.PASSING)
    about |= _short_headline(salience)
    order = sorted(
        places,
        key=lambda symbol: (
            _ORDER.index(salience[symbol]),
            places[symbol][0].start if salience[symbol] is Salience.HEADLINE else -scores[symbol],
        ),
    )
    found = []
    for symbol in order:
        company = directory.get(symbol)
        assert company is not None, f"{symbol} was found but is in no listing"
        evidence = tuple(_evidence(document, places[symbol]))
        found.append(Mention(company, salience[symbol], symbol in about, evidence))
    return tuple(found)


def _samples(text: str, places: Mapping[str, Sequence[Place]]) -> set[str]:
    """The companies that only a form's example names."""
    if not any(mark in text for mark in _FORM_MARKS):
        return set()
    return {s for s, own in places.items() if all(in_sample(text, place) for place in own)}


def _standing(
    document: Document, places: Mapping[str, Sequence[Place]], prominent: set[str], lead_end: int
) -> dict[str, Salience]:
    found = {symbol: _salience(document, own[0].start, lead_end) for symbol, own in places.items()}
    if Salience.HEADLINE not in found.values():
        for symbol in prominent:
            found[symbol] = Salience.LEAD  # what a text is about is not in passing
    return found


def _salience(document: Document, first: int, lead_end: int) -> Salience:
    if document.in_title(first):
        return Salience.HEADLINE
    return Salience.LEAD if first < lead_end else Salience.PASSING


def _chances(scores: Mapping[str, float]) -> dict[str, float]:
    """How likely each company is to be the subject; nobody is a candidate too."""
    odds = {symbol: math.exp(score) for symbol, score in scores.items()}
    total = sum(odds.values()) + math.exp(signs().weights.nobody)
    return {symbol: own / total for symbol, own in odds.items()}


def _enough(places: Sequence[Place]) -> float:
    return _CHANCE_OFTEN if len(places) >= _OFTEN else _CHANCE


def _short_headline(salience: Mapping[str, Salience]) -> set[str]:
    """The companies of the headline, unless it lists many."""
    named = {s for s, standing in salience.items() if standing is Salience.HEADLINE}
    return named if len(named) < _HEADLINE_LIST else set()


def _lead_end(document: Document) -> int:
    """Where the lead ends: after two sentences of the body, or 120 characters, what comes later."""
    body = [s for s in document.sentences if s.start >= document.title_end]
    if not body:
        return len(document.text)
    sentences_end = body[min(_LEAD_SENTENCES, len(body)) - 1].end
    # A "sentence" may be a whole page that lost its punctuation: then characters alone count.
    limit = body[0].start + _LEAD_LENGTH
    return max(limit, min(sentences_end, limit * 2))


def _evidence(document: Document, places: Sequence[Place]) -> Iterable[Span]:
    """The exact words of each place; 亞馬遜(AMZN) is one piece of evidence, not two."""
    text = document.text
    start, end = places[0].start, places[0].end
    for find in places[1:]:
        near = find.start - end <= _INSIDE_LONGEST
        if (
            near
            and _INSIDE.fullmatch(text, end, find.start)
            and document.in_title(start) == document.in_title(find.start)
        ):
            end = find.end
        else:
            yield document.span(start, _closed(text, start, end))
            start, end = find.start, find.end
    yield document.span(start, _closed(text, start, end))


def _closed(text: str, start: int, end: int) -> int:
    """The end with the closing bracket of one that was opened inside."""
    inside = text[start:end]
    opened = any(mark in inside for mark in "([【")
    return end + 1 if opened and text[end : end + 1] in tuple(_CLOSING) else end
