"""Whether an event is told as fact, rumour or denial, as news or as history, and which way."""

from __future__ import annotations

import re
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.stage import Anchor, Cue, Stage
from rules.model import Direction, Stance
from rules.sentences import Sentence

_DENIAL_REACH = 16
_DIRECTION_REACH = 18
_NEXT_CLAUSE = 6
_OLD_MONTHS = 2
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?年(?:\s?(\d{1,2})\s?月)?|(?:in|since|of) ((?:19|20)\d\d)(?!\d)"
)


def stance(stage: Stage, anchor: Anchor, sentence: Sentence) -> Stance:
    """How the sentence says it: denied, rumoured or (where nothing says otherwise) confirmed."""
    start, end = stage.scene.clause(anchor.start)
    start = max(start, sentence.start)
    if _denied_before(stage, anchor, start) or _denied_after(stage, anchor, sentence, end):
        return Stance.DENIED
    if stage.cues_in("rumoured.sentence", sentence.start, sentence.end):
        return Stance.RUMOURED
    if _lone_rumour(stage, start, anchor.start):
        return Stance.RUMOURED
    doubts = stage.cues_in("rumoured.clause", start, anchor.start)
    decided = stage.cues_in("rumoured.decided", start, anchor.start)
    if doubts and not decided and anchor.wording.kind not in _RESULTS:
        return Stance.RUMOURED
    return Stance.CONFIRMED


_RESULTS = frozenset({"guidance", "dividend", "price_move", "earnings", "revenue"})


def _denied_before(stage: Stage, anchor: Anchor, start: int) -> bool:
    text = stage.scene.document.text
    neutral = stage.cues_in("denied.neutral", start, anchor.start)
    for cue in stage.cues_in(
        "denied.before", max(start, anchor.start - _DENIAL_REACH * 2), anchor.start
    ):
        if any(n.start <= cue.start and cue.end <= n.end for n in neutral):
            continue
        if _filler().fullmatch(text[cue.end : anchor.start]):
            return True
    return False


def _denied_after(stage: Stage, anchor: Anchor, sentence: Sentence, end: int) -> bool:
    limit = min(sentence.end, stage.scene.clause(end + 1)[1] if end < sentence.end else end)
    cues = stage.cues_in("denied.after", anchor.end, limit)
    if not cues:
        return False
    return not stage.other_between(anchor, anchor.end, limit)


@lru_cache(maxsize=1)
def _filler() -> re.Pattern[str]:
    words = sorted(vocabulary().lists["denied.filler"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}|[\s“”「」'\"])*")


def _lone_rumour(stage: Stage, start: int, end: int) -> bool:
    text, scene = stage.scene.document.text, stage.scene
    for cue in stage.cues_in("rumoured.alone", start, end):
        beside = any(
            abs(n.end - cue.start) <= 1 or abs(n.start - cue.end) <= 1
            for n in scene.names_in(cue.start - 20, cue.end + 20)
        )
        if cue.end == end:
            return True
        opens = cue.start == start or not text[start : cue.start].strip(" 〈〉[]【】「」")
        if (opens or beside) and text[cue.end : cue.end + 1] not in "统真奇输产动播感承媒染递唤家":
            return True
    return False


def is_background(stage: Stage, anchor: Anchor, sentence: Sentence) -> bool:
    """Whether the event is told as history: 曾, a past year, 三個月前, the last round."""
    if anchor.wording.kind == "price_move":
        return bool(stage.cues_in("background.results_words", sentence.start, anchor.start))
    results = anchor.wording.kind in vocabulary().lists["background.results"]
    start = _since(stage, anchor, sentence)
    clause = stage.scene.clause(anchor.start)[0]
    category = "background.results_words" if results else "background.words"
    if stage.cues_in(category, max(start, clause), anchor.start):
        return True
    earlier = (
        () if results or _opens_anew(stage, clause) else stage.cues_in(category, start, clause)
    )
    if earlier:
        return True
    return _past_year(stage, anchor, start, results)


def _opens_anew(stage: Stage, clause: int) -> bool:
    """Whether the clause follows a blank, as the parts of a headline do, and not a comma."""
    return clause > 0 and stage.scene.document.text[clause - 1] == " "


def _since(stage: Stage, anchor: Anchor, sentence: Sentence) -> int:
    """Where the present began again in this sentence, before the event."""
    now = stage.cues_in("background.now", sentence.start, anchor.start)
    words = stage.cues_in("background.words", sentence.start, anchor.start)
    latest: Cue | None = None
    for cue in now:
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


def direction(stage: Stage, anchor: Anchor, sentence: Sentence) -> Direction | None:
    """Which way it went: by its own words, or by the nearest word of direction in its clause."""
    if anchor.wording.direction is not None:
        return anchor.wording.direction
    if anchor.wording.kind not in vocabulary().lists["direction.kinds"]:
        return None
    start, end = stage.scene.clause(anchor.start)
    following = next(
        (
            a.start
            for a in stage.anchors
            if a.start >= anchor.end and a.wording.kind != anchor.wording.kind
        ),
        end,
    )
    best: tuple[int, Direction] | None = None
    for name in Direction:
        for cue in stage.cues_in(
            f"direction.{name.value}",
            max(start, anchor.start - _DIRECTION_REACH),
            min(end, anchor.end + _DIRECTION_REACH),
        ):
            cost = _cost(anchor, cue, following)
            if best is None or cost < best[0]:
                best = (cost, name)
    return best[1] if best else _direction_after(stage, anchor, sentence, end)


def _direction_after(
    stage: Stage, anchor: Anchor, sentence: Sentence, end: int
) -> Direction | None:
    """The direction that the next clause opens with: 营收2134亿美元,年增14%."""
    if end >= sentence.end or any(
        a.wording.kind != anchor.wording.kind for a in stage.anchors_near(anchor.end, end + 4)
    ):
        return None
    limit = min(sentence.end, end + _NEXT_CLAUSE)
    found = [
        (cue.start, -cue.end, name)
        for name in Direction
        for cue in stage.cues_in(f"direction.{name.value}", end, limit)
    ]
    return min(found)[2] if found else None


def _cost(anchor: Anchor, cue: Cue, following: int) -> int:
    """Nearness; what follows the event's words says more than what comes before them."""
    if cue.start >= anchor.end:
        return (
            2 * (cue.start - anchor.end)
            + (20 if cue.start >= following else 0)
            - (cue.end - cue.start)
        )
    if cue.end <= anchor.start:
        return 2 * (anchor.start - cue.end) + 6 - (cue.end - cue.start)
    return -10 - (cue.end - cue.start)
