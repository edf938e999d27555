"""Which company an event happened to: the subject of its clause or sentence, or of the one before.

Actors that no exchange lists (``strangers``) take part in this with an empty symbol, so that their
events are not given to somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.dealings import party
from rules.events.names import Names
from rules.events.scene import Named
from rules.events.stage import Anchor, Cue, Stage
from rules.events.strangers import strangers
from rules.events.topics import Topics
from rules.figures.numerals import parse
from rules.model import Mention
from rules.sentences import Sentence
from rules.text import is_cjk

_AFTER_REACH = 16
_SPOKEN_REACH = 2
_POSSESSED = frozenset(
    {"layoff", "capex", "earnings", "revenue", "guidance", "dividend", "offering", "mna", "buyback"}
)
_SUFFERED = frozenset({"legal", "regulation"})  # what authorities do is done to a company
_WITH = ("与", "和", "跟", "携手", "联手", "偕")
_GETTING = frozenset("获得夺下吃抢接拿啖食揽吞")
_BEFORE_PRONOUNS = frozenset("该这家本母由对将让使为令而但与和及因向据使其称后前时在")
_TAGS = frozenset("〈[【")
_TAG = 16  # folded characters of such a tag
_REPORTS = frozenset({"guidance", "earnings", "revenue"})
_FROM = frozenset("自向从由")
_SHORT = 7  # folded characters; a clause with so few before the event has no subject of its own


@dataclass(frozen=True, slots=True)
class Owners:
    """``symbols`` it happened to now, ``precedents`` it is said to have happened to before.

    ``carried`` where the article, not the sentence, says whose it is; ``stranger`` where somebody
    whom no exchange lists is the subject, ``nobody`` where that is no company at all.
    """

    symbols: tuple[str, ...]
    precedents: tuple[str, ...] = ()
    carried: bool = False
    stranger: bool = False
    nobody: bool = False


class Cast:
    """Answers whose an event is, for one document."""

    def __init__(self, stage: Stage, mentions: tuple[Mention, ...]) -> None:
        """Lay out the names and work out who each sentence is about."""
        self._stage = stage
        self._scene = stage.scene
        self._text = stage.scene.document.text
        known = strangers(stage)
        self._others = frozenset(n.start for n in known.others)
        base = (*stage.scene.named, *known.always)
        self._listed = Names(stage, stage.scene.named)
        self._plain = Names(stage, base) if known.always else self._listed
        acting = (*base, *known.roles, *known.others)
        self._acting = Names(stage, acting) if len(acting) > len(base) else self._plain
        self._every = Names(stage, (*acting, *known.folk)) if known.folk else self._acting
        self._building = (
            Names(stage, (*self._every.all, *known.trades)) if known.trades else self._every
        )
        self._topics = Topics(stage, mentions, self._acting)

    def owners(self, anchor: Anchor) -> Owners:
        """Whose the event at ``anchor`` is."""
        names = self._names(anchor.wording.kind)
        number = anchor.number
        sentence = self._scene.document.sentences[number]
        start = max(anchor.clause[0], sentence.start)
        precedents = self._precedents(names, sentence, anchor)
        subject = self._several(sentence.start, anchor.start, names)
        subject = subject or self._subject(names, sentence, anchor)
        if subject is not None:
            return self._owned(subject, precedents)
        return self._without_subject(names, anchor, number, start, precedents)

    def in_clause(self, anchor: Anchor) -> Named | None:
        """The last name before ``anchor`` in its own clause."""
        named = self._plain.between(anchor.clause[0], anchor.start)
        return named[-1] if named else None

    @property
    def main(self) -> tuple[str, ...]:
        """The company that the article is about, or nothing."""
        return self._topics.main

    def is_named_near(self, anchor: Anchor) -> bool:
        """Whether its own clause names a company, or a price of shares that could be of one."""
        start, end = anchor.clause
        priced = self._stage.cues_in("scope.prices", start, anchor.end)
        return bool(priced) or bool(self._scene.names_in(start, end))

    def inside(self, anchor: Anchor, end: int) -> tuple[str, ...]:
        """The symbols named from the event's words to ``end``."""
        return _distinct(self._plain.between(anchor.start, end))

    def is_trade(self, anchor: Anchor) -> bool:
        """Whether traders of shares are its subject: 外資連五買 本周加碼面板雙虎."""
        start = self._scene.document.sentences[anchor.number].start
        traders = self._stage.cues_in("scope.traders", start, anchor.start)
        if not traders:
            return False
        if traders[-1].start >= anchor.clause[0]:
            return True
        between = self._plain.between(traders[-1].end, anchor.start)
        return all(self._plain.is_object(name) for name in between)

    def _names(self, kind: str) -> Names:
        if kind in _SUFFERED or kind == "order":  # who gives an order is not who has it
            return self._listed
        if kind not in vocabulary().lists["scope.own_acts"]:
            return self._plain
        if kind == "capex":
            return self._building
        return self._acting if kind == "layoff" else self._every

    def _owned(self, group: list[Named], precedents: tuple[str, ...]) -> Owners:
        symbols = _distinct(group)
        return Owners(
            symbols,
            precedents,
            stranger=not symbols,
            nobody=not symbols and group[-1].start in self._others,
        )

    def _subject(self, names: Names, sentence: Sentence, anchor: Anchor) -> list[Named] | None:
        """The names before the event's words that are its subject."""
        kind = anchor.wording.kind
        if (parties := party(self._stage, names, anchor)) is not None:
            return parties
        possessor = self._possessor(names, anchor) if kind in _POSSESSED else None
        if kind in _SUFFERED:  # 華為禁令 is not the ban of whoever else is named
            barred = self._plain.right_before(anchor.start)
            if barred and not _distinct(barred) and not self._plain.is_object(barred[0]):
                return None if self._is_authority(barred[-1]) else barred
        if possessor is not None:
            return possessor
        if kind == "guidance" and (others := self._spoken_of(names, anchor)):
            return others
        if kind == "order" and self._text[anchor.start] == "向":  # 向三星下單: Samsung has it
            return list(names.between(anchor.start, anchor.end)) or None
        if kind == "rating" and (others := self._right_after(names, anchor)):
            return others
        # 吃下蘋果大單: who gives an order is not who has it.
        objects = kind != "order"
        group = names.last_list(sentence.start, anchor.start, objects=objects)
        if group and kind in _POSSESSED and group[-1].end < anchor.clause[0]:
            group = self._tagged(sentence) or group
        if not group or names is self._listed or _distinct(group):
            return group
        # A headline's parts have subjects of their own: X客戶拉貨 Q2營收創高.
        if self._scene.parts_between(group[-1].end, anchor.start):
            return self._listed.last_list(sentence.start, anchor.start, objects=objects)
        return group

    def _tagged(self, sentence: Sentence) -> list[Named] | None:
        """Whose the tag is that a headline opens with: 〈光磊法說〉Apple Watch需求旺 考慮擴產."""
        if self._text[sentence.start : sentence.start + 1] not in _TAGS:
            return None
        tag = self._scene.names_in(sentence.start, sentence.start + _TAG)
        reports = self._stage.anchors_near(sentence.start, sentence.start + _TAG)
        closed = self._text.find("〉", sentence.start, sentence.start + _TAG)
        told = any(a.wording.kind in _REPORTS and a.end <= closed for a in reports)
        return list(tag[:1]) if told and tag and tag[0].end <= closed else None

    def _is_authority(self, name: Named) -> bool:
        """Whether it is who punishes, not who is punished: 金管會重罰國泰金."""
        return self._text[name.start : name.end] in vocabulary().lists["scope.authorities"]

    def _possessor(self, names: Names, anchor: Anchor) -> list[Named] | None:
        """Who stands right before the event's words, with those he does it with."""
        possessor = names.right_before(anchor.start)
        if not possessor or self._text[possessor[0].start - 1] in _FROM:
            return None  # 自吉利收購: they sell
        if not self._text.endswith(_WITH, 0, possessor[0].start):
            return possessor
        partners = names.last_list(anchor.clause[0], possessor[0].start, objects=False)
        if partners and not _distinct(partners):
            return partners  # 台電攜手奇異新建機組 is 台電's
        return [*partners, *possessor] if partners else possessor  # 台積電與索尼合資建廠

    def _spoken_of(self, names: Names, anchor: Anchor) -> list[Named] | None:
        """分析師看旺美國鋼鐵: who is named right after what somebody expects of them."""
        start, end = anchor.clause
        if not self._stage.cues_in("scope.speakers", start, anchor.start):
            return None
        after = names.between(anchor.head_end, end)
        if not after or after[0].start - anchor.head_end > _SPOKEN_REACH:
            return None
        return None if names.between(start, anchor.start) else names.list_from(after)

    def _right_after(self, names: Names, anchor: Anchor) -> list[Named] | None:
        """喊買特斯拉: who is named right after the verdict."""
        after = names.between(anchor.head_end, anchor.clause[1])
        near = after and after[0].start - anchor.head_end <= _SPOKEN_REACH
        return names.list_from(after) if near else None

    def _precedents(self, names: Names, sentence: Sentence, anchor: Anchor) -> tuple[str, ...]:
        if not names.has_precedents:
            return ()
        before = names.between(sentence.start, anchor.start)
        return _distinct(n for n in before if names.is_precedent(n))

    def _without_subject(
        self, names: Names, anchor: Anchor, number: int, start: int, precedents: tuple[str, ...]
    ) -> Owners:
        """Without a name before it: the article's company, the last topic, or a name after it."""
        topic = self._topics.at(number)
        if topic and anchor.wording.kind == "order":
            near = names.between(anchor.clause[0], anchor.end)
            givers = [n.symbol for n in near if n.start > anchor.start or self._gives(n)]
            topic = tuple(s for s in topic if s not in givers) or None
        dominant = self._topics.dominant
        if dominant and self._stage.cues_in("scope.definite", start, anchor.start):
            return Owners(self._topics.main, precedents, carried=True)
        if topic and self._continues(names, start, anchor.start):
            return Owners(topic, precedents, carried=True)
        after = self._after(names, anchor, self._scene.document.sentences[number])
        if after is not None:
            return Owners(_distinct(after), precedents, stranger=not _distinct(after))
        return Owners(topic or (), precedents, carried=True, stranger=topic == ())

    def _gives(self, name: Named) -> bool:
        """Whether what stands before ``name`` says that others get its order: 吃下, 獲."""
        return self._text[name.start - 1 : name.start] in _GETTING

    def _continues(self, names: Names, start: int, end: int) -> bool:
        """Whether the clause goes on about the last subject: a pronoun, or next to nothing."""
        if any(map(self._refers, self._stage.cues_in("scope.pronouns", start, end))):
            return True
        return end - start <= _SHORT and not names.between(start, end)

    def _refers(self, cue: Cue) -> bool:
        """Whether 公司 or 其 is a word of its own, not the end of 諮詢公司 or of 土耳其."""
        before = self._text[cue.start - 1 : cue.start]
        return not is_cjk(before or " ") or before in _BEFORE_PRONOUNS

    def _after(self, names: Names, anchor: Anchor, sentence: Sentence) -> list[Named] | None:
        title = self._scene.in_headline(anchor.start)
        clause_end = anchor.clause[1]
        limit = self._scene.headline_end if title else min(sentence.end, clause_end)
        start = anchor.end if anchor.wording.kind == "order" else anchor.head_end
        following = names.between(start, limit)
        if not following or (not title and following[0].start - anchor.end > _AFTER_REACH):
            return None
        brokers = vocabulary().lists["scope.brokers"]
        spoken = [n for n in following if n.symbol not in brokers]  # 大摩喊話波音
        return names.list_from(spoken or following)

    def _several(self, start: int, end: int, names: Names) -> list[Named] | None:
        """以上四家公司: as many of the companies named last as the number says."""
        if not self._stage.cues_in("scope.several", start, end):
            return None
        match = max(_plural().finditer(self._text, start, end), key=re.Match.start, default=None)
        if match is None or names.between(match.end(), end):
            return None
        wanted = int(parse(match[1]) or 0)
        last: dict[str, Named] = {}
        for name in reversed(self._plain.between(0, match.start())):
            if name.symbol and len(last) < wanted:
                last.setdefault(name.symbol, name)
        enough = len(last) >= wanted - (wanted > 3)
        return list(reversed(last.values())) if last and enough else None


@lru_cache(maxsize=1)
def _plural() -> re.Pattern[str]:
    return re.compile(
        r"(?:以上|上述|这|前述).{0,4}?([二两三四五六七八]|\d)(?:大|家|间).{0,5}?(?:公司|企业|巨头|厂商|厂|业者)?"
    )


def _distinct(names: Iterable[Named]) -> tuple[str, ...]:
    """The symbols in order, each once; actors without one are left out."""
    return tuple(dict.fromkeys([n.symbol for n in names if n.symbol]))
