"""One saved HTML page as one article, with its navigation and advertisements left out."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from types import ModuleType

from bot.ports import Cursor, Fetched
from bot.sources import clean, dates, errors, identity
from rules.model import Article


class HtmlPage:
    """An HTML file as a source of one article. Needs the extra ``html``."""

    live = False

    def __init__(self, text: str, *, key: str, title: str) -> None:
        self.key = key
        self.title = title
        self._text = text

    async def fetch(self, cursor: Cursor | None, now: datetime) -> Fetched:
        """The article. Raises SourceError where there is none or the extra is not installed."""
        trafilatura = _trafilatura(self.title)
        found = await asyncio.to_thread(
            trafilatura.extract,
            self._text,
            output_format="json",
            with_metadata=True,
            favor_precision=True,
            include_comments=False,
        )
        record = json.loads(found) if found else {}
        article = _article(record, self.key, now)
        if article is None:
            raise errors.error("source.html_no_text", name=self.title)
        keys = identity.keys_of((article,), by_id=False)
        return Fetched((article,), keys, Cursor(title=self.title))


def _article(record: dict[str, str | None], key: str, now: datetime) -> Article | None:
    title, text = clean.line(record.get("title") or ""), clean.plain(record.get("text") or "")
    if not text:
        return None
    outlet = clean.line(record.get("sitename") or record.get("source-hostname") or "", 200)
    return Article(
        id=identity.wording(outlet, title, text),
        title=title,
        text=text,
        source=key,
        fetched_at=now,
        outlet=outlet,
        author=clean.line(record.get("author") or "", 200),
        url=clean.web_address(record.get("source") or ""),
        published_at=dates.published(record.get("date") or "", now),
    )


def _trafilatura(name: str) -> ModuleType:
    try:
        import trafilatura
    except ImportError as missing:
        raise errors.error("source.html_extra", name=name) from missing
    return trafilatura
