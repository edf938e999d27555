"""Which company an event happened to: the subject of its clause or sentence, or of the one before.

Names of actors that no exchange lists take part in this with an empty symbol, so that their events
are not given to somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.scene import Named, Scene
from rules.events.stage import Anchor, Stage
from rules.figures.numerals import parse
from rules.model import Mention, Salience
from rules.sentences import Sentence

_LIST_GAP = 4
_AFTER_REACH = 16
_POSSESSED = frozenset(
    {"layoff", "capex", "earnings", "revenue", "guidance", "dividend", "offering", "mna", "buyback"}
)
_CARRY = 2  # sentences
_PASSIVE = "遭被获受"  # 遭美国商务部调查: the stranger is not the subject
_SHORT = 7  # folded characters; a clause with so few before the event has no subject of its own
_LATIN_ACTOR = re.compile(
    r"(?<![a-z0-9.])([a-z][a-z&.]{2,18})\s?(?=(?:宣布|表示|将|拟|计划|证实|公布|传出|也裁|裁员))"
)
_NOT_ACTORS = frozenset({"ceo", "cfo", "coo", "cto", "eps", "capex", "aws", "azure", "ipo", "gpu"})


@dataclass(frozen=True, slots=True)
class Owners:
    """``symbols`` it happened to now, ``precedents`` it is said to have happened to before.

    ``clear`` is false where somebody else, or nobody in particular, is the subject.
    """

    symbols: tuple[str, ...]
    precedents: tuple[str, ...] = ()
    clear: bool = True
    carried: bool = False


class Cast:
    """Answers whose an event is, for one document."""

    def __init__(self, stage: Stage, mentions: tuple[Mention, ...]) -> None:
        """Lay out the names and work out the subject of every sentence."""
        self._stage = stage
        self._scene = stage.scene
        self._text = stage.scene.document.text
        self._names = _with_strangers(stage)
        about = [m.company.symbol for m in mentions if m.about] or [
            m.company.symbol for m in mentions[:1]
        ]
        self._main = tuple(about[:1])
        headline = any(m.salience is Salience.HEADLINE for m in mentions)
        self._dominant = headline or len(mentions) == 1
        self._subjects = self._all_subjects()

    def owners(self, anchor: Anchor) -> Owners:
        """Whose the event at ``anchor`` is."""
        sentence = self._scene.document.sentence_at(anchor.start)
        start, end = self._scene.clause(anchor.start)
        start = max(start, sentence.start)
        precedents = self._precedents(sentence, anchor)
        group = self._several(start, anchor.start)
        if group:
            return Owners(group, precedents)
        possessor = self._possessor(anchor)
        if possessor is not None:
            return Owners(_distinct(n.symbol for n in possessor), precedents)
        before = self._subject_group(sentence.start, anchor.start, precedents)
        if before is not None:
            symbols = before[0]
            stranger = self._generic_between(before[1], anchor.start)
            return Owners(() if stranger else symbols, precedents, not stranger and bool(symbols))
        if self._stage.cues_in("scope.generic", start, anchor.start):
            return Owners((), precedents, clear=False)
        carried = self._carried(sentence)
        near = self._near(sentence, carried)
        if self._dominant and self._stage.cues_in("scope.definite", start, anchor.start):
            return Owners(self._main, precedents, carried=True)
        if carried and near and self._continues(start, anchor.start):
            return Owners(carried, precedents, carried=True)
        after = self._after(anchor, sentence, end)
        if after is not None:
            return Owners(after, precedents, bool(after))
        if not near:
            return Owners((), precedents, clear=False, carried=True)
        return Owners(carried or (), precedents, bool(carried), carried=True)

    def in_clause(self, anchor: Anchor) -> Named | None:
        """The last name before ``anchor`` in its own clause."""
        start = self._scene.clause(anchor.start)[0]
        named = [n for n in self._names if start <= n.start and n.end <= anchor.start]
        return named[-1] if named else None

    def inside(self, anchor: Anchor, end: int) -> tuple[str, ...]:
        """The symbols named from the event's words to ``end``."""
        return _distinct(n.symbol for n in self._names if anchor.start <= n.start and n.end <= end)

    # --- subjects ------------------------------------------------------------------------------

    def _all_subjects(self) -> list[tuple[str, ...] | None]:
        """For each sentence who it leaves as the subject; None until anybody is named."""
        subjects: list[tuple[str, ...] | None] = []
        current: tuple[str, ...] | None = None
        for sentence in self._scene.document.sentences:
            group = self._first_group(sentence)
            current = group if group is not None else current
            subjects.append(current)
        return subjects

    def _first_group(self, sentence: Sentence) -> tuple[str, ...] | None:
        names = [n for n in self._names if sentence.start <= n.start and n.end <= sentence.end]
        for index, name in enumerate(names):
            if not self._is_object(name) and not self._is_precedent(name):
                group = [name]
                for following in names[index + 1 :]:
                    if not self._joined(group[-1], following):
                        break
                    group.append(following)
                return _distinct(n.symbol for n in group)
        return None

    def _carried(self, sentence: Sentence) -> tuple[str, ...] | None:
        number = self._scene.document.sentences.index(sentence)
        if number and self._subjects[number - 1] is not None:
            return self._subjects[number - 1]
        return self._main or None

    def _possessor(self, anchor: Anchor) -> list[Named] | None:
        """The list of names right before the event's words: OpenAI新一轮融资, 台积电的利润."""
        if anchor.wording.kind not in _POSSESSED:
            return None
        names = [n for n in self._names if anchor.start - 40 <= n.start and n.end <= anchor.start]
        if not names or self._text[names[-1].end : anchor.start].strip() not in {"", "的"}:
            return None
        group = [names.pop()]
        while names and self._joined(names[-1], group[0]):
            group.insert(0, names.pop())
        return None if any(map(self._is_precedent, group)) else group

    def _near(self, sentence: Sentence, carried: tuple[str, ...] | None) -> bool:
        """Whether a subject may be carried to ``sentence``: named shortly before, or main."""
        if not carried:
            return False
        number = self._scene.document.sentences.index(sentence)
        if carried == self._main and (self._dominant or number == 0):
            return True
        since = self._scene.document.sentences[max(0, number - _CARRY)].start
        return any(since <= n.start < sentence.start and n.symbol in carried for n in self._names)

    def _subject_group(
        self, start: int, end: int, precedents: tuple[str, ...]
    ) -> tuple[tuple[str, ...], int] | None:
        """The last list of names in ``[start, end)`` that can be a subject, and where it ends."""
        names = [n for n in self._names if start <= n.start and n.end <= end]
        while names:
            group = [names.pop()]
            while names and self._joined(names[-1], group[0]):
                if self._is_precedent(names[-1]) and not self._is_precedent(group[0]):
                    break
                group.insert(0, names.pop())
            first = group[0]
            if self._is_precedent(first):
                continue
            if self._is_object(first) and any(not self._is_precedent(n) for n in names):
                continue
            return _distinct(n.symbol for n in group), group[-1].end
        return None

    def _joined(self, left: Named, right: Named) -> bool:
        gap = self._text[left.end : right.start].strip()
        if not gap:
            return left.symbol == right.symbol
        gap = re.sub(r"^[(（][^()（）]*[)）]|^[)）]|[(（]$", "", gap).strip()
        if gap in {"", "(", ")"}:
            return left.symbol == right.symbol
        return gap in vocabulary().lists["scope.joints"]

    def _is_object(self, name: Named) -> bool:
        before = self._text[max(0, name.start - 9) : name.start].rstrip()
        if not name.symbol and any(char in before[-6:] for char in _PASSIVE):
            return True
        objects = vocabulary().lists["scope.objects"]
        if any(before[-length:] in objects for length in (1, 2, 3)):
            return True
        word = before.rpartition(" ")[2]
        return word.isascii() and word in objects

    def _is_precedent(self, name: Named) -> bool:
        cues = self._stage.cues_in("background.precedents", max(0, name.start - 12), name.start)
        if not cues:
            return False
        return not re.search("[,。;!?]", self._text[cues[-1].end : name.start]) and (
            name.start - cues[-1].end <= 1
            or any(
                n.start >= cues[-1].end and self._joined(n, name)
                for n in self._names
                if n.end <= name.start
            )
        )

    def _precedents(self, sentence: Sentence, anchor: Anchor) -> tuple[str, ...]:
        names = [n for n in self._names if sentence.start <= n.start and n.end <= anchor.start]
        return tuple(s for s in _distinct(n.symbol for n in names if self._is_precedent(n)) if s)

    # --- without a name before the event ---------------------------------------------------------

    def _continues(self, start: int, end: int) -> bool:
        """Whether the clause goes on about the last subject: a pronoun, or next to nothing."""
        if self._stage.cues_in("scope.pronouns", start, end):
            return True
        return end - start <= _SHORT

    def _after(self, anchor: Anchor, sentence: Sentence, clause_end: int) -> tuple[str, ...] | None:
        title = self._scene.document.in_title(anchor.start)
        limit = self._scene.document.title_end if title else min(sentence.end, clause_end)
        names = [n for n in self._names if anchor.head_end <= n.start and n.end <= limit]
        if not names or (not title and names[0].start - anchor.end > _AFTER_REACH):
            return None
        group = [names[0]]
        for name in names[1:]:
            if not self._joined(group[-1], name):
                break
            group.append(name)
        return _distinct(n.symbol for n in group)

    def _several(self, start: int, end: int) -> tuple[str, ...]:
        """以上四家公司: as many of the companies named last as the number says."""
        cues = self._stage.cues_in("scope.several", start, end)
        text = self._text[start:end]
        match = _plural().search(text) if cues else None
        if match is None:
            return ()
        wanted = int(parse(match[1]) or 0)
        named = [n.symbol for n in self._names if n.end <= start + match.start() and n.symbol]
        last = _distinct(reversed(named))[:wanted]
        return tuple(reversed(last)) if len(last) >= wanted - (wanted > 3) and last else ()

    def _generic_between(self, start: int, end: int) -> bool:
        cues = self._stage.cues_in("scope.generic", start, end)
        return bool(cues) and bool(re.search("[,;]", self._text[start : cues[-1].start]))


