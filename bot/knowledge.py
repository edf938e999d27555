"""What the bot knows of companies: the packaged listings and, over them, the owner's own file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.settings import SettingsError
from rules import companies
from rules.companies import Directory, ListingError
from rules.engine import Engine
from rules.language.note import Note
from rules.model import Rule, Term


@dataclass(frozen=True, slots=True)
class Knowledge:
    """An engine, and the rule language over the same companies."""

    engine: Engine
    language: RuleLanguage


class RuleLanguage:
    """``rules.language`` over one directory of companies."""

    def __init__(self, directory: Directory | None = None) -> None:
        self.directory = directory or companies.directory()

    def parse(self, text: str) -> Rule:
        """The rule that ``text`` is. Raises rules.language.RuleError with the place and reason."""
        from rules import language  # here, as below: reading articles needs no grammar

        return language.parse(text, self.directory)

    def explain(self, rule: Rule, lang: str) -> str:
        """What will be sent, in words."""
        from rules import language

        return language.explain(rule, lang, self.directory)

    def notes(self, rule: Rule) -> tuple[Note, ...]:
        """What may be meant otherwise in what was typed; for when a rule is added."""
        from rules import language

        return language.notes(rule, self.directory)

    def shifted(self, typed: str, canonical: str) -> tuple[Note, ...]:
        """What of the words of a stored rule means something else by now; mostly nothing."""
        from rules import language

        return language.shifted(typed, canonical, self.directory)

    def name(self, part: Term, typed: str, lang: str) -> str:
        """A part of the rule that somebody typed so, as a noun: 台積電(2330), 裁員, 「傳聞」."""
        from rules import language

        return language.name(part, typed, lang, self.directory)


def learn(own: Path | None = None) -> Knowledge:
    """Load everything; takes about a second. ``own`` is the owner's file of companies.

    Raises SettingsError where that file cannot be read or has another shape.
    """
    try:
        extra = own.read_text("utf-8-sig") if own else None
        finder = companies.load(extra)
    except OSError as error:
        raise SettingsError({"COMPANIES_FILE": f"{own}: {error.strerror}"}) from error
    except (ListingError, UnicodeDecodeError) as error:
        raise SettingsError({"COMPANIES_FILE": f"{own}: {error}"}) from error
    return Knowledge(Engine(finder), RuleLanguage(finder.directory))
