"""Figures in rules: ``10000``, ``1萬人``, ``1兆2000億元``, ``US$5bn``, ``-5%``; and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rules.language.vocabulary import vocabulary

_LARGEST = Decimal(10) ** 18  # a limit beyond this is a typing error
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,19}(?:\.\d{1,6})?|\.\d{1,6}"
_MINUS = "-−–—"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what was said about it. ``scaled``: it was written with 萬, 億, bn …"""

    value: Decimal
    unit: str = ""
    currency: str = ""
    scaled: str = ""


def read(text: str, start: int) -> tuple[Quantity, int] | None:
    """The quantity at ``start`` of folded ``text`` and where it ends; None if there is none."""
    found = _match(text, start)
    if not found or (value := _value(found["amount"])) is None or value > _LARGEST:
        return None
    words = vocabulary()
    per_share = bool(found["share"])
    money = found["before"] or found["after"]
    currency = words.currency_words[money] if money else ""
    unit = "per_share" if per_share else "money" if currency else ""
    if not unit and found["unit"]:
        unit = words.units[found["unit"]]
    if unit == "tenths":
        unit, value = "percent", value * 10
    if found["hundredths"]:
        unit = unit or "percent"
    if unit == "per_share":
        currency = currency or "TWD"
    scaled = re.sub(r"[\d.,\s]|[一二三四五六七八九零两]", "", found["amount"])
    end = start + len(text[start : found.end()].rstrip())
    return Quantity(-value if found["minus"] else value, unit, currency, scaled), end


def _match(text: str, start: int) -> re.Match[str] | None:
    """The figure, without a word behind a blank that only begins like a unit (10000 人力銀行)."""
    found = _pattern().match(text, start)
    while found and not _ends().match(text, found.end()):
        gap = text.rfind(
            " ", found.end("minus") if found["minus"] else found.start("amount"), found.end()
        )
        if gap < 0:
            break
        found = _pattern().match(text, start, gap)
    return found


@lru_cache(maxsize=1)
def _ends() -> re.Pattern[str]:
    """What may follow a figure: the end of a word, or 以上."""
    return re.compile(rf"[\s()|,、&]|{_any(vocabulary().compared_after)}|$")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = vocabulary()
    money, scale, units = map(
        _any, (words.currency_words, words.multipliers, set(words.units) - {"元/股", "/股"})
    )
    digit = f"(?:{_NUMBER}|[{''.join(words.digits)}]+)"
    alone = _any(word for word in words.multipliers if not word.isascii())  # 千億, 萬人
    return re.compile(
        rf"\s*(?P<hundredths>百分之)?(?P<before>{money})?\s*(?P<minus>[{_MINUS}])?\+?\s*"
        rf"(?P<amount>{digit}(?:\s?(?:{scale})+{digit})*(?:\s?(?:{scale})+)?|(?:{alone})+)"
        rf"\s?(?:(?P<after>{money})|(?P<unit>{units}))?(?P<share>/股)?"
    )


def _any(words: Iterable[str]) -> str:
    """An alternation, longest first; a Latin word must end where it ends."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(w) + ("(?![a-z])" if w[-1:].isascii() and w[-1:].isalpha() else "")
        for w in ordered
    )


def _value(amount: str) -> Decimal | None:
    """The number behind ``amount``: 1兆2000億 is 1.2 x 10^12, 千億 is 10^11. None for 2000億1兆."""
    words = vocabulary()
    scale = _any(words.multipliers)
    if re.fullmatch(rf"(?:{scale})+", amount):
        amount = f"1{amount}"
    group = rf"({_NUMBER}|[{''.join(words.digits)}]+)\s?((?:{scale})*)"
    total, ceiling = Decimal(0), None
    for number, factors in re.findall(group, amount):
        factor = Decimal(1)
        for word in re.findall(scale, factors):
            factor *= words.multipliers[word]
        if ceiling is not None and factor >= ceiling:
            return None
        total, ceiling = total + _plain(number) * factor, factor
    return total


def _plain(number: str) -> Decimal:
    digits = vocabulary().digits
    if number[0] in digits:
        return Decimal("".join(str(digits[char]) for char in number))
    return Decimal(number.replace(",", ""))


def written(value: Decimal, unit: str, currency: str) -> str:
    """A figure as a canonical rule holds it: plain digits and an unmistakable unit."""
    number = plain(value)
    return {
        "money": f"{number}{currency}",
        "per_share": f"{number}{currency}/股",
        "people": f"{number}人",
        "percent": f"{number}%",
        "multiple": f"{number}倍",
        "count": f"{number}個",
    }[unit]


def plain(value: Decimal) -> str:
    """``value`` in digits without an exponent or trailing zeros: ``1200``, ``-5``, ``0.25``."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
