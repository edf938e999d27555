"""Moves of shares as forums tell them: 從1080跌到860, 漲多回檔, often without 股價 and a name."""

from __future__ import annotations

from rules.events.actors import Cast, Owners
from rules.events.stage import Anchor, Stage


def forum_move(view: Stage, cast: Cast, anchor: Anchor) -> Owners | None:
    """Whose share moved, by a writer of his own: that named in the clause, or the post's own.

    None where a market or another measure is spoken of, where it is only wished or feared, and
    in the part of the post that says when its writer will buy and sell.
    """
    if not view.is_personal or view.scene.in_headline(anchor.start):
        return None
    start, end = anchor.clause
    for category in ("scope.markets", "scope.goods", "scope.measures", "telling.wishes"):
        if view.cues_in(category, start, end):
            return None
    if view.cues_in("telling.exits", 0, anchor.start):
        return None
    named = cast.in_clause(anchor)
    if named is not None:
        return Owners((named.symbol,)) if named.symbol else None
    return Owners(cast.main, carried=True) if cast.main else None
