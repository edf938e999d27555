"""Articles for the commands that read and store nothing: streamed, in input order."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx

from bot.ports import Note, SourceError
from bot.sources.detect import open_source
from bot.sources.jsonl import BadLine, iter_jsonl
from bot.texts import texts
from rules.model import Article


@dataclass(frozen=True, slots=True)
class BadInput:
    """What could not be read as an article, and why, as a sentence."""

    id: str
    reason: str


def read_articles(
    paths: Sequence[str], *, jsonl: bool, now: datetime, lang: str = "en"
) -> Iterator[Article | BadInput]:
    """The articles in ``paths`` (``-`` is standard input), one at a time.

    With ``jsonl`` a path is streamed as JSON Lines; without, its kind is told from its content.
    """
    for path in paths:
        yield from (_streamed(path, now, lang) if jsonl else _detected(path, now, lang))


def _streamed(path: str, now: datetime, lang: str) -> Iterator[Article | BadInput]:
    if path == "-":
        yield from _lines(sys.stdin.buffer, now, lang)
        return
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed below, opening alone may fail
    except OSError as error:
        yield BadInput(path, f"{path}: {error.strerror}")
        return
    with stream:
        yield from _lines(stream, now, lang)


def _lines(stream: Iterable[bytes], now: datetime, lang: str) -> Iterator[Article | BadInput]:
    for item in iter_jsonl(stream, now=now):
        if isinstance(item, BadLine):
            yield BadInput(str(item.number), sentence(item.note, lang))
        else:
            yield item


def _detected(path: str, now: datetime, lang: str) -> Iterator[Article | BadInput]:
    try:
        found, skipped = asyncio.run(_fetch(path, now))
    except SourceError as error:
        yield BadInput(path, sentence(error, lang))
        return
    yield from found
    yield from (BadInput(path, sentence(note, lang)) for note in skipped if isinstance(note, Note))


async def _fetch(path: str, now: datetime) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    async with httpx.AsyncClient(trust_env=False) as client:
        fetched = await (await open_source(path, client)).fetch(None, now)
    return fetched.articles, fetched.skipped


def sentence(problem: SourceError | Note, lang: str) -> str:
    """A source's problem as the catalogue says it."""
    return texts(lang).say(problem.key, **problem.values)
