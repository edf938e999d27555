"""``tickerbell eval``: how well the bot reads, scored on labelled files."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import click

from bot.cli.problems import WRONG_USE, knowledge
from bot.evaluation import EvaluationError, Part, Result, as_json, evaluate
from bot.texts import Texts, texts

_TEXT_SHOWN = 100  # characters


@click.command(name="eval")
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@click.option(
    "--part",
    type=click.Choice(["kept", "tuned", "all"]),
    default="all",
    show_default=True,
    help="The third that a hash keeps aside, the rest, or everything.",
)
@click.option("--misses", type=click.IntRange(min=0), default=3, show_default=True)
@click.option("--json", "as_object", is_flag=True, help="One JSON object instead of a table.")
@click.option("--lang", type=click.Choice(["zh-TW", "en"]), default="zh-TW", show_default=True)
def command(folder: str, part: str, misses: int, as_object: bool, lang: str) -> None:
    """Score companies, events, figures, promotion and summaries on the labelled files in FOLDER.

    docs/evaluation.md describes their format. Exit 2 where there are none, or one is not readable.
    """
    say = texts(lang)
    try:
        results = evaluate(knowledge(), Path(folder), cast(Part, part), misses)
    except EvaluationError as error:
        click.echo(say.say(error.key, **error.values), err=True)
        sys.exit(WRONG_USE)
    if as_object:
        click.echo(json.dumps({"part": part, "results": as_json(results)}, ensure_ascii=False))
        return
    for line in [*_table(results, say), *_misses(results, say)]:
        click.echo(line)


def _table(results: Sequence[Result], say: Texts) -> Iterator[str]:
    rows = [say.say("eval.columns").split("|")]
    for result in results:
        t = result.tally
        scored = t.found or t.wanted
        counts = [str(n) if scored else "-" for n in (t.right, t.found, t.wanted)]
        shares = [_percent(share) for share in (t.precision, t.recall, t.f1)]
        rows.append([result.name, str(t.cases), *counts, *shares])
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row, more in zip(rows, ["", *map(_measures, results)], strict=True):
        first, *rest = (_padded(cell, width) for cell, width in zip(row, widths, strict=True))
        name = first.strip() + " " * (widths[0] - _width(first.strip()))
        yield "  ".join([name, *rest, more]).rstrip()


def _measures(result: Result) -> str:
    return ", ".join(f"{name} {_percent(share)}" for name, share in result.measures.items())


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.1f}%"


def _padded(cell: str, width: int) -> str:
    return " " * (width - _width(cell)) + cell


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _misses(results: Sequence[Result], say: Texts) -> Iterator[str]:
    for result in results:
        if not result.misses:
            continue
        yield ""
        yield say.say("eval.misses", name=result.name)
        for miss in result.misses:
            yield say.say("eval.miss", where=miss.where, text=miss.text[:_TEXT_SHOWN])
            for key, what in (("missing", miss.missing), ("wrong", miss.wrong)):
                if what:
                    yield say.say(f"eval.{key}", what=", ".join(what))
