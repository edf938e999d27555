"""``tickerbell check``: what is understood of articles, as JSON Lines, storing nothing."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from bot import contract
from bot.cli.articles import Item, read_articles, told_apart
from bot.cli.problems import knowledge
from rules.model import Article


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--jsonl", is_flag=True, help='Input is JSON Lines: {"id","title","text",…} each.')
def check(paths: tuple[str, ...], jsonl: bool) -> None:
    """Read the articles in PATHS (or standard input) and print one JSON object for each."""
    engine = knowledge().engine
    items = read_articles(paths or ("-",), jsonl=jsonl, now=datetime.now(UTC))

    def answer(item: Item, article: Article) -> str:
        return contract.line(contract.reading(item.id, engine.read(article)))

    sys.exit(0 if told_apart(items, answer, "id") else 1)
