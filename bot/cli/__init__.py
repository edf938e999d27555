"""The command line. Each command lives in a module of its own and is imported when it is used."""

from __future__ import annotations

import errno
import importlib
import os
import signal
import sys
from pathlib import Path
from typing import TextIO

import click

from bot.garbage import kept_for_good

_COMMANDS = {
    "demo": ("bot.cli.demo", "The whole bot on bundled articles, in this terminal, no account."),
    "run": ("bot.cli.run", "The bot, from the settings in .env."),
    "ingest": ("bot.cli.ingest", "Take feeds, tag pages, JSON Lines or HTML into the database."),
    "check": ("bot.cli.check", "Print what is understood of articles; store nothing."),
    "match": ("bot.cli.match", "Print which rules hold for which articles."),
    "cluster": ("bot.cli.cluster", "Print which articles tell the same story."),
    "explain": ("bot.cli.explain", "Say a rule in words, or what is wrong with it."),
    "eval": ("bot.cli.evaluate:command", "Score the reading on labelled files."),
    "companies": ("bot.cli.companies", "Refresh the companies from the exchanges' public lists."),
    "sources": ("bot.cli.operate", "List the sources and how they have been doing."),
    "backup": ("bot.cli.operate", "Copy the database while the bot runs."),
    "restore": ("bot.cli.operate", "Put a backup in the database's place."),
    "doctor": ("bot.cli.operate", "Check settings, database and vocabulary."),
}


_LONG_RUNNING = frozenset({"run", "demo"})


def _leave(_number: int, _frame: object) -> None:
    """End well: nothing was begun yet that would have to be finished."""
    sys.exit(0)


class _Lazy(click.Group):
    """Imports a command's module only when that command is used: ``--help`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        if cmd_name in _LONG_RUNNING:
            # Importing takes a moment, in which it can be told to end already.
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, _leave)
        module, _, attribute = _COMMANDS[cmd_name][0].partition(":")
        with kept_for_good():
            command = getattr(importlib.import_module(module), attribute or cmd_name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; where its output cannot be written, say so instead of our stack."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno not in {errno.ENOSPC, errno.EIO}:
                raise
            sys.stdout = _nowhere()  # what is still in its buffer cannot be written either
            click.echo(f"The output cannot be written: {error.strerror}.", err=True)
            sys.exit(1)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tickerbell")
def main() -> None:
    """TickerBell: stock news alerts, one per story, promotion held back."""
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # it was closed by whoever started us
            setattr(sys, name, _nowhere())
        elif hasattr(stream, "reconfigure"):
            # The contract says UTF-8, whatever the terminal's locale is.
            stream.reconfigure(encoding="utf-8", errors="replace")


def _nowhere() -> TextIO:
    """A stream that holds nothing and takes everything."""
    return Path(os.devnull).open("r+", encoding="utf-8")
