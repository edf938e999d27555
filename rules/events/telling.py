"""Whether words that name a kind of event say that it happened, or only bring the thing up.

投資人看的是輝達的財報 names earnings and tells of none; 輝達公布財報 and 財報優於預期 do.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.direction import direction
from rules.events.measuring import Measures
from rules.events.stage import Anchor, Stage

_ON = 12  # folded characters of the next clause that still belong to the statement
_RIDE = 24  # folded characters before an event in which somebody gains by it
_OWN = 6  # between a company's name and what it builds: 台積電高雄新廠
_DESCRIBING = frozenset({"capex", "investment", "mna"})
_RIDDEN = _DESCRIBING | {"layoff"}
# 中國設廠逾10家 counts those who are there.
_COUNTED = re.compile(
    r"(?:的)?(?:台商|厂商|企业|业者)?(?:已|已有|逾|超过|共|达|近|约|上|破)*[\d,一二两三四五六七八九十百千数]+多?余?(?:家|间)"
)
# 擴廠七成訂單 is the order of who builds it.
_ORDERS = re.compile(
    r"[\d一二三四五六七八九十百千万亿多余逾近成元]{0,6}的?(?:相关|设备|无尘室)?(?:订单|大单|商机|标案)"
)
_BEFORE = 6  # between 抵銷 or 相當於 and the thing that something is measured by


def is_told(stage: Stage, anchor: Anchor, measures: Measures) -> bool:
    """Whether the statement has a verb of reporting, a direction or a figure.

    A headline need not say more than the noun.
    """
    if is_yardstick(stage, anchor) or _describes(stage, anchor) or _is_ridden(stage, anchor):
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
    """Whether the words only describe something else: 打造生產線的先驅, 擴產商機, 投資的新創."""
    text, kind = stage.scene.document.text, anchor.wording.kind
    if kind not in _DESCRIBING:
        return False
    lists = vocabulary().lists
    if kind == "capex" and (
        text.startswith(_trends(), anchor.end)
        or _COUNTED.match(text, anchor.end)
        or _ORDERS.match(text, anchor.end)
    ):
        return True
    end = anchor.end if kind == "capex" else anchor.head_end
    if text[end : end + 1] != "的":
        return False
    return not any(text.startswith(word, end + 1) for word in lists["telling.plans"])


@lru_cache(maxsize=1)
def _trends() -> tuple[str, ...]:
    return tuple(vocabulary().lists["telling.trends"])


def _is_ridden(stage: Stage, anchor: Anchor) -> bool:
    """Whether it is only what somebody else gains by, or fears: 受惠台積電擴產, 憂同業瘋狂擴產."""
    if anchor.wording.kind not in _RIDDEN:
        return False
    start = max(stage.clause_start(anchor), anchor.start - _RIDE)
    if anchor.wording.kind == "capex" and stage.cues_in("rumoured.worries", start, anchor.start):
        return True
    for cue in stage.cues_in("telling.riding", start, anchor.start):
        names = stage.scene.names_in(cue.end, anchor.start)
        if names and names[0].start - cue.end <= 1 and anchor.start - names[-1].end <= _OWN:
            return True
    return False


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
