"""Whether an event is told as fact, as rumour or as denied.

What says so is asked in a fixed order, and the first answer holds:

1. denied by the company, unless it owns up to it later;
2. talk (據傳, sources say), unless it is owned up to or announced: then it is a fact;
3. an open question (是否, whether);
4. announced or decided: a fact, whatever details are still open;
5. a thought (考慮, might), somebody else's word (外媒:, analysts expect), a verdict still to come
   (月底前敲定), no comment from the company, or a question: a rumour;
6. else a fact, and so is what a company plans itself.
"""

from __future__ import annotations

from rules.events import commitment, talk
from rules.events.catalogue import vocabulary
from rules.events.denial import denied
from rules.events.stage import DENIED_WITHIN, Anchor, Stage
from rules.model import Stance

_ASKED = frozenset(
    {"layoff", "mna", "investment", "leadership", "offering", "ipo", "capex", "buyback", "outage"}
    | {"order", "dividend", "legal", "regulation"}
)


def stance(stage: Stage, anchor: Anchor, symbols: tuple[str, ...] = ()) -> Stance:
    """How the article says that it happened to ``symbols``: see above."""
    kind = anchor.wording.kind
    calm = _is_calm(stage, anchor)
    if denied(stage, anchor, calm=calm):
        return Stance.DENIED
    if kind == "price_move":
        return Stance.CONFIRMED  # 因傳聞大漲: what happened on the exchange did happen
    asked = _asked(stage, anchor)
    if calm:
        return Stance.RUMOURED if asked else Stance.CONFIRMED
    if talk.is_talk(stage, anchor):
        return Stance.RUMOURED
    results = kind in vocabulary().lists["rumoured.results"]
    if not results and commitment.is_open(stage, anchor):
        return Stance.RUMOURED
    if commitment.is_decided(stage, anchor):
        return Stance.CONFIRMED
    if asked and not talk.is_settled(stage, anchor):
        return Stance.RUMOURED
    if results:
        return Stance.CONFIRMED
    doubted = commitment.is_thought(stage, anchor) or talk.is_attributed(stage, anchor, symbols)
    return Stance.RUMOURED if doubted else Stance.CONFIRMED


def _is_calm(stage: Stage, anchor: Anchor) -> bool:
    """Whether no word in reach makes talk of it or takes it back; true of most sentences."""
    near = range(anchor.number, anchor.number + DENIED_WITHIN + 1)
    if not stage.doubted.isdisjoint(near) or stage.scene.document.in_title(anchor.start):
        return False
    start = stage.scene.document.sentences[anchor.number].start
    brokers = vocabulary().lists["scope.brokers"]
    return all(n.symbol not in brokers for n in stage.scene.names_in(start, anchor.start))


def _asked(stage: Stage, anchor: Anchor) -> bool:
    """Whether the clause asks whether it happened; 為何大跌? takes it for granted."""
    end = anchor.clause[1]
    text = stage.scene.document.text
    if text[end : end + 1] != "?" or anchor.wording.kind not in _ASKED:
        return False
    return not stage.cues_in("rumoured.granted", stage.clause_start(anchor), end)


def announced(stage: Stage, anchor: Anchor) -> bool:
    """Whether the sentence says that it was announced or resolved: 宣布，擬以… is no mere talk."""
    return not talk.is_talk(stage, anchor) and commitment.is_decided(stage, anchor, sentence=True)


def planned(stage: Stage, anchor: Anchor) -> bool:
    """Whether its clause only says that somebody means to: 擬, plans to."""
    plan = stage.cues_in("rumoured.planned", anchor.clause[0], anchor.start)
    return bool(plan) and not commitment.is_decided(stage, anchor)
