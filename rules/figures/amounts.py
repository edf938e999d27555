"""Numbers with their units as they stand in a folded text; what one measures, ``kinds`` decides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from rules.figures import numerals
from rules.figures.grammar import FUZZY, Grammar, ending, grammar
from rules.model import Bound

_CENT = Decimal("0.01")
_FEWEST_PEOPLE = 10  # 一人 and 两名员工 are words, not headcounts
_ONE = Decimal(1)
_TIMES = "年月日天时点秒季号周岁届期"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at ``[start, end)``; ``begin`` is where its numeral starts.

    ``unit`` is empty where no word says it. ``scale`` is what 万, 亿 or billion multiplied the
    written digits by.
    """

    start: int
    begin: int
    end: int
    value: Decimal
    scale: Decimal = _ONE
    unit: str = ""
    currency: str = ""
    high: Decimal | None = None
    bound: Bound = Bound.EXACT


def amounts(text: str, home: str) -> Iterator[Amount]:
    """Every number of ``text`` that may be an amount, in order; ``home`` is the currency of 元."""
    table = grammar()
    special = [a for m in table.special.finditer(text) if (a := _special(text, m, table))]
    singles = [
        amount
        for match in table.number.finditer(text)
        if not any(match.start() < s.end and s.begin < match.end() for s in special)
        and (amount := _single(text, match, table, home)) is not None
    ]
    yield from sorted([*special, *_joined(text, singles, table)], key=lambda a: a.begin)


def _single(text: str, match: re.Match[str], table: Grammar, home: str) -> Amount | None:
    numeral, begin = match["numeral"], match.start()
    if _is_idle(text, match, numeral, table):
        return None
    money = ending(text, begin, table.currency_before)
    if not _stands_alone(text, begin, numeral, money):
        return None
    value, scale, end = _value(match, money)
    if value is None:
        return None
    start = text.rindex(money, 0, begin) if money else begin
    bound_word = ending(text, start, table.bound_before)
    counts = text[match.end() : match.end() + 1] == "名" or text[begin - 1 : begin] in {
        "裁",
        "砍",
        "员",
    }
    if _only_a_word(numeral, bound_word, counts):
        return None
    code = table.currency_before.get(money, "")
    code = ("JPY" if "日" in text else "CNY") if money == "¥" else code
    amount = Amount(start, begin, end, value, scale, currency=code)
    amount = _with_unit(text, amount, table, home)
    if amount.unit in {"people", "count"} and not numeral[0].isdigit() and value < _FEWEST_PEOPLE:
        return None
    amount = _with_bound(text, amount, match, bound_word, table)
    if _is_negative(text, start):
        return replace(amount, start=start - 1, value=-value)
    return amount


def _is_idle(text: str, match: re.Match[str], numeral: str, table: Grammar) -> bool:
    """Whether it is plainly a date, a time or a word like 一, as most numerals are."""
    following = text[match.end() : match.end() + 1]
    scaled = numeral[-1] in "十百千万亿兆" or match["english"]
    if following and following in _TIMES and not scaled:
        return not text.startswith(("日圆", "日元", "日币"), match.end())
    if numeral[0].isdigit() or numeral[-1] in "亿兆":
        return False
    by_context = text[match.start() - 1 : match.start()] in {
        "逾",
        "裁",
        "砍",
        "员",
        "近",
        "上",
        "破",
    }
    return not by_context and table.unit.match(text, match.end()) is None


def _is_negative(text: str, start: int) -> bool:
    """Whether a minus sign stands before ``start``, rather than the hyphen of a range."""
    before = text[max(0, start - 2) : start - 1]
    return (
        text[start - 1 : start] in {"-", "−"} and not before.isalnum() and before not in {"%", ")"}
    )


def _stands_alone(text: str, begin: int, numeral: str, money: str) -> bool:
    before = text[begin - 1 : begin]
    if before == "第" or (before in {",", "."} and text[begin - 2 : begin - 1].isdigit()):
        return False
    latin = before.isascii() and before.isalpha()
    return not latin or bool(money) or not numeral[0].isdigit()


def _value(match: re.Match[str], money: str) -> tuple[Decimal | None, Decimal, int]:
    """The value, the scale and the end of the number's own words."""
    numeral = re.sub(r"[多余几\s]", "", match["numeral"])
    value = numerals.parse(numeral)
    end = match.end("many") if match["many"] else match.end("numeral")
    latin = match["english"] or ""
    if latin and value is not None and (len(latin) > 1 or money):
        scale = numerals.ENGLISH[latin]
        return value * scale, scale, match.end("english")
    tail = numeral.lstrip("0123456789,.")
    if numeral[0] in numerals.DIGITS:
        tail = numeral[1:] if all(c not in numerals.DIGITS for c in numeral[1:]) else ""
    return value, (numerals.parse(tail) if tail else None) or _ONE, end


