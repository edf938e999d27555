"""Numbers with their units as they stand in a folded text; what one measures, ``kinds`` decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from rules.figures import changes, numerals
from rules.figures.amount import Amount
from rules.figures.fractions import fraction
from rules.figures.grammar import FUZZY, Grammar, grammar
from rules.figures.lines import is_broken
from rules.figures.ranges import joined
from rules.model import Bound

_PAY = 6  # characters within which 月薪 makes 77K an amount of money
_FEWEST_PEOPLE = 10  # 一人 and 两名员工 are words, not headcounts
_ONE = Decimal(1)
_TIMES = frozenset("年月日天时点秒季号周岁届期")
_DAYS = ("日圆", "日元", "日币")
_COUNTING = frozenset("裁砍员")  # before 百 or 千: of people, not the word 百货
_BEFORE_WORDS = frozenset("逾裁砍员近上破")
_SPECIAL = ("分之", "翻", "半数", "一半", "doubl", "tripl")
_DIGITS = frozenset("0123456789")
_LATIN = "\u2e80"  # where Chinese characters and their marks begin
_VAGUE = frozenset("多余几")
_RANKED = ("前", "top ")  # 前10名 and the top 10 companies are ranks
_NOT_RANKED = (
    "目前",
    "之前",
    "日前",
    "先前",
    "此前",
    "以前",
    "年前",
    "月前",
    "天前",
    "提前",
    "事前",
)
_BEFORE_MINUS = frozenset("%)亿兆万千元股张人/+")  # 173億-126億 takes away
# 21億餘萬: what follows says only that there is more.
_FILLING = re.compile(r"[多余几\s]")
_REST = re.compile("(?<=兆)[多余几][百千万亿]+|(?<=亿)[多余几][百千万]+|(?<=万)[多余几][百千]+")


def amounts(text: str, home: str) -> Iterator[Amount]:
    """Every number of ``text`` that may be an amount, in order; ``home`` is the currency of 元."""
    table = grammar()
    special = []
    if any(word in text for word in _SPECIAL) or "百分" in text:
        special = [a for m in table.special.finditer(text) if (a := fraction(text, m, table))]
    matches = _numbers(text, table)
    if special:
        matches = (
            m for m in matches if not any(m.start() < s.end and s.begin < m.end() for s in special)
        )
    singles = [amount for m in matches if (amount := _single(text, m, table, home)) is not None]
    found = sorted([*special, *joined(text, singles, table)], key=lambda a: a.begin)
    changes.settle(text, found)
    yield from found


def _numbers(text: str, table: Grammar) -> Iterator[re.Match[str]]:
    """Every numeral; its first character is looked for first, which is much quicker."""
    end = 0
    match_at = table.number.match
    for first in table.starts.finditer(text):
        start = first.start()
        if start < end or (text[start - 1] == "." and start > end):
            continue
        match = match_at(text, start)
        if match is not None and "\n" in match[0] and is_broken(text, start, match.end()):
            match = match_at(text, start, text.index("\n", start))
        if match is not None:
            end = match.end()
            yield match


def _single(text: str, match: re.Match[str], table: Grammar, home: str) -> Amount | None:
    numeral, begin = match["numeral"], match.start()
    if _is_idle(text, match, numeral, table):
        return None
    money = table.currency_before.find(text, begin)
    if not _stands_alone(text, begin, numeral, money):
        return None
    value, scale, end = _value(text, match, money, table)
    if value is None:
        return None
    start = text.rindex(money, 0, begin) if money else begin
    bound_word = table.bound_before.find(text, start)
    if _only_a_word(text, begin, match.end(), numeral, bound_word):
        return None
    code = table.currency_before[money]
    code = ("JPY" if "日" in text else "CNY") if money == "¥" else code
    amount = Amount(start, begin, end, value, scale, currency=code)
    unit = _add_unit(text, amount, table, home)
    if _is_worthless(text, amount, numeral, bound_word):
        return None
    _add_bound(text, amount, match, bound_word, unit, table)
    if _is_negative(text, start):
        amount.start, amount.value = start - 1, -amount.value
    return amount


def _is_idle(text: str, match: re.Match[str], numeral: str, table: Grammar) -> bool:
    """Whether it is plainly a date, a time or a word like 一, as most numerals are."""
    end = match.end()
    following = text[end : end + 1]
    if following in _TIMES and not (numeral[-1] in "十百千万亿兆" or match["english"]):
        return not text.startswith(_DAYS, end)
    if numeral[0] in _DIGITS or numeral[-1] in "亿兆":
        return False
    begin = match.start()
    if text[begin - 1 : begin] in _BEFORE_WORDS:
        return False
    return table.unit.match(text, end) is None


def _is_worthless(text: str, amount: Amount, numeral: str, bound_word: str) -> bool:
    """Whether a counted number is no amount: 一人, 走一塊, 億股 after a name, 前10名."""
    if amount.unit == "money":
        chinese = numeral[0] not in _DIGITS and amount.value < _FEWEST_PEOPLE
        return chinese and text[amount.begin + len(numeral) : amount.end].strip() == "块"
    if amount.unit not in {"people", "count"}:
        return False
    if numeral[0] not in _DIGITS and (
        amount.value < _FEWEST_PEOPLE or (numeral in {"亿", "兆"} and not bound_word)
    ):
        return True
    before = text[max(0, amount.begin - 4) : amount.begin]
    return before.endswith(_RANKED) and not before.endswith(_NOT_RANKED)


def _is_negative(text: str, start: int) -> bool:
    """Whether a minus sign stands before ``start``, rather than the hyphen of a range."""
    if text[start - 1 : start] not in {"-", "−"}:
        return False
    before = text[max(0, start - 2) : start - 1]
    return not (before.isascii() and before.isalnum()) and before not in _BEFORE_MINUS


def _stands_alone(text: str, begin: int, numeral: str, money: str) -> bool:
    before = text[begin - 1 : begin]
    if before > _LATIN:
        return before != "第"
    if before in {",", "."} and text[begin - 2 : begin - 1].isdigit():
        return False
    latin = before.isascii() and before.isalpha()
    return not latin or bool(money) or numeral[0] not in _DIGITS


def _value(
    text: str, match: re.Match[str], money: str, table: Grammar
) -> tuple[Decimal | None, Decimal, int]:
    """The value, the scale and the end of the number's own words."""
    value, scale = _numeral(match["numeral"])
    end = match.end("many") if match["many"] else match.end("numeral")
    latin = match["english"] or ""
    if latin and value is not None and (len(latin) > 1 or money or _staffed(text, match, table)):
        scale = numerals.ENGLISH[latin]
        return value * scale, scale, match.end("english")
    return value, scale, end


