"""From the places that tell of events to statements: each with its owner, age and figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rules.events.actors import Cast, Owners
from rules.events.catalogue import vocabulary
from rules.events.measuring import Measures
from rules.events.stage import Anchor, Stage
from rules.events.stance import is_background
from rules.events.telling import is_told
from rules.model import Figure, Mention

_HEADLINE_KINDS = frozenset({"earnings", "revenue", "guidance", "dividend", "order"})
_OF_PEOPLE = frozenset({"people", "percent"})
_FORECASTS = frozenset({"rating", "guidance", "supply"})
_FORETOLD = frozenset({"capex", "rating", "dividend"})
_BESIDE = 3  # folded characters between 資本支出 and 看增


class Statement(NamedTuple):
    """One telling of an event, by the words at ``anchor``.

    ``worth`` says how good it is as evidence: the greater the better. ``precedent`` where it only
    says that it happened to them before (繼微軟之後).
    """

    anchor: Anchor
    symbols: tuple[str, ...]
    background: bool
    figures: tuple[Figure, ...]
    worth: tuple[bool, bool, bool, int]
    precedent: bool = False

    @property
    def kind(self) -> str:
        """The kind of event it tells of."""
        return self.anchor.wording.kind

    @property
    def company(self) -> str:
        """The first symbol it happened to, or an empty string."""
        return self.symbols[0] if self.symbols else ""


def statements(
    view: Stage, mentions: tuple[Mention, ...], figures: tuple[Figure, ...]
) -> Iterator[Statement]:
    """Every telling of an event in the article, in order of position."""
    if not view.anchors:
        return
    cast = Cast(view, mentions)
    measures = Measures(view, figures)
    for anchor in view.anchors:
        if not is_told(view, anchor, measures):
            continue
        owners = _owners(view, cast, anchor)
        if owners is not None:
            yield from _tell(view, anchor, owners, measures)


def _owners(view: Stage, cast: Cast, anchor: Anchor) -> Owners | None:
    """Whose it is, or None where the wording needs more than there is."""
    needs = anchor.wording.needs
    if "stock" in needs:
        return _stock(view, cast, anchor)
    clause = anchor.clause[0]
    if anchor.wording.kind == "investment" and view.cues_in("scope.traders", clause, anchor.start):
        return None
    if "headline" in needs and not view.scene.in_headline(anchor.start):
        return None
    if "alone" in needs and view.other_between(anchor, *anchor.clause):
        return None
    if "fresh" in needs and not _fresh(view, anchor):
        return None
    if anchor.wording.kind == "guidance" and _foretells_another(view, anchor):
        return None
    owners = cast.owners(anchor)
    if owners.nobody:
        return None
    if anchor.wording.kind in _FORECASTS or _is_told_by(view, owners):
        owners = _rated(owners, cast, view, anchor)
    if "company" in needs and not owners.symbols:
        return owners if not owners.stranger and _nameless_headline(view, anchor) else None
    return owners


def _fresh(view: Stage, anchor: Anchor) -> bool:
    """Whether nothing but results is spoken of in the clause: 明年擴產 is no guidance."""
    start, end = anchor.clause
    results = {"guidance", "revenue", "earnings"}
    others = [a for a in view.anchors_near(start, end) if a.wording.kind not in results]
    return not others and not view.cues_in("scope.macro", start, end)


def _foretells_another(view: Stage, anchor: Anchor) -> bool:
    """Whether what is forecast is an event of its own: 資本支出看增兩成, raises capex forecast."""
    near = view.anchors_near(anchor.start - _BESIDE * 3, anchor.end)
    return any(
        a.wording.kind in _FORETOLD and a.start != anchor.start and a.end >= anchor.start - _BESIDE
        for a in near
    )


def _nameless_headline(view: Stage, anchor: Anchor) -> bool:
    """Whether it stands in a headline without name and text, as a wire's follow-ups do."""
    document = view.scene.document
    return (
        anchor.wording.kind in _HEADLINE_KINDS
        and document.in_title(anchor.start)
        and not view.scene.named
        and not document.article.text.strip()
        and not view.cues_in("scope.macro", 0, document.title_end)
    )


def _is_told_by(view: Stage, owners: Owners) -> bool:
    """Whether the owner is a house whose word on others it is: 瑞士信貸:金價有望…."""
    brokers = vocabulary().lists["scope.brokers"]
    if not any(symbol in brokers for symbol in owners.symbols):
        return False
    text = view.scene.document.text
    return any(
        text[n.end : n.end + 1] == ":" for n in view.scene.named if n.symbol in owners.symbols
    )


def _rated(owners: Owners, cast: Cast, view: Stage, anchor: Anchor) -> Owners:
    """A house that rates others is not who was rated."""
    brokers = vocabulary().lists["scope.brokers"]
    rated = tuple(s for s in owners.symbols if s not in brokers)
    if not rated:
        end = view.scene.clause(anchor.end)[1]
        rated = tuple(s for s in cast.inside(anchor, end) if s and s not in brokers)
    return Owners(rated, owners.precedents)


def _stock(view: Stage, cast: Cast, anchor: Anchor) -> Owners | None:
    """Whose share price moved: nobody's where the clause is about a market, a metal, an index."""
    start = anchor.clause[0]
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


def _tell(view: Stage, anchor: Anchor, owners: Owners, measures: Measures) -> Iterator[Statement]:
    near = measures.of(anchor, owners.symbols)
    if "people" in anchor.wording.needs and not any(f.unit in _OF_PEOPLE for f in near):
        return
    old = is_background(view, anchor)
    title = view.scene.document.in_title(anchor.start)
    worth = (title, bool(near), not owners.carried, -anchor.start)
    together = anchor.wording.kind == "mna"
    groups = [owners.symbols] if together else [(symbol,) for symbol in owners.symbols]
    for symbols in groups or [()]:
        yield Statement(anchor, symbols, old, near, worth)
    for symbol in owners.precedents:
        if symbol not in owners.symbols:
            worth = (False, False, False, -anchor.start)
            yield Statement(anchor, (symbol,), True, (), worth, precedent=True)
