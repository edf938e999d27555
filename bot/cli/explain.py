"""``tickerbell explain``: a rule in words, or what is wrong with it."""

from __future__ import annotations

import sys

import click

from bot.cli.problems import knowledge
from rules.language import RuleError
from rules.wording import Catalogue


# A rule may begin with a minus: that is no option.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("rule", nargs=-1, required=True)
@click.option("--lang", type=click.Choice(["zh-TW", "en"]), default="zh-TW", show_default=True)
def explain(rule: tuple[str, ...], lang: str) -> None:
    """Say what RULE would send, and its canonical form; exit 1 where it is wrong.

    What may be meant otherwise is said on standard error.
    """
    text, language = " ".join(rule), knowledge().language
    try:
        understood = language.parse(text)
    except RuleError as error:
        click.echo(refusal(text, error, lang), err=True)
        sys.exit(1)
    click.echo(understood.canonical)
    click.echo(language.explain(understood, lang))
    for note in language.notes(understood):
        click.echo(f"※ {note.say(lang)}", err=True)


def refusal(text: str, error: RuleError, lang: str) -> str:
    """The place, the reason and a corrected example, on lines of their own."""
    parts = [error.caret(text), error.explain(lang)]
    if error.suggestion:
        key = "suggestion.example" if error.example else "suggestion.corrected"
        parts.append(Catalogue.load("rules.data.wording", lang).say(key, rule=error.suggestion))
    return "\n".join(parts)
