"""``tickerbell companies``: what the bot knows of companies, from the public lists."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import click
import httpx

from bot.cli.problems import FAILED, sentence, told
from bot.companies import Changes, ListError, PublicList, load_lists, update
from bot.ports import SourceError
from bot.settings import Settings, load
from bot.texts import texts
from bot.tls import trusted

_SHOWN = 20  # of each kind of change
_FILE = "companies.csv"


@click.group()
def companies() -> None:
    """The companies that are known."""


@companies.command(name="update")
@click.option("--out", type=click.Path(dir_okay=False), help="The file to write.")
@click.option("--lists", type=click.Path(exists=True, dir_okay=False), help="Other public lists.")
@click.option("--contact", default="", help="An e-mail address; the SEC asks programs for one.")
@click.option("--env", default=".env", show_default=True, help="The file with the settings.")
def update_command(out: str | None, lists: str | None, contact: str, env: str) -> None:
    """Fetch the exchanges' and the SEC's lists, show what changed, and write it to a file.

    The file is COMPANIES_FILE, else companies.csv beside the database. Rows of your own in it stay.
    """
    with told("zh-TW"):
        settings = load(Path(env))
    say = texts(settings.language).say
    target = Path(out) if out else _default(settings)
    try:
        chosen = load_lists(Path(lists) if lists else None)
        changes = asyncio.run(_update(chosen, target, contact))
    except (ListError, SourceError) as error:
        known = isinstance(error, ListError)
        text = say(error.key, **error.values) if known else sentence(error, settings.language)
        click.echo(f"{text}\n{say('listings.kept')}", err=True)
        sys.exit(FAILED)
    _report(changes, say)
    click.echo(say("listings.written", path=str(target)))
    if settings.companies_file != target:
        click.echo(say("listings.to_set", path=str(target)))


def _default(settings: Settings) -> Path:
    return settings.companies_file or settings.database.parent / _FILE


async def _update(chosen: tuple[PublicList, ...], target: Path, contact: str) -> Changes:
    async with httpx.AsyncClient(verify=trusted()) as client:
        return await update(client, chosen, target, datetime.now(UTC), contact=contact)


def _report(changes: Changes, say: Callable[..., str]) -> None:
    for name, count in changes.counts.items():
        click.echo(say("listings.read", name=name, count=str(count)))
    new = [say("listings.item", symbol=s, name=n) for s, n in changes.new]
    renamed = [
        say("listings.renamed_item", symbol=s, old=old, name=n) for s, old, n in changes.renamed
    ]
    gone = [say("listings.item", symbol=s, name=n) for s, n in changes.gone]
    for key, lines in (("new", new), ("renamed", renamed), ("gone", gone)):
        click.echo(say(f"listings.{key}", count=str(len(lines))))
        _some(lines, say)


def _some(lines: Iterable[str], say: Callable[..., str]) -> None:
    listed = list(lines)
    for line in listed[:_SHOWN]:
        click.echo(line)
    if len(listed) > _SHOWN:
        click.echo(say("listings.more", count=str(len(listed) - _SHOWN)))
