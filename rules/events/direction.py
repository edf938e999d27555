"""Which way an event went."""

from __future__ import annotations

from rules.events.catalogue import vocabulary
from rules.events.stage import Anchor, Stage, Way
from rules.model import Direction

_REACH = 18  # folded characters
_NEXT_CLAUSE = 6
_NEXT_WORD = 5


def direction(stage: Stage, anchor: Anchor) -> Direction | None:
    """Which way it went: by its own words, or by the nearest word of direction in its clause."""
    if anchor.wording.direction is not None:
        return anchor.wording.direction
    if anchor.wording.kind not in vocabulary().lists["direction.kinds"]:
        return None
    key = (anchor.start, anchor.end, id(anchor.wording))
    if key not in stage.directions:
        stage.directions[key] = _direction(stage, anchor)
    return stage.directions[key]


def _direction(stage: Stage, anchor: Anchor) -> Direction | None:
    kind = anchor.wording.kind
    start, end = anchor.clause
    following = next(
        (a.start for a in stage.anchors_near(anchor.end, end) if a.wording.kind != kind), end
    )
    latin = stage.scene.document.text[anchor.start].isascii()
    reach = _REACH * (2 if latin else 1)  # English says the same in twice the letters
    names = stage.scene.names_in  # A設廠、B下修展望: a name parts what is said of others
    near = stage.ways_in(max(start, anchor.start - reach), min(end, anchor.end + reach))
    if stage.scene.named:
        near = [w for w in near if not names(*_between(anchor, w))]
    if not near:
        return _direction_after(stage, anchor, end) or anchor.wording.usually
    best = min(near, key=lambda way: (_cost(anchor, way, following), _ORDER[way.direction]))
    return best.direction


def _between(anchor: Anchor, way: Way) -> tuple[int, int]:
    """The range between the event's words and a word of direction after them; else nothing."""
    return (anchor.end, way.start) if way.start >= anchor.end else (way.end, way.end)


_ORDER = {way: number for number, way in enumerate(Direction)}


def _direction_after(stage: Stage, anchor: Anchor, end: int) -> Direction | None:
    """The direction that the next clause opens with: 营收2134亿美元,年增14%."""
    scene = stage.scene
    sentence = scene.document.sentences[anchor.number]
    if end >= sentence.end:
        return None
    if any(a.wording.kind != anchor.wording.kind for a in stage.anchors_near(anchor.end, end + 4)):
        return None
    latin = scene.document.text[anchor.start].isascii()
    limit = min(sentence.end, end + _NEXT_CLAUSE * (2 if latin else 1))
    narrow = anchor.wording.usually is not None
    if scene.document.text[end] == " " and narrow:
        limit = min(limit, end + _NEXT_WORD)  # 擴產計畫 延至明年, but not 新廠投產 面板報價下滑
    if scene.document.text[end] == " ":  # a headline's next part, of the same thing if of no other
        part = scene.clause(end + 1)[1]
        if scene.names_in(end, part) or stage.anchors_near(end, part):
            return None
        limit = min(limit if narrow else sentence.end, part)
    found = stage.ways_in(end, limit)
    return min(found, key=lambda way: (way.start, -way.end)).direction if found else None


def _cost(anchor: Anchor, cue: Way, following: int) -> int:
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
