"""Figures of rules in words: 1,000億美元以上, more than USD 100 billion, 跌幅5%以上."""

from __future__ import annotations

from decimal import Decimal

from rules.language.quantities import plain
from rules.language.vocabulary import vocabulary
from rules.model import Comparison
from rules.wording import Catalogue

_SCALES = {
    "zh-TW": ((12, "兆"), (8, "億"), (4, "萬")),
    "en": ((12, " trillion"), (9, " billion"), (6, " million")),
}
_WORDS = {">": "over", ">=": "at_least", "<": "under", "<=": "at_most", "=": "equal"}
_BOTH_WAYS = {"price_move", "revenue", "earnings"}  # kinds whose percentages go up and down
_WAYS = ("rise", "fall", "growth", "decline")
_MOVES = {">": "move_above", ">=": "move_above_equal", "<": "move_below", "<=": "move_below_equal"}


def figure(catalogue: Catalogue, kind: str, comparison: Comparison) -> str:
    """What ``comparison`` asks of an event of this kind."""
    value, op = comparison.value, comparison.op
    key = _WORDS[op]
    if kind in _BOTH_WAYS and comparison.unit == "percent" and op != "=":
        key = _move(op, value)
        if kind != "price_move":
            key = key.replace("rise", "growth").replace("fall", "decline")
        value = abs(value) if key.startswith(_WAYS) else value
    if kind == "earnings" and not value and op in {"<", "<="}:
        return catalogue.say("explain.loss")
    amount = _amount(catalogue, Comparison(op, value, comparison.unit, comparison.currency))
    return catalogue.say(f"explain.{key}", amount=amount)


def _move(op: str, value: Decimal) -> str:
    """<=-5% is a fall of at least 5%, >=5% a rise; other signs are said as they are."""
    if value < 0 and op.startswith("<"):
        return "fall_at_least" if op == "<=" else "fall_over"
    if value > 0 and op.startswith(">"):
        return "rise_at_least" if op == ">=" else "rise_over"
    return _MOVES[op]


def _amount(catalogue: Catalogue, comparison: Comparison) -> str:
    if comparison.unit == "money":
        return _money(catalogue, comparison.value, comparison.currency)
    if comparison.unit == "per_share":
        money = _money(catalogue, comparison.value, comparison.currency)
        return catalogue.say("explain.per_share", money=money)
    return catalogue.say(f"explain.{comparison.unit}", number=grouped(comparison.value))


def _money(catalogue: Catalogue, value: Decimal, code: str) -> str:
    number, scale = grouped(value), ""
    for zeros, word in _SCALES[catalogue.lang]:
        size = Decimal(10) ** zeros
        if abs(value) >= size and value % (size / 100) == 0:
            number, scale = grouped(value / size), word
            break
    currency = vocabulary().currencies[code]
    before, after = currency.before, currency.after
    if catalogue.lang == "en":
        before, after = f"{code} ", ""
    return catalogue.say("explain.money", before=before, number=number, scale=scale, after=after)


def grouped(value: Decimal) -> str:
    """``value`` with thousands separators and no trailing zeros: ``1,200.5``."""
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}" if value >= 1 or not point else f"{whole}{point}{rest}"
