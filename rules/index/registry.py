"""Rule ids and the slots that stand for them: numbers in the order in which rules were added.

Most ids sit in a sorted column of hashes (12 bytes an id), the newest in a dictionary.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rules.index.columns import Flags, Ints

_NEWEST = 4_096  # ids in the dictionary before they are sorted in
_GROWTH = 8  # and the part of all that they must be
_SOME = 10_000  # ids that are copied at a time


class Sorting(NamedTuple):
    """Ids to be sorted in, as they were when the work was given out. Any thread may do it."""

    ids: npt.NDArray[np.object_]
    alive: Flags
    hashes: npt.NDArray[np.int64]
    slots: Ints
    newest: Mapping[str, int]
    closing: bool

    def run(self) -> Sorted:
        """The column of hashes with the new ids; without gaps if they are to be closed."""
        new = [(hash(rule), slot) for rule, slot in self.newest.items() if self.alive[slot]]
        there = self.alive[self.slots] != 0
        hashes = np.concatenate([self.hashes[there], np.array([h for h, _ in new], np.int64)])
        slots = np.concatenate([self.slots[there], np.array([s for _, s in new], np.int32)])
        order = np.argsort(hashes)
        hashes, slots = hashes[order], slots[order]
        if not self.closing:
            return Sorted(hashes, slots)
        living = np.flatnonzero(self.alive)
        moved = np.cumsum(self.alive, dtype=np.int32) - 1
        ids: npt.NDArray[np.object_] = np.empty(len(living) + len(living) // 4 + 64, object)
        for start in range(0, len(living), _SOME):  # each step holds the interpreter's lock
            ids[start : start + _SOME][: len(living) - start] = self.ids[
                living[start : start + _SOME]
            ]
        return Sorted(hashes, moved[slots], len(self.alive), living, ids, moved)


class Sorted(NamedTuple):
    """What ``Sorting`` gives. ``moved`` says what each old slot has become where gaps closed."""

    hashes: npt.NDArray[np.int64]
    slots: Ints
    before: int = 0  # slots that were given out when the work was
    living: npt.NDArray[np.intp] | None = None
    ids: npt.NDArray[np.object_] = np.empty(0, object)
    moved: Ints | None = None


class Registry:
    """Which rule has which slot, and which slots are still in use."""

    def __init__(self) -> None:
        self._ids: npt.NDArray[np.object_] = np.empty(64, object)
        self._alive: Flags = np.zeros(64, np.uint8)
        self._size = 0  # slots given out
        self._living = 0
        self._newest: dict[str, int] = {}
        self._older: dict[str, int] = {}  # new ones that are being sorted in, removed ones too
        self._hashes: npt.NDArray[np.int64] = np.empty(0, np.int64)
        self._slots: Ints = np.empty(0, np.int32)

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

    def ids(self, slots: Ints) -> list[str]:
        """The rules that have these slots."""
        found: list[str] = self._ids.take(slots).tolist()
        return found

    def find(self, rule: str) -> int | None:
        """The slot of this rule, or None."""
        slot = self._newest.get(rule)
        if slot is None and (slot := self._older.get(rule)) is not None and not self._alive[slot]:
            slot = None
        if slot is not None or not len(self._hashes):
            return slot
        key = hash(rule)
        place = int(np.searchsorted(self._hashes, key))
        while place < len(self._hashes) and self._hashes[place] == key:
            slot = int(self._slots[place])
            if self._alive[slot] and self._ids[slot] == rule:
                return slot
            place += 1
        return None

    def add(self, rule: str) -> int:
        """Give a rule that is not there a slot, the highest so far."""
        slot = self._newest[rule] = self.append(rule)
        return slot

    def append(self, rule: str) -> int:
        """The same for very many: the rule is not found by its id before ``sort``."""
        if self._size == len(self._ids):
            self._grow()
        slot = self._size
        self._ids[slot], self._alive[slot] = rule, 1
        self._size, self._living = slot + 1, self._living + 1
        return slot

    def remove(self, rule: str) -> bool:
        """Take a rule's slot out of use; False if there is no such rule."""
        slot = self.find(rule)
        if slot is None:
            return False
        self._newest.pop(rule, None)
        self._free(slot)
        return True

    def _free(self, slot: int) -> None:
        """Take a slot out of use."""
        self._ids[slot], self._alive[slot] = None, 0
        self._living -= 1

    def sort(self, again: Collection[str] = ()) -> None:
        """Find all ids by a sorted column, those that were appended too.

        Ids ``again`` were appended more than once: the last time counts.
        """
        if again:
            last: dict[str, int] = {}
            for slot, rule in enumerate(self._ids[: self._size]):
                if rule in again:
                    if rule in last:
                        self._free(last[rule])
                    last[rule] = slot
        slots = np.flatnonzero(self.alive).astype(np.int32)
        hashes = np.fromiter(map(hash, self.ids(slots)), np.int64, len(slots))
        order = np.argsort(hashes)
        self._hashes, self._slots, self._newest = hashes[order], slots[order], {}

    def sorting(self, *, closing: bool) -> Sorting | None:
        """Work worth doing: sort many new ids in, and close the gaps that removed ones left.

        Until ``adopt`` takes what it gave, no other such work may be asked for.
        """
        if not closing and len(self._newest) <= max(_NEWEST, len(self._hashes) // _GROWTH):
            return None
        self._older, self._newest = self._newest, {}
        alive = self.alive.copy()
        return Sorting(self._ids, alive, self._hashes, self._slots, self._older, closing)

    def adopt(self, found: Sorted) -> int:
        """Use what the work gave. How far the slots given out since then have moved."""
        self._hashes, self._slots, self._older = found.hashes, found.slots, {}
        if found.living is None:
            return 0
        before, count, later = found.before, len(found.living), self._size - found.before
        ids, self._ids = self._ids, found.ids
        alive, self._alive = self._alive, np.zeros(len(found.ids), np.uint8)
        self._alive[:count] = alive[found.living]
        self._ids[np.flatnonzero(self._alive[:count] == 0)] = None  # removed since then
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
        ids: npt.NDArray[np.object_] = np.empty(size, object)
        alive = np.zeros(size, np.uint8)
        ids[: self._size], alive[: self._size] = self._ids, self._alive
        self._ids, self._alive = ids, alive
