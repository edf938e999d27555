"""The amounts of an article as tokens that can be compared by looking them up.

An amount is written down with three digits and with two (``money:USD:1.30e10``), so that 129.6億
and 約130億 meet. Two articles are compared by the tokens they share; how much that tells is the
number of digits, since half of all articles hold a 10%.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from rules.model import Figure, Part, Reading, Span

LEAD = 200  # characters of the text whose amounts are of the story itself
_MOST = 24  # tokens kept
# A number by itself: no part of a larger one (163萬6129), no stock code in brackets.
_BARE = re.compile(
    r"(?<![\d.,(万亿兆])(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d+)?(?![\d,.]*[\d%万亿兆千百)-])"
)
_LARGEST = Decimal("1e18")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
# Percentages measure too many things beside each other (growth, shares, margins) to tell which.
_UNITED = frozenset({"money", "people", "per_share"})


def tokens(reading: Reading, folded_text: str) -> frozenset[str]:
    """At most 24 tokens of the amounts in headline and lead (``folded_text``), the most exact."""
    near = [figure for figure in reading.figures if is_near(figure.span)]
    found = {*_of_figures(near), *_bare(folded_text)}
    return frozenset(sorted(found, key=lambda token: (-digits(token), token))[:_MOST])


def in_title(span: Span) -> bool:
    """Whether the words stand in the headline."""
    return span.part is Part.TITLE


def is_near(span: Span) -> bool:
    """Whether the words stand in headline or lead, where the story itself is told."""
    return in_title(span) or span.start < LEAD


def digits(token: str) -> int:
    """How many digits an amount shared as this token agrees in: what it tells."""
    mantissa = token.rpartition(":")[2].partition("e")[0]
    return len(mantissa.replace(".", "").rstrip("0")) or 1


# Prices are other ones at every hour; they measure no happening.
_PRICES = frozenset({"amount", "market", "price", "price_move", "market_cap", "index"})


def main(figures: Iterable[Figure]) -> frozenset[str]:
    """The first amount of every measure, as ``kind:unit:currency=value``."""
    first: dict[str, str] = {}
    for figure in figures:
        if figure.kind not in _PRICES and figure.unit in _UNITED and _is_sane(figure.value):
            first.setdefault(_measure(figure), _rounded(float(figure.value), 2))
    return frozenset(f"{measure}={value}" for measure, value in first.items())


def _is_sane(value: Decimal) -> bool:
    """Whether it is small enough to be an amount of anything, and to be a float."""
    return abs(value) < _LARGEST


def _measure(figure: Figure) -> str:
    return f"{figure.kind}:{figure.unit}:{figure.currency}"


def _of_figures(figures: Iterable[Figure]) -> Iterator[str]:
    for figure in figures:
        unit = "n:" if figure.unit in {"count", "multiple"} else f"{figure.unit}:{figure.currency}"
        if figure.unit == "per_share":
            unit = f"money:{figure.currency}"
        for value in (figure.value, figure.high):
            if value and _is_sane(value):
                yield from _both(unit, abs(float(value)))


def _bare(text: str) -> Iterator[str]:
    for match in _BARE.finditer(text):
        number = match[0].replace(",", "")
        if len(number.replace(".", "").strip("0")) >= 3 and not _YEAR.match(number):
            yield f"n::{_rounded(float(number), 3)}"


def _both(unit: str, value: float) -> Iterator[str]:
    yield f"{unit}:{_rounded(value, 3)}"
    yield f"{unit}:{_rounded(value, 2)}"


def _rounded(value: float, precision: int) -> str:
    mantissa, exponent = f"{value:.{precision - 1}e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
