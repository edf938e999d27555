"""Denials that follow what they deny, in a later clause or sentence: 傳裁員 聯發科:並非事實."""

from __future__ import annotations

import re
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.stage import Anchor, Cue, Stage

DENIED_WITHIN = 2  # sentences after the event's own
_ENDS = frozenset("。!?;:\n,…")


def denied_after(stage: Stage, anchor: Anchor, clause_end: int, decided: bool) -> bool:
    """Whether a later clause takes back what the anchor's clause says.

    ``decided`` where that clause says that it was announced: then only its own sentence counts.
    """
    scene = stage.scene
    number = anchor.number
    sentences = scene.document.sentences
    limit = sentences[number].end
    if scene.document.in_title(anchor.start):
        limit = scene.document.title_end
    elif not decided:
        limit = sentences[min(number + DENIED_WITHIN, len(sentences) - 1)].end
    for category in ("denied.after", "denied.object"):
        for cue in stage.cues_in(category, anchor.end, limit):
            if stage.other_between(anchor, anchor.end, cue.start):
                continue
            if category == "denied.object" and not _takes_back(stage, cue):
                continue
            if cue.start < clause_end or _replies(stage, anchor, cue):
                return True
    return False


def _replies(stage: Stage, anchor: Anchor, cue: Cue) -> bool:
    """Whether nobody else has begun to speak of another thing between the event and the denial."""
    names = stage.scene.names_in(anchor.end, cue.start)
    mine = {n.symbol for n in stage.scene.names_in(anchor.clause[0], anchor.end)}
    return not mine or all(n.symbol in mine for n in names) or cue.start - anchor.end <= _NEAR


_NEAR = 24  # folded characters; so near a denial may be another company's word on it


def _takes_back(stage: Stage, cue: Cue) -> bool:
    """否認, 駁斥, 澄清: these do so where nothing else follows that is denied."""
    text = stage.scene.document.text
    rest = _reference().sub("", text[cue.end : stage.scene.clause(cue.end)[1]].strip())
    return not rest.strip() or text[cue.end : cue.end + 1] in _ENDS


@lru_cache(maxsize=1)
def _reference() -> re.Pattern[str]:
    words = sorted(vocabulary().lists["denied.reference"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))
