"""What the words around a find say about it: company, something else, or nothing.

All words and scores are data (``rules/data/companies/context.toml``); this module only looks.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rules.text import folded, is_cjk

# Between a name and its verb: a bracketed code, blanks, a date, month or quarter (11月, Q3, 第3季).
_BETWEEN = (
    r"(?:\([^()]{1,20}\))?[\s:,]{0,2}"
    r"(?:(?:20\d\d|1[01]\d)?年?\d{0,2}月(?:份)?|q\d|第\d季|\d{1,2}日|前\d{1,2}月|上月|本月)?\s?"
)
_CLAUSE_MARKS = " \n\t,;:。、!?()[]{}<>〈〉《》「」『』【】“”‘’\"'|/—-–~…·★☆●◆■▲→*#"
_REACH = 6  # characters looked at before a name


@dataclass(frozen=True, slots=True)
class Scores:
    """What each observation adds to a find's score. See the data file for their meaning."""

    after: float
    before: float
    clause: float
    finance: float
    others: float
    capital: float
    capital_english: float
    list: float
    known: float
    person: float
    compound: float
    boundary_slack: float
    boundary_weight: float


@dataclass(frozen=True, slots=True)
class Context:
    """The compiled observations."""

    scores: Scores
    finance: frozenset[str]
    surnames: frozenset[str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    compound: re.Pattern[str]
    units: re.Pattern[str]
    code_before: re.Pattern[str]
    code_after: re.Pattern[str]

    def around(self, text: str, start: int, end: int) -> float:
        """The score of the words that touch the name ``text[start:end]``."""
        score = 0.0
        if self.compound.match(text, end):
            return self.scores.compound
        if self.after.match(text, end):
            score += self.scores.after
        opens = start == 0 or text[start - 1] in _CLAUSE_MARKS
        if opens:
            score += self.scores.clause
        elif self.before.search(text[max(0, start - _REACH) : start]):
            score += self.scores.before
        elif self._given_name(text, start, end):
            score += self.scores.person
        return score

    def _given_name(self, text: str, start: int, end: int) -> bool:
        if end - start != 2 or text[start - 1] not in self.surnames:
            return False
        return start < 2 or not is_cjk(text[start - 2])


@lru_cache(maxsize=1)
def context() -> Context:
    """The packaged observations, read once."""
    raw = resources.files("rules.data").joinpath("companies", "context.toml").read_text("utf-8")
    data = tomllib.loads(raw)
    words, codes = data["words"], data["codes"]
    return Context(
        scores=Scores(**data["scores"]),
        finance=frozenset(_listed(words["finance"])),
        surnames=frozenset(_listed(words["surnames"])),
        after=re.compile(_BETWEEN + _any(words["after"])),
        before=re.compile(_any(words["before"]) + r"\s?$"),
        compound=re.compile(_any(words["compound"])),
        units=re.compile(r"\s?" + _any(codes["units"])),
        code_before=re.compile(_any(codes["before"]) + r"[\s:]?$"),
        code_after=re.compile(r"\s?" + _any(codes["after"])),
    )


def _listed(text: str) -> list[str]:
    return [folded(word) for word in text.split()]


def _any(text: str) -> str:
    """An alternation of the words, the longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, _listed(text)), key=len, reverse=True)) + ")"
