"""How the chat asks for rules to be understood and explained."""

from __future__ import annotations

from typing import Protocol

from rules.model import Rule, Term


class RuleReader(Protocol):
    """Understands what people type as rules, and says what a rule means."""

    def parse(self, text: str) -> Rule:
        """The rule that ``text`` is. Raises rules.language.RuleError with the place and reason."""
        ...

    def explain(self, rule: Rule, lang: str) -> str:
        """What will be sent, in words."""
        ...

    def name(self, part: Term, typed: str, lang: str) -> str:
        """A part of the rule that somebody typed so, as a noun."""
        ...
