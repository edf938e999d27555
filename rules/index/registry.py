"""Rule ids and the slots that stand for them: numbers in the order in which rules were added.

Most ids sit in a sorted column (12 bytes an id), the newest in a dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from rules.index.columns import Flags, Ints

Ids: TypeAlias = npt.NDArray[np.int64]

_NEWEST = 4_096  # ids in the dictionary before they are sorted in
_GROWTH = 8  # and the part of all that they must be


class Sorting(NamedTuple):
    """Ids to be sorted in, as they were when the work was given out. Any thread may do it."""

    ids: Ids  # by slot
    alive: Flags
    rising: Ids
    slots: Ints
    newest: Mapping[int, int]
    closing: bool

    def run(self) -> Sorted:
        """The rising column with the new ids; without gaps if they are to be closed."""
        new = [(rule, slot) for rule, slot in self.newest.items() if self.alive[slot]]
        there = self.alive[self.slots] != 0
        rising = np.concatenate([self.rising[there], np.array([rule for rule, _ in new], np.int64)])
        slots = np.concatenate([self.slots[there], np.array([slot for _, slot in new], np.int32)])
        order = np.argsort(rising)
        rising, slots = rising[order], slots[order]
        if not self.closing:
            return Sorted(rising, slots)
        living = np.flatnonzero(self.alive)
        moved = np.cumsum(self.alive, dtype=np.int32) - 1
        ids = np.zeros(len(living) + len(living) // 4 + 64, np.int64)
        ids[: len(living)] = self.ids[living]
        return Sorted(rising, moved[slots], len(self.alive), living, ids, moved)


class Sorted(NamedTuple):
    """What ``Sorting`` gives. ``moved`` says what each old slot has become where gaps closed."""

    rising: Ids
    slots: Ints
    before: int = 0  # slots that were given out when the work was
    living: npt.NDArray[np.intp] | None = None
    ids: Ids = np.zeros(0, np.int64)
    moved: Ints | None = None


class Registry:
    """Which rule has which slot, and which slots are still in use."""

    def __init__(self) -> None:
        self._ids: Ids = np.zeros(64, np.int64)
        self._alive: Flags = np.zeros(64, np.uint8)
        self._size = 0  # slots given out
        self._living = 0
        self._newest: dict[int, int] = {}
        self._older: dict[int, int] = {}  # new ones that are being sorted in, removed ones too
        self._rising: Ids = np.zeros(0, np.int64)
        self._slots: Ints = np.zeros(0, np.int32)

    def __len__(self) -> int:
        return self._living

    @property
    def dead(self) -> int:
        """How many slots belong to rules that were removed."""
        return self._size - self._living

    @property
    def alive(self) -> Flags:
        """For each slot whether its rule is still there."""
        return self._alive[: self._size]

    def ids(self, slots: Ints) -> Ids:
        """The rules that have these slots."""
        return self._ids.take(slots)

    def find(self, rule: int) -> int | None:
        """The slot of this rule, or None."""
        slot = self._newest.get(rule)
        if slot is None and (slot := self._older.get(rule)) is not None and not self._alive[slot]:
            slot = None
        if slot is not None or not len(self._rising):
            return slot
        place = int(np.searchsorted(self._rising, rule))
        while place < len(self._rising) and self._rising[place] == rule:
            slot = int(self._slots[place])
            if self._alive[slot]:
                return slot
            place += 1
        return None

    def add(self, rule: int) -> int:
        """Give a rule that is not there a slot, the highest so far."""
        slot = self._newest[rule] = self.append(rule)
        return slot

    def append(self, rule: int) -> int:
        """The same for very many: the rule is not found by its id before ``sort``.

        Raises OverflowError, changing nothing, for an id that does not fit into 64 bits.
        """
        if self._size == len(self._ids):
            self._grow()
        slot = self._size
        self._ids[slot], self._alive[slot] = rule, 1
        self._size, self._living = slot + 1, self._living + 1
        return slot

    def remove(self, rule: int) -> bool:
        """Take a rule's slot out of use; False if there is no such rule."""
        slot = self.find(rule)
        if slot is None:
            return False
        self._newest.pop(rule, None)
        self._alive[slot] = 0
        self._living -= 1
        return True

    def sort(self) -> None:
        """Find all ids by a sorted column, those that were appended too.

        Of an id that was appended more than once the last time counts.
        """
        slots = np.flatnonzero(self.alive).astype(np.int32)
        ids = self._ids[slots]
        order = np.argsort(ids, kind="stable")
        rising, slots = ids[order], slots[order]
        last = np.ones(len(rising), np.bool_)
        np.not_equal(rising[1:], rising[:-1], out=last[:-1])
        self._alive[slots[~last]] = 0
        self._rising, self._slots, self._newest = rising[last], slots[last], {}
        self._living = len(self._slots)

    def sorting(self, *, closing: bool) -> Sorting | None:
        """Work worth doing: sort many new ids in, and close the gaps that removed ones left.

        Until ``adopt`` takes what it gave, no other such work may be asked for.
        """
        if not closing and len(self._newest) <= max(_NEWEST, len(self._rising) // _GROWTH):
            return None
        self._older, self._newest = self._newest, {}
        alive = self.alive.copy()
        return Sorting(self._ids, alive, self._rising, self._slots, self._older, closing)

    def adopt(self, found: Sorted) -> int:
        """Use what the work gave. How far the slots given out since then have moved."""
        self._rising, self._slots, self._older = found.rising, found.slots, {}
        if found.living is None:
            return 0
        before, count, later = found.before, len(found.living), self._size - found.before
        ids, self._ids = self._ids, found.ids
        alive, self._alive = self._alive, np.zeros(len(found.ids), np.uint8)
        self._alive[:count] = alive[found.living]  # some may have been removed since then
        self._size = count
        while self._size + later > len(self._ids):
            self._grow()
        self._ids[count : count + later] = ids[before : before + later]
        self._alive[count : count + later] = alive[before : before + later]
        self._size += later
        self._newest = {rule: slot + count - before for rule, slot in self._newest.items()}
        return count - before

    def _grow(self) -> None:
        size = max(64, self._size + self._size // 4)
        ids = np.zeros(size, np.int64)
        alive = np.zeros(size, np.uint8)
        ids[: self._size], alive[: self._size] = self._ids[: self._size], self._alive[: self._size]
        self._ids, self._alive = ids, alive
