"""What the scanner found, sorted out: the places that tell of events, and the cues by category."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from rules.events.catalogue import Pattern, Wording, vocabulary
from rules.events.scene import Scene
from rules.model import Direction
from rules.scan import Hit

_YEAR = re.compile(r"(?:19|20)\d\d")


_NONE: frozenset[str] = frozenset()
_LONGEST = 40  # folded characters of a word that silences others inside it
_PERSONAL = 3  # different words of a forum that make a text its writer's own


_DOUBTS = (
    *("rumoured.sources", "rumoured.talk", "rumoured.alone", "rumoured.anywhere"),
    *("rumoured.speakers", "rumoured.modal", "rumoured.open", "rumoured.undecided"),
    *(
        "rumoured.verdicts",
        "rumoured.unanswered",
        "rumoured.settled",
        "rumoured.worries",
        "rumoured.perhaps",
    ),
    *("denied.after", "denied.object", "denied.absent"),
)
DENIED_WITHIN = 2  # sentences after the event's own in which it may be denied
_TIMES = tuple(f"background.{name}" for name in ("words", "results_words", "ago", "gone"))
_TRAILER, _LATIN_TRAILER = 1, 9  # folded characters that may follow the last word of a clause
_NEAR = 24  # folded characters; so near an answer may be another company's word on it


class Anchor(NamedTuple):
    """Words at ``[start, end)`` that tell of an event; their first part ends at ``head_end``.

    ``clause`` is the range of the clause they stand in, ``number`` that of their sentence.
    """

    start: int
    end: int
    head_end: int
    wording: Wording
    clause: tuple[int, int]
    number: int


Cue: TypeAlias = Hit  # a cue word at ``[start, end)`` of the folded text


class Way(NamedTuple):
    """A word at ``[start, end)`` that says which way something went."""

    start: int
    end: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class Stage:
    """The scene with its anchors in order, its cues by category and its words of direction.

    ``starts`` are those of the anchors, ``way_starts`` those of the ways. ``dated`` are the numbers
    of the sentences that may tell of an earlier time, ``doubted`` of those in which something may
    be talk or denied by what follows. ``directions`` and ``cue_starts`` remember
    what was worked out before.
    """

    scene: Scene
    anchors: tuple[Anchor, ...]
    starts: Sequence[int]
    cues: Mapping[str, Sequence[Cue]]
    ways: Sequence[Way]
    way_starts: Sequence[int]
    dated: frozenset[int]
    doubted: frozenset[int]
    cue_starts: dict[str, list[int]] = field(default_factory=dict)
    directions: dict[tuple[int, int, int], Direction | None] = field(default_factory=dict)

    def cues_in(self, category: str, start: int, end: int) -> Sequence[Cue]:
        """The cues of ``category`` that stand wholly in ``[start, end)``."""
        cues = self.cues.get(category)
        if not cues:
            return ()
        starts = self.cue_starts.get(category)
        if starts is None:
            starts = self.cue_starts[category] = [cue.start for cue in cues]
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        if first == last:
            return ()
        return [cue for cue in cues[first:last] if cue.end <= end]

    @property
    def is_personal(self) -> bool:
        """Whether somebody writes of himself, as in a forum, and not a newsroom of others."""
        cues = self.cues.get("telling.personal", ())
        return len({self.scene.document.text[c.start : c.end] for c in cues}) >= _PERSONAL

    def ways_in(self, start: int, end: int) -> Sequence[Way]:
        """The words of direction that stand wholly in ``[start, end)``."""
        first = bisect_left(self.way_starts, start)
        last = bisect_left(self.way_starts, end, first)
        return [w for w in self.ways[first:last] if w.end <= end]

    def anchors_near(self, start: int, end: int) -> Sequence[Anchor]:
        """The anchors that begin in ``[start, end)``."""
        first = bisect_left(self.starts, start)
        return self.anchors[first : bisect_left(self.starts, end, first)]

    def is_latin(self, position: int) -> bool:
        """Whether it is English that stands there, which takes more letters to say a thing."""
        return self.scene.document.text[position].isascii()

    def clause_start(self, anchor: Anchor) -> int:
        """Where the clause of ``anchor`` begins within its sentence."""
        return max(anchor.clause[0], self.scene.document.sentences[anchor.number].start)

    def reply_end(self, anchor: Anchor, within: int | None = None) -> int:
        """Where what answers to ``anchor`` must end: with the headline, or ``within`` sentences."""
        document = self.scene.document
        if document.in_title(anchor.start):
            return document.title_end
        within = DENIED_WITHIN if within is None else within
        return document.sentences[min(anchor.number + within, len(document.sentences) - 1)].end

    def answers(self, anchor: Anchor, cue: Cue) -> bool:
        """Whether ``cue``, which stands after ``anchor``, speaks of it.

        Nobody else may have begun to speak of another thing between them.
        """
        if self.other_between(anchor, anchor.end, cue.start):
            return False
        if cue.start < anchor.clause[1] or cue.start - anchor.end <= _NEAR:
            return True
        mine = {n.symbol for n in self.scene.names_in(anchor.clause[0], anchor.end)}
        return not mine or all(n.symbol in mine for n in self.scene.names_in(anchor.end, cue.start))

    def ends_clause(self, position: int) -> bool:
        """Whether next to nothing follows ``position`` in its clause."""
        rest = self.scene.clause(position)[1] - position
        return rest <= (_LATIN_TRAILER if self.is_latin(position - 1) else _TRAILER)

    def other_between(self, anchor: Anchor, start: int, end: int) -> bool:
        """Whether words of another kind of event stand in ``[start, end)``."""
        kind = anchor.wording.kind
        return any(a.end <= end and a.wording.kind != kind for a in self.anchors_near(start, end))


def stage(scene: Scene) -> Stage:
    """Sort out the scanner's hits for events."""
    blocks: list[tuple[int, int, frozenset[str]]] = []
    heads: list[tuple[int, int, tuple[Wording, ...]]] = []
    cues: defaultdict[str, list[Cue]] = defaultdict(list)
    ways: list[Way] = []
    mutes: list[tuple[int, int, tuple[str, ...]]] = []
    for hit, pattern in _hits(scene):
        for category in pattern.cues:
            cues[category].append(hit)
        if pattern.only_cues:
            continue
        start, end, _ = hit
        if pattern.way is not None:
            ways.append(Way(start, end, pattern.way))
        if pattern.mutes:
            mutes.append((start, end, pattern.mutes))
        if pattern.blocks:
            blocks.append((start, end, pattern.blocks))
        if pattern.wording:
            heads.append((start, end, pattern.wording))
    ways = _mute(cues, ways, mutes)
    anchors = _without_repeats(scene, _anchors(scene, heads, blocks))
    return Stage(
        scene,
        tuple(anchors),
        [anchor.start for anchor in anchors],
        cues,
        ways,
        [way.start for way in ways],
        frozenset(_dated(scene, cues)),
        frozenset([scene.sentence_number(c.start) for name in _DOUBTS for c in cues.get(name, ())]),
    )


