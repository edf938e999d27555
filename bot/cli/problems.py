"""What goes wrong, as sentences: what happened and what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.channels.errors import ChannelError
from bot.garbage import kept_for_good
from bot.knowledge import Knowledge, learn
from bot.ports import SourceError
from bot.settings import SettingsError, load
from bot.texts import texts

FAILED, WRONG_USE = 1, 2


def sentence(error: Exception, lang: str) -> str:
    """The error as the catalogue says it. Raises the error again where it is not a known one."""
    from storage.errors import StorageError  # here: most commands open no database

    say = texts(lang).say
    if isinstance(error, SettingsError):
        lines = [say("cli.settings_wrong")]
        lines += [f"  {name}: {problem}" for name, problem in error.problems.items()]
        return "\n".join(lines)
    if isinstance(error, StorageError | SourceError | ChannelError):
        return say(error.key, **dict(error.values))
    raise error


@contextmanager
def told(lang: str) -> Iterator[None]:
    """Print a known error as a sentence and leave with an exit code; let bugs through."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - a bug is raised again
        click.echo(sentence(error, lang), err=True)
        sys.exit(WRONG_USE if isinstance(error, SettingsError) else FAILED)


def knowledge(env: str = ".env") -> Knowledge:
    """What is known of companies, with the owner's own file where a setting names one."""
    with told("zh-TW"):
        settings = load(Path(env))
        with kept_for_good():
            return learn(settings.companies_file)
