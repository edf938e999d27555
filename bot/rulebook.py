"""The rules of all active chats, parsed and indexed, kept in step with the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import structlog

from rules.document import prepare
from rules.engine import Analysis
from rules.index import Frequencies, Merge, Merged, RuleIndex
from rules.language import RuleError
from rules.model import Match, Rule, Term
from rules.scan import Scanner
from storage import Store
from storage.rows import StoredRule

log = structlog.get_logger(__name__)

_MANY = 1_000  # rules from which on it pays to know which parts of rules are rare
_SAMPLE = 300  # stored articles that tell


@dataclass(frozen=True, slots=True)
class ChatMatch:
    """A chat's rule that holds for an article."""

    rule: StoredRule
    match: Match


class Rulebook:
    """Which chats' rules hold for an article. Reload after any rule or chat changed.

    It is used on the database's thread; only the work of ``merge`` may be done on another.
    """

    def __init__(self, store: Store, parse: Callable[[str], Rule]) -> None:
        self._store = store
        self._parse = parse
        self._rules: dict[int, StoredRule] = {}
        self._index = RuleIndex(())

    def reload(self) -> None:
        """Take over what has changed in the database: the rest stays indexed as it is.

        A rule that cannot be understood any more is logged. It stays stored: nothing that a person
        wrote is lost because company data changed.
        """
        there = {rule.id: rule for rule in self._store.rules.active()}
        for gone in self._rules.keys() - there.keys():
            self._index.remove(gone)
        new = [rule for rule in there.values() if self._is_new(rule)]
        self._rules = there
        if len(new) > len(self._index):
            self._build()
            return
        for number, term in self._parsed(new):
            self._index.add(number, term)

    def _is_new(self, rule: StoredRule) -> bool:
        """Whether it is not indexed yet, or under another meaning."""
        known = self._rules.get(rule.id)
        return known is None or known.canonical != rule.canonical

    def match(self, analysis: Analysis) -> dict[int, tuple[ChatMatch, ...]]:
        """The rules that hold for the article, by chat."""
        found: dict[int, list[ChatMatch]] = {}
        for match in self._index.match(analysis.document, analysis.reading):
            rule = self._rules[match.rule]
            found.setdefault(rule.chat, []).append(ChatMatch(rule, match))
        return {chat: tuple(matches) for chat, matches in found.items()}

    def merge(self) -> Merge | None:
        """Work that keeps matching fast after many changes, for another thread."""
        return self._index.merge()

    def adopt(self, merged: Merged) -> None:
        """Use what that work gave."""
        self._index.adopt(merged)

    def _build(self) -> None:
        """Index all rules anew, by what is rare in the articles that are stored."""
        terms = [*self._parsed(self._rules.values())]
        self._index = RuleIndex(terms)
        if len(terms) >= _MANY:
            self._index = RuleIndex(terms, frequencies=self._learned())

    def _learned(self) -> Frequencies:
        scanner = Scanner({})  # matching needs no hits of its own
        stored = self._store.articles.recent(_SAMPLE)
        return self._index.learned((prepare(s.article, scanner), s.reading) for s in stored)

    def _parsed(self, rules: Iterable[StoredRule]) -> Iterator[tuple[int, Term]]:
        for stored in rules:
            try:
                yield stored.id, self._parse(stored.canonical).term
            except RuleError as error:
                log.error("rule.unreadable", rule=stored.id, text=stored.canonical, why=error.key)
