"""What an argument is: an address, ``-`` for standard input, or a file of one of five kinds."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import PurePath

import httpx

from bot.ports import Source
from bot.sources import dates, decode, errors, files, http, markup
from bot.sources.feed import FeedFile, FeedSource
from bot.sources.jsonl import JsonLines
from bot.sources.page import HtmlPage
from bot.sources.tagpage import TagPage

_ADDRESS = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]{1,20}://")


async def open_source(
    argument: str,
    client: httpx.AsyncClient,
    *,
    zone: str = dates.TAIPEI,
    places: asyncio.Semaphore | None = None,
) -> Source:
    """The source that ``argument`` names.

    A file is known by its content, not by its name: a feed, an HTML page, JSON Lines, a tag page or
    plain text. ``zone`` is where dates without an offset are from; ``places`` bounds how many feeds
    are parsed at once. Raises SourceError for what cannot be read or holds no text.
    """
    if _ADDRESS.match(argument):
        http.checked(argument)
        return FeedSource(argument, client, zone=zone, places=places)
    body = await asyncio.to_thread(files.read, argument)
    return of_bytes(body, argument, zone=zone)


def of_bytes(body: bytes, name: str, *, zone: str = dates.TAIPEI) -> Source:
    """The source that a file's content is; ``name`` is what people call it. Raises SourceError."""
    title = "stdin" if name == files.STDIN else PurePath(name).name
    if decode.is_binary(body):
        raise errors.error("source.binary", name=title)
    key = f"file:{title}"
    text = decode.decode(body)
    kind = markup.kind(text)
    if kind == "empty":
        raise errors.error("source.empty", name=title)
    if kind == "html":
        return HtmlPage(text, key=key, title=title)
    if kind in {"feed", "xml"}:
        return FeedFile(body, key=key, title=title, zone=zone)
    if kind == "json":
        return _json(text, body, key, title, zone)
    return TagPage(text, key=key, title=title)


def _json(text: str, body: bytes, key: str, title: str, zone: str) -> Source:
    """JSON Lines, a JSON Feed, or articles in one JSON value over the whole file."""
    lines = text.split("\n")
    whole = None if _is_object(lines[0]) and len(lines) > 1 else _value(text)
    if isinstance(whole, dict) and "items" in whole:
        return FeedFile(body, key=key, title=title, zone=zone)
    if isinstance(whole, dict | list):
        records = whole if isinstance(whole, list) else [whole]
        lines = [json.dumps(record) for record in records]
    return JsonLines(lines, key=key, title=title)


def _is_object(line: str) -> bool:
    return isinstance(_value(line), dict)


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
