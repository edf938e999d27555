"""Many tellings of one event made one, with the best of them as its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rules.events.reading import Statement
from rules.model import Event

_MOST_FIGURES = 6


def merged(statements: Iterable[Statement]) -> tuple[Event, ...]:
    """One event for each kind, company and age, in order of the evidence's position."""
    groups: dict[tuple[str, str, bool], list[Statement]] = {}
    for statement in statements:
        event = statement.event
        groups.setdefault((event.kind, event.company, event.background), []).append(statement)
    news = {(kind, company) for kind, company, old in groups if not old}
    best = [_one(group) for key, group in groups.items() if not _said_better(key, news)]
    return tuple(s.event for s in sorted(best, key=lambda s: (s.position, s.event.kind)))


def _said_better(key: tuple[str, str, bool], news: set[tuple[str, str]]) -> bool:
    """An event of nobody is left out where the same kind happened to somebody, as news."""
    kind, company, _ = key
    return not company and any(k == kind and c for k, c in news)


def _one(group: list[Statement]) -> Statement:
    best = max(group, key=lambda s: s.worth)
    measured = (
        best if best.event.figures else max(group, key=lambda s: (bool(s.event.figures), s.worth))
    )
    figures = dict.fromkeys(measured.event.figures)
    direction = best.event.direction or next(
        (s.event.direction for s in group if s.event.direction is not None), None
    )
    event = replace(best.event, figures=tuple(figures)[:_MOST_FIGURES], direction=direction)
    return replace(best, event=event)
