"""The rules of all active chats, parsed and indexed, kept in step with the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from rules.engine import Analysis
from rules.index import RuleIndex
from rules.language import RuleError
from rules.model import Match, Rule
from storage import Store
from storage.rows import StoredRule

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ChatMatch:
    """A chat's rule that holds for an article."""

    rule: StoredRule
    match: Match


class Rulebook:
    """Which chats' rules hold for an article. Reload after any rule or chat changed."""

    def __init__(self, store: Store, parse: Callable[[str], Rule]) -> None:
        self._store = store
        self._parse = parse
        self._rules: dict[str, StoredRule] = {}
        self._index = RuleIndex(())

    def reload(self) -> None:
        """Take the rules from the database. One that cannot be understood any more is logged.

        It stays stored: nothing that a person wrote is lost because company data changed.
        """
        rules, terms = {}, []
        for stored in self._store.rules.active():
            try:
                terms.append((str(stored.id), self._parse(stored.canonical).term))
            except RuleError as error:
                log.error("rule.unreadable", rule=stored.id, text=stored.canonical, why=error.key)
                continue
            rules[str(stored.id)] = stored
        self._rules, self._index = rules, RuleIndex(terms)

    def match(self, analysis: Analysis) -> dict[int, tuple[ChatMatch, ...]]:
        """The rules that hold for the article, by chat."""
        found: dict[int, list[ChatMatch]] = {}
        for match in self._index.match(analysis.document, analysis.reading):
            rule = self._rules[match.rule]
            found.setdefault(rule.chat, []).append(ChatMatch(rule, match))
        return {chat: tuple(matches) for chat, matches in found.items()}
