"""Commands for whoever runs the bot: sources, backup, restore, doctor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.cli.problems import knowledge, sentence, told
from bot.settings import Settings, SettingsError, load
from bot.texts import texts
from storage import Store, open_store
from storage import restore as put_back

_env = click.option("--env", default=".env", show_default=True, help="The file with the settings.")


@click.command()
@_env
def sources(env: str) -> None:
    """List the sources: when each was last read, and what is wrong with it."""
    settings = _settings(env)
    say = texts(settings.language).say
    with _reading(settings) as store:
        known = {s.key: s for s in store.sources.all()}
    for key in dict.fromkeys((*settings.feeds, *known)):
        found = known.get(key)
        if found is None:
            click.echo(say("cli.source_never", name=key))
        elif found.failures:
            why = found.last_error
            click.echo(say("cli.source_failing", name=key, times=found.failures, why=why))
        else:
            at = f"{found.last_ok_at:%Y-%m-%d %H:%M} UTC" if found.last_ok_at else "-"
            click.echo(say("cli.source_well", name=found.title or key, at=at))


@click.command()
@click.argument("target", type=click.Path(dir_okay=False))
@_env
def backup(target: str, env: str) -> None:
    """Copy the database to TARGET, checked, also while the bot runs."""
    settings = _settings(env)
    if not settings.database.exists():  # opening it would make an empty one, and back that up
        say = texts(settings.language).say
        click.echo(say("cli.no_database", path=str(settings.database)), err=True)
        sys.exit(1)
    with _reading(settings) as store:
        store.backup(Path(target))
    click.echo(texts(settings.language).say("cli.backed_up", path=target))


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False))
@_env
def restore(source: str, env: str) -> None:
    """Put the backup SOURCE in the database's place; the old one is kept beside it."""
    settings = _settings(env)
    say = texts(settings.language).say
    with told(settings.language):
        kept = put_back(Path(source), settings.database)
    if kept:
        click.echo(say("cli.restored", path=str(settings.database), kept=str(kept)))
    else:
        click.echo(say("cli.restored_new", path=str(settings.database)))


@click.command()
@_env
def doctor(env: str) -> None:
    """Check the settings, the database and the vocabulary; exit 1 where something is wrong."""
    settings = _settings(env)
    say = texts(settings.language).say
    known = knowledge(env)
    count = str(len(known.language.directory))
    click.echo(say("cli.doctor_well", what=say("cli.doctor_settings")))
    click.echo(say("cli.doctor_well", what=say("cli.doctor_companies", count=count)))
    with _reading(settings) as store:
        wrong = store.integrity()
        rules = store.rules.active()
    unreadable = [r.canonical for r in rules if not _understood(r.canonical, known.language.parse)]
    for what, problems in (
        (say("cli.doctor_database"), wrong),
        (say("cli.doctor_rules", count=str(len(rules))), tuple(unreadable)),
    ):
        if problems:
            click.echo(say("cli.doctor_ill", what=what, why="; ".join(problems)))
        else:
            click.echo(say("cli.doctor_well", what=what))
    sys.exit(1 if wrong or unreadable else 0)


def _settings(env: str) -> Settings:
    try:
        return load(Path(env))
    except SettingsError as error:
        click.echo(sentence(error, "zh-TW"), err=True)
        sys.exit(2)


@contextmanager
def _reading(settings: Settings) -> Iterator[Store]:
    """The database, to be read beside a bot that runs on it."""
    with told(settings.language):
        store = open_store(settings.database, exclusive=False)
        try:
            yield store
        finally:
            store.close()


def _understood(text: str, parse: Callable[[str], object]) -> bool:
    from rules.language import RuleError

    try:
        parse(text)
    except RuleError:
        return False
    return True
