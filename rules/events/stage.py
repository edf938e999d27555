"""What the scanner found, sorted out: the places that tell of events, and the cues by category."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rules.events.catalogue import Vocabulary, Wording, vocabulary
from rules.events.scene import Scene
from rules.model import Direction
from rules.scan import Hit


class Anchor(NamedTuple):
    """Words at ``[start, end)`` that tell of an event; their first part ends at ``head_end``."""

    start: int
    end: int
    head_end: int
    wording: Wording


class Cue(NamedTuple):
    """A cue word at ``[start, end)`` of the folded text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stage:
    """The scene with its anchors in order and its cues by category, in order."""

    scene: Scene
    anchors: tuple[Anchor, ...]
    starts: tuple[int, ...]
    cues: Mapping[str, tuple[Cue, ...]]

    def cues_in(self, category: str, start: int, end: int) -> tuple[Cue, ...]:
        """The cues of ``category`` that stand wholly in ``[start, end)``."""
        found = self.cues.get(category)
        if found is None:
            return ()
        # (start,) sorts before every cue that begins there.
        first = bisect_left(found, (start,))
        last = bisect_left(found, (end,), first)
        if first == last:
            return ()
        return tuple(c for c in found[first:last] if c.end <= end)

    def anchors_near(self, start: int, end: int) -> tuple[Anchor, ...]:
        """The anchors that begin in ``[start, end)``."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        return self.anchors[first:last]

    def other_between(self, anchor: Anchor, start: int, end: int) -> bool:
        """Whether words of another kind of event stand in ``[start, end)``."""
        return any(
            start <= a.start and a.end <= end and a.wording.kind != anchor.wording.kind
            for a in self.anchors
        )


def stage(scene: Scene) -> Stage:
    """Sort out the scanner's hits for events."""
    words = vocabulary()
    text = scene.document.text
    hits = sorted(scene.document.hits.get("events", ()))
    hits = [hit for hit in hits if _whole(text, hit)]
    blocks = [hit for hit in hits if hit.pattern in words.blocked]
    anchors: list[Anchor] = []
    cues: dict[str, list[Cue]] = {}
    for hit in hits:
        for category in words.cues.get(hit.pattern, ()):
            cues.setdefault(category, []).append(Cue(hit.start, hit.end))
        anchors.extend(_anchors(scene, hit, blocks, words))
    anchors = _without_repeats(scene, anchors)
    starts = tuple(anchor.start for anchor in anchors)
    return Stage(
        scene, tuple(anchors), starts, {name: tuple(found) for name, found in cues.items()}
    )


def _without_repeats(scene: Scene, anchors: list[Anchor]) -> list[Anchor]:
    """Of equal words in one clause with no name between them only the first says anything."""
    kept: dict[tuple[str, Direction | None, frozenset[str]], Anchor] = {}
    result = []
    for anchor in sorted(anchors, key=lambda a: (a.start, -a.end)):
        key = (anchor.wording.kind, anchor.wording.direction, anchor.wording.needs)
        last = kept.get(key)
        if last is not None and _repeats(scene, last, anchor):
            continue
        kept[key] = anchor
        result.append(anchor)
    return result


def _repeats(scene: Scene, last: Anchor, anchor: Anchor) -> bool:
    if anchor.start >= scene.clause(last.start)[1]:
        return False
    return bisect_left(scene.starts, last.start) == bisect_left(scene.starts, anchor.start)


def _anchors(scene: Scene, hit: Hit, blocks: list[Hit], words: Vocabulary) -> list[Anchor]:
    found = []
    for wording in words.wording.get(hit.pattern, ()):
        end = _reach(scene, hit, wording) if wording.tails else hit.end
        if end and not _blocked(hit, end, wording.kind, blocks, words):
            found.append(Anchor(hit.start, end, hit.end, wording))
    return found


def _blocked(hit: Hit, end: int, kind: str, blocks: list[Hit], words: Vocabulary) -> bool:
    return any(
        block.start <= hit.start < block.end
        and block.end >= min(hit.end, end)
        and kind in words.blocked[block.pattern]
        for block in blocks
    )


def _reach(scene: Scene, hit: Hit, wording: Wording) -> int:
    """Where the nearest of the wording's tails ends, 0 if none is near."""
    text = scene.document.text
    window = text[hit.end : hit.end + wording.gap + 1]
    places = [(window.find(tail), tail) for tail in wording.tails if tail in window]
    if not places:
        return 0
    limit = min(hit.end + wording.gap, scene.clause(hit.start)[1])
    best = 0
    for place, tail in places:
        start = hit.end + place
        end = start + len(tail)
        if (best == 0 or end < best) and end <= limit + 1 and _whole(text, Hit(start, end, tail)):
            best = end
    return best


def _whole(text: str, hit: Hit) -> bool:
    """Whether Latin letters of the hit are not part of a longer word."""
    if (
        hit.pattern[0].isascii()
        and hit.start
        and _latin(hit.pattern[0])
        and _latin(text[hit.start - 1])
    ):
        return False
    return not (_latin(hit.pattern[-1]) and hit.end < len(text) and _latin(text[hit.end]))


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
