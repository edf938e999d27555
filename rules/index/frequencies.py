"""How often articles have what rules ask for, so that a rule is filed under its rarest part.

What is rare is learned from articles that were read before. What they say little or nothing about
is estimated by its kind: a longer keyword is met less often than a short one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from rules.model import Atom, CompanyTerm, EventTerm, KeywordTerm, RegexTerm, SourceTerm


class Bound(NamedTuple):
    """An event that belongs to this company."""

    company: CompanyTerm
    event: EventTerm


Name: TypeAlias = Atom | Bound | str  # a plain keyword is its text alone

_TRUST = 20  # articles that an estimate counts as much as


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many of ``articles`` each atom was found; see ``RuleIndex.learned``."""

    articles: int = 0
    seen: Mapping[Name, int] = field(default_factory=dict)

    def share(self, name: Name) -> float:
        """The share of articles that have it, from 0 to 1.

        A mean of what was seen and of the estimate. What was never seen, perhaps because no rule
        asked for it, is at its estimate or at what would most likely have been missed.
        """
        guess = _guess(name)
        if not self.articles:
            return guess
        seen = self.seen.get(name, 0)
        if not seen:
            return min(guess, 1 / self.articles)
        return (seen + guess * _TRUST) / (self.articles + _TRUST)


def _guess(name: Name) -> float:
    match name:
        case Bound(company, event):
            return min(_guess(company), _guess(event)) / 4
        case str():
            return 0.002 / len(name)
        case KeywordTerm(text, _, title):
            return (0.0005 if title else 0.002) / len(text)
        case CompanyTerm(_, about):
            return 0.0012 if about else 0.002
        case EventTerm(_, comparison):
            return 0.02 if comparison is None else 0.005
        case SourceTerm():
            return 0.03
        case RegexTerm():
            return 0.01
    return 0.5
