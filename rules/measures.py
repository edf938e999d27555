"""Figures that rules may ask for by themselves: 市值>1兆元, 目標價>=1000元, 毛利率>50%.

They are taken as events that the figure's company has, so that rules treat both alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules.model import MEASURES, Event, Figure, Reading

_DEAREST = 1_000_000  # no share costs as much: 營收跌破50億元 is no price of a share
KINDS = MEASURES


def measured(reading: Reading) -> Iterator[Event]:
    """The article's figures of these kinds, but for those it only compares with, as events."""
    for figure in reading.figures:
        if figure.kind in KINDS and not figure.aside and _can_be(figure):
            owners = (figure.owner,) if figure.owner else ()
            yield Event(figure.kind, figure.span, companies=owners, figures=(figure,))


def _can_be(figure: Figure) -> bool:
    """Whether a price is one of shares: somebody's, and not far above what any share costs."""
    return figure.kind != "price" or (bool(figure.owner) and figure.value < _DEAREST)
