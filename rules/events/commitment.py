"""How far the company has gone: whether it decided, only thinks of it, or leaves it open."""

from __future__ import annotations

import re
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.stage import Anchor, Cue, Stage

_JUST_BEFORE = 5  # folded characters before a verdict in which its being to come is said
_LATIN = 3  # times as many where the words are Latin
_QUESTION = 14  # folded characters between 是否 and the event


def is_decided(stage: Stage, anchor: Anchor, *, sentence: bool = False) -> bool:
    """Whether its clause (or ``sentence``) says before it that it was announced or decided."""
    start = stage.clause_start(anchor)
    if sentence:
        start = stage.scene.document.sentences[anchor.number].start
    cues = (
        *stage.cues_in("rumoured.announced", start, anchor.start),
        *stage.cues_in("rumoured.decided", start, anchor.start),
    )
    return any(is_made(stage, cue) for cue in cues)


def is_made(stage: Stage, cue: Cue) -> bool:
    """Whether what ``cue`` says was done: not 將宣布, 月底前敲定 or 尚未證實."""
    before = _before(stage, cue)
    return not _either("rumoured.pending", "rumoured.unmade").search(before)


def is_open(stage: Stage, anchor: Anchor) -> bool:
    """Whether its clause asks if it will happen (是否, whether), with no decision after that."""
    start = stage.clause_start(anchor)
    cues = stage.cues_in("rumoured.open", start, anchor.start)
    reach = _QUESTION * (_LATIN if stage.is_latin(anchor.start) else 1)
    if not cues or anchor.start - cues[-1].end > reach:
        return False
    after = stage.cues_in("rumoured.announced", cues[-1].end, anchor.start)
    return not any(is_made(stage, cue) for cue in after)


def is_thought(stage: Stage, anchor: Anchor) -> bool:
    """Whether it is only thought of, or said later to be still open or unanswered."""
    start = stage.clause_start(anchor)
    if stage.cues_in("rumoured.modal", start, anchor.start) or _perhaps(stage, anchor, start):
        return True
    public = anchor.wording.kind in vocabulary().lists["rumoured.public"]
    if not public and stage.cues_in("rumoured.worries", start, anchor.start):
        return True
    return _is_unsettled(stage, anchor)


def _perhaps(stage: Stage, anchor: Anchor, start: int) -> bool:
    """Whether 或 right after a name says perhaps (百度或分拆), not or (聯發科或高通)."""
    names = stage.scene.names_in
    return any(
        any(n.end == cue.start for n in names(max(start, cue.start - 20), cue.start))
        and all(n.start > cue.end for n in names(cue.end, cue.end + 20))
        for cue in stage.cues_in("rumoured.perhaps", start, anchor.start)
    )


def _is_unsettled(stage: Stage, anchor: Anchor) -> bool:
    """Whether a later clause says that it is open, is to be decided, or will not comment."""
    limit = stage.reply_end(anchor, 1)
    for category in ("rumoured.undecided", "rumoured.unanswered", "rumoured.verdicts"):
        for cue in stage.cues_in(category, anchor.end, limit):
            if category == "rumoured.verdicts" and not _is_deferred(stage, cue):
                continue
            if not stage.answers(anchor, cue) or _of_details(stage, anchor, cue):
                continue
            if _any_of("rumoured.done").search(stage.scene.document.text, anchor.end, cue.start):
                continue
            if cue.start < anchor.clause[1] or stage.ends_clause(cue.end):
                return True
    return False


def _is_deferred(stage: Stage, cue: Cue) -> bool:
    """Whether the verdict is to come, or has not been reached: 年底前拍板, 尚未拍板."""
    if _either("rumoured.deferring", "rumoured.unmade").search(_before(stage, cue)):
        return True
    start = max(stage.scene.clause(cue.start)[0], cue.start - _QUESTION)
    return bool(_not_yet().search(stage.scene.document.text, start, cue.start))


def _of_details(stage: Stage, anchor: Anchor, cue: Cue) -> bool:
    """Whether only a detail is open, in a clause of its own: 換股比例未定."""
    start, end = stage.scene.clause(cue.start)
    start = max(anchor.end, start)
    return bool(_any_of("rumoured.details").search(stage.scene.document.text, start, end))


def _before(stage: Stage, cue: Cue) -> str:
    """The few characters of the clause right before ``cue``."""
    reach = _JUST_BEFORE * (_LATIN if stage.is_latin(cue.start) else 1)
    start = max(stage.scene.clause(cue.start)[0], cue.start - reach)
    return stage.scene.document.text[start : cue.start]


def _either(left: str, right: str) -> re.Pattern[str]:
    return _any_of(left, right)


@lru_cache(maxsize=1)
def _not_yet() -> re.Pattern[str]:
    """還未做出最終建廠決議: those that also reach over other words."""
    words = [w for w in vocabulary().lists["rumoured.unmade"] if len(w) > 1 and not w.isascii()]
    return re.compile("|".join(map(re.escape, sorted(words))))


@lru_cache(maxsize=16)
def _any_of(*names: str) -> re.Pattern[str]:
    """Any word of the named lists; Latin ones whole."""
    words = {word for name in names for word in vocabulary().lists[name]}
    return re.compile("|".join(map(_whole, sorted(words, key=len, reverse=True))))


def _whole(word: str) -> str:
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)