def _hits(scene: Scene) -> list[tuple[Hit, Pattern]]:
    """The scanner's hits in order, without those that are only parts of something else.

    A word inside a company's name (遠傳), or that cuts a piece off it (特斯拉漲), says nothing.
    """
    patterns = vocabulary().patterns
    text, named = scene.document.text, scene.named
    starts = (*scene.starts, len(text) + 1)
    following, opened, closed = 0, 0, 0  # the name after the hit; where the one before it lies
    found = []
    for hit in sorted(scene.document.hits.get("events", ())):
        start, end, word = hit
        while starts[following] <= start:
            opened, closed, _ = named[following]
            following += 1
        if start < closed and (end <= closed or start > opened):
            continue
        if starts[following] < end < named[following].end:
            continue
        pattern = patterns[word]
        if pattern.bounded and _runs_on(text, start, end, pattern):
            continue
        found.append((hit, pattern))
    return found


def _runs_on(text: str, start: int, end: int, pattern: Pattern) -> bool:
    """Whether a Latin word or a number goes on before or after: 2023年前 is not 3年前."""
    if pattern.opens and _latin(text, start - 1):
        return True
    if pattern.closes and _latin(text, end):
        return True
    return text[start].isdigit() and text[start - 1 : start].isdigit()


def _mute(
    cues: dict[str, list[Cue]], ways: list[Way], mutes: Sequence[tuple[int, int, tuple[str, ...]]]
) -> list[Way]:
    """Take the cues that are only parts of longer words out of ``cues``, and out of ``ways``."""
    for category in {category for _, _, muted in mutes for category in muted}:
        longer = [(low, high) for low, high, muted in mutes if category in muted]
        if category == "direction":
            ways = [way for way in ways if not _inside(way, longer)]
        elif category in cues:
            cues[category] = [cue for cue in cues[category] if not _inside(cue, longer)]
    return ways


