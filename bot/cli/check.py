"""``tickerbell check``: what is understood of articles, as JSON Lines, storing nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import click

from bot import contract
from bot.cli.articles import BadInput, read_articles
from bot.cli.problems import knowledge
from rules.model import Article


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--jsonl", is_flag=True, help='Input is JSON Lines: {"id","title","text",…} each.')
def check(paths: tuple[str, ...], jsonl: bool) -> None:
    """Read the articles in PATHS (or standard input) and print one JSON object for each."""
    engine = knowledge().engine
    failed = False
    for item in _items(paths, jsonl):
        if isinstance(item, BadInput):
            failed = True
            sys.stdout.write(contract.line({"id": item.id, "error": item.reason}) + "\n")
            click.echo(f"{item.id}: {item.reason}", err=True)
        else:
            sys.stdout.write(contract.line(contract.reading(item.id, engine.read(item))) + "\n")
        sys.stdout.flush()
    sys.exit(1 if failed else 0)


def _items(paths: tuple[str, ...], jsonl: bool) -> Iterator[Article | BadInput]:
    return read_articles(paths or ("-",), jsonl=jsonl, now=datetime.now(UTC))
