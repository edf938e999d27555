"""Amounts, headcounts, percentages and per-share figures, with what each measures and whose it is.

Values are exact decimals in whole units: 2000億美元 is 2E11 USD, 1.6萬人 is 16000 people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from rules.document import Document
from rules.events.scene import Scene, scene
from rules.figures.amounts import Amount, amounts
from rules.figures.kinds import governors, measured
from rules.figures.signs import falls
from rules.figures.vocabulary import roles
from rules.model import Figure, Mention
from rules.text import folded

_LOSSES = ("亏", "损")
_FEW = 20  # Chinese characters; fewer say nothing about the script
_SAMPLE = 300
_FIRST, _LAST = "\u3400", "\u9fff"
_SHARE = 30  # in traditional text every third character differs from its simplified form


def patterns() -> Iterable[str]:
    """The words that govern figures, for the shared scanner."""
    return roles()


def find(document: Document, mentions: tuple[Mention, ...]) -> tuple[Figure, ...]:
    """Every figure of the article in order of position.

    元 alone is TWD, or CNY in an article written in simplified characters.
    """
    home = _home(document)
    view = scene(document, mentions)
    words = governors(view)
    found = []
    for amount in amounts(document.text, home):
        settled = measured(view, amount, words, home)
        if settled is not None and _in_one_part(document, settled[0]):
            found.append(_figure(view, *settled))
    return tuple(found)


def _in_one_part(document: Document, amount: Amount) -> bool:
    return "\n" not in document.text[amount.start : amount.end]


def _figure(view: Scene, amount: Amount, kind: str) -> Figure:
    document = view.document
    amount = _signed(view, amount, kind)
    kind = "price_move" if kind == "price" and amount.unit == "percent" else kind
    return Figure(
        value=_plain(amount.value),
        unit=amount.unit,
        span=document.span(amount.start, amount.end),
        kind=kind,
        currency=amount.currency if amount.unit in {"money", "per_share"} else "",
        owner=_owner(view, amount),
        high=None if amount.high is None else _plain(amount.high),
        bound=amount.bound,
    )


def _signed(view: Scene, amount: Amount, kind: str) -> Amount:
    text = view.document.text
    clause = view.clause(amount.begin)[0]
    if amount.value <= 0:
        return amount
    if amount.unit == "percent" and kind != "layoff":
        down = falls(text, amount.start, amount.end, clause)
    else:
        before = text[max(clause, amount.start - 6) : amount.start]
        down = kind == "eps" and any(word in before for word in _LOSSES)
    if not down:
        return amount
    if amount.high is None:
        return replace(amount, value=-amount.value)
    return replace(amount, value=-amount.high, high=-amount.value)


def _plain(value: Decimal) -> Decimal:
    """The same value without trailing zeros or an exponent: 16000, not 16000.0."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def _owner(view: Scene, amount: Amount) -> str:
    sentence = view.document.sentence_at(amount.begin)
    named = view.names_in(sentence.start, amount.begin)
    if named:
        return named[-1].symbol
    earlier = view.names_in(0, sentence.start)
    return earlier[-1].symbol if earlier else ""


def _home(document: Document) -> str:
    """The currency of a bare 元: that of Taiwan unless the article is in simplified characters."""
    if document.lang == "en":
        return "USD"
    sample = document.folded.original[:_SAMPLE]
    simple = folded(sample)
    if "台" in document.folded.original or len(simple) != len(sample):
        return "TWD"
    chinese = [(c, s) for c, s in zip(sample, simple, strict=True) if _FIRST <= c <= _LAST]
    traditional = sum(c != s for c, s in chinese)
    return "CNY" if len(chinese) >= _FEW and traditional * _SHARE <= len(chinese) else "TWD"
