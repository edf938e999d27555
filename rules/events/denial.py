"""Denials: before what they deny (否認將裁員), or in a later clause (傳裁員 聯發科:並非事實)."""

from __future__ import annotations

import re
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.direction import direction
from rules.events.stage import Anchor, Cue, Stage
from rules.model import Direction

_REACH = 16  # folded characters before the event; twice as many at most
_LATIN = 2
_ENDS = frozenset("。!?;:\n,…")
_QUOTES = "「『“\"':：」』”。,!. "
_TALK = ("rumoured.sources", "rumoured.talk", "rumoured.anywhere", "rumoured.alone")


def denied(stage: Stage, anchor: Anchor, *, calm: bool) -> bool:
    """Whether the article says that it is not so; ``calm`` where nothing after it can."""
    if _before(stage, anchor):
        return calm or not _owned_up(stage, anchor)
    kind = anchor.wording.kind
    if calm or kind == "price_move":  # what happened on the exchange did happen
        return False
    if kind in vocabulary().lists["denied.charges"] and not _is_talk(stage, anchor):
        return False
    return _after(stage, anchor)


def _before(stage: Stage, anchor: Anchor) -> bool:
    """Whether a denial stands before it with nothing but names and fillers between."""
    reach = _REACH * 2 * (_LATIN if stage.is_latin(anchor.start) else 1)
    start = max(stage.clause_start(anchor), anchor.start - reach)
    cues = stage.cues_in("denied.before", start, anchor.start)
    return any(_filler().fullmatch(_rest(stage, anchor, cue.end)) for cue in cues)


def _rest(stage: Stage, anchor: Anchor, start: int) -> str:
    """What stands from ``start`` to the event, without names and words of direction."""
    end, text = anchor.start, stage.scene.document.text
    parts: list[tuple[int, int]] = [(n.start, n.end) for n in stage.scene.names_in(start, end)]
    if anchor.wording.kind not in vocabulary().lists["rumoured.results"]:
        parts += [(w.start, w.end) for w in stage.ways_in(start, end)]
    parts += [(a.start, a.end) for a in _joined(stage, anchor, start)]
    if not parts:
        return text[start:end]
    kept, last = [], start
    for low, high in sorted(parts):
        kept.append(text[last : max(last, low)])
        last = max(last, high)
    kept.append(text[last : max(last, end)])
    return "".join(kept)


def _joined(stage: Stage, anchor: Anchor, start: int) -> list[Anchor]:
    """Other events of one list with it: 沒有擴產或裁員計畫."""
    text = stage.scene.document.text
    near = stage.anchors_near(start, anchor.start)
    return [a for a in near if a.end < anchor.start and text[a.end :].startswith(_JOINTS)]


_JOINTS = ("或", "和", "及", "与", "跟", " or ", " and ", " nor ")


@lru_cache(maxsize=1)
def _filler() -> re.Pattern[str]:
    words = sorted(vocabulary().lists["denied.filler"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}|[\s“”「」'\"\d])*")


def _owned_up(stage: Stage, anchor: Anchor) -> bool:
    """Whether it was only denied at first: 先前否認裁員 如今認了."""
    limit = stage.reply_end(anchor, 0)
    cues = stage.cues_in("rumoured.settled", anchor.end, limit)
    return any(
        stage.answers(anchor, c) and not stage.anchors_near(c.end, stage.scene.clause(c.start)[1])
        for c in cues
    )


def _after(stage: Stage, anchor: Anchor) -> bool:
    """Whether a later clause takes back what the anchor's clause says.

    After an announcement only its own sentence counts.
    """
    start = stage.clause_start(anchor)
    made = stage.cues_in("rumoured.announced", start, anchor.start) or stage.cues_in(
        "rumoured.decided", start, anchor.start
    )
    limit = stage.reply_end(anchor, 0 if made else None)
    for category in ("denied.after", "denied.object", "denied.absent"):
        for cue in stage.cues_in(category, anchor.end, limit):
            if category == "denied.object" and not _takes_back(stage, anchor, cue):
                continue
            if category == "denied.absent" and not _has_no_plan(stage, cue):
                continue
            if stage.answers(anchor, cue) and not _of_other_talk(stage, anchor, cue):
                return True
    return _goes_on_as_usual(stage, anchor, limit)


def _of_other_talk(stage: Stage, anchor: Anchor, cue: Cue) -> bool:
    """Whether only what is rumoured after the event is denied: 擴產計畫不變 外傳縮減並非事實."""
    if _is_talk(stage, anchor):
        return False
    talk = stage.cues_in("rumoured.talk", anchor.clause[1], cue.start)
    text = stage.scene.document.text
    return (
        bool(talk) and len(_reference().sub("", text[talk[-1].end : cue.start]).strip(_QUOTES)) > 1
    )


def _takes_back(stage: Stage, anchor: Anchor, cue: Cue) -> bool:
    """否認, 駁斥, 澄清: these do so where nothing else follows that is denied."""
    text = stage.scene.document.text
    rest = _reference().sub("", text[cue.end : stage.scene.clause(cue.end)[1]].strip())
    if text[cue.start : cue.end] in vocabulary().lists["denied.clarifying"]:
        colon = text[cue.end : cue.end + 1] == ":"
        return _is_talk(stage, anchor) if colon else not rest.strip()
    return not rest.strip() or text[cue.end : cue.end + 1] in _ENDS


def _has_no_plan(stage: Stage, cue: Cue) -> bool:
    """沒有, followed by nothing but a noun of planning: 目前沒有任何規劃."""
    text = stage.scene.document.text
    match = _plan().match(text, cue.end)
    if match is None:
        return False
    rest = text[match.end() : stage.scene.clause(match.end())[1]].strip(_QUOTES)
    return not rest or bool(_reference().fullmatch(rest))


@lru_cache(maxsize=1)
def _plan() -> re.Pattern[str]:
    lists = vocabulary().lists
    fillers, plans = lists["denied.absent_filler"], lists["denied.plans"]
    return re.compile(rf"(?:{_any(fillers)}|\s)*(?:{_any(plans)})")


@lru_cache(maxsize=1)
def _reference() -> re.Pattern[str]:
    return re.compile(_any(vocabulary().lists["denied.reference"]))


def _any(words: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _goes_on_as_usual(stage: Stage, anchor: Anchor, limit: int) -> bool:
    """Whether talk of trouble is answered by 一切正常."""
    if not _is_talk(stage, anchor):
        return False
    troubles = vocabulary().lists["denied.troubles"]
    if anchor.wording.kind not in troubles and direction(stage, anchor) is not Direction.DOWN:
        return False
    cues = stage.cues_in("denied.as_usual", anchor.end, limit)
    return any(stage.answers(anchor, cue) for cue in cues)


def _is_talk(stage: Stage, anchor: Anchor) -> bool:
    """Whether words of talk stand before it in its sentence."""
    start = stage.scene.document.sentences[anchor.number].start
    return any(stage.cues_in(name, start, anchor.end) for name in _TALK)
