"""Articles for the commands that read and store nothing: streamed, in input order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from bot import contract
from bot.ports import Note, SourceError
from bot.sources.jsonl import BadLine, iter_identified
from bot.texts import texts
from rules.model import Article


@dataclass(frozen=True, slots=True)
class Item:
    """An article under the id that its line gave it (any JSON value), or why there is none."""

    id: object
    article: Article | None
    reason: str = ""


def read_articles(
    paths: Sequence[str], *, jsonl: bool, now: datetime, lang: str = "en"
) -> Iterator[Item]:
    """What stands in ``paths`` (``-`` is standard input), one at a time, in order.

    With ``jsonl`` a path is streamed as JSON Lines; without, its kind is told from its content.
    """
    for path in paths:
        yield from (_streamed(path, now, lang) if jsonl else _detected(path, now, lang))


def told_apart(items: Iterable[Item], answer: Callable[[Item, Article], str], name: str) -> bool:
    """Print one line for each item: its answer, or ``{name: id, "error": reason}`` in its place.

    Each line is out before the next item is read. False where there was an error.
    """
    well = True
    for item in items:
        if item.article is None:
            well = False
            click.echo(f"{_shown(item.id)}: {item.reason}", err=True)
            line = contract.line({name: item.id, "error": item.reason})
        else:
            line = answer(item, item.article)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return well


def _shown(given: object) -> str:
    return given if isinstance(given, str) else contract.line({"id": given})


def _streamed(path: str, now: datetime, lang: str) -> Iterator[Item]:
    if path == "-":
        yield from _lines(sys.stdin.buffer, now, lang)
        return
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed below, opening alone may fail
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        yield Item(path, None, f"{path}: {getattr(error, 'strerror', None) or error}")
        return
    with stream:
        yield from _lines(stream, now, lang)


def _lines(stream: Iterable[bytes], now: datetime, lang: str) -> Iterator[Item]:
    for given, item in iter_identified(stream, now=now):
        if isinstance(item, BadLine):
            yield Item(given, None, sentence(item.note, lang))
        else:
            yield Item(given, item)


def _detected(path: str, now: datetime, lang: str) -> Iterator[Item]:
    import asyncio  # here, as in _fetch: reading JSON Lines needs no network

    try:
        found, skipped = asyncio.run(_fetch(path, now))
    except SourceError as error:
        yield Item(path, None, sentence(error, lang))
        return
    yield from (Item(article.id, article) for article in found)
    yield from (Item(path, None, sentence(n, lang)) for n in skipped if isinstance(n, Note))


async def _fetch(path: str, now: datetime) -> tuple[tuple[Article, ...], tuple[str, ...]]:
    import httpx

    from bot.sources.detect import open_source
    from bot.tls import trusted

    async with httpx.AsyncClient(verify=trusted(), trust_env=False) as client:
        fetched = await (await open_source(path, client)).fetch(None, now)
    return fetched.articles, fetched.skipped


def sentence(problem: SourceError | Note, lang: str) -> str:
    """A source's problem as the catalogue says it."""
    return texts(lang).say(problem.key, **problem.values)
