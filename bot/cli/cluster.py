"""``tickerbell cluster``: which articles tell the same story."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from bot import contract
from bot.cli.articles import BadInput, read_articles
from bot.cli.problems import knowledge
from rules import stories
from rules.model import Fingerprint


@click.command()
@click.option("--articles", "articles_path", required=True, help="JSON Lines, or - for input.")
def cluster(articles_path: str) -> None:
    """Print ``{"id","story"}`` for each article; a story is named after its first article."""
    engine = knowledge().engine
    told: dict[str, list[Fingerprint]] = {}
    by_key: dict[str, list[str]] = {}
    failed = False
    for article in read_articles((articles_path,), jsonl=True, now=datetime.now(UTC)):
        if isinstance(article, BadInput):
            click.echo(f"{article.id}: {article.reason}", err=True)
            failed = True
            continue
        mark = stories.fingerprint(article, engine.read(article))
        candidates = {s: None for key in sorted(mark.keys) for s in by_key.get(key, ())}
        story = next(
            (s for s in candidates if any(stories.same(mark, m) for m in told[s])), article.id
        )
        told.setdefault(story, []).append(mark)
        for key in mark.keys:
            by_key.setdefault(key, []).append(story)
        sys.stdout.write(contract.line({"id": article.id, "story": story}) + "\n")
    sys.exit(1 if failed else 0)
