"""What a piece of XML or HTML is, and the repairs that keep a parser from failing on it.

Everything here runs in the parse worker, on text that somebody else wrote: patterns are bounded.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

_LEADING = re.compile(r"^(?:\s|<!--(?:(?!-->).){0,4000}-->|<\?[^>]{0,400}\?>)*", re.DOTALL)
_HTML = re.compile(r"<!doctype\s+html\b|<html\b|<head\b|<body\b", re.IGNORECASE)
_FEED = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_SUBSET = re.compile(r"<!DOCTYPE[^\[>]{0,400}\[.*?\]\s*>", re.DOTALL | re.IGNORECASE)
_CHARREF = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,12})|([0-9]{1,12}))[0-9A-Fa-f]*;")
_ITEM_OPENS = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)\b[^>]*>", re.IGNORECASE)
_ITEM_ENDS = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT_ENDS = re.compile(r"</(?:\w{1,20}:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def kind(text: str) -> str:
    """``feed``, ``html``, ``json``, ``xml`` (of another sort), ``empty`` or ``text``."""
    start = text[_LEADING.match(text).end() :][:4000]  # type: ignore[union-attr]
    if not start.strip():
        return "empty"
    if start[0] in "{[":
        return "json"
    if _HTML.match(start):
        return "html"
    if _FEED.match(start):
        return "feed"
    if re.match(r"<!doctype\s+(?:rss|feed|rdf)", start, re.IGNORECASE):
        return "feed"
    if start[0] == "<":
        return "feed" if _ITEM_OPENS.search(text) and _FEED.search(text) else "xml"
    return "text"


def repaired(text: str) -> str:
    """``text`` without an internal DTD subset and without references to characters that are none.

    The first is where entity bombs live and no feed needs it; the second makes feedparser fail.
    """
    return _CHARREF.sub(_possible, _SUBSET.sub("", text, count=1))


def is_truncated(text: str) -> bool:
    """Whether an XML feed ends before its root element does."""
    return not _ROOT_ENDS.search(text[-4000:])


def ends_inside_an_item(text: str) -> bool:
    """Whether the text breaks off within an ``<item>`` or ``<entry>``."""
    opened = max((found.start() for found in _ITEM_OPENS.finditer(text)), default=-1)
    ended = max((found.start() for found in _ITEM_ENDS.finditer(text)), default=-1)
    return opened > ended


def feed_linked(text: str, address: str) -> str:
    """The address of the feed that an HTML page links to, or an empty string."""
    finder = _FeedLinks()
    finder.feed(text[:200_000])
    return joined(address, finder.found[0]) if finder.found else ""


def joined(address: str, link: str) -> str:
    """``link`` as seen from ``address``; empty where there is none or it is no address at all."""
    try:
        return urljoin(address, link)[:2000] if link else ""
    except ValueError:
        return ""


class _FeedLinks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep ``<link rel="alternate">`` of the three feed types."""
        if tag != "link":
            return
        given = {name: value or "" for name, value in attrs}
        is_feed = given.get("type", "").split(";")[0].strip().lower() in _FEED_TYPES
        if is_feed and "alternate" in given.get("rel", "").lower() and given.get("href"):
            self.found.append(given["href"].strip())


def _possible(found: re.Match[str]) -> str:
    point = int(found[1], 16) if found[1] else int(found[2])
    legal = point in {9, 10, 13} or 0x20 <= point < 0xD800 or 0xE000 <= point <= 0x10FFFF
    return found[0] if legal and point not in {0xFFFE, 0xFFFF} else "\ufffd"
