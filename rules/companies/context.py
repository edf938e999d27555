"""What the words around a find say about it: company, something else, or nothing.

All words and scores are data (``rules/data/companies/context.toml``); this module only looks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rules.companies.beside import BLANKS, Before, Behind, alternation
from rules.companies.names import Name
from rules.text import folded, is_cjk
from rules.words import words

# Between a name and its verb: a bracketed code, blanks, a date, month or quarter (11月, Q3, 第3季).
_BETWEEN = (
    r"(?:\([^()]{1,20}\))?[\s:,】〉]{0,2}"
    r"(?:(?:20\d\d|1[01]\d)?年?\d{0,2}月(?:份)?|[一二三四五六七八九十元]{1,2}月(?:份)?|q\d|第\d季|\d{1,2}日|\d{1,2}/\d{1,2}|今年的?|去年的?|明年的?|前\d{1,2}月|今天|今日|昨天|昨日|明天|明日|前[一二三四两\d]季|上月|本月|[本上下]?[周週][一二三四五六日]?)?[也又仍亦都却]?\s?"
)
# Between a name and what is asked of a stock: 全新 現在還能追嗎.
_BEFORE_TRADE = r"\s?(?:现在|今天|明天|最近|目前|这里|这价位|到底|还|都|也|是不是)?\s?"
_BEFORE_TRADE_FIRST = BLANKS + "现今明最目这到还都也是"
_OUTPUT = re.compile(
    r"(?:约|达|逾|近)?\d[\d.,]*[万亿千百]?(?:桶|片|吨|公吨|辆|台|支|剂|枚|颗|件)"
)  # 日產30萬桶
# The characters with which what stands between can begin.
_BETWEEN_FIRST = (
    BLANKS + "(:,】〉年月q第今去明前昨上本下周週一二三四五六七八九十元两也又仍亦都却0123456789"
)
_CLAUSE_MARKS = " \n\t,;:。、!?()[]{}<>〈〉《》「」『』【】“”‘’\"'|/—-–~…·★☆●◆■▲→*#"
_OPENING_QUOTES, _CLOSING_QUOTES = '「『“"【〈', tuple('」』”"】〉')
_JOINTS = tuple("与和及或由对跟受")
_NUMERALS = "0123456789一二三四五六七八九十百千万两几半多"
FAMOUS = 4.0  # nobody's given name is read into a name with this prior
_RARE_WORD = 1.0  # a name with a lower prior is found in the dictionary as a word too
_NOUN_INSIDE, _VERB_INSIDE = 0.5, 0.3  # what the follower is worth to a word inside a clause
_COMMON = 50  # count of a word that is surely read as one
_COMMON_WORD = -1.6  # the prior of a name that is oftener the word
_SURNAMES_AND_WORDS = frozenset("曾何余周张")  # 曾 and 何 open clauses too, 3張 counts
_REACH = 6  # characters looked at before a name


@dataclass(frozen=True, slots=True)
class Scores:
    """What each observation adds to a find's score. See the data file for their meaning."""

    after: float
    after_soft: float
    before: float
    clause: float
    finance: float
    elsewhere: float
    others: float
    capital: float
    capital_english: float
    goes_on: float
    list: float
    known: float
    trade: float
    industry: float
    industry_after: float
    figures: float
    speaks: float
    acts: float
    sense: float
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
    roles: Before
    after: Behind
    after_soft: Behind
    before: Before
    before_kind: Before
    before_maker: Before
    before_time: Before
    trade: Behind
    orders: Before
    attributive: frozenset[str]
    things: Behind
    openers: frozenset[str]
    figures: re.Pattern[str]
    acts: re.Pattern[str]
    senses: Mapping[str, re.Pattern[str]]
    compound: Behind
    compound_word: Behind
    compound_place: Behind
    units: re.Pattern[str]
    code_before: re.Pattern[str]
    not_code: re.Pattern[str]
    time_of_code: re.Pattern[str]
    code_after: re.Pattern[str]
    code_after_soft: re.Pattern[str]
    fund_context: re.Pattern[str]
    fund_before: re.Pattern[str]
    fund_after: re.Pattern[str]
    popular_funds: frozenset[str]

    def around(self, text: str, start: int, end: int, name: Name, opened: bool) -> float:
        """The score of what touches ``name`` at ``text[start:end]``.

        ``opened`` says that a clause opens there (``opens``).
        A name that is also a word must begin where a company can: 全新 in 推出全新產品 cannot.
        """
        prior = name.prior
        if self.continues(text, end, prior):
            return self.scores.compound
        if prior < FAMOUS and self._given_name(text, start, end):
            return self.scores.person
        if prior < _RARE_WORD and self.trade.at(text, end):
            return self.scores.trade
        attributive = prior < 0 and text[start:end] in self.attributive
        follows = self._behind(text, end, name, attributive, opened)
        if opened and counted(text, start):
            return follows + self.scores.before
        if opened and self._quoted(text, start, end):
            return follows + self.scores.after
        if opened or (follows and self.before_time.at(text, start)):
            return follows + self.scores.clause
        trusted = prior >= _COMMON_WORD or follows >= self.scores.after
        if self.before.at(text, start) or (trusted and self.before_kind.at(text, start)):
            return follows + self.scores.before
        if follows and not attributive and self.before_maker.at(text, start):
            return follows + self.scores.before
        if prior >= 0:
            return follows
        return follows * (_NOUN_INSIDE if follows >= self.scores.after else _VERB_INSIDE)

    def _quoted(self, text: str, start: int, end: int) -> bool:
        """Whether the name alone is in quotes and called a company's kind: 品牌「探路者」."""
        if text[start - 1] not in _OPENING_QUOTES or text[end : end + 1] not in _CLOSING_QUOTES:
            return False
        if text[start - 2 : start - 1] in _JOINTS:
            return False  # 「設備」和「材料」
        return self.before.at(text, start - 1) or self.before_kind.at(text, start - 1)

    def _behind(self, text: str, end: int, name: Name, attributive: bool, opened: bool) -> float:
        """The score of what stands behind a name that ends at ``end``."""
        if name.prior < 0 and text.startswith(",", end):
            return 0.0  # 成本巨大,法人看壞: another clause says nothing of a word
        follows = self._follows(text, end)
        if attributive and follows and self.things.at(text, end):
            return 0.0
        if follows:
            return follows
        if name.industry and not attributive and name.industry.behind.at(text, end):
            return self.scores.industry_after
        speaks = opened and text.startswith(":", end) and is_cjk(text[end + 1 : end + 2])
        return self.scores.speaks if speaks else 0.0

    def continues(self, text: str, end: int, prior: float) -> bool:
        """Whether a longer name of something else begins with a name that has this prior."""
        return bool(
            self.compound.at(text, end)
            or (prior < _RARE_WORD and self.compound_place.at(text, end))
            or (prior < 0 and (self.compound_word.at(text, end) or _OUTPUT.match(text, end)))
        )

    def otherwise(self, text: str, name: str, start: int, end: int) -> float:
        """The score of the words in the sentence ``[start, end)`` that speak for another sense."""
        other = self.senses.get(name)
        return self.scores.sense if other and other.search(text, start, end) else 0.0

    def _follows(self, text: str, end: int) -> float:
        if self.after.at(text, end):
            return self.scores.after
        return self.scores.after_soft if self.after_soft.at(text, end) else 0.0

    def surnamed(self, text: str, start: int, end: int) -> bool:
        """Whether a surname stands before a name that nobody doubts: 陳東元表示, 市民陳東元.

        It opens a clause, or what the person is stands before it.
        """
        if end - start != 2 or start == 0 or text[start - 1] not in self.surnames:
            return False
        if text[start - 1] in _SURNAMES_AND_WORDS:
            return False
        if start == 1 or not (text[start - 2].isalnum() or is_cjk(text[start - 2])):
            return True
        return self.roles.at(text, start - 1)

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
        roles=Before(terms["roles"].split(), _REACH),
        after=Behind(terms["after"].split(), _BETWEEN, _BETWEEN_FIRST),
        after_soft=Behind(terms["after_soft"].split(), _BETWEEN, _BETWEEN_FIRST),
        before=Before(terms["before"].split(), _REACH),
        before_kind=Before(terms["before_kind"].split(), _REACH),
        before_maker=Before(terms["before_maker"].split(), _REACH),
        before_time=Before(terms["before_time"].split(), _REACH),
        trade=Behind(terms["trade"].split(), _BEFORE_TRADE, _BEFORE_TRADE_FIRST),
        orders=Before(terms["orders"].split(), _REACH),
        attributive=frozenset(_listed(terms["attributive"])),
        things=Behind(terms["things"].split()),
        openers=frozenset(_listed(terms["openers"])),
        figures=re.compile(alternation(terms["figures"].split())),
        acts=_acts(terms["acts"].split(), terms["acts_to"].split()),
        senses=_senses(data["senses"]),
        compound=Behind(terms["compound"].split()),
        compound_word=Behind(terms["compound_word"].split()),
        compound_place=Behind(terms["compound_place"].split()),
        units=re.compile(
            rf"\s?(?!{alternation(codes['not_units'].split())}){alternation(codes['units'].split())}"
        ),
        code_before=re.compile(alternation(codes["before"].split()) + r"[\s:]?$"),
        not_code=re.compile(alternation(codes["not_before"].split()) + r"[\s:]?$"),
        time_of_code=re.compile(alternation(codes["time_before"].split()) + r"[\s:]?$"),
        code_after=re.compile(r"\s?" + alternation(codes["after"].split())),
        code_after_soft=re.compile(r"\s?" + alternation(codes["after_soft"].split())),
        fund_context=re.compile(alternation(funds["context"].split()) + r"|(?<!\d)00\d{2,3}(?!\d)"),
        fund_before=re.compile(alternation(funds["before"].split()) + r"\s?$"),
        fund_after=re.compile(r"\s?" + alternation(funds["after"].split())),
        popular_funds=frozenset(funds["popular"].split()),
    )


def _acts(verbs: Iterable[str], infinitives: Iterable[str]) -> re.Pattern[str]:
    """What an English company does behind its name: buys, to buy, agrees to buy."""
    behind = rf"{alternation(verbs)}|(?:[a-z]+s )?to {alternation(infinitives)}"
    return re.compile(rf"(?:'s)?,? (?:{behind})\b")


def _senses(raw: Iterable[Mapping[str, str]]) -> Mapping[str, re.Pattern[str]]:
    """Each name's words of another sense."""
    return {
        name: re.compile(alternation(sense["words"].split()))
        for sense in raw
        for name in _listed(sense["names"])
    }


def _listed(text: str) -> list[str]:
    return [folded(word) for word in text.split()]
