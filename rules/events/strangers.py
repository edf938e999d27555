"""Actors that no exchange lists: 建商, the government, a customer, a company nobody trades.

Without them an event of theirs would fall to whichever listed company the article names besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.scene import Named, Scene
from rules.events.stage import Cue, Stage

_LATIN_NAME = re.compile(r"(?<![a-z0-9.])[a-z][a-z&.]{2,18}$")
_NOT_ACTORS = frozenset({"ceo", "cfo", "coo", "cto", "eps", "capex", "aws", "azure", "ipo", "gpu"})
_LONGEST = 10
_MODIFIER = 4  # folded characters that may open the clause before such a word: 当地仲介


@dataclass(frozen=True, slots=True)
class Strangers:
    """``always`` act in every kind of event; ``roles`` (客戶, 政府) only in acts of their own,

    ``folk`` (員工, 車主) in these but layoffs; ``others`` (市長, 網友) are no companies at all;
    ``trades`` (被動元件廠) build, but results are told of those whom they are followed by.
    """

    always: tuple[Named, ...]
    roles: tuple[Named, ...]
    folk: tuple[Named, ...]
    others: tuple[Named, ...]
    trades: tuple[Named, ...]


def strangers(stage: Stage) -> Strangers:
    """Everybody who acts in the text and is no listed company."""
    scene = stage.scene
    named = [Named(c.start, c.end, "") for c in stage.cues.get("scope.unlisted", ())]
    named += _before_verbs(scene, stage.cues.get("scope.acts", ()))
    free = [n for n in named if not _taken(scene, n)]
    generic = _subjects(stage, "scope.generic")
    return Strangers(
        (*free, *generic),
        tuple(_subjects(stage, "scope.roles")),
        tuple(_subjects(stage, "scope.folk")),
        tuple([n for n in _subjects(stage, "scope.others") if not _inside(n, free)]),
        tuple(_trades(stage)),
    )


def _inside(name: Named, longer: Iterable[Named]) -> bool:
    size = name.end - name.start
    return any(
        n.start <= name.start and name.end <= n.end and n.end - n.start > size for n in longer
    )


def _subjects(stage: Stage, category: str) -> Iterator[Named]:
    """The words of ``category`` that open a clause, or head a company's name (鴻海的客戶)."""
    scene = stage.scene
    for cue in stage.cues.get(category, ()):
        sentence, clause = scene.sentence(cue.start), scene.clause(cue.start)[0]
        start = _untagged(scene.document.text, max(clause, sentence.start), cue.start)
        before = scene.names_in(start, cue.start)
        if not before and cue.start - start > _MODIFIER:
            continue
        listed = scene.document.text[cue.start - 1 : cue.start] == "、"
        if not before or listed or _bridges(scene.document.text[before[-1].end : cue.start]):
            yield Named(cue.start, cue.end, "")


def _trades(stage: Stage) -> Iterator[Named]:
    """Whole trades that open a clause: 被動元件廠大擴產, but not 光學元件廠大立光."""
    scene = stage.scene
    for cue in stage.cues.get("scope.trades", ()):
        start = max(scene.clause(cue.start)[0], scene.sentence(cue.start).start)
        start = _untagged(scene.document.text, start, cue.start)
        if cue.start - start <= 1 and not scene.names_in(start, cue.start):
            yield Named(cue.start, cue.end, "")


def _untagged(text: str, start: int, end: int) -> int:
    """Where the clause begins after a headline's tag: 〈美股早盤〉企業財報…."""
    if text[start : start + 1] not in "〈[【":
        return start
    return max(text.rfind(mark, start, end) + 1 for mark in "〉]】") or start


def _bridges(gap: str) -> bool:
    """Whether only a place or a degree stands between a name and its 供應商: 蘋果印度供應商."""
    gap = gap.removeprefix("'s").strip("的主要最大前 ")
    return not gap or gap in vocabulary().lists["scope.places"]


def _taken(scene: Scene, name: Named) -> bool:
    return any(
        n.start < name.end and name.start < n.end
        for n in scene.names_in(name.start - 20, name.end + 20)
    )


def _before_verbs(scene: Scene, verbs: Iterable[Cue]) -> Iterator[Named]:
    """An unknown name right before a verb of saying or planning."""
    text = scene.document.text
    for verb in verbs:
        end = verb.start - 1 if text[verb.start - 1 : verb.start] == " " else verb.start
        last = text[end - 1 : end]
        if not last:
            continue
        if last.isascii():
            if text[verb.start].isascii():
                continue  # reports that it plans: English does not tell who plans by place
            match = _LATIN_NAME.search(text, max(0, end - 20), end) if last.isalpha() else None
            if match and match[0] not in _NOT_ACTORS:
                yield Named(match.start(), match.end(), "")
        elif end == verb.start:
            start = max(scene.clause(end - 1)[0], text.rfind("、", 0, end) + 1)
            if end - start <= _LONGEST and _organisation().fullmatch(text, start, end):
                yield Named(start, end, "")


@lru_cache(maxsize=1)
def _organisation() -> re.Pattern[str]:
    ends = "|".join(sorted(vocabulary().lists["scope.organisations"], key=len, reverse=True))
    return re.compile(rf"[\u4e00-\u9fff]{{2,6}}(?<![该这家本我母子两同])(?:{ends})")
