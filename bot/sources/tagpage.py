"""A tag page: plain text as copied from a news tag.

First line ``#標籤``; then, for each article, a headline line and a body line that ends with the
outlet in brackets, 「(經濟觀察網)」. A post may be a single line with neither headline nor outlet.
Which line is what, is told by its shape alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from bot.ports import Cursor, Fetched, Note
from bot.sources import clean, data, errors, identity
from rules.model import Article
from rules.text import folded

# Widths, in which a Chinese character counts two and a Latin letter one.
_LONGEST_HEADLINE = 160
_SHORTEST_BODY = 120  # a narrower line without an outlet is no body
_LONGEST_NAME = 30
_TAG = re.compile(
    r"^[#＃]\s?[^\s#＃。，！？!?,:：]{1,40}(?:\s*[#＃][^\s#＃。，！？!?,:：]{1,40})*$"
)
_IN_BRACKETS = re.compile(r"\s*[(（]([^()（）]{2,40})[)）][\s。.]*$")
_SENTENCE = re.compile(r"[。，、！？；：!?;:@/%*＊…]|https?|\d{4,}")
_CODE = re.compile(r"[A-Z]{1,5}|[A-Z0-9.]{1,8}[-.:][A-Z]{1,5}|[\d.,+\-\s]+\D{0,3}")
_SENTENCE_END = ("。", "！", "？", "!", "?", ".", "」", "”")


@dataclass(frozen=True, slots=True)
class Post:
    """One article of a page. ``title`` and ``outlet`` are empty where the page gives none."""

    title: str
    text: str
    outlet: str = ""
    tag: str = ""


class TagPage:
    """A tag page as a source. Read whole; nothing in it is old news."""

    live = False

    def __init__(self, text: str, *, key: str, title: str) -> None:
        self.key = key
        self.title = title
        self._text = text

    async def fetch(self, cursor: Cursor | None, now: datetime) -> Fetched:
        """Every article of the page. Raises SourceError where there is none."""
        found = posts(self._text)
        if not found:
            raise errors.error("source.no_articles", name=self.title)
        articles = tuple(_article(post, self.key, now) for post in found)
        notes: tuple[str, ...] = ()
        if not any(post.outlet for post in found):
            notes = (Note("source.note_no_outlet", name=self.title),)
        tags = " ".join(dict.fromkeys(f"#{post.tag}" for post in found if post.tag))
        keys = identity.keys_of(articles, by_id=False)
        return Fetched(articles, keys, Cursor(title=tags or self.title), skipped=notes)


def posts(text: str) -> tuple[Post, ...]:
    """The posts of a page, in order, each with the tag that stands above it."""
    found: list[Post] = []
    tag = ""
    lines: list[str] = []
    for block in _blocks(text):
        while block and _TAG.match(block[0]):
            found.extend(replace(post, tag=tag) for post in _by_lines(lines))
            lines, tag = [], block.pop(0).lstrip("#＃ ")
        if _is_one_article(block):
            found.extend(replace(post, tag=tag) for post in _by_lines(lines))
            found.append(_with_outlet(block[0], "\n".join(block[1:]), tag))
            lines = []
        else:
            lines += block
    return (*found, *(replace(post, tag=tag) for post in _by_lines(lines)))


def split_outlet(line: str) -> tuple[str, str]:
    """A body without the outlet at its end, and the outlet; empty where there is none.

    A closing bracket that holds a sentence, a figure, a stock code or an editor's remark names no
    outlet.
    """
    found = _IN_BRACKETS.search(line)
    if not found or not _is_outlet(found[1].strip()):
        return line, ""
    return line[: found.start()].rstrip(), found[1].strip()


def _blocks(text: str) -> Iterator[list[str]]:
    """Lines that stand together, between blank lines; a tag begins a block of its own."""
    block: list[str] = []
    for raw in clean.plain(text, len(text)).split("\n"):
        line = raw.strip().strip("\u3000\ufeff\u200b").strip()
        if block and (not line or _TAG.match(line)):
            yield block
            block = []
        if line:
            block.append(line)
    if block:
        yield block


def _is_one_article(block: Sequence[str]) -> bool:
    """A headline and several paragraphs, the outlet behind the last one only."""
    return (
        len(block) >= 3
        and _may_be_headline(block[0])
        and bool(split_outlet(block[-1])[1])
        and not any(split_outlet(line)[1] for line in block[:-1])
        and all(_width(line) > _width(block[0]) for line in block[1:-1])
    )


def _by_lines(lines: Sequence[str]) -> Iterator[Post]:
    at = 0
    while at < len(lines):
        line = lines[at]
        after = lines[at + 1] if at + 1 < len(lines) else ""
        if _may_be_headline(line) and _is_body_of(after, line):
            yield _with_outlet(line, after)
            at += 2
        else:
            yield _with_outlet("", line)
            at += 1


def _may_be_headline(line: str) -> bool:
    """Narrow enough, and not a sentence with its outlet; 「法說會重點（懶人包）」 is a headline."""
    body, outlet = split_outlet(line)
    return _width(line) <= _LONGEST_HEADLINE and not (outlet and body.endswith(_SENTENCE_END))


def _is_body_of(line: str, headline: str) -> bool:
    if split_outlet(line)[1]:
        return not _is_narrower(line, headline)
    wide = _width(line) >= max(_SHORTEST_BODY, 2 * _width(headline))
    return wide and not _starts_with_emoji(line)


def _is_narrower(line: str, headline: str) -> bool:
    """A line in brackets below one in brackets: two short posts, unless the second is longer."""
    return bool(split_outlet(headline)[1]) and _width(line) < 2 * _width(headline)


def _width(line: str) -> int:
    return sum(1 if char.isascii() else 2 for char in line)


def _starts_with_emoji(line: str) -> bool:
    return unicodedata.category(line[0]) == "So" and line[0] >= "\u2190"


def _with_outlet(title: str, text: str, tag: str = "") -> Post:
    body, outlet = split_outlet(text)
    return Post(title, body, outlet, tag) if body else Post(title, text, "", tag)


def _is_outlet(name: str) -> bool:
    if name in data.lines("outlets_like_tickers.txt"):
        return True
    if not 2 < _width(name) <= _LONGEST_NAME or not any(char.isalpha() for char in name):
        return False
    if _SENTENCE.search(name) or _CODE.fullmatch(name):
        return False
    bare = folded(name)
    exact, beginnings = _no_outlets()
    return bare not in exact and not bare.startswith(beginnings)


@lru_cache(maxsize=1)
def _no_outlets() -> tuple[frozenset[str], tuple[str, ...]]:
    exact, beginnings = data.words("not_an_outlet.txt")
    return frozenset(map(folded, exact)), tuple(map(folded, beginnings))


def _article(post: Post, key: str, now: datetime) -> Article:
    title = clean.line(post.title)
    text = clean.plain(post.text)
    return Article(
        id=identity.wording(post.outlet, title, text),
        title=title,
        text=text,
        source=key,
        fetched_at=now,
        outlet=post.outlet,
    )
