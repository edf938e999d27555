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
from rules.words import words

# Between a name and its verb: a bracketed code, blanks, a date, month or quarter (11月, Q3, 第3季).
_BETWEEN = (
    r"(?:\([^()]{1,20}\))?[\s:,]{0,2}"
    r"(?:(?:20\d\d|1[01]\d)?年?\d{0,2}月(?:份)?|[一二三四五六七八九十元]{1,2}月(?:份)?|q\d|第\d季|\d{1,2}日|\d{1,2}/\d{1,2}|今年的?|去年的?|明年的?|前\d{1,2}月|今天|今日|昨天|昨日|明天|明日|前[一二三四两\d]季|上月|本月|[本上下]?[周週][一二三四五六日]?)?\s?"
)
_OUTPUT = re.compile(
    r"(?:约|达|逾|近)?\d[\d.,]*[万亿千百]?(?:桶|片|吨|公吨|辆|台|支|剂|枚|颗|件)"
)  # 日產30萬桶
_CLAUSE_MARKS = " \n\t,;:。、!?()[]{}<>〈〉《》「」『』【】“”‘’\"'|/—-–~…·★☆●◆■▲→*#"
_NUMERALS = "0123456789一二三四五六七八九十百千万两几半多"
_FAMOUS = 4.0  # nobody's given name is read into a name with this prior
_RARE_WORD = 1.0  # a name with a lower prior is found in the dictionary as a word too
_NOUN_INSIDE, _VERB_INSIDE = 0.5, 0.3  # what the follower is worth to a word inside a clause
_COMMON = 50  # count of a word that is surely read as one
_COMMON_WORD = -1.6  # the prior of a name that is oftener the word
_REACH = 6  # characters looked at before a name


@dataclass(frozen=True, slots=True)
class Scores:
    """What each observation adds to a find's score. See the data file for their meaning."""

    after: float
    after_soft: float
    before: float
    clause: float
    finance: float
    others: float
    capital: float
    capital_english: float
    goes_on: float
    list: float
    known: float
    person: float
    compound: float
    boundary_slack: float
    boundary_slack_inside: float
    boundary_weight: float
    boundary_weight_inside: float
    boundary_weight_noun: float


@dataclass(frozen=True, slots=True)
class Context:
    """The compiled observations."""

    scores: Scores
    finance: frozenset[str]
    surnames: frozenset[str]
    after: re.Pattern[str]
    after_soft: re.Pattern[str]
    before: re.Pattern[str]
    before_kind: re.Pattern[str]
    before_time: re.Pattern[str]
    compound: re.Pattern[str]
    compound_word: re.Pattern[str]
    compound_place: re.Pattern[str]
    units: re.Pattern[str]
    code_before: re.Pattern[str]
    not_code: re.Pattern[str]
    code_after: re.Pattern[str]
    fund_context: re.Pattern[str]
    fund_before: re.Pattern[str]
    fund_after: re.Pattern[str]

    def around(self, text: str, start: int, end: int, prior: float) -> float:
        """The score of what touches the name ``text[start:end]``, which has this prior.

        A name that is also a word must begin where a company can: 全新 in 推出全新產品 cannot.
        """
        if self._continues(text, end, prior):
            return self.scores.compound
        if prior < _FAMOUS and self._given_name(text, start, end):
            return self.scores.person
        follows = self._follows(text, end)
        if prior < 0 and text.startswith(",", end):
            follows = 0.0  # 成本巨大,法人看壞: another clause says nothing of a word
        if counted(text, start):
            return follows + self.scores.before
        before = text[max(0, start - _REACH) : start]
        if opens(text, start) or (follows and self.before_time.search(before)):
            return follows + self.scores.clause
        trusted = prior >= _COMMON_WORD or follows >= self.scores.after
        if self.before.search(before) or (trusted and self.before_kind.search(before)):
            return follows + self.scores.before
        if prior >= 0:
            return follows
        return follows * (_NOUN_INSIDE if follows >= self.scores.after else _VERB_INSIDE)

    def _continues(self, text: str, end: int, prior: float) -> bool:
        """Whether a longer name of something else begins with a name that has this prior."""
        return bool(
            self.compound.match(text, end)
            or (prior < _RARE_WORD and self.compound_place.match(text, end))
            or (prior < 0 and (self.compound_word.match(text, end) or _OUTPUT.match(text, end)))
        )

    def _follows(self, text: str, end: int) -> float:
        if self.after.match(text, end):
            return self.scores.after
        return self.scores.after_soft if self.after_soft.match(text, end) else 0.0

    def _given_name(self, text: str, start: int, end: int) -> bool:
        if end - start != 2 or start == 0 or text[start - 1] not in self.surnames:
            return False
        if start == 1 or not is_cjk(text[start - 2]):
            return start == 1 or not text[start - 2].isdigit()  # 3張 counts shares
        return words().count(text[start - 2 : start]) < _COMMON  # 上周 ends with no surname


def opens(text: str, start: int) -> bool:
    """Whether a clause or a list item opens at ``start``, or shares are counted: 3張廣達."""
    return start == 0 or text[start - 1] in _CLAUSE_MARKS or counted(text, start)


def counted(text: str, start: int) -> bool:
    """Whether a number of shares ends at ``start``."""
    return start > 1 and text[start - 1] in "张档" and text[start - 2] in _NUMERALS


@lru_cache(maxsize=1)
def context() -> Context:
    """The packaged observations, read once."""
    raw = resources.files("rules.data").joinpath("companies", "context.toml").read_text("utf-8")
    data = tomllib.loads(raw)
    terms, codes, funds = data["words"], data["codes"], data["funds"]
    return Context(
        scores=Scores(**data["scores"]),
        finance=frozenset(_listed(terms["finance"])),
        surnames=frozenset(_listed(terms["surnames"])),
        after=re.compile(_BETWEEN + _any(terms["after"])),
        after_soft=re.compile(_BETWEEN + _any(terms["after_soft"])),
        before=re.compile(_any(terms["before"]) + r"\s?$"),
        before_kind=re.compile(_any(terms["before_kind"]) + r"\s?$"),
        before_time=re.compile(_any(terms["before_time"]) + r"\s?$"),
        compound=re.compile(_any(terms["compound"])),
        compound_word=re.compile(_any(terms["compound_word"])),
        compound_place=re.compile(_any(terms["compound_place"])),
        units=re.compile(r"\s?" + _any(codes["units"])),
        code_before=re.compile(_any(codes["before"]) + r"[\s:]?$"),
        not_code=re.compile(_any(codes["not_before"]) + r"[\s:]?$"),
        code_after=re.compile(r"\s?" + _any(codes["after"])),
        fund_context=re.compile(_any(funds["context"]) + r"|(?<!\d)00\d{2,3}(?!\d)"),
        fund_before=re.compile(_any(funds["before"]) + r"\s?$"),
        fund_after=re.compile(r"\s?" + _any(funds["after"])),
    )


def _listed(text: str) -> list[str]:
    return [folded(word) for word in text.split()]


def _any(text: str) -> str:
    """An alternation of the words, the longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, _listed(text)), key=len, reverse=True)) + ")"
