"""Figures as a reader writes them: 2,000億美元 for Taiwan, US$200 billion in English."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from bot.delivery.wording import clean
from bot.texts import Texts
from rules.model import Bound, Figure

_SCALES = (12, 9, 8, 6, 4)
# From here on every unit is counted in scale words; below, only money, and only where the shorter
# form says the same (50萬元, but 12,345元).
_ALWAYS_SCALED = Decimal(10) ** 6
_HUNDREDTH = Decimal("0.01")
# More than anything has cost so far; such a figure is a misreading and shown as it was printed.
_ABSURD = Decimal(10) ** 18
_BARE_PER_SHARE = frozenset({"eps", "price", "target_price"})


def amount(figure: Figure, texts: Texts, *, unsigned: bool = False) -> str:
    """The figure with its unit, its range and how exactly it is meant.

    ``unsigned`` leaves the sign out, for wording that already says which way it went. Scaled
    numbers are rounded half up to two decimals.
    """
    if max(abs(figure.value), abs(figure.high or Decimal(0))) >= _ABSURD:
        return figure.span.text
    if figure.unit == "count":  # only the article says of what: 5,000張, 40,000 GPUs
        return clean(figure.span.text)
    low = _with_unit(abs(figure.value) if unsigned else figure.value, figure, texts)
    if figure.high is not None and figure.high != figure.value:
        high = abs(figure.high) if unsigned else figure.high
        low = texts.say("amount.range", low=low, high=_with_unit(high, figure, texts))
    if figure.bound is Bound.EXACT:
        return low
    return texts.say(f"amount.{figure.bound.value}", amount=low)


def label(figure: Figure, texts: Texts) -> str:
    """What the figure measures, in words; empty where that is unknown."""
    for key in (f"figure.{figure.kind}", f"event.{figure.kind}.any"):
        if key in texts:
            return texts.say(key)
    return ""


def _with_unit(value: Decimal, figure: Figure, texts: Texts) -> str:
    number = _number(value, texts, money=figure.unit == "money")
    if figure.unit in {"money", "per_share"}:
        key = f"amount.currency.{figure.currency}"
        currency = texts.say(key) if key in texts else figure.currency
        money = texts.say("amount.money", number=number.lstrip("-"), currency=currency)
        money = f"-{money}" if value < 0 else money
        bare = figure.unit == "money" or figure.kind in _BARE_PER_SHARE
        return money if bare else texts.say("amount.per_share", money=money)
    key = f"amount.{figure.unit}"
    return texts.say(key if key in texts else "amount.count", number=number)


def _number(value: Decimal, texts: Texts, *, money: bool) -> str:
    for power in _SCALES:
        key = f"amount.scale.e{power}"
        if key not in texts:
            continue
        scaled = value.scaleb(-power)
        short = scaled.quantize(_HUNDREDTH, ROUND_HALF_UP)
        wanted = abs(value) >= _ALWAYS_SCALED or (money and short == scaled)
        if abs(scaled) >= 1 and wanted:
            return _plain(short) + texts.say(key)
    return _plain(value)


def _plain(value: Decimal) -> str:
    whole = f"{value:,f}"
    return whole.rstrip("0").rstrip(".") if "." in whole else whole
