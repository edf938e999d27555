"""Families of wording (``frames.toml``): rows of slots, whichever word fills each.

Words alone know only the adverts that were seen; a verb of joining and a private channel close by
invite whatever they are called. Frames look at the edges of a text, where calls stand: a whole long
article is full of such neighbours.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rules.scan import Scanner

HEAD, TAIL = 120, 280  # folded characters at both ends of a text
_BREAKS = frozenset("。!?\n")  # a gap stays within its sentence
_EXPRESSION = "~"

Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """Slots one after another; ``gaps`` are the most characters before each but the first.

    ``needed`` are the slots as a set: a row whose slots are not all filled is not looked at.
    """

    signal: str
    slots: tuple[str, ...]
    gaps: tuple[int, ...]
    needed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frames:
    """What ``frames.toml`` says, ready to be looked for."""

    words: Scanner
    forms: tuple[tuple[str, re.Pattern[str]], ...]
    rows: tuple[Row, ...]

    def fillers(self, text: str, start: int, end: int) -> Mapping[str, Ranges]:
        """Where words of each slot stand in folded ``text`` between ``start`` and ``end``."""
        hits = self.words.scan(text[start:end])
        found = {
            slot: [(hit.start + start, hit.end + start) for hit in owned]
            for slot, owned in hits.items()
            if owned
        }
        for slot, form in self.forms:
            if places := [match.span() for match in form.finditer(text, start, end)]:
                found[slot] = sorted([*found.get(slot, ()), *places])
        return found


def edges(text: str) -> Ranges:
    """The ranges of ``text`` that are looked at: all of a short one, both ends of a long one."""
    if len(text) <= HEAD + TAIL:
        return [(0, len(text))]
    return [(0, HEAD), (len(text) - TAIL, len(text))]


def find(text: str) -> Iterator[tuple[str, int, int]]:
    """What each row finds at the edges of folded ``text``: signal, start, end."""
    frames = load()
    for start, end in edges(text):
        fillers = frames.fillers(text, start, end)
        for row in frames.rows:
            if fillers.keys() >= row.needed:
                for first, last in chained(text, row, fillers):
                    yield row.signal, first, last


def chained(text: str, row: Row, fillers: Mapping[str, Ranges]) -> Ranges:
    """Where the row's slots are filled one after another, each gap within one sentence."""
    chains = fillers[row.slots[0]]
    for slot, gap in zip(row.slots[1:], row.gaps, strict=True):
        following = fillers[slot]
        chains = [
            (first, end)
            for first, last in chains
            for start, end in following
            if 0 <= start - last <= gap and _BREAKS.isdisjoint(text[last:start])
        ]
    return chains


@lru_cache(maxsize=1)
def load() -> Frames:
    """The packaged frames. Raises ValueError where a row names an unknown slot."""
    source = resources.files("rules.data.promotion").joinpath("frames.toml")
    return build(tomllib.loads(source.read_text("utf-8")))


def build(data: Mapping[str, Any]) -> Frames:
    """Frames from their file's content. Raises ValueError where a row names an unknown slot."""
    slots: Mapping[str, list[str]] = data["slots"]
    words = {s: [w for w in ws if not w.startswith(_EXPRESSION)] for s, ws in slots.items()}
    forms = [(s, w[1:]) for s, ws in slots.items() for w in ws if w.startswith(_EXPRESSION)]
    rows = (_row(entry["signal"], row) for entry in data["frame"] for row in entry["rows"])
    frames = Frames(Scanner(words), tuple((s, re.compile(w)) for s, w in forms), tuple(rows))
    for row in frames.rows:
        if unknown := set(row.slots) - set(slots):
            raise ValueError(f"frames.toml: {row.signal} names no such slot: {unknown}")
    return frames


def _row(signal: str, row: str) -> Row:
    """``slot number slot …``: a slot that no number precedes follows at once."""
    slots, gaps, gap = [], [], 0
    for part in row.split():
        if part.isdigit():
            gap = int(part)
        else:
            slots.append(part)
            gaps.append(gap)
            gap = 0
    return Row(signal, tuple(slots), tuple(gaps[1:]), frozenset(slots))
