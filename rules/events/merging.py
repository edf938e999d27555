"""Many tellings of one event made one, with the best of them as its evidence."""

from __future__ import annotations

from collections.abc import Iterable

from rules.events.direction import direction
from rules.events.reading import Statement
from rules.events.stage import Anchor, Stage
from rules.events.stance import announced, planned, stance
from rules.model import Direction, Event, Stance

_MOST_FIGURES = 6


def merged(view: Stage, statements: Iterable[Statement]) -> tuple[Event, ...]:
    """One event for each kind, company and age, in order of the evidence's position."""
    groups: dict[tuple[str, str, bool], list[Statement]] = {}
    for said in statements:
        groups.setdefault((said.kind, said.company, said.background), []).append(said)
    news = {kind for kind, company, old in groups if company and not old}
    # An event of nobody is left out where the same kind happened to somebody, as news; but a
    # market's move stands beside a company's.
    news.discard("price_move")
    kept = [group for key, group in groups.items() if key[1] or key[0] not in news]
    best = [(max(group, key=lambda s: s.worth), group) for group in kept]
    best.sort(key=lambda pair: (pair[0].anchor.start, pair[0].kind))
    return tuple([_event(view, said, group) for said, group in best])


def _event(view: Stage, best: Statement, group: list[Statement]) -> Event:
    figures = best.figures
    if len(group) > 1 and all(figure.aside for figure in figures):
        way = direction(view, best.anchor)
        alike = [s for s in group if s is best or direction(view, s.anchor) in {None, way}]
        figures += max(alike, key=_measured).figures
    return Event(
        best.kind,
        view.scene.document.span(*_clause_words(view, best.anchor)),
        _stance(view, best, group),
        _direction(view, best, group),
        best.symbols,
        best.background,
        tuple(dict.fromkeys(figures))[:_MOST_FIGURES],
    )


def _measured(said: Statement) -> tuple[bool, bool, tuple[bool, bool, bool, bool, bool, int]]:
    """What makes a telling the one that measures the event."""
    return any(not f.aside for f in said.figures), bool(said.figures), said.worth


def _stance(view: Stage, best: Statement, group: list[Statement]) -> Stance:
    """That of the best telling; but a rumour may be denied or announced by another.

    A plan (擬), or what a headline says in short, is a rumour where the article only hears of it.
    """
    if best.precedent:
        return Stance.CONFIRMED
    sure = stance(view, best.anchor, best.symbols)
    others = [s.anchor for s in group if s is not best and not s.precedent]
    if sure is Stance.CONFIRMED and others and not announced(view, best.anchor):
        if planned(view, best.anchor):
            hearsay = any(stance(view, a, best.symbols) is Stance.RUMOURED for a in others)
        else:
            hearsay = _only_heard(view, best, others)
        sure = Stance.RUMOURED if hearsay else sure
    if sure is Stance.RUMOURED:
        if any(stance(view, anchor) is Stance.DENIED for anchor in others):
            return Stance.DENIED
        if any(announced(view, anchor) for anchor in others):
            return Stance.CONFIRMED
    return sure


def _only_heard(view: Stage, best: Statement, others: list[Anchor]) -> bool:
    """Whether the headline says in short what the text only has by hearsay."""
    in_title = view.scene.document.in_title
    text = [anchor for anchor in others if not in_title(anchor.start)]
    if not text or not in_title(best.anchor.start):
        return False
    return all(stance(view, anchor, best.symbols) is Stance.RUMOURED for anchor in text)


def _direction(view: Stage, best: Statement, group: list[Statement]) -> Direction | None:
    """That of the best telling, or of the first other that says one."""
    for said in (best, *group):
        way = None if said.precedent else direction(view, said.anchor)
        if way is not None:
            return way
    return None


def _clause_words(view: Stage, anchor: Anchor) -> tuple[int, int]:
    """The clause that tells it, blanks at its ends left out; never across the title's end."""
    start, end = anchor.clause
    text = view.scene.document.text
    sentence = view.scene.document.sentences[anchor.number]
    start, end = max(start, sentence.start), max(min(end, sentence.end), anchor.end)
    while start < anchor.start and text[start] in " ,、\n":
        start += 1
    while end > anchor.end and text[end - 1] in " \n":
        end -= 1
    return start, end
