"""``tickerbell match``: the engine alone, for back-testing and benchmarks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from bot import contract
from bot.cli.articles import BadInput, read_articles
from bot.cli.explain import refusal
from bot.cli.problems import knowledge
from rules.index import RuleIndex
from rules.language import RuleError
from rules.model import Rule, Term


@click.command()
@click.option("--rules", "rules_path", required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--articles", "articles_path", required=True, help="JSON Lines, or - for input.")
def match(rules_path: str, articles_path: str) -> None:
    """Print, for each article in order, the ids of the rules that hold.

    Articles are streamed: memory does not grow with them.
    """
    known = knowledge()
    terms: list[tuple[str, Term]] = []
    failed = False
    for item in _rules(Path(rules_path), known.language.parse):
        if isinstance(item, str):
            click.echo(item, err=True)
            failed = True
        else:
            terms.append(item)
    index = RuleIndex(terms)
    for article in read_articles((articles_path,), jsonl=True, now=datetime.now(UTC)):
        if isinstance(article, BadInput):
            click.echo(f"{article.id}: {article.reason}", err=True)
            failed = True
            continue
        analysis = known.engine.analyse(article)
        matches = index.match(analysis.document, analysis.reading)
        found = {"article": article.id, "rules": [m.rule for m in matches]}
        sys.stdout.write(contract.line(found) + "\n")
    sys.exit(1 if failed else 0)


def _rules(path: Path, parse: Callable[[str], Rule]) -> Iterator[tuple[str, Term] | str]:
    """Each rule's id and term, or a sentence that says what is wrong with its line."""
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                given = json.loads(line)
                name, text = str(given["id"]), str(given["rule"])
            except (ValueError, KeyError, TypeError) as error:
                yield f'{path}:{number}: not {{"id","rule"}}: {error}'
                continue
            try:
                yield name, parse(text).term
            except RuleError as error:
                yield f"{path}:{number}: {name}\n{refusal(text, error, 'en')}"