def _inside(cue: Cue | Way, longer: Sequence[tuple[int, int]]) -> bool:
    """Whether ``cue`` is only a part of a longer word: 無 in 無預警, 減 in 減資."""
    return any(low <= cue.start and cue.end <= high for low, high in longer)


def _dated(scene: Scene, cues: Mapping[str, Sequence[Cue]]) -> Iterator[int]:
    for category in _TIMES:
        for cue in cues.get(category, ()):
            yield scene.sentence_number(cue.start)
    for match in _YEAR.finditer(scene.document.text):
        yield scene.sentence_number(match.start())


def _latin(text: str, place: int) -> bool:
    return 0 <= place < len(text) and "a" <= text[place] <= "z"


def _anchors(
    scene: Scene,
    heads: Sequence[tuple[int, int, tuple[Wording, ...]]],
    blocks: Sequence[tuple[int, int, frozenset[str]]],
) -> list[Anchor]:
    found = []
    text = scene.document.text
    for start, head_end, several in heads:
        clause, number, silenced = None, 0, _NONE
        for wording in several:
            end = head_end
            if wording.tail is not None:
                match = wording.tail.search(text, head_end, head_end + wording.gap + 1)
                if match is None:
                    continue
                end = match.end()
            if clause is None:
                clause, number = scene.clause(start), scene.sentence_number(start)
                silenced = _silenced(blocks, start, head_end)
            # The tail must stand in the same clause.
            if end <= clause[1] + 1 and wording.kind not in silenced:
                found.append(Anchor(start, end, head_end, wording, clause, number))
    found.sort(key=_by_place)
    return found


def _by_place(anchor: Anchor) -> tuple[int, int]:
    return anchor.start, -anchor.end


def _silenced(
    blocks: Sequence[tuple[int, int, frozenset[str]]], start: int, end: int
) -> frozenset[str]:
    """The kinds that the words at ``[start, end)`` do not tell of inside a longer word."""
    silenced = _NONE
    for number in range(bisect_left(blocks, (start + 1, 0, _NONE)) - 1, -1, -1):
        low, high, kinds = blocks[number]
        if low < start - _LONGEST:
            break
        if high >= end:
            silenced |= kinds
    return silenced


def _without_repeats(scene: Scene, anchors: list[Anchor]) -> list[Anchor]:
    """Of equal words in one clause with no name between them only the first says anything."""
    kept: dict[str, Anchor] = {}
    result = []
    for anchor in anchors:
        key = anchor.wording.family
        last = kept.get(key)
        if last is not None and _repeats(scene, last, anchor):
            continue
        kept[key] = anchor
        result.append(anchor)
    return result


def _repeats(scene: Scene, last: Anchor, anchor: Anchor) -> bool:
    if anchor.start >= last.clause[1]:
        return False
    return bisect_left(scene.starts, last.start) == bisect_left(scene.starts, anchor.start)
