"""How prominent each company is, and whether the article is about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from rules.companies.directory import Directory
from rules.document import Document
from rules.model import Mention, Salience, Span

_LEAD_LENGTH = 120  # characters
_LEAD_SENTENCES = 2
_OFTEN = 3  # places; with as many, and the share below, a company of the lead is a subject
_SHARE_LEAD = 0.2  # of all places
_SHARE_ALONE = 0.4  # of all places; enough for a company of the lead that is named once or twice
_SHARE_BODY = 0.5  # of all places; enough for a company that the lead does not name
_ORDER = (Salience.HEADLINE, Salience.LEAD, Salience.PASSING)
_INSIDE = re.compile(r"[\s(\[【:\-_/,]{0,3}")
_CLOSING = ")]】"


class Found(Protocol):
    """What this module needs of a find."""

    start: int
    end: int

    @property
    def symbol(self) -> str:
        """The company found."""
        ...


def mentions(
    document: Document, finds: Sequence[Found], directory: Directory
) -> tuple[Mention, ...]:
    """One mention a company; ``finds`` are in order of position.

    Headline first, in order of position; then lead, what the article is about first and of that
    the most named; then passing, in order of position.
    """
    places: dict[str, list[Found]] = {}
    for find in finds:
        places.setdefault(find.symbol, []).append(find)
    lead_end = _lead_end(document)
    found = [
        _mention(document, directory, symbol, own, lead_end, len(finds))
        for symbol, own in places.items()
    ]
    found.sort(key=_rank)  # stable: by position where the rank is the same
    return tuple(found)


def _rank(mention: Mention) -> tuple[int, int]:
    leads = mention.about and mention.salience is Salience.LEAD
    return _ORDER.index(mention.salience), -len(mention.evidence) if leads else 0


def _mention(
    document: Document,
    directory: Directory,
    symbol: str,
    places: Sequence[Found],
    lead_end: int,
    total: int,
) -> Mention:
    company = directory.get(symbol)
    assert company is not None, f"{symbol} was found but is in no listing"
    salience = _salience(document, places[0].start, lead_end)
    evidence = tuple(_evidence(document, places))
    about = salience is Salience.HEADLINE or _dominates(salience, len(places), total)
    if about and salience is Salience.PASSING:
        salience = Salience.LEAD  # named more than all others together is not in passing
    return Mention(company, salience, about, evidence)


def _dominates(salience: Salience, places: int, total: int) -> bool:
    """Whether the body alone makes the company a subject of the article."""
    share = places / total
    if salience is Salience.LEAD:
        return share >= _SHARE_ALONE or (places >= _OFTEN and share >= _SHARE_LEAD)
    return places >= _OFTEN and share >= _SHARE_BODY


def _salience(document: Document, first: int, lead_end: int) -> Salience:
    if document.in_title(first):
        return Salience.HEADLINE
    return Salience.LEAD if first < lead_end else Salience.PASSING


def _lead_end(document: Document) -> int:
    """Where the lead ends: after two sentences of the body, or 120 characters, what comes later."""
    body = [s for s in document.sentences if s.start >= document.title_end]
    if not body:
        return len(document.text)
    sentences_end = body[min(_LEAD_SENTENCES, len(body)) - 1].end
    # A "sentence" may be a whole page that lost its punctuation: then characters alone count.
    limit = body[0].start + _LEAD_LENGTH
    return max(limit, min(sentences_end, limit * 2))


def _evidence(document: Document, places: Sequence[Found]) -> Iterable[Span]:
    """The exact words of each place; 亞馬遜(AMZN) is one piece of evidence, not two."""
    text = document.text
    start, end = places[0].start, places[0].end
    for find in places[1:]:
        if _INSIDE.fullmatch(text, end, find.start) and document.in_title(
            start
        ) == document.in_title(find.start):
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
