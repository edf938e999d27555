"""Whether an event is told as news or as history."""

from __future__ import annotations

import re

from rules.events.catalogue import vocabulary
from rules.events.stage import Anchor, Cue, Stage
from rules.sentences import Sentence

_OLD_MONTHS = 2
_PLANS = frozenset({"计划", "计画"})
_NOUN_ENDS = frozenset(",。;的 、")
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?年(?:\s?(\d{1,2})\s?月)?|(?:in|since|of) ((?:19|20)\d\d)(?!\d)"
)


def is_background(stage: Stage, anchor: Anchor) -> bool:
    """Whether the event is told as history: 曾, a past year, 三個月前, the last round."""
    if anchor.number not in stage.dated:
        return False
    sentence = stage.scene.document.sentences[anchor.number]
    if anchor.wording.kind == "price_move":
        return bool(stage.cues_in("background.results_words", sentence.start, anchor.start))
    results = anchor.wording.kind in vocabulary().lists["background.results"]
    start = _since(stage, anchor, sentence)
    clause = anchor.clause[0]
    category = "background.results_words" if results else "background.words"
    if stage.cues_in(category, max(start, clause), anchor.start):
        return True
    if not results and not _opens_anew(stage, clause):
        earlier = stage.cues_in(category, start, clause)
        if any(not _dates_results(stage, cue) for cue in earlier):
            return True
    return _past_year(stage, anchor, start, results)


def _dates_results(stage: Stage, cue: Cue) -> bool:
    """Whether it only says which year's results are meant: 通過去年盈餘分派案."""
    results = vocabulary().lists["background.results"]
    return any(a.wording.kind in results for a in stage.anchors_near(cue.end, cue.end + 3))


def _opens_anew(stage: Stage, clause: int) -> bool:
    """Whether the clause follows a blank, as the parts of a headline do, and not a comma."""
    return clause > 0 and stage.scene.document.text[clause - 1] == " "


def _since(stage: Stage, anchor: Anchor, sentence: Sentence) -> int:
    """Where the present began again in this sentence, before the event."""
    now = stage.cues_in("background.now", sentence.start, anchor.start)
    words = stage.cues_in("background.words", sentence.start, anchor.start)
    latest: Cue | None = None
    text = stage.scene.document.text
    for cue in now:
        if text[cue.start : cue.end] in _PLANS and text[cue.end : cue.end + 1] in _NOUN_ENDS:
            continue  # 一項合作計畫,
        if not any(w.start <= cue.start and cue.end <= w.end for w in words):
            latest = cue
    return latest.end if latest else sentence.start


def _past_year(stage: Stage, anchor: Anchor, start: int, results: bool) -> bool:
    at = stage.scene.document.article.at
    text = stage.scene.document.text
    found = None
    for match in _YEAR.finditer(text, start, anchor.start):
        found = match
    if found is None:
        return False
    year, month = int(found[1] or found[3]), int(found[2] or 12)
    before = text[max(start, found.start() - 2) : found.start()]
    if any(word in before for word in ("较", "比", "至", "到", "从")):
        return False
    age = (at.year - year) * 12 + at.month - month
    if results:
        return age > 18
    return age >= _OLD_MONTHS and year <= at.year
