"""Who says so: talk without a source, others than the company, or in the end the company itself."""

from __future__ import annotations

import re
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.commitment import is_made
from rules.events.stage import Anchor, Cue, Stage

_SAYS = 7  # folded characters between a speaker and what he does: 外媒引述消息來源報導
_LATIN = 4
_TRAILING = 48  # folded characters that may follow "…, Reuters reported"
_OPENING = 3
_TALK = ("rumoured.sources", "rumoured.talk")


def is_talk(stage: Stage, anchor: Anchor) -> bool:
    """Whether it is only talk: 據傳, 知情人士, reportedly; and nobody has owned up to it."""
    if not _is_told_so(stage, anchor):
        return False
    return not is_settled(stage, anchor)


def _is_told_so(stage: Stage, anchor: Anchor) -> bool:
    scene = stage.scene
    sentence = scene.document.sentences[anchor.number]
    start, end = stage.clause_start(anchor), anchor.clause[1]
    if any(stage.cues_in(name, sentence.start, sentence.end) for name in _TALK):
        return True
    results = anchor.wording.kind in vocabulary().lists["rumoured.results"]
    if not results and (
        stage.cues_in("rumoured.anywhere", start, end)
        or _tail().match(scene.document.text, anchor.end)
    ):
        return True
    if _lone_rumour(stage, start, anchor.start):
        return True
    if results or not scene.in_headline(anchor.start) or scene.names_in(start, anchor.start):
        return False
    return _lone_rumour(stage, sentence.start, anchor.start)  # 傳福斯降成本 CEO有意裁員


def is_settled(stage: Stage, anchor: Anchor) -> bool:
    """Whether the talk turned out to be so: the company owned up to it, or announced it."""
    sentence = stage.scene.document.sentences[anchor.number]
    limit = stage.reply_end(anchor, 1)
    for cue in stage.cues_in("rumoured.settled", sentence.start, limit):
        if is_made(stage, cue) and not _by_sources(stage, cue) and _speaks_of(stage, anchor, cue):
            return True
    sources = stage.cues_in("rumoured.sources", sentence.start, sentence.end)
    talk = stage.cues_in("rumoured.talk", sentence.start, sentence.end)
    if sources or not talk:
        return False
    return any(
        is_made(stage, cue) and stage.scene.clause(cue.start)[0] > talk[0].start
        for cue in stage.cues_in("rumoured.announced", talk[0].end, anchor.start)
    )


def _by_sources(stage: Stage, cue: Cue) -> bool:
    """Whether sources confirm it, which is talk still: 知情人士證實."""
    return bool(stage.cues_in("rumoured.sources", cue.start - 8, cue.start))


def _speaks_of(stage: Stage, anchor: Anchor, cue: Cue) -> bool:
    """Whether what is owned up to is this event, not another kind of."""
    kind = anchor.wording.kind
    if cue.end <= anchor.start:
        between = stage.anchors_near(cue.end, anchor.start)
        same = stage.scene.clause(cue.start) == anchor.clause
        return same or all(a.wording.kind == kind for a in between)
    following = stage.anchors_near(cue.end, stage.scene.clause(cue.start)[1])
    if following and all(a.wording.kind != kind for a in following):
        return False
    sentence = stage.scene.document.sentences[anchor.number]
    return stage.answers(anchor, cue) if cue.start >= sentence.end else True


def is_attributed(stage: Stage, anchor: Anchor, symbols: tuple[str, ...]) -> bool:
    """Whether it is others who say so: 外媒報導, 法人估, 高盛:, "…, Reuters reported"."""
    if anchor.wording.kind in vocabulary().lists["rumoured.public"]:
        return False
    sentence = stage.scene.document.sentences[anchor.number]
    for _, end in _speakers(stage, symbols, sentence.start, anchor.start):
        said = _says(stage, end, anchor.start)
        if said and _governs(stage, said, anchor):
            return True
    return any(
        _trails(stage, start, end)
        for start, end in _speakers(stage, symbols, anchor.end, sentence.end)
    )


def _speakers(
    stage: Stage, symbols: tuple[str, ...], start: int, end: int
) -> list[tuple[int, int]]:
    """Those who may speak of others there: press, analysts, and houses that are not ``symbols``."""
    found = [(cue.start, cue.end) for cue in stage.cues_in("rumoured.speakers", start, end)]
    brokers = vocabulary().lists["scope.brokers"]
    houses = (n for n in stage.scene.names_in(start, end) if n.symbol in brokers)
    return found + [(n.start, n.end) for n in houses if n.symbol not in symbols]


def _says(stage: Stage, start: int, limit: int) -> int:
    """Where a verb of saying right after ``start`` ends; 0 where there is none before ``limit``."""
    latin = stage.is_latin(start - 1)
    clause_end = stage.scene.clause(start - 1)[1]
    reach = min(start + _SAYS * (_LATIN if latin else 1), clause_end + 1, limit)
    text = stage.scene.document.text
    for match in _speech().finditer(text, start, reach):
        if len(match[0]) > 1 or match[0] == ":" or match.start() == start:
            return match.end()
    return 0


def _governs(stage: Stage, said: int, anchor: Anchor) -> bool:
    """Whether what is said is the event: no other's part of a headline begins between."""
    if said > anchor.start:
        return False
    start = stage.clause_start(anchor)
    named = bool(stage.scene.names_in(start, anchor.start))
    return not (named and stage.scene.parts_between(said, anchor.start))


def _trails(stage: Stage, start: int, end: int) -> bool:
    """Whether a clause says only who said it: …, Reuters reported on Friday."""
    opens, closes = stage.scene.clause(start)
    if start - opens > _OPENING:
        return False
    said = _says(stage, end, closes)
    if stage.is_latin(start):
        return closes - (said or end) <= (_TRAILING if said else 1)  # … - Reuters
    return bool(said) and closes - said <= 1


@lru_cache(maxsize=1)
def _speech() -> re.Pattern[str]:
    words = sorted(vocabulary().lists["rumoured.speech"], key=len, reverse=True)
    return re.compile(
        "|".join(rf"\b{w}\b" if w.isascii() and w.isalpha() else re.escape(w) for w in words)
    )


@lru_cache(maxsize=1)
def _tail() -> re.Pattern[str]:
    words = sorted(vocabulary().lists["rumoured.tails"], key=len, reverse=True)
    return re.compile(r"\s?(?:" + "|".join(map(re.escape, words)) + r")(?![明服法])")


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
