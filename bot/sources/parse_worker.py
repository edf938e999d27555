"""The child process in which feeds are parsed: ``python -m bot.sources.parse_worker``.

Standard input: one line of JSON (``content_type``, ``address``, ``items``), then the body as it
came. Standard output: one JSON object with ``kind`` (``feed``, ``html``, ``json``, ``xml``,
``empty``, ``text``) and, of a feed, ``title``, ``truncated``, ``entries`` and ``left_out``. It
holds nothing worth stealing and may be killed at any moment; its parent does so when it takes too
long. Memory and CPU time are limited where the system can.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping
from typing import Any, TypeAlias

import feedparser

from bot.sources import clean, decode, markup

Entry: TypeAlias = dict[str, str]
_MEMORY = 512 * 1024 * 1024
_CPU_SECONDS = 5


def main() -> None:
    """Parse what stands on standard input and print what it is."""
    _limit_self()
    order = json.loads(sys.stdin.buffer.readline())
    answer = parse(sys.stdin.buffer.read(), order["content_type"], order["address"], order["items"])
    sys.stdout.write(json.dumps(answer))


def parse(body: bytes, content_type: str, address: str, items: int) -> dict[str, Any]:
    """What ``body`` is, as described above; at most ``items`` entries of it."""
    text = decode.decode(body, content_type)
    kind = markup.kind(text)
    if kind == "html":
        return {"kind": kind, "feed": markup.feed_linked(text, address)}
    if kind == "json":
        return _json_feed(text, address, items)
    if kind not in {"feed", "xml"}:
        return {"kind": kind}
    return _xml_feed(text, address, items)


def _xml_feed(text: str, address: str, items: int) -> dict[str, Any]:
    parsed = feedparser.parse(
        io.BytesIO(decode.with_utf8_declaration(markup.repaired(text)).encode("utf-8", "replace")),
        # No address: a relative guid has to stay as it is, wherever the feed moves.
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries = list(parsed.entries)
    if not parsed.version and not entries:
        return {"kind": "broken" if markup.kind(text) == "feed" else "xml"}
    truncated = bool(parsed.bozo) and markup.is_truncated(text)
    if truncated and entries and markup.ends_inside_an_item(text):
        entries.pop()  # half an article would pass for the whole one for ever
    if truncated and not entries:
        return {"kind": "broken"}
    return {
        "kind": "feed",
        "title": _words(parsed.feed, "title"),
        "truncated": truncated,
        "entries": [_xml_entry(entry, address) for entry in entries[:items]],
        "left_out": max(0, len(entries) - items),
    }


def _xml_entry(entry: Mapping[str, Any], address: str) -> Entry:
    bodies = [_words(entry, "summary"), *(_value(part) for part in entry.get("content") or ())]
    source = entry.get("source") or {}
    link = str(entry.get("link") or "")
    return {
        "id": str(entry.get("id") or "")[:2000],
        "title": clean.line(_words(entry, "title")),
        "text": max(bodies, key=len),
        "url": markup.joined(address, link),
        "outlet": clean.line(str(source.get("title") or entry.get("publisher") or ""), 200),
        "author": clean.line(str(entry.get("author") or ""), 200),
        "published": str(entry.get("published") or entry.get("updated") or "")[:100],
    }


def _words(entry: Mapping[str, Any], name: str) -> str:
    detail = entry.get(f"{name}_detail")
    return _value(detail) if detail else clean.words(str(entry.get(name) or ""))


def _value(detail: Mapping[str, Any]) -> str:
    value = str(detail.get("value") or "")
    is_markup = "html" in str(detail.get("type") or "")
    return clean.words(value) if is_markup else clean.plain(value)


def _json_feed(text: str, address: str, items: int) -> dict[str, Any]:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return {"kind": "json"}
    listed = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(listed, list) or "jsonfeed.org" not in str(feed.get("version")):
        return {"kind": "json"}
    entries = [_json_entry(item, address) for item in listed[:items] if isinstance(item, dict)]
    return {
        "kind": "feed",
        "title": clean.line(_text(feed.get("title"))),
        "truncated": False,
        "entries": entries,
        "left_out": max(0, len(listed) - items),
    }


def _json_entry(item: Mapping[str, Any], address: str) -> Entry:
    bodies = [
        clean.words(_text(item.get("content_html"))),
        clean.plain(_text(item.get("content_text"))),
        clean.plain(_text(item.get("summary"))),
    ]
    url = _text(item.get("url")) or _text(item.get("external_url"))
    return {
        "id": _text(item.get("id"))[:2000],
        "title": clean.line(_text(item.get("title"))),
        "text": max(bodies, key=len),
        "url": markup.joined(address, url),
        "outlet": "",
        "author": clean.line(_authors(item), 200),
        "published": _text(item.get("date_published"))[:100],
    }


def _authors(item: Mapping[str, Any]) -> str:
    listed = item.get("authors")
    people = listed if isinstance(listed, list) else [item.get("author")]
    names = [_text(person.get("name")) for person in people if isinstance(person, dict)]
    return "、".join(name for name in names if name)


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int | float) else ""


def _limit_self() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the parent's clock remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
