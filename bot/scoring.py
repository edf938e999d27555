"""Counting right and wrong answers, without knowing what was asked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """How many answers were right, given and wanted, over all cases."""

    cases: int = 0
    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        """Count one case."""
        self.cases += 1
        self.right += right
        self.found += found
        self.wanted += wanted

    @property
    def precision(self) -> float | None:
        """The share of the given answers that are right; None where none was given."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """The share of the wanted answers that were given; None where none was wanted."""
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where either is."""
        total = self.found + self.wanted
        return 2 * self.right / total if self.found and self.wanted else None


def in_stable_third(key: str, digest_bytes: int = 32) -> bool:
    """Whether ``key`` belongs to a stable third of all keys, by the first bytes of its SHA-256."""
    digest = hashlib.sha256(key.encode()).digest()
    return int.from_bytes(digest[:digest_bytes], "big") % 3 == 0


def rouge_l(candidate: str, reference: str) -> float:
    """ROUGE-L F1 over characters, blanks left out, from 0 to 1 (Lin 2004, with equal weights)."""
    left, right = "".join(candidate.split()), "".join(reference.split())
    if not left or not right:
        return 0.0
    return 2 * _common_subsequence(left, right) / (len(left) + len(right))


def _common_subsequence(left: Sequence[str], right: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(right) + 1)
    for char in left:
        diagonal = 0
        for place, other in enumerate(right, 1):
            above = row[place]
            row[place] = diagonal + 1 if char == other else max(above, row[place - 1])
            diagonal = above
    return row[-1]
