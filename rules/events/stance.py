"""Whether an event is told as fact, as rumour or as denied."""

from __future__ import annotations

import re
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.denial import DENIED_WITHIN, denied_after
from rules.events.stage import Anchor, Stage
from rules.model import Stance
from rules.sentences import Sentence

_DENIAL_REACH = 16


def stance(stage: Stage, anchor: Anchor) -> Stance:
    """How the article says it: denied, rumoured or (where nothing says otherwise) confirmed."""
    sentence = stage.scene.document.sentences[anchor.number]
    start, end = anchor.clause
    start = max(start, sentence.start)
    if _is_plain(stage, anchor):
        denied = _denied_before(stage, anchor, start)
        asked = not denied and _asked(stage, anchor, start, end)
        return Stance.DENIED if denied else Stance.RUMOURED if asked else Stance.CONFIRMED
    decided = stage.cues_in("rumoured.decided", start, anchor.start)
    if _denied_before(stage, anchor, start) or denied_after(stage, anchor, end, bool(decided)):
        return Stance.DENIED
    if anchor.wording.kind == "price_move":
        return Stance.CONFIRMED  # 因傳聞大漲: what happened on the exchange did happen
    if _talked_of(stage, anchor, start, end, sentence):
        settled = stage.cues_in("rumoured.settled", anchor.end, sentence.end)
        return Stance.CONFIRMED if settled else Stance.RUMOURED
    if _asked(stage, anchor, start, end):
        return Stance.RUMOURED
    doubts = stage.cues_in("rumoured.clause", start, anchor.start) or stage.cues_in(
        "rumoured.after", anchor.end, end
    )
    if doubts and not decided and anchor.wording.kind not in _RESULTS:
        return Stance.RUMOURED
    return Stance.CONFIRMED


def _is_plain(stage: Stage, anchor: Anchor) -> bool:
    """Whether no word in reach makes talk of it or takes it back; true of most sentences."""
    number = anchor.number
    near = range(number, number + DENIED_WITHIN + 1)
    return stage.doubted.isdisjoint(near) and not stage.scene.document.in_title(anchor.start)


def _talked_of(stage: Stage, anchor: Anchor, start: int, end: int, sentence: Sentence) -> bool:
    """Whether somebody is said to say so: 據傳, 知情人士, reportedly."""
    if stage.cues_in("rumoured.sentence", sentence.start, sentence.end):
        return True
    if anchor.wording.kind not in _RESULTS and stage.cues_in("rumoured.anywhere", start, end):
        return True
    if _lone_rumour(stage, start, anchor.start):
        return True
    if anchor.wording.kind in _RESULTS or not stage.scene.in_headline(anchor.start):
        return False
    if stage.scene.names_in(start, anchor.start):
        return False
    return _lone_rumour(stage, sentence.start, anchor.start)  # 傳福斯降成本 CEO有意裁員


def announced(stage: Stage, anchor: Anchor) -> bool:
    """Whether the sentence says that it was announced or resolved: 宣布，擬以… is no mere talk."""
    sentence = stage.scene.document.sentences[anchor.number]
    talk = stage.cues_in("rumoured.sentence", sentence.start, sentence.end)
    return bool(not talk and stage.cues_in("rumoured.decided", sentence.start, anchor.start))


def planned(stage: Stage, anchor: Anchor) -> bool:
    """Whether its clause only says that somebody means to: 擬, plans to."""
    start = anchor.clause[0]
    plan = stage.cues_in("rumoured.planned", start, anchor.start)
    return bool(plan) and not stage.cues_in("rumoured.decided", start, anchor.start)


_DECIDED = frozenset(
    {"layoff", "mna", "investment", "leadership", "offering", "ipo", "capex", "buyback", "outage"}
)
_RESULTS = frozenset({"guidance", "dividend", "price_move", "earnings", "revenue"})


def _asked(stage: Stage, anchor: Anchor, start: int, end: int) -> bool:
    """Whether the clause asks whether it happened; 為何大跌? takes it for granted."""
    text = stage.scene.document.text
    if text[end : end + 1] != "?" or anchor.wording.kind not in _DECIDED:
        return False
    return not stage.cues_in("rumoured.granted", start, end)


def _denied_before(stage: Stage, anchor: Anchor, start: int) -> bool:
    text = stage.scene.document.text
    cues = stage.cues_in(
        "denied.before", max(start, anchor.start - _DENIAL_REACH * 2), anchor.start
    )
    return any(_filler().fullmatch(_nameless(stage, c.end, anchor.start, text)) for c in cues)


def _nameless(stage: Stage, start: int, end: int, text: str) -> str:
    """``text[start:end]`` without the names of companies in it."""
    names = stage.scene.names_in(start, end)
    if not names:
        return text[start:end]
    places = zip((start, *(n.end for n in names)), (*(n.start for n in names), end), strict=True)
    return "".join([text[left:right] for left, right in places])


@lru_cache(maxsize=1)
def _filler() -> re.Pattern[str]:
    words = sorted(vocabulary().lists["denied.filler"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}|[\s“”「」'\"])*")


def _lone_rumour(stage: Stage, start: int, end: int) -> bool:
    """Whether a lone 傳 opens the clause, stands beside a name, or right before the event."""
    text, scene = stage.scene.document.text, stage.scene
    for cue in stage.cues_in("rumoured.alone", start, end):
        near = scene.names_in(cue.start - 20, cue.end + 20)
        if any(n.start <= cue.start and cue.end <= n.end for n in near):
            continue  # 遠傳
        if cue.end == end or any(cue.start in {n.end, n.end + 1} for n in near):
            return True
        if any(n.start - cue.end in {0, 1} for n in near) or cue.start == start:
            return True
        before = text[start : cue.start].rstrip()
        if not before.strip("〈[【「") or before[-1] in "〉]】」":
            return True
    return False