@lru_cache(maxsize=1)
def _plural() -> re.Pattern[str]:
    return re.compile(
        r"(?:以上|上述|这|前述).{0,4}?([二两三四五六七八]|\d)(?:大|家|间).{0,5}?(?:公司|企业|巨头|厂商|厂|业者)?"
    )


def _with_strangers(stage: Stage) -> tuple[Named, ...]:
    scene = stage.scene
    strangers = [
        Named(c.start, c.end, "")
        for c in stage.cues_in("scope.unlisted", 0, len(scene.document.text))
    ]
    strangers += [
        Named(m.start(1), m.end(1), "")
        for pattern in (_LATIN_ACTOR, _organisation())
        for m in pattern.finditer(scene.document.text)
        if m[1] not in _NOT_ACTORS
    ]
    free = [s for s in strangers if not _taken(scene, s)]
    return tuple(sorted([*scene.named, *free]))


def _taken(scene: Scene, name: Named) -> bool:
    return any(
        n.start < name.end and name.start < n.end
        for n in scene.names_in(name.start - 20, name.end + 20)
    )


@lru_cache(maxsize=1)
def _organisation() -> re.Pattern[str]:
    ends = "|".join(sorted(vocabulary().lists["scope.organisations"], key=len, reverse=True))
    return re.compile(
        rf"(?:(?<=[,。;!?:\n、])|^)([\u4e00-\u9fff]{{2,6}}(?<![该这家本我母子两同])(?:{ends}))"
        r"(?=宣布|表示|将|拟|计划|证实|公布|传|也|裁)"
    )


def _distinct(symbols: Iterable[str]) -> tuple[str, ...]:
    """The symbols in order, each once; actors without one are left out."""
    return tuple(dict.fromkeys(s for s in symbols if s))
