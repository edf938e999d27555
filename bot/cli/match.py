"""``tickerbell match``: the engine alone, for back-testing and benchmarks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from bot import contract
from bot.cli.articles import Item, read_articles, told_apart
from bot.cli.explain import refusal
from bot.cli.problems import knowledge
from rules.index import RuleIndex
from rules.language import RuleError
from rules.model import Article, Rule, Term


@click.command()
@click.option("--rules", "rules_path", required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--articles", "articles_path", required=True, help="JSON Lines, or - for input.")
def match(rules_path: str, articles_path: str) -> None:
    """Print, for each article in order, the ids of the rules that hold.

    Articles are streamed: memory does not grow with them.
    """
    known = knowledge()
    names: list[object] = []
    terms: list[tuple[int, Term]] = []
    failed = False
    for item in _rules(Path(rules_path), known.language.parse):
        if isinstance(item, str):
            click.echo(item, err=True)
            failed = True
        else:
            # Two rules may share an id, and 1 is not "1": inside, a rule is known by its place.
            terms.append((len(names), item[1]))
            names.append(item[0])
    index = RuleIndex(terms)
    items = read_articles((articles_path,), jsonl=True, now=datetime.now(UTC))

    def answer(item: Item, article: Article) -> str:
        analysis = known.engine.analyse(article)
        held = index.find(analysis.document, analysis.reading).rules()
        return contract.line({"article": item.id, "rules": [names[rule] for rule in held]})

    well = told_apart(items, answer, "article")
    sys.exit(0 if well and not failed else 1)


def _rules(path: Path, parse: Callable[[str], Rule]) -> Iterator[tuple[object, Term] | str]:
    """Each rule's id and term, or a sentence that says what is wrong with its line."""
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                name, text = _rule(json.loads(line))
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                yield f'{path}:{number}: not {{"id","rule"}}: {error}'
                continue
            try:
                yield name, parse(text).term
            except RuleError as error:
                yield f"{path}:{number}: {name}\n{refusal(text, error, 'en')}"


def _rule(given: Mapping[str, object]) -> tuple[object, str]:
    """A line's id and rule; a code such as 2330 may stand without quotes."""
    name, rule = given["id"], given["rule"]
    if isinstance(rule, bool) or not isinstance(rule, str | int):
        raise TypeError("the rule is no text")
    return name, str(rule)
