"""Numbers for everything that a rule can ask of an article.

A term's atoms get numbers when a rule first names them, and keep them. Besides the atoms that
people write there are *bound* ones: an event of one company (``rules.evaluate`` says whose an event
is). Which of them an article has is worked out in ``present``.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from rules import patterns
from rules.index.frequencies import Bound, Frequencies, Name
from rules.index.keywords import EXACT, TITLE, Keywords, Word
from rules.index.ladders import Ladders
from rules.model import (
    Atom,
    CompanyTerm,
    EventTerm,
    KeywordTerm,
    LangTerm,
    PromoTerm,
    RegexTerm,
    SourceTerm,
)

ALWAYS = 0  # the number of what every article has


Owner: TypeAlias = tuple[str, bool]  # a company term's symbol and ``about``
Key = TypeVar("Key")
ANYBODY: Owner = ("", False)


class Atoms:
    """The numbers of atoms. They only grow: one that no rule uses any more does no harm."""

    def __init__(self, frequencies: Frequencies | None = None) -> None:
        """``frequencies`` are learned; without them all is estimated."""
        self._frequencies = frequencies or Frequencies()
        self._names: list[Name] = [""]
        self.frequency = array("f", [1.0])  # estimated share of articles, by number
        self.implied: dict[int, int] = {}  # a bound event's number to its company's
        self.companies: dict[Owner, int] = {}
        self.events: dict[str, dict[Owner, int]] = {}  # by kind, then by owner
        self.ladders: dict[str, dict[Owner, Ladders]] = {}
        self.others: dict[LangTerm | PromoTerm, int] = {}
        self.keywords = Keywords(self.word)
        self.sources = Keywords(self.word)
        self.literals = Keywords(self.word)  # of regular expressions: what they cannot do without
        self.unfiled: list[int] = []  # regular expressions that can do without any
        self._words: dict[str | tuple[str, bool, bool], int] = {}
        self._sources: dict[str, int] = {}
        self._regexes: dict[RegexTerm, int] = {}

    def __len__(self) -> int:
        return len(self._names)

    def number(self, atom: Atom) -> int:
        """The number of ``atom``. Raises ValueError for a keyword or source without any text."""
        if isinstance(atom, KeywordTerm):
            return self._word(atom)
        if isinstance(atom, CompanyTerm):
            owner = atom.symbol, atom.about
            found = self.companies.get(owner)
            return self._new(self.companies, owner, atom) if found is None else found
        if isinstance(atom, EventTerm):
            return self._event(ANYBODY, atom, atom)
        if isinstance(atom, SourceTerm):
            return self._worded(self._sources, atom.text, atom, atom.text, self.sources.add)
        if isinstance(atom, RegexTerm):
            return self._regex(atom)
        found = self.others.get(atom)
        return self._new(self.others, atom, atom) if found is None else found

    def bound(self, company: CompanyTerm, event: EventTerm) -> int:
        """The number of ``event`` where it belongs to ``company``."""
        number = self._event((company.symbol, company.about), event, Bound(company, event))
        if number not in self.implied:
            self.implied[number] = self.number(company)
        return number

    def atom(self, number: int) -> Atom:
        """The atom that has this number. Raises TypeError for a bound event's."""
        name = self._names[number]
        if isinstance(name, Bound):
            raise TypeError(f"{name} is no atom of its own")
        return KeywordTerm(name) if isinstance(name, str) else name

    def name(self, number: int) -> Name:
        """What this number stands for."""
        return self._names[number]

    def settle(self) -> None:
        """Put every word into an automaton, here and now."""
        for words in (self.keywords, self.sources):
            if work := words.gathering(1):
                words.adopt(work, work.run())

    def word(self, number: int) -> Word:
        """What to look for to find this number's keyword or source. Raises TypeError for others."""
        name = self._names[number]
        if isinstance(name, str):
            return Word(name)
        if isinstance(name, KeywordTerm):
            return Word(name.text, EXACT * name.exact | TITLE * name.title)
        if isinstance(name, SourceTerm):
            return Word(name.text)
        if isinstance(name, RegexTerm):
            return Word(patterns.literal(name.pattern))
        raise TypeError(f"{name} is not found by words")

    def _word(self, term: KeywordTerm) -> int:
        plain = not (term.exact or term.title)
        key = term.text if plain else (term.text, term.exact, term.title)
        name = term.text if plain else term
        return self._worded(self._words, key, name, term.text, self.keywords.add)

    def _worded(
        self,
        table: dict[Key, int],
        key: Key,
        name: Name,
        text: str,
        seek: Callable[[int], None],
    ) -> int:
        """The number of what is found by looking for ``text``."""
        number = table.get(key)
        if number is None:
            if not text:
                raise ValueError("a keyword or source without text would be found everywhere")
            number = self._new(table, key, name)
            seek(number)
        return number

    def _regex(self, term: RegexTerm) -> int:
        number = self._regexes.get(term)
        if number is None:
            number = self._new(self._regexes, term, term)
            if self.word(number).text:
                self.literals.add(number)
            else:
                self.unfiled.append(number)
        return number

    def _event(self, owner: Owner, term: EventTerm, name: Name) -> int:
        comparison = term.comparison
        if comparison is None:
            table = self.events.setdefault(term.kind, {})
            found = table.get(owner)
            return self._new(table, owner, name) if found is None else found
        owners = self.ladders.setdefault(term.kind, {})
        ladders = owners.get(owner)
        if ladders is None:
            ladders = owners[owner] = Ladders()
        found = ladders.get(comparison)
        if found is None:
            found = self._add(name)
            ladders.add(comparison, found)
        return found

    def _new(self, table: dict[Key, int], key: Key, name: Name) -> int:
        number = table[key] = self._add(name)
        return number

    def _add(self, name: Name) -> int:
        self._names.append(name)
        self.frequency.append(self._frequencies.share(name))
        return len(self._names) - 1
