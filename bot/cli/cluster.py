"""``tickerbell cluster``: which articles tell the same story."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import click

from bot import contract
from bot.cli.articles import Item, read_articles, told_apart
from bot.cli.problems import knowledge
from rules.engine import Engine
from rules.model import Article
from rules.stories import Stories, fingerprint


@click.command()
@click.option("--articles", "articles_path", required=True, help="JSON Lines, or - for input.")
def cluster(articles_path: str) -> None:
    """Print ``{"id","story"}`` for each article; a story is named after its earliest article.

    The articles are taken in order of time, as the bot meets them, and printed in input order.
    They are held in memory until then.
    """
    items = list(read_articles((articles_path,), jsonl=True, now=datetime.now(UTC)))
    stories = iter(_stories(items, knowledge().engine))

    def answer(item: Item, _: Article) -> str:
        return contract.line({"id": item.id, "story": next(stories)})

    sys.exit(0 if told_apart(items, answer, "id") else 1)


def _stories(items: Sequence[Item], engine: Engine) -> list[str]:
    """The name of the story of each item that is an article, in their order."""
    found = [(item.id, item.article) for item in items if item.article is not None]
    told: Stories[int] = Stories()
    story_of: dict[int, int] = {}
    for place in sorted(range(len(found)), key=lambda i: found[i][1].at):
        article = found[place][1]
        story_of[place] = told.add(fingerprint(article, engine.read(article)), place)
    names: dict[int, str] = {}
    used: Counter[str] = Counter()
    for place in dict.fromkeys(story_of.values()):
        name = _name(found[place][0])
        used[name] += 1
        names[place] = name if used[name] == 1 else f"{name}#{used[name]}"
    return [names[story_of[place]] for place in range(len(found))]


def _name(given: object) -> str:
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
