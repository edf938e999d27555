"""Words as a reader sees them: from markup, and free of characters that no text holds."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

import nh3

MAX_TEXT = 64 * 1024  # characters of one article that are kept
MAX_TITLE = 500
_MAX_MARKUP = 4 * MAX_TEXT
_BLOCK = re.compile(
    r"<(?:br|hr|/?(?:p|div|li|ul|ol|tr|table|h[1-6]|blockquote|section|article|figure|figcaption"
    r"|pre))\b[^<>]*>",
    re.IGNORECASE,
)
_CELL = re.compile(r"</t[dh]>", re.IGNORECASE)
_BREAK_IN_SOURCE = re.compile(r"[ \t\r]*\n\s*")
_DROPPED_WHOLE = {"script", "style", "noscript", "iframe", "object", "svg", "head", "template"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_WIDE = re.compile(f"(?<=[{_CHINESE}])\x00(?=[{_CHINESE}])")
_SPACES = re.compile(r"[ \t\xa0]+")
_BLANK_LINES = re.compile(r"\s*\n\s*")


def plain(text: str, limit: int = MAX_TEXT) -> str:
    """``text`` without control characters and lone surrogates, stripped, at most ``limit`` long."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()[:limit]


def line(text: str, limit: int = MAX_TITLE) -> str:
    """``text`` on one line, runs of white space made one space."""
    return " ".join(plain(text, _MAX_MARKUP).split())[:limit].rstrip()


def words(markup: str, limit: int = MAX_TEXT) -> str:
    """The words of a piece of HTML.

    Blocks and ``<br>`` become line breaks, entities become characters, scripts and styles vanish.
    A line break of the source is white space, as in a browser, and nothing between two Chinese
    characters.
    """
    markup = plain(markup, _MAX_MARKUP)
    markup = _WIDE.sub("", _BREAK_IN_SOURCE.sub("\x00", markup)).replace("\x00", " ")
    markup = _CELL.sub(" ", _BLOCK.sub(lambda tag: "\n" + tag.group(), markup))
    text = html.unescape(nh3.clean(markup, tags=set(), clean_content_tags=_DROPPED_WHOLE))
    text = _BLANK_LINES.sub("\n", _SPACES.sub(" ", text))
    return plain(text, limit)


def web_address(url: str) -> str:
    """``url`` if it is an http(s) address that can be linked to, else an empty string."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname)
    except ValueError:
        return ""
    fit = url.isprintable() and not any(char.isspace() or char in '\\<>"' for char in url)
    return url if fit and named and parts.scheme in {"http", "https"} and len(url) <= 2000 else ""
