"""JSON Lines: one article a line, ``{"id","title","text","source","url"}``.

Only a title or a text is required; ``published`` (ISO 8601) and ``author`` are read too.
``source`` is the outlet. A line that is no article is reported by its number, the others count.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from bot.ports import Cursor, Fetched, Note
from bot.sources import clean, dates, errors, identity
from rules.model import Article

MAX_LINE = 5_000_000
_FIELDS = ("title", "text", "source", "url", "author", "published")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no article: its number, counted from 1, and why."""

    number: int
    note: Note


class JsonLines:
    """JSON Lines as a source."""

    live = False

    def __init__(self, lines: Iterable[str | bytes], *, key: str, title: str) -> None:
        self.key = key
        self.title = title
        self._lines = lines

    async def fetch(self, cursor: Cursor | None, now: datetime) -> Fetched:
        """Every article, and a note for every bad line. Raises SourceError where all are bad."""
        articles: list[Article] = []
        notes: list[str] = []
        for item in iter_jsonl(self._lines, now=now, source=self.key):
            if isinstance(item, BadLine):
                notes.append(item.note)
            else:
                articles.append(item)
        if not articles:
            raise errors.error("source.no_articles", name=self.title)
        keys = identity.keys_of(articles, by_id=False)
        return Fetched(tuple(articles), keys, Cursor(title=self.title), False, tuple(notes))


def iter_jsonl(
    stream: Iterable[str | bytes], *, now: datetime, source: str = "-"
) -> Iterator[Article | BadLine]:
    """Each line of ``stream`` as an article or what is wrong with it; blank lines are skipped.

    Holds one line at a time. An article without ``id`` gets its line number.
    """
    return (item for _, item in iter_identified(stream, now=now, source=source))


def iter_identified(
    stream: Iterable[str | bytes], *, now: datetime, source: str = "-"
) -> Iterator[tuple[object, Article | BadLine]]:
    """As ``iter_jsonl``, each with its ``id`` exactly as given, whatever JSON value that is.

    A line without one, or one that is no object, has its number as text.
    """
    for number, raw in enumerate(stream, 1):
        line = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
        line = line.removeprefix("\ufeff").strip()
        if not line:
            continue
        record = _record(line, number)
        if isinstance(record, BadLine):
            yield str(number), record
        else:
            given = record.get("id")
            named = str(number) if given is None else given
            yield named, _article(record, number, now, source)


def _record(line: str, number: int) -> Mapping[str, object] | BadLine:
    if len(line) > MAX_LINE:
        return _bad("source.note_long_line", number, limit=str(MAX_LINE))
    try:
        record = json.loads(line, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return _bad("source.note_bad_json", number)
    return record if isinstance(record, dict) else _bad("source.note_no_object", number)


def _refuse(constant: str) -> None:
    """NaN and Infinity are Python's, not JSON's."""
    raise ValueError(constant)


def _finite(digits: str) -> float:
    value = float(digits)
    if not isfinite(value):
        raise ValueError(digits)
    return value


def _article(
    record: Mapping[str, object], number: int, now: datetime, source: str
) -> Article | BadLine:
    for field in _FIELDS:
        if not isinstance(record.get(field), str | int | None):
            return _bad("source.note_bad_field", number, field=field)
    title = clean.line(_text(record, "title"))
    text = clean.plain(_text(record, "text"))
    if not title and not text:
        return _bad("source.note_no_words", number)
    return Article(
        id=clean.line(_text(record, "id")) or str(number),
        title=title,
        text=text,
        source=source,
        fetched_at=now,
        outlet=clean.line(_text(record, "source"), 200),
        author=clean.line(_text(record, "author"), 200),
        url=clean.web_address(_text(record, "url")),
        published_at=dates.published(_text(record, "published"), now),
    )


def _text(record: Mapping[str, object], field: str) -> str:
    value = record.get(field)
    return "" if value is None else str(value)


def _bad(key: str, number: int, **values: str) -> BadLine:
    return BadLine(number, Note(key, number=str(number), **values))
