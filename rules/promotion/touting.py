"""Lists of stocks: which parts of a text name one each, with praise or a target.

A part begins at a line's start or after a bullet, an emoji or a number and names a company there:
one of the article's mentions, or a four to six digit code beside a Chinese name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rules.model import Mention, Part
from rules.promotion.page import Page
from rules.promotion.vocabulary import PRAISE

_HAN = "\u4e00-\u9fff"
# Where a part of a list begins: line start, a bullet or emoji, "1." "(1)" "一、". One set of first
# characters, told apart afterwards, is what the regular expression engine looks for fast.
_MARKS = (
    r"\n✅✔☑★☆◆◇■□●○◎▶▷►➤➜→•·※✦✧❤❗‼⭐✨\u2460-\u2473\u25a0-\u25ff\u2600-\u27bf"
    r"\U0001f300-\U0001faff"
)
_NUMERALS = "一二三四五六七八九十"
_BULLET = re.compile(
    rf"[{_MARKS}(\d{_NUMERALS}](?:(?<=[{_MARKS}])|(?<=[{_NUMERALS}])、"
    r"|(?<![\d.].)(?:(?<=\()\d{1,2}|(?<=\d)\d?)[.)、](?=\D|\d{4}))\s*"
)
_NO_NAME = "年月日号点元亿万人张口档倍度期次天周家种支个多名分"  # after a number: no company's
# Each begins with a digit and looks back after it: a first character is what is looked for fast.
_CODE = re.compile(r"\d(?<!\d\d)\d{3,5}(?!\d)")
_TWO_CODES = re.compile(r"\d\d{3}\D{3,8}\d{4}")  # what every row of them has
_CODE_FIRST = re.compile(
    rf"[【\[(『「]?(\d{{4,6}})[a-z]?(?:\.two?)?[\s\-:)\]】]*(?![{_NO_NAME}])(?=[{_HAN}a-z]{{2}})"
)
_NAME_FIRST = re.compile(rf"[【\[『「]?[{_HAN}\-*a-z]{{2,8}}\s*[(\[]\s*(\d{{4,6}})(?!\d)")
_CODED_WITHIN = 60  # characters after the bullet in which its code must begin, many of them blanks
_NAMED_WITHIN = 3  # characters after the bullet in which a mention must begin
_LONGEST_PART = 160
_SHOWN = 40  # characters of a part that serve as evidence
_LEAST_PARTS = 3
_TARGET = re.compile(r"目标|上看|看\d|停损|支撑|买点|\d+\s*元|\d%|eps")
_ROW_GAP = re.compile(r"[^\n。!?]{0,8}[、,/+&\s和与及][\s(\d]{0,6}")
_WIDEST_GAP = 14
_CODED_ROW = re.compile(
    rf"\d{{4}}\s?(?![{_NO_NAME}])[{_HAN}]{{2,4}}\s?[、,/+&\s]\s?\d{{4}}\s?(?![{_NO_NAME}])[{_HAN}]{{2}}"
    rf"|[{_HAN}]{{2,4}}\(?\d{{4}}\)?[、,/+&\s]\s?[{_HAN}]{{2,4}}\(?\d{{4}}(?![\d年])"
)


class Place(NamedTuple):
    """Where a company is named: ``[start, end)`` of the folded text."""

    start: int
    end: int
    symbol: str


@dataclass(frozen=True, slots=True)
class Listing:
    """``parts`` are the ranges of a list's parts that tout; ``symbols`` the companies they name."""

    parts: tuple[tuple[int, int], ...] = ()
    symbols: tuple[str, ...] = ()


def places(page: Page, mentions: Iterable[Mention]) -> list[Place]:
    """Where each company is named in the folded text, in order."""
    shift = len(page.document.article.title) + 1
    origins = page.document.folded.origins
    straight = isinstance(origins, range)  # folding moved nothing
    found = []
    for mention in mentions:
        for span in mention.evidence:
            offset = shift if span.part is Part.TEXT else 0
            start, end = span.start + offset, span.end + offset
            if not straight:
                start, end = bisect_left(origins, start), bisect_left(origins, end)
            found.append(Place(start, end, mention.company.symbol))
    return sorted(found)


def listing(page: Page, where: Sequence[Place], codes: Mapping[str, str]) -> Listing:
    """The list of touted stocks, empty where fewer than three parts name one with praise.

    ``where`` is what ``places`` answers, ``codes`` maps a company's code to its symbol.
    """
    parts = [
        (start, end, symbol)
        for start, end, symbol in _parts(page.document.text, where, codes)
        if _praised(page, start, end)
    ]
    if len(parts) < _LEAST_PARTS:
        return Listing()
    return Listing(
        tuple((start, min(end, start + _SHOWN)) for start, end, _ in parts),
        tuple(dict.fromkeys(symbol for _, _, symbol in parts if symbol)),
    )


def row(page: Page, where: Sequence[Place]) -> tuple[tuple[int, int], ...]:
    """The first place where companies are named in a row (甲、乙、丙), empty if nowhere."""
    text = page.document.text
    for one, other in pairwise(where):
        gap = text[one.end : other.start]
        if one.symbol != other.symbol and len(gap) <= _WIDEST_GAP and _ROW_GAP.fullmatch(gap):
            return ((one.start, other.end),)
    coded = _CODED_ROW.search(text) if _TWO_CODES.search(text) else None
    return (coded.span(),) if coded else ()


def _parts(
    text: str, where: Sequence[Place], codes: Mapping[str, str]
) -> Iterator[tuple[int, int, str]]:
    """Parts that name a company at their beginning: start, end, symbol (empty if unknown)."""
    coded = [match.start() for match in _CODE.finditer(text)]
    if len({place.symbol for place in where}) < _LEAST_PARTS and len(coded) < _LEAST_PARTS:
        return
    starts = [match.end() for match in _BULLET.finditer(text)]
    if not text.startswith("\n"):
        starts.insert(0, 0)
    if len(starts) < _LEAST_PARTS:
        return
    named = [
        (start, symbol)
        for start in starts
        if (symbol := _named(text, start, where, codes, coded)) is not None
    ]
    for (start, symbol), (following, _) in pairwise([*named, (len(text), "")]):
        yield start, min(following, start + _LONGEST_PART, _line_end(text, start)), symbol


def _named(
    text: str,
    start: int,
    where: Sequence[Place],
    codes: Mapping[str, str],
    coded: Sequence[int],
) -> str | None:
    """The symbol that a part names at its beginning, empty if unknown; None if it names none.

    ``coded`` is where codes may stand.
    """
    following = bisect_left(coded, start)
    if following < len(coded) and coded[following] <= start + _CODED_WITHIN:
        match = _CODE_FIRST.match(text, start) or _NAME_FIRST.match(text, start)
        if match:
            return codes.get(match[1], "")
    first = bisect_left(where, (start,))
    if first < len(where) and where[first].start <= start + _NAMED_WITHIN:
        return where[first].symbol
    return None


def _praised(page: Page, start: int, end: int) -> bool:
    praise = page.marks.get(PRAISE, ())
    return any(start <= mark.start < end for mark in praise) or bool(
        _TARGET.search(page.document.text, start, end)
    )


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
