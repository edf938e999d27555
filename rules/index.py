"""Which of very many rules hold for an article, without trying them all.

Equal terms are stored and evaluated once. Each distinct term is filed under atoms of which at
least one must be there for it to hold (its *anchors*): of an AND the rarest part's, of an OR every
part's. Only terms whose anchors the article has are evaluated. So the cost of an article grows
with what it holds, not with how many rules there are.

Anchor keywords are found by an automaton that is built when first needed; keywords that arrive
later are looked for one by one until there are enough of them to build on.

What a rule means (an event belongs to the companies beside it in an AND, …) is in ``evaluate``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import daachorse

from rules.document import Document
from rules.evaluate import Boundary, Evaluator, evidence
from rules.model import (
    And,
    CompanyTerm,
    EventTerm,
    KeywordTerm,
    Match,
    Not,
    Or,
    Reading,
    Span,
    Term,
)

Anchor: TypeAlias = tuple[str, str]  # ("keyword", "裁員"), ("company", "AMZN"), ("event", "layoff")
_ALWAYS: Anchor = ("always", "")

# How often an atom is met, as a rough cost: keywords are rarer than companies, companies than
# events. A short keyword is met more often than a long one.
_EVENT, _COMPANY, _ANYTHING = 200.0, 20.0, 10_000.0
_DELTA = 1_000  # keywords looked for one by one before they get an automaton
_GROWTH = 8  # how many times larger the next automaton is left alone


@dataclass(slots=True, eq=False)
class _Stored:
    """A distinct term and the rules that say it, by their number in order of arrival."""

    term: Term
    anchors: tuple[Anchor, ...]
    rules: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """Rules with the same term, which holds: on these words, only in passing or not."""

    rules: tuple[str, ...]
    evidence: Mapping[str, tuple[Span, ...]]
    passing: bool


class RuleIndex:
    """Rules by id. Adding and removing one costs no more than the rule is long."""

    def __init__(
        self,
        rules: Mapping[str, Term] | Iterable[tuple[str, Term]] = (),
        boundary: Boundary | None = None,
    ) -> None:
        """``boundary`` judges where Chinese words end; without it ``rules.words`` does."""
        self._boundary = boundary
        self._terms: dict[Term, _Stored] = {}
        self._by_id: dict[str, _Stored] = {}
        self._by_anchor: dict[Anchor, list[_Stored]] = {}
        self._keywords = _Keywords()
        self._count = 0
        for rule, term in rules.items() if isinstance(rules, Mapping) else rules:
            self.add(rule, term)

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, rule: str) -> bool:
        return rule in self._by_id

    def add(self, rule: str, term: Term) -> None:
        """Add a rule; one with the same id is replaced, and then counts as the newest."""
        self.remove(rule)
        stored = self._terms.get(term)
        if stored is None:
            stored = self._terms[term] = _Stored(term, anchors(term))
            for anchor in stored.anchors:
                self._by_anchor.setdefault(anchor, []).append(stored)
                if anchor[0] == "keyword":
                    self._keywords.add(anchor[1])
        self._count += 1
        stored.rules[rule] = self._count
        self._by_id[rule] = stored

    def remove(self, rule: str) -> None:
        """Remove a rule; an unknown id changes nothing."""
        stored = self._by_id.pop(rule, None)
        if stored is None:
            return
        del stored.rules[rule]
        if stored.rules:
            return
        del self._terms[stored.term]
        for anchor in stored.anchors:
            filed = self._by_anchor[anchor]
            filed.remove(stored)
            if not filed:
                del self._by_anchor[anchor]
                if anchor[0] == "keyword":
                    self._keywords.discard(anchor[1])

    def match(self, document: Document, reading: Reading) -> tuple[Match, ...]:
        """Every rule that holds for the article, in the order in which the rules were added."""
        found = [
            (number, Match(rule, shown, passing))
            for stored, shown, passing in self._holding(document, reading)
            for rule, number in stored.rules.items()
        ]
        return tuple(match for _, match in sorted(found, key=lambda pair: pair[0]))

    def groups(self, document: Document, reading: Reading) -> tuple[Group, ...]:
        """The same by distinct term, in no particular order: less work for popular rules."""
        return tuple(
            Group(tuple(stored.rules), shown, passing)
            for stored, shown, passing in self._holding(document, reading)
        )

    def candidates(self, document: Document, reading: Reading) -> int:
        """How many distinct terms are evaluated for the article; for benchmarks."""
        return sum(1 for _ in self._candidates(document, reading))

    def _holding(
        self, document: Document, reading: Reading
    ) -> Iterator[tuple[_Stored, Mapping[str, tuple[Span, ...]], bool]]:
        evaluator = Evaluator(document, reading, self._boundary)
        for stored in self._candidates(document, reading):
            held = evaluator.holds(stored.term)
            if held is not None:
                yield stored, evidence(held), evaluator.passing(held)

    def _candidates(self, document: Document, reading: Reading) -> Iterator[_Stored]:
        """The terms that have an anchor in the article, each once."""
        there: list[Anchor] = [_ALWAYS]
        there += (("company", mention.company.symbol) for mention in reading.mentions)
        there += (("event", kind) for kind in {e.kind for e in reading.events if not e.background})
        there += (("keyword", words) for words in self._keywords.find(document.text))
        seen: set[int] = set()
        for anchor in there:
            for stored in self._by_anchor.get(anchor, ()):
                if len(stored.anchors) == 1:
                    yield stored
                elif id(stored) not in seen:
                    seen.add(id(stored))
                    yield stored


def anchors(term: Term) -> tuple[Anchor, ...]:
    """Atoms of which at least one must be there for ``term`` to hold, the rarest that will do."""
    return _anchors(term)[1]


def _anchors(term: Term) -> tuple[float, tuple[Anchor, ...]]:
    """The anchors with what they cost: roughly, how often one of them is met."""
    match term:
        case CompanyTerm(symbol):
            return _COMPANY, (("company", symbol),)
        case EventTerm(kind):
            return _EVENT, (("event", kind),)
        case KeywordTerm(text):
            return _COMPANY / len(text), (("keyword", text),)
        case And(parts):
            return min(map(_anchors, parts))
        case Or(parts):
            every = [_anchors(part) for part in parts]
            cost = sum(cost for cost, _ in every)
            if cost >= _ANYTHING:
                return cost, (_ALWAYS,)
            return cost, tuple(dict.fromkeys(a for _, group in every for a in group))
        case Not():
            return 2 * _ANYTHING, (_ALWAYS,)
    return _ANYTHING, (_ALWAYS,)


class _Keywords:
    """Finds which of a changing set of words stand in a text.

    The words sit in a few automata, each several times larger than the next, so that a new word
    costs little on average however many there are; the newest are looked for one by one.
    """

    def __init__(self) -> None:
        self._wanted: set[str] = set()
        self._new: set[str] = set()
        self._levels: list[_Level] = []

    def add(self, words: str) -> None:
        if words not in self._wanted:
            self._wanted.add(words)
            self._new.add(words)

    def discard(self, words: str) -> None:
        """Forget ``words``; an automaton may still find them, which then leads nowhere."""
        self._wanted.discard(words)
        self._new.discard(words)

    def find(self, text: str) -> set[str]:
        if len(self._new) > _DELTA:
            self._merge()
        found = {words for words in self._new if words in text}
        for level in self._levels:
            found.update(level.find(text))
        return found

    def _merge(self) -> None:
        """Put the new words into an automaton, together with the levels that are not far larger."""
        words = self._new
        while self._levels and len(self._levels[-1].words) < _GROWTH * len(words):
            words = words.union(self._levels.pop().words)
        self._levels.append(_Level(sorted(words & self._wanted)))
        self._new = set()


class _Level:
    """Words that no longer change, in one automaton."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(words)

    def find(self, text: str) -> Iterator[str]:
        """The words that stand in ``text``, one for every place where they do."""
        for _, _, number in self._automaton.find_overlapping(text):
            yield self.words[number]