@lru_cache(maxsize=4096)
def _numeral(written: str) -> tuple[Decimal | None, Decimal]:
    """The value of a numeral and what its 万 or 亿 multiplied its digits by."""
    if written.isascii() and " " not in written:
        return numerals.parse(written), _ONE
    numeral = _FILLING.sub("", _REST.sub("", written))
    value = numerals.parse(numeral)
    if numeral.isascii():
        return value, _ONE
    tail = numeral.lstrip("0123456789,.")
    if numeral[0] in numerals.DIGITS:
        tail = numeral[1:] if all(c not in numerals.DIGITS for c in numeral[1:]) else ""
    return value, (numerals.parse(tail) if tail else None) or _ONE


def _staffed(text: str, match: re.Match[str], table: Grammar) -> bool:
    """Whether a single letter is a thousand, of people or pay: 20K workers, 月薪77K, not 4K."""
    if match["english"] != "k":
        return False
    if "薪" in text[max(0, match.start() - _PAY) : match.start()]:
        return True
    unit = table.unit.match(text, match.end())
    return unit is not None and unit["people"] is not None


def _only_a_word(text: str, begin: int, end: int, numeral: str, bound_word: str) -> bool:
    """Whether a bare 百 or 千 is a word (百貨) rather than an amount (逾百, 百亿)."""
    if numeral[0] in _DIGITS:
        return False
    counts = text[end : end + 1] == "名" or text[begin - 1 : begin] in _COUNTING
    bare = numeral[0] in "十百千万" and not counts
    if bound_word in FUZZY and not bare and numeral[0] not in "亿兆":
        return False
    return bare and not bound_word and "亿" not in numeral and "兆" not in numeral


def _add_unit(text: str, amount: Amount, table: Grammar, home: str) -> re.Match[str] | None:
    """Settle the unit; returns what was found after the number, as far as it belongs to it."""
    unit = table.unit.match(text, amount.end)
    if unit is not None and "\n" in unit[0] and is_broken(text, unit.start(), unit.end()):
        unit = None
    if unit is None or unit.lastgroup is None:
        amount.unit = "money" if amount.currency else ""
        return None
    found = unit["currency"] or unit["each"] or unit["cents"]
    if amount.currency and not found:
        amount.unit = "money"
        return None
    end = unit.end(unit.lastgroup) if unit["after"] is None else unit.end()
    if unit["currency"]:
        amount.currency = amount.currency or table.currency_after.get(unit["currency"], home)
        amount.unit = "per_share" if unit["share"] else "money"
    elif unit["cents"]:
        amount.value, amount.currency = amount.value / 100, "USD"
        amount.unit = "per_share" if unit["centshare"] else "money"
    elif unit["each"]:
        end = end if amount.currency else amount.end
        amount.unit = "per_share" if amount.currency else "count"
    elif unit["tenths"]:
        amount.value = amount.value * 10 + _tenth(unit["tenths"][1:])
        amount.scale, amount.unit = amount.scale * 10, "percent"
    else:
        name = next(n for n in ("percent", "times", "people", "count") if unit[n])
        amount.unit = "multiple" if name == "times" else name
    amount.end = end
    return unit


def _tenth(extra: str) -> Decimal:
    if extra == "半":
        return Decimal(5)
    return numerals.parse(extra) or Decimal(0) if extra else Decimal(0)


def _add_bound(
    text: str,
    amount: Amount,
    match: re.Match[str],
    word: str,
    unit: re.Match[str] | None,
    table: Grammar,
) -> None:
    numeral = match["numeral"]
    name = table.bound_before[word] if word else ""
    if name == "exact":
        return
    if name and not (word in FUZZY and numeral[0] in _DIGITS):
        amount.start = text.rindex(word, 0, amount.start)
    elif match["many"] or not _VAGUE.isdisjoint(numeral):
        name = "at_least"
    else:
        name = table.bound_after[unit["after"]] if unit is not None and unit["after"] else ""
    if name:
        amount.bound = Bound(name)
