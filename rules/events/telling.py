"""Whether words that name a kind of event say that it happened, or only bring the thing up.

投資人看的是輝達的財報 names earnings and tells of none; 輝達公布財報 and 財報優於預期 do.
"""

from __future__ import annotations

from rules.events.catalogue import vocabulary
from rules.events.direction import direction
from rules.events.measuring import Measures
from rules.events.stage import Anchor, Stage

_ON = 12  # folded characters of the next clause that still belong to the statement
_BEFORE = 6  # between 抵銷 or 相當於 and the thing that something is measured by


def is_told(stage: Stage, anchor: Anchor, measures: Measures) -> bool:
    """Whether the statement has a verb of reporting, a direction or a figure.

    A headline need not say more than the noun.
    """
    if is_yardstick(stage, anchor) or _describes(stage, anchor):
        return False
    if "told" not in anchor.wording.needs or _is_headline(stage, anchor):
        return True
    sentence = stage.scene.document.sentences[anchor.number]
    start, end = anchor.clause
    start, end = max(start, sentence.start), min(end, sentence.end)
    if stage.cues_in("telling.verbs", start, end):
        return True
    if measures.within(anchor.wording.kind, start, min(end + _ON, sentence.end)):
        return True
    return direction(stage, anchor) is not None


def _describes(stage: Stage, anchor: Anchor) -> bool:
    """Whether words of building only describe something else: 打造生產線的先驅, 擴產商機."""
    text = stage.scene.document.text
    if anchor.wording.kind != "capex":
        return False
    lists = vocabulary().lists
    if text[anchor.end : anchor.end + 2] in lists["telling.trends"]:
        return True
    if text[anchor.end : anchor.end + 1] != "的":
        return False
    plans = lists["telling.plans"]
    return not any(text.startswith(word, anchor.end + 1) for word in plans)


def _is_headline(stage: Stage, anchor: Anchor) -> bool:
    """Whether it stands in a headline that names somebody, or in one without an article."""
    scene = stage.scene
    if not scene.in_headline(anchor.start):
        return False
    alone = not scene.document.article.text.strip()
    return alone or bool(scene.names_in(0, scene.headline_end))


def is_yardstick(stage: Stage, anchor: Anchor) -> bool:
    """Whether something else is measured by it: 約可抵銷今年資本支出增幅的一成."""
    start = max(anchor.clause[0], anchor.start - _BEFORE * 2)
    cues = stage.cues_in("telling.yardsticks", start, anchor.start)
    return bool(cues) and anchor.start - cues[-1].end <= _BEFORE
