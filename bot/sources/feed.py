"""RSS, Atom and JSON Feed: by address, polled on a schedule, or out of a file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import httpx

from bot.ports import Cursor, Fetched, Note, SourceError
from bot.sources import clean, dates, errors, http, identity, parsing
from rules.model import Article

_LOST = frozenset({"source.not_found", "source.gone", "source.dns", "source.html"})


class FeedSource:
    """A feed at an address.

    ``zone`` is the time zone of dates that name none; ``outlet`` overrides what the feed says of
    who published it; ``parse_seconds`` is how long its parser may take, ``places`` are shared with
    other feeds: so many of them are parsed at once.
    """

    live = True

    def __init__(
        self,
        address: str,
        client: httpx.AsyncClient,
        *,
        key: str = "",
        title: str = "",
        outlet: str = "",
        zone: str = dates.TAIPEI,
        limits: http.Limits | None = None,
        parse_seconds: float = parsing.WALL_SECONDS,
        places: asyncio.Semaphore | None = None,
        user_agent: str = http.USER_AGENT,
    ) -> None:
        self.key = key or address
        self.title = title or address
        self._address = address
        self._client = client
        self._outlet = outlet
        self._zone = zone
        self._limits = limits or http.Limits()
        self._parse_seconds = parse_seconds
        self._places = places
        self._user_agent = user_agent

    async def fetch(self, cursor: Cursor | None, now: datetime) -> Fetched:
        """Everything the feed holds now, or ``unchanged``. Raises SourceError.

        Where the address that it moved to has failed, its first one is tried again.
        """
        cursor = cursor or Cursor()
        try:
            return await self._visit(cursor, now)
        except SourceError as error:
            if not cursor.url or error.key not in _LOST:
                raise
            return await self._visit(Cursor(title=cursor.title), now)

    async def _visit(self, cursor: Cursor, now: datetime) -> Fetched:
        page = await http.get(
            self._client,
            cursor.url or self._address,
            cursor,
            now,
            limits=self._limits,
            user_agent=self._user_agent,
        )
        moved = page.moved_to or cursor.url
        if page.unchanged:
            kept = Cursor(
                page.etag or cursor.etag,
                page.last_modified or cursor.last_modified,
                cursor.title,
                moved,
            )
            return Fetched((), (), kept, unchanged=True)
        parsed = await parsing.parse(
            page.body,
            name=page.url,
            content_type=page.content_type,
            address=page.url,
            seconds=self._parse_seconds,
            places=self._places,
        )
        feed = understood(parsed, page.url, self._address)
        articles, notes = build(
            feed, source=self.key, now=now, zone=self._zone, outlet=self._outlet
        )
        cut = bool(feed["truncated"])  # its validators would hide what was cut off
        return Fetched(
            articles,
            identity.keys_of(articles),
            Cursor(
                "" if cut else page.etag, "" if cut else page.last_modified, feed["title"], moved
            ),
            skipped=notes,
        )


class FeedFile:
    """A feed that was read from a file or standard input."""

    live = False

    def __init__(self, body: bytes, *, key: str, title: str, zone: str = dates.TAIPEI) -> None:
        self.key = key
        self.title = title
        self._body = body
        self._zone = zone

    async def fetch(self, cursor: Cursor | None, now: datetime) -> Fetched:
        """Everything in the file. Raises SourceError."""
        parsed = await parsing.parse(self._body, name=self.title)
        feed = understood(parsed, self.title, self.title)
        articles, notes = build(feed, source=self.key, now=now, zone=self._zone)
        return Fetched(
            articles, identity.keys_of(articles), Cursor(title=feed["title"]), skipped=notes
        )


def understood(parsed: Mapping[str, Any], name: str, address: str) -> Mapping[str, Any]:
    """``parsed`` if it is a feed. Raises the SourceError that says what it is instead."""
    kind = parsed["kind"]
    if kind == "feed":
        return parsed
    if kind == "html" and clean.web_address(parsed["feed"]):
        raise errors.error("source.html_links_feed", address=address, feed=parsed["feed"])
    if kind == "html":
        raise errors.error("source.html", address=address)
    raise _no_feed(kind, name)


def build(
    feed: Mapping[str, Any], *, source: str, now: datetime, zone: str, outlet: str = ""
) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    """The articles of a parsed feed in its order, each once, and notes on what was left out."""
    articles: dict[str, Article] = {}
    notes: list[str] = []
    for number, entry in enumerate(feed["entries"], 1):
        article = _article(entry, feed["title"], source, now, zone, outlet)
        if article is None:
            notes.append(Note("source.note_no_text", number=str(number)))
        else:
            articles.setdefault(article.id, article)
    return tuple(articles.values()), (*notes, *_remarks(feed))


def _remarks(feed: Mapping[str, Any]) -> Iterable[str]:
    if feed["truncated"]:
        yield Note("source.note_truncated", name=feed["title"])
    if feed["left_out"]:
        limit, number = str(parsing.MAX_ENTRIES), str(feed["left_out"])
        yield Note("source.note_too_many", limit=limit, number=number)


def _article(
    entry: Mapping[str, str], feed_title: str, source: str, now: datetime, zone: str, outlet: str
) -> Article | None:
    publisher = outlet or entry["outlet"] or feed_title or entry["author"]
    title = _without_outlet(entry["title"], entry["outlet"])
    text = "" if entry["text"] == title else entry["text"]
    if not title and not text:
        return None
    url = clean.web_address(entry["url"])
    return Article(
        id=entry["id"] or url or f"{title}\n{text[:200]}",
        title=title,
        text=text,
        source=source,
        fetched_at=now,
        outlet=publisher,
        author=entry["author"],
        url=url,
        published_at=dates.published(entry["published"], now, zone),
    )


def _without_outlet(title: str, outlet: str) -> str:
    """Aggregators write 「headline - outlet」; the outlet has a field of its own."""
    for dash in (" - ", " | ", " – ", "｜"):
        if outlet and title.endswith(f"{dash}{outlet}"):
            return title.removesuffix(f"{dash}{outlet}").rstrip() or title
    return title


def _no_feed(kind: str, name: str) -> SourceError:
    key = {
        "empty": "source.empty",
        "json": "source.json_no_feed",
        "broken": "source.broken_feed",
    }.get(kind, "source.no_feed")
    return errors.error(key, name=name)
