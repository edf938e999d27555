"""How the chat asks for rules and articles to be understood."""

from __future__ import annotations

from typing import Protocol

from rules.language import Note
from rules.model import Article, Reading, Rule, Term


class RuleReader(Protocol):
    """Understands what people type as rules, and says what a rule means."""

    def parse(self, text: str) -> Rule:
        """The rule that ``text`` is. Raises rules.language.RuleError with the place and reason."""
        ...

    def explain(self, rule: Rule, lang: str) -> str:
        """What will be sent, in words."""
        ...

    def notes(self, rule: Rule) -> tuple[Note, ...]:
        """What may be meant otherwise in what was typed, the most important first."""
        ...

    def shifted(self, typed: str, canonical: str) -> tuple[Note, ...]:
        """What of the words of a stored rule means something else by now; mostly nothing."""
        ...

    def name(self, part: Term, typed: str, lang: str) -> str:
        """A part of the rule that somebody typed so, as a noun."""
        ...


class ArticleReader(Protocol):
    """Reads articles as the pipeline does."""

    def read(self, article: Article) -> Reading:
        """All that is understood of the article."""
        ...
