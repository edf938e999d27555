"""The names of a text as lists: who stands together, who acts, and who was only there before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from rules.events.catalogue import vocabulary
from rules.events.scene import Named
from rules.events.stage import Stage
from rules.text import is_cjk

_PASSIVE = frozenset("遭被获受")  # 遭美国商务部调查: the stranger is not the subject
_BRACKETS = re.compile(r"^[(（][^()（）]*[)）]|^[)）]|[(（]$")
_PLACE = 6  # characters, 的 or a place, between a name and what it possesses
_LIST = 12  # names; a list after 繼 or 除了 has fewer
_FRONTED = 20  # folded characters from a name to the end of such a clause
_BEFORE_OR_AFTER = ("之前", "之后", "之际", "以前", "以后", "同时")
_TITLES = (
    "总经理",
    "董事长",
    "执行长",
    "总裁",
    "副总",
    "财务长",
    "高层",
    "主管",
    "工程师",
    "员工",
    "ceo",
)
_STOP = frozenset(",。;!?")


class Names:
    """Names in order of position, those of strangers (without a symbol) among them."""

    def __init__(self, stage: Stage, named: Iterable[Named]) -> None:
        """Sort the names and mark those that only went before (繼微軟之後)."""
        self._text = stage.scene.document.text
        self.all = tuple(sorted(named))
        self._starts = [n.start for n in self.all]
        self._objects: dict[Named, bool] = {}
        self._precedents = self._went_before(stage)

    def between(self, start: int, end: int) -> Sequence[Named]:
        """The names that stand wholly in ``[start, end)``."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end, first)
        while first < last and self.all[last - 1].end > end:
            last -= 1
        return self.all[first:last]

    def list_from(self, names: Sequence[Named]) -> list[Named]:
        """The first of ``names`` with those that follow in one list."""
        group = [names[0]]
        for name in names[1:]:
            if not self.joined(group[-1], name):
                break
            group.append(name)
        return group

    def first_list(self, start: int, end: int) -> list[Named] | None:
        """The first list of names in ``[start, end)`` that can be who it is about."""
        names = self.between(start, end)
        fronted: list[Named] | None = None
        for index, name in enumerate(names):
            if self.is_object(name) or name in self._precedents:
                continue
            group = self.list_from(names[index:])
            if not self._is_fronted(group[-1], end):
                return group
            fronted = fronted or group
        return fronted

    def _is_fronted(self, name: Named, end: int) -> bool:
        """Whether it only stands in what goes before the clause itself: 在亞馬遜公布業績之前,…."""
        comma = self._text.find(",", name.end, min(end, name.end + _FRONTED))
        return comma > 0 and self._text.startswith(_BEFORE_OR_AFTER, comma - 2)

    def last_list(self, start: int, end: int, *, objects: bool) -> list[Named] | None:
        """The last list of names in ``[start, end)`` that can be the subject of what follows.

        With ``objects`` one that is grammatically an object will do where there is no other.
        """
        names = list(self.between(start, end))
        while names:
            group = [names.pop()]
            while names and self.joined(names[-1], group[0]):
                if self.is_precedent(names[-1]) and not self.is_precedent(group[0]):
                    break
                group.insert(0, names.pop())
            if group[0] in self._precedents:
                continue
            # 更是美國政府最重要的供應商: who is only spoken of there is not the subject either.
            others = not objects or not group[-1].symbol
            others = others or any(n not in self._precedents for n in names)
            if others and self.is_object(group[0]):
                continue
            return group
        return None

    def right_before(self, start: int) -> list[Named] | None:
        """The list of names that stands right before ``start``: OpenAI新一轮融资, 台积电的利润."""
        last = bisect_left(self._starts, start)
        if not last or self.all[last - 1].end < start - _PLACE:
            return None
        names = list(self.between(start - 40, start))
        if not names or not self._touches(names[-1].end, start):
            return None
        group = [names.pop()]
        while names and self.joined(names[-1], group[0]):
            group.insert(0, names.pop())
        return None if any(map(self.is_precedent, group)) else group

    def _touches(self, end: int, start: int) -> bool:
        """Whether nothing, or the name of a place, stands between: 聯電新加坡新廠."""
        gap = self._text[end:start].strip().strip("的")
        return not gap or (gap in vocabulary().lists["scope.places"] and is_cjk(gap[0]))

    def joined(self, left: Named, right: Named) -> bool:
        """Whether two neighbouring names are parts of one list, or one name in two spellings."""
        gap = self._text[left.end : right.start]
        if len(gap) > 12:
            return False
        return _joins(gap, left.symbol == right.symbol)

    @property
    def has_precedents(self) -> bool:
        """Whether anybody is named only as one it happened to before."""
        return bool(self._precedents)

    def is_precedent(self, name: Named) -> bool:
        """Whether it only happened to ``name`` before (繼微軟之後)."""
        return name in self._precedents

    def is_object(self, name: Named) -> bool:
        """Whether what stands before ``name`` makes it an object: 收購, 遭, 向, with."""
        known = self._objects.get(name)
        if known is None:
            known = self._objects[name] = self._stands_as_object(name)
        return known

    def _stands_as_object(self, name: Named) -> bool:
        before = self._text[max(0, name.start - 14) : name.start]
        if before[-1:] == " " and is_cjk(self._text[name.start]) and is_cjk(before[-2:-1] or " "):
            return False  # 最快明春超车 英特尔: a headline's next part
        before = before.rstrip()
        if not name.symbol and not _PASSIVE.isdisjoint(before[-6:]):
            return True
        if before[-1:] == "前" and self._text.startswith(_TITLES, name.end):
            return True  # 前台船總經理
        lists = vocabulary().lists
        after = self._text[name.end : name.end + 3].lstrip()
        buyers = lists["scope.buyers"]
        if name.symbol and (after[:2] in buyers or after in buyers):
            return True
        objects = lists["scope.objects"]
        if before[-1:] in objects or before[-2:] in objects or before[-3:] in objects:
            return True
        return before.isascii() and before.rpartition(" ")[2] in objects

    def _went_before(self, stage: Stage) -> frozenset[Named]:
        found: set[Named] = set()
        for cue in stage.cues.get("background.precedents", ()):
            first = bisect_left(self._starts, cue.end)
            names = self.all[first : first + _LIST]
            if not names or names[0].start > cue.end + 1 or self._stops(cue.end, names[0].start):
                continue
            if self._text[cue.start : cue.end] == "after" and not self._ends_clause(names[0]):
                continue
            found.add(names[0])
            for left, right in pairwise(names):
                if self._stops(left.end, right.start) or not self.joined(left, right):
                    break
                found.add(right)
        return frozenset(found)

    def _ends_clause(self, name: Named) -> bool:
        """After Microsoft, …: but not After Microsoft raised prices."""
        return self._text[name.end : name.end + 1] == ","

    def _stops(self, start: int, end: int) -> bool:
        return not _STOP.isdisjoint(self._text[start:end])


@lru_cache(maxsize=4096)
def _joins(gap: str, same: bool) -> bool:
    gap = gap.strip()
    if gap:
        gap = _BRACKETS.sub("", gap).strip()
    if gap in {"", "(", ")"}:
        return same
    return gap in vocabulary().lists["scope.joints"]
