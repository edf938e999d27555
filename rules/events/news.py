"""Which events are news to a reader, and the one figure that says how much of each there was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rules.model import Direction, Event, Figure, Part, Reading, Span

# Kinds of events that are measured in percent also where no direction is told.
_SHARES = frozenset({"layoff", "price_move"})


def news(reading: Reading, evidence: Mapping[str, tuple[Span, ...]]) -> tuple[Event, ...]:
    """What happened: what the rules held on or, where they asked for no event, all of it.

    Old events told as background are no news.
    """
    spans = {span for held in evidence.values() for span in held}
    recent = tuple(event for event in reading.events if not event.background)
    return tuple(event for event in recent if event.span in spans) or recent


def main_figure(event: Event) -> Figure | None:
    """The figure that measures the event itself, or None.

    What happened before what it is compared with, the headline's before the text's, amounts before
    shares, what is said more often before what is said once, and the end that a change goes to. A
    share without a direction says nothing (營收 38%), but for the kinds that are shares by nature.
    """
    said_often = Counter((figure.value, figure.unit) for figure in event.figures)
    candidates = [
        figure
        for figure in event.figures
        if figure.kind == event.kind
        and (figure.unit != "percent" or event.direction or event.kind in _SHARES)
    ]
    ends = {Direction.UP: -1, Direction.DOWN: 1}.get(event.direction or Direction.FLAT, 0)
    return min(
        candidates,
        key=lambda f: (
            f.aside,
            f.span.part is not Part.TITLE,
            f.unit == "percent",
            -said_often[f.value, f.unit],
            ends * f.value,
        ),
        default=None,
    )
