"""The command line. Each command lives in a module of its own and is imported when it is used."""

from __future__ import annotations

import importlib
import sys

import click

_COMMANDS = {
    "demo": ("bot.cli.demo", "The whole bot on bundled articles, in this terminal, no account."),
    "run": ("bot.cli.run", "The bot, from the settings in .env."),
    "ingest": ("bot.cli.ingest", "Take feeds, tag pages, JSON Lines or HTML into the database."),
    "check": ("bot.cli.check", "Print what is understood of articles; store nothing."),
    "match": ("bot.cli.match", "Print which rules hold for which articles."),
    "cluster": ("bot.cli.cluster", "Print which articles tell the same story."),
    "explain": ("bot.cli.explain", "Say a rule in words, or what is wrong with it."),
    "sources": ("bot.cli.operate", "List the sources and how they have been doing."),
    "backup": ("bot.cli.operate", "Copy the database while the bot runs."),
    "restore": ("bot.cli.operate", "Put a backup in the database's place."),
    "doctor": ("bot.cli.operate", "Check settings, database and vocabulary."),
}


class _Lazy(click.Group):
    """Imports a command's module only when that command is used: ``--help`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tickerbell")
def main() -> None:
    """TickerBell: stock news alerts, one per story, promotion held back."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # The contract says UTF-8, whatever the terminal's locale is.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
