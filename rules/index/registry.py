"""Rule ids and the slots that stand for them: numbers in the order in which rules were added.

Most ids sit in a sorted column of hashes (12 bytes an id), the newest in a dictionary.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rules.index.columns import Flags, Ints

_NEWEST = 4_096  # ids in the dictionary before they are sorted in
_GROWTH = 8  # and the part of all that they must be


class Registry:
    """Which rule has which slot, and which slots are still in use."""

    def __init__(self) -> None:
        self._ids: npt.NDArray[np.object_] = np.empty(64, object)
        self._alive: Flags = np.zeros(64, np.uint8)
        self._size = 0  # slots given out
        self._living = 0
        self._newest: dict[str, int] = {}
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
        found: list[str] = self._ids[slots].tolist()
        return found

    def find(self, rule: str) -> int | None:
        """The slot of this rule, or None."""
        slot = self._newest.get(rule)
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
        """The same for very many: the rule is not found by its id before ``settle(every=True)``."""
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
        self._ids[slot], self._alive[slot] = None, 0
        self._newest.pop(rule, None)
        self._living -= 1
        return True

    def settle(self, *, every: bool = False) -> None:
        """Sort the newest ids in where they have become many, or ``every`` one."""
        if not every and len(self._newest) <= max(_NEWEST, len(self._hashes) // _GROWTH):
            return
        slots = np.flatnonzero(self.alive).astype(np.int32)
        hashes = np.fromiter(map(hash, self.ids(slots)), np.int64, len(slots))
        order = np.argsort(hashes)
        self._hashes, self._slots, self._newest = hashes[order], slots[order], {}

    def renumbered(self) -> Ints:
        """Close the gaps that removed rules left; what each old slot has become."""
        new = np.cumsum(self.alive, dtype=np.int32) - 1
        living = np.flatnonzero(self.alive)
        there = self._alive[self._slots] != 0
        self._ids, self._size = self._ids[living], len(living)
        self._alive = np.ones(self._size, np.uint8)
        self._newest = {rule: int(new[slot]) for rule, slot in self._newest.items()}
        self._hashes, self._slots = self._hashes[there], new[self._slots[there]]
        return new

    def _grow(self) -> None:
        size = max(64, self._size + self._size // 4)
        ids: npt.NDArray[np.object_] = np.empty(size, object)
        alive = np.zeros(size, np.uint8)
        ids[: self._size], alive[: self._size] = self._ids, self._alive
        self._ids, self._alive = ids, alive
