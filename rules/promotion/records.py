"""The records that make up the catalogue of signals, and what a test answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Group:
    """Signals that witness the same kind of fact, and what it is called in both languages."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Record:
    """One signal: its name, group, meaning for readers, and what fires it.

    ``test`` names a computed test (empty if words alone decide); ``least`` is how many different
    words it takes. ``framed`` is true where ``frames.toml`` has rows for it.
    """

    name: str
    group: str
    zh: str
    en: str
    test: str = ""
    least: int = 1
    framed: bool = False

    def description(self, lang: str) -> str:
        """What it means, in ``zh`` or ``en``."""
        return self.en if lang == "en" else self.zh


class Mark(NamedTuple):
    """A word found at ``[start, end)`` of the folded text, or pieces of one with gaps between.

    ``told`` is true where the text reports, warns of or denies it instead of saying it.
    ``disguised`` is true where something foreign stands between its characters.
    """

    start: int
    end: int
    word: str
    told: bool = False
    disguised: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A signal's answer: whether it fired, and the places that it saw (also when it did not)."""

    fired: bool
    places: tuple[tuple[int, int], ...] = ()
