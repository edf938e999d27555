"""From the places that tell of events to statements: each with its owner, stance and direction."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from rules.document import Document
from rules.events.actors import Cast, Owners
from rules.events.catalogue import vocabulary
from rules.events.scene import scene
from rules.events.stage import Anchor, Stage, stage
from rules.events.stance import direction, is_background, stance
from rules.model import Event, Figure, Mention, Part, Stance

_HEADLINE_KINDS = frozenset({"earnings", "revenue", "guidance", "dividend", "order"})
_NEAR = 40  # folded characters around a sentence's own words within which a figure measures it


@dataclass(frozen=True, slots=True)
class Statement:
    """One telling of an event, and how good it is as evidence (greater is better)."""

    event: Event
    worth: tuple[int, ...]
    position: int


def statements(
    document: Document, mentions: tuple[Mention, ...], figures: tuple[Figure, ...]
) -> Iterator[Statement]:
    """Every telling of an event in the article, in order of position."""
    view = stage(scene(document, mentions))
    cast = Cast(view, mentions)
    for anchor in view.anchors:
        owners = _owners(view, cast, anchor)
        if owners is None:
            continue
        yield from _tell(view, anchor, owners, figures)


def _owners(view: Stage, cast: Cast, anchor: Anchor) -> Owners | None:
    """Whose it is, or None where the wording needs more than there is."""
    needs = anchor.wording.needs
    if "stock" in needs:
        return _stock(view, cast, anchor)
    clause = view.scene.clause(anchor.start)[0]
    if anchor.wording.kind == "investment" and view.cues_in("scope.traders", clause, anchor.start):
        return None
    if "headline" in needs and not view.scene.document.in_title(anchor.start):
        return None
    if "alone" in needs and view.other_between(anchor, *view.scene.clause(anchor.start)):
        return None
    owners = cast.owners(anchor)
    if anchor.wording.kind == "rating":
        owners = _rated(owners, cast, view, anchor)
    if "company" in needs and not owners.symbols and not _nameless_headline(view, anchor):
        return None
    return owners


def _nameless_headline(view: Stage, anchor: Anchor) -> bool:
    """Whether it stands in a headline that names no company, as a wire's follow-ups do."""
    end = view.scene.document.title_end
    return (
        anchor.start < end
        and anchor.wording.kind in _HEADLINE_KINDS
        and not view.scene.names_in(0, end)
    )


def _rated(owners: Owners, cast: Cast, view: Stage, anchor: Anchor) -> Owners:
    """A house that rates others is not who was rated."""
    brokers = vocabulary().lists["scope.brokers"]
    rated = tuple(s for s in owners.symbols if s not in brokers)
    if not rated:
        end = view.scene.clause(anchor.end)[1]
        rated = tuple(s for s in cast.inside(anchor, end) if s and s not in brokers)
    return Owners(rated, owners.precedents, bool(rated))


def _stock(view: Stage, cast: Cast, anchor: Anchor) -> Owners | None:
    """Whose share price moved: nobody's where the clause is about a market, a metal, an index."""
    start = view.scene.clause(anchor.start)[0]
    named = cast.in_clause(anchor)
    markets = view.cues_in("scope.markets", start, anchor.start)
    if markets and (named is None or markets[-1].start >= named.end):
        return None
    inside = view.cues_in("scope.prices", start, anchor.end)
    others = view.cues_in("scope.measures", named.end if named else start, anchor.start)
    if others and (not inside or inside[-1].start < others[-1].start):
        return None
    if named is None and not inside and anchor.start - start > 6:
        return None
    owners = cast.owners(anchor)
    if owners.carried and (not inside or view.scene.document.in_title(anchor.start)):
        return None
    return owners if owners.symbols else None


def _tell(
    view: Stage, anchor: Anchor, owners: Owners, figures: tuple[Figure, ...]
) -> Iterator[Statement]:
    document = view.scene.document
    sentence = document.sentence_at(anchor.start)
    kind = anchor.wording.kind
    near = _figures(view, anchor, owners, figures)
    if "people" in anchor.wording.needs and not near:
        return
    sure = stance(view, anchor, sentence)
    way = direction(view, anchor, sentence)
    old = is_background(view, anchor, sentence)
    title = document.in_title(anchor.start)
    worth = (int(title), int(bool(near)), int(not owners.carried), -anchor.start)
    span = document.span(*_clause_words(view, anchor))
    everyone = owners.symbols or ("",)
    groups = [everyone] if kind == "mna" else [(symbol,) for symbol in everyone]
    for group in groups:
        symbols = tuple(s for s in group if s)
        event = Event(kind, span, sure, way, symbols, old, near)
        yield Statement(event, worth, anchor.start)
    for symbol in owners.precedents:
        if symbol not in owners.symbols:
            event = Event(kind, span, Stance.CONFIRMED, None, (symbol,), True)
            yield Statement(event, (0, 0, 0, -anchor.start), anchor.start)


def _clause_words(view: Stage, anchor: Anchor) -> tuple[int, int]:
    """The clause that tells it, blanks at its ends left out; never across the title's end."""
    start, end = view.scene.clause(anchor.start)
    text = view.scene.document.text
    sentence = view.scene.document.sentence_at(anchor.start)
    start, end = max(start, sentence.start), max(min(end, sentence.end), anchor.end)
    while start < anchor.start and text[start] in " ,、\n":
        start += 1
    while end > anchor.end and text[end - 1] in " \n":
        end -= 1
    return start, end


def _figures(
    view: Stage, anchor: Anchor, owners: Owners, figures: tuple[Figure, ...]
) -> tuple[Figure, ...]:
    """The figures of this kind and owner in the same sentence, nearer to no other telling."""
    document = view.scene.document
    sentence = document.sentence_at(anchor.start)
    shift = 0 if document.in_title(anchor.start) else len(document.article.title) + 1
    part = Part.TITLE if document.in_title(anchor.start) else Part.TEXT
    first, last = document.folded.place(sentence.start, sentence.end)
    low, high = document.folded.place(anchor.start, anchor.end)
    measures = _measures(anchor.wording.kind)
    return tuple(
        f
        for f in figures
        if f.kind in measures
        and f.span.part is part
        and first <= f.span.start + shift < last
        and low - _NEAR <= f.span.start + shift <= high + _NEAR
        and (not f.owner or not owners.symbols or f.owner in owners.symbols)
        and _nearest(view, anchor, f.span.start + shift)
    )


def _nearest(view: Stage, anchor: Anchor, origin: int) -> bool:
    """Whether no other telling of the same kind stands nearer to ``origin`` of the original."""
    place = bisect_left(view.scene.document.folded.origins, origin)
    mine = _distance(anchor, place)
    return all(
        _distance(other, place) >= mine
        for other in view.anchors_near(place - _NEAR * 2, place + _NEAR * 2)
        if other.wording.kind == anchor.wording.kind
    )


def _distance(anchor: Anchor, place: int) -> int:
    return place - anchor.end if place >= anchor.end else max(0, anchor.start - place)


_ALSO = {
    "earnings": frozenset({"eps", "margin", "earnings", "growth"}),
    "revenue": frozenset({"revenue", "growth"}),
    "guidance": frozenset({"guidance", "revenue", "earnings", "eps", "margin", "growth"}),
    "rating": frozenset({"rating", "target_price"}),
    "investment": frozenset({"investment", "stake"}),
    "mna": frozenset({"mna", "stake"}),
    "price_move": frozenset({"price_move", "price"}),
    "ipo": frozenset({"ipo", "offering"}),
}


def _measures(kind: str) -> frozenset[str]:
    return _ALSO.get(kind) or frozenset({kind})
