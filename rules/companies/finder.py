"""Finds companies in an article: names and codes first, then what they say about each other.

    hits ─► longest names that stand as words ─► score alone ─► score together ─► mentions

The first score of a find comes from its name and the words that touch it. What is beyond doubt
then vouches for the rest: a company named by its code, the neighbours in a list, the article's
own subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from rules.companies.codes import funds, latin, numeric, runs_of_digits
from rules.companies.context import FAMOUS, context, counted, opens
from rules.companies.directory import Directory
from rules.companies.evidence import weighed
from rules.companies.furniture import furniture
from rules.companies.names import Name
from rules.companies.neighbours import Find
from rules.companies.salience import mentions
from rules.document import Document
from rules.model import Mention
from rules.text import is_cjk
from rules.words import Words

_NAME, _FINANCE, _FURNITURE = 1, 2, 4  # what a pattern is good for
_TOUCHES = 1.0  # what stands beside a name speaks for it where it is worth more
_HOPELESS = -5.0  # nothing that stands around a name can make up for less
_FORM = (
    r"(?:Inc|Corp|Co|Ltd|Group|Holdings?|Technolog|Class|PLC|SE|AG|NV|CEO|CFO|COO|ETF|EPS|IPO)\b"
)
_NAME_GOES_ON = re.compile(rf" (?!{_FORM})[A-Z][A-Za-z]+")
_NAME_BEGAN = re.compile(r"[A-Z][A-Za-z]+ \Z")
# What a company does or has, behind its name at the beginning of an English sentence.
_COMPANY_ACTS = re.compile(
    r"(?:'s)?,?\s(?:to|will|is|has|and|said|ceo|stock|inc|group|holdings|chip|[a-z]{3,}(?:s|ed))\b"
    r"|\s?[,(]"
)
_DOTS = frozenset("·‧•・")  # between the parts of a foreign name
_QUOTES = " \n\"'("
_UNITS = "日月年天元百千万亿十"  # a number before them makes no name's beginning of them
_DATE_BEFORE = re.compile(r"\d\)?\Z")
_NUMBER_BEFORE = re.compile(
    r"(?:(?<![之第统唯合划])[一二三四五六七八九两几数]|(?<![\d.,a-z])\d{1,3}|[.,]\d+|\d{5})\Z"
)
_LISTED_FORM = re.compile(r"\*?-(?:ky|dr|创)(?![a-z])")  # behind a name of the exchange alone
_NAME_REACH = 16  # characters

Hit: TypeAlias = tuple[int, int, int, str]  # its length below zero, where it is, what it is
Candidate: TypeAlias = tuple[int, int, Name | None]  # None: a phrase that blocks


class Hits(NamedTuple):
    """What the scanner found: names, the longest first; where finance words are; any furniture."""

    candidates: Sequence[Candidate]
    finance: Sequence[int]
    furnished: bool


class Finder:
    """Finds the companies of one directory."""

    def __init__(self, directory: Directory, words: Words) -> None:
        self.directory = directory
        self._words = words
        self._context = context()
        self._scores = self._context.scores
        self._furniture = furniture()
        named, finance = {*directory.names, *directory.blocked}, self._context.finance
        traces = self._furniture.traces
        self._roles = {
            pattern: _NAME * (pattern in named)
            | _FINANCE * (pattern in finance and pattern not in named)
            | _FURNITURE * (pattern in traces)
            for pattern in (*named, *finance, *traces)
        }

    def patterns(self) -> Iterable[str]:
        """Every folded word to look for: names, words that block one, finance, furniture."""
        return self._roles

    def find(self, document: Document) -> tuple[Mention, ...]:
        """The companies ``document`` names: headline first, then lead, then passing."""
        text, hits = document.text, self._sorted(document)
        names = self._names(document, hits)
        finds = sorted([*names, *self._codes(document)], key=lambda f: (f.start, f.end))
        if not finds:
            return ()
        finds = weighed(document, finds, hits.finance, self.directory)
        furniture = self._furniture
        if hits.furnished:
            finds = [f for f in finds if not furniture.holds(text, f.start, f.end)]
        finds = [f for f in finds if not furniture.only_carries(text, f.start, f.end)]
        return mentions(document, finds, self.directory)

    def _sorted(self, document: Document) -> Hits:
        """What the scanner found for us, by what it is good for."""
        roles = self._roles
        candidates, finance, seen = [], [], 0
        for start, end, pattern in document.hits["companies"]:
            role = roles[pattern]
            seen |= role
            if role & _NAME:
                candidates.append((start - end, start, end, pattern))
            elif role & _FINANCE:
                finance.append(start)
        candidates.sort()
        press = finance or self._tells_of_companies(document.text, candidates)
        names = self.directory.press_names if press else self.directory.names
        named = [(start, end, names.get(pattern)) for _, start, end, pattern in candidates]
        return Hits(named, sorted(finance), bool(seen & _FURNITURE))

    def _tells_of_companies(self, text: str, candidates: Iterable[Hit]) -> bool:
        """Whether the text names a company that nobody doubts."""
        names = self.directory.names
        famous = (hit for hit in candidates if hit[3] in names and names[hit[3]].prior >= FAMOUS)
        return any(
            not _touches_latin(text, start, end)
            if names[pattern].latin
            else self._stands(text, start, end, names[pattern].prior)
            for _, start, end, pattern in famous
        )

    # --- each find alone ------------------------------------------------------------------

    def _names(self, document: Document, hits: Hits) -> list[Find]:
        """The names that stand as words, none inside another."""
        taken = bytearray(len(document.text))
        found: list[Find] = []
        better: Find | None = None
        candidates = hits.candidates
        for number, (start, end, name) in enumerate(candidates):
            if taken.find(1, start, end) >= 0:
                continue
            if name is None:
                taken[start:end] = b"\1" * (end - start)
                continue
            find, better = better or self._alone(document, start, end, name), None
            if find and number + 1 < len(candidates):
                better = self._better(document, find, candidates[number + 1], taken)
            if find and not better:
                taken[start:end] = b"\1" * (end - start)
                found.append(find)
        return found

    def _better(
        self, document: Document, find: Find, candidate: Candidate, taken: bytearray
    ) -> Find | None:
        """The name of the same length that begins inside ``find``, if it stands better there."""
        start, end, name = candidate
        if name is None or start >= find.end or end - start != find.end - find.start:
            return None
        if find.score >= FAMOUS:
            return None
        if taken.find(1, start, end) >= 0:
            return None
        other = self._alone(document, start, end, name)
        return other if other and other.context > find.context else None

    def _alone(self, document: Document, start: int, end: int, name: Name) -> Find | None:
        """One name by itself and with what touches it; None if it is no word there."""
        text = document.text
        if name.latin:
            return self._latin(document, start, end, name)
        if text[start] in _UNITS and _counted_out(text, start):
            return None
        if text[start - 1] in _DOTS and name.prior < FAMOUS and is_cjk(text[start - 2]):
            return None  # 本·阿里, 鮑里斯·強生
        if name.prior >= FAMOUS and self._context.surnamed(text, start, end):
            return None
        if name.prior >= FAMOUS and self._stands(text, start, end, name.prior):
            return Find(start, end, name.symbols, name.prior, name)
        if _LISTED_FORM.match(text, end):
            return Find(start, end, name.symbols, FAMOUS, name)
        opened = opens(text, start)
        around = self._context.around(text, start, end, name, opened)
        lack = self._lack(text, start, end, around, opened)
        if lack < 0 and not opened:
            around = min(0.0, around)  # what follows half a word says nothing
        if lack < 0 and not opened and self._context.orders.at(text, start):
            lack = min(0.0, self._words.margin(text, start, end, opened=True)) * 2.0
        score = name.prior + lack
        return _find(start, end, name, score, around) if score > _HOPELESS else None

    def _stands(self, text: str, start: int, end: int, prior: float) -> bool:
        """Whether a name stands so well that what touches it changes nothing."""
        if self._context.continues(text, end, prior):
            return False
        return self._words.margin(text, start, end) >= -self._scores.boundary_slack_inside

    def _lack(self, text: str, start: int, end: int, around: float, opened: bool) -> float:
        """What the name loses, at most 0, because the text is better cut another way."""
        scores = self._scores
        margin = self._words.margin(text, start, end, opened=opened and counted(text, start))
        if not opened:
            return min(0.0, margin + scores.boundary_slack_inside) * scores.boundary_weight_inside
        noun = around >= scores.after
        weight = scores.boundary_weight_noun if noun else scores.boundary_weight
        return min(0.0, margin + scores.boundary_slack) * weight

    def _latin(self, document: Document, start: int, end: int, name: Name) -> Find | None:
        text = document.text
        if _touches_latin(text, start, end):
            return None
        score, words = name.prior, document.original(start, end)
        if document.lang == "en" and words.rpartition(" ")[2].islower():
            return None  # English writes names with capitals: Waste management is none
        if name.word:
            if not words[0].isupper():
                return None
            chinese = document.lang == "zh"
            if name.text in self._context.openers and not chinese:
                first = not text[document.sentence_at(start).start : start].strip(_QUOTES)
                if first and not _COMPANY_ACTS.match(text, end):
                    return None  # Snap election called, Unity in diversity
            score += self._scores.capital if chinese else self._scores.capital_english
            if chinese and _is_part_of_a_name(document, start, end):
                score += self._scores.goes_on
        opened = opens(text, start)
        around = self._context.around(text, start, end, name, opened)
        if document.lang == "en" and opened:
            around -= self._scores.clause  # every English sentence opens with a capital
            if name.word and self._context.acts.match(text, end):
                around = max(around, self._scores.acts)
        gained = around if name.word else min(0.0, around) / 2
        return _find(start, end, name, score + gained - around, around)

    def _codes(self, document: Document) -> list[Find]:
        directory, digits = self.directory, runs_of_digits(document.text)
        codes = [
            *numeric(document, digits, directory.codes, directory.symbols, self._context),
            *funds(document, digits, directory.codes, self._context),
            *latin(document, directory.written_tickers, self._context),
        ]
        return [
            Find(c.start, c.end, tuple(filter(None, (c.symbol, c.other))), c.score, None, c.marked)
            for c in codes
        ]


def _counted_out(text: str, start: int) -> bool:
    """Whether a number ends at ``start``, of which the next character is the unit.

    今(8)日立法院, 五百度, 前3天剛; not 2615萬海, where a code has its company behind it.
    """
    pattern = _DATE_BEFORE if text[start] in "日月年" else _NUMBER_BEFORE
    return bool(pattern.search(text, max(0, start - 6), start))


def _find(start: int, end: int, name: Name, score: float, around: float) -> Find:
    return Find(start, end, name.symbols, score + around, name, touched=around > _TOUCHES)


def _is_part_of_a_name(document: Document, start: int, end: int) -> bool:
    """Whether Latin words with a capital stand beside the range: Strategy Analytics, Beats Flex."""
    before, after = max(0, start - _NAME_REACH), min(len(document.text), end + _NAME_REACH)
    return bool(
        (end < after and _NAME_GOES_ON.match(document.original(end, after)))
        or (before < start and _NAME_BEGAN.search(document.original(before, start)))
    )


def _touches_latin(text: str, start: int, end: int) -> bool:
    """Whether a Latin letter or digit touches the range (an English plural or genitive may)."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isascii() and (before.isalnum() or before in "@_#"):
        return True
    return after.isascii() and (after.isalnum() or after in "@_")