def _only_a_word(numeral: str, bound_word: str, counts_people: bool) -> bool:
    """Whether a bare 百 or 千 is a word (百貨) rather than an amount (逾百, 百亿)."""
    bare = numeral[0] in "十百千万" and not counts_people
    if bound_word in FUZZY and not bare and numeral[0] not in "亿兆":
        return False
    return bare and not bound_word and "亿" not in numeral and "兆" not in numeral


def _with_unit(text: str, amount: Amount, table: Grammar, home: str) -> Amount:
    unit = table.unit.match(text, amount.end)
    if amount.currency and (
        unit is None or not (unit["share"] or unit["each"] or unit["currency"])
    ):
        return replace(amount, unit="money")
    if unit is None:
        return amount
    end = unit.end(unit.lastgroup) if unit["after"] is None else unit.end()  # type: ignore[arg-type]
    if unit["currency"]:
        code = amount.currency or table.currency_after.get(unit["currency"], home)
        name = "per_share" if unit["share"] else "money"
        return replace(amount, end=end, unit=name, currency=code)
    if unit["each"]:
        name = "per_share" if amount.currency else "count"
        return replace(amount, end=end if amount.currency else amount.end, unit=name)
    if unit["tenths"]:
        extra = unit["tenths"][1:]
        value = amount.value * 10 + _tenth(extra)
        return replace(amount, end=end, value=value, scale=amount.scale * 10, unit="percent")
    name = next(n for n in ("percent", "times", "people", "count") if unit[n])
    return replace(amount, end=end, unit="multiple" if name == "times" else name)


def _tenth(extra: str) -> Decimal:
    if extra == "半":
        return Decimal(5)
    return numerals.parse(extra) or Decimal(0) if extra else Decimal(0)


def _with_bound(
    text: str, amount: Amount, match: re.Match[str], word: str, table: Grammar
) -> Amount:
    numeral = match["numeral"]
    if word in FUZZY and numeral[0].isdigit():
        word = ""
    name = table.bound_before.get(word, "")
    if not name and (match["many"] or re.search("[多余几]", numeral)):
        name = "at_least"
    start = text.rindex(word, 0, amount.start) if word and name else amount.start
    if not name:
        name = table.bound_after.get(ending(text, amount.end, table.bound_after), "")
    return replace(amount, start=start, bound=Bound(name)) if name else amount


def _special(text: str, match: re.Match[str], table: Grammar) -> Amount | None:
    value, unit = _fraction(match)
    if value is None:
        return None
    word = ending(text, match.start(), table.bound_before)
    word = "" if word in FUZZY else word
    start = text.rindex(word, 0, match.start()) if word else match.start()
    bound = Bound(table.bound_before.get(word, "exact"))
    return Amount(start, match.start(), match.end(), value, _ONE, unit, bound=bound)


def _fraction(match: re.Match[str]) -> tuple[Decimal | None, str]:
    if match["twice"]:
        return Decimal(2), "multiple"
    if match["thrice"]:
        return Decimal(3), "multiple"
    if match["percent"]:
        return numerals.parse(match["percent"]), "percent"
    below, above = numerals.parse(match["below"]), numerals.parse(match["above"])
    if not below or above is None:
        return None, ""
    percent = above * 100 / below
    if percent != percent.to_integral_value():
        percent = percent.quantize(_CENT, ROUND_HALF_UP)
    return percent, "percent"


def _joined(text: str, singles: list[Amount], table: Grammar) -> Iterator[Amount]:
    """The amounts with the two ends of a range made one; those without unit or scale are kept."""
    waiting: Amount | None = None
    for amount in singles:
        pair = waiting and _range(text, waiting, amount, table)
        if pair:
            waiting = pair
            continue
        if waiting is not None:
            yield waiting
        waiting = amount
    if waiting is not None:
        yield waiting


def _range(text: str, low: Amount, high: Amount, table: Grammar) -> Amount | None:
    link = text[low.end : high.start if high.start >= low.end else high.begin]
    if high.start < low.end or not table.link.fullmatch(link) or low.high is not None:
        return None
    if "and" in link and "between" not in text[max(0, low.start - 12) : low.start]:
        return None
    unit = high.unit or low.unit
    if low.unit and high.unit and low.unit != high.unit and unit != "per_share":
        return None
    value, top = low.value, abs(high.value)
    bare = text[low.end - 1].isdigit() and low.scale == 1
    if bare and high.scale != 1 and value * high.scale < top:
        value *= high.scale
    if value < 0 and high.value < 0:
        value, top = min(value, high.value), max(value, high.value)
    if value >= top:
        return None
    currency = high.currency or low.currency
    return replace(
        low,
        end=high.end,
        value=value,
        high=top,
        unit=unit,
        currency=currency,
        scale=high.scale,
        bound=Bound.EXACT,
    )
