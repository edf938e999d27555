"""What all remarks on a rule need: its words as typed, and the rule with some of it changed."""

from __future__ import annotations

from dataclasses import dataclass

from rules.language import canonical
from rules.language.known import Known
from rules.language.note import Note, Value
from rules.language.resolve import Meaning
from rules.language.rule import Understood
from rules.language.traditional import traditional
from rules.model import And, Company, CompanyTerm, EventTerm, KeywordTerm, Term


@dataclass(frozen=True, slots=True)
class Remarking:
    """A rule and how it was understood."""

    how: Understood
    known: Known

    def _note(self, key: str, suggestion: str = "", **values: Value) -> Note:
        return Note(key, values, suggestion)

    def _typed(self, meaning: Meaning) -> str:
        return self._spelt(meaning.word.start, meaning.word.end)

    def _spelt(self, start: int, end: int) -> str:
        return self.how.typed.original(start, end).strip()

    def _instead(self, meaning: Meaning, text: str) -> str:
        """The rule with ``text`` in the place of a word."""
        return self._edited(meaning.word.start, meaning.word.start + len(meaning.word.value), text)

    def _edited(self, start: int, end: int, text: str) -> str:
        position, length = self.how.typed.place(start, end)
        typed = self.how.rule.typed
        return f"{typed[:position]}{text}{typed[position + length :]}".strip()

    def _named(self, term: Term) -> str | Company:
        if isinstance(term, CompanyTerm):
            found = self.known.directory.get(term.symbol)
            return found or term.symbol
        if isinstance(term, And):  # 跌停 is the event and the word
            words = [part.text for part in term.parts if isinstance(part, KeywordTerm)]
            return traditional(words[0]) if words else canonical.text(term)
        return f"event.{term.kind}" if isinstance(term, EventTerm) else canonical.text(term)
