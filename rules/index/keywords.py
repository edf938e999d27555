"""Finds words of a growing set in a text, with the numbers they stand for.

The words sit in a few automata (*levels*), each several times larger than the next; the newest are
looked for one by one until they are put into one, which another thread may do meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

import daachorse
import numpy as np

from rules.evaluate import places
from rules.index.columns import Ints

Hit: TypeAlias = tuple[int, int, int]  # start, end, number

_GROWTH = 8  # how many times larger the next level is left alone
SOUND, ANYWHERE, UNLIKE = range(1, 4)  # kinds of words: see ``standing``; 0 is not known yet
TITLED = 4  # more for one that is looked for in the title only
EXACT, TITLE = 1, 2  # a keyword's manner: no word end is asked for; in the title only


class Word(NamedTuple):
    """A text to be found, and its manner."""

    text: str
    manner: int = 0


class Level:
    """Words that no longer change, in one automaton."""

    def __init__(self, numbers: Sequence[int], words: Sequence[Word]) -> None:
        self.numbers: Ints = np.array(numbers, np.int32)
        self.manner = bytes(word.manner for word in words)
        self.kinds = bytearray(len(words))  # worked out by ``standing`` when a word is first met
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick([word.text for word in words])

    def find(self, text: str) -> list[Hit]:
        """Every place where a word stands, also within another; words by their places in here."""
        return self._automaton.find_overlapping(text)


class Gathering(NamedTuple):
    """Words to be put into one level: those of levels that it replaces, and loose ones."""

    kept: tuple[Level, ...]
    numbers: list[int]
    loose: int  # how many of the loose words, the oldest first
    word: Callable[[int], Word]

    def run(self) -> Level:
        """The new level."""
        return Level(self.numbers, [self.word(number) for number in self.numbers])


class Keywords:
    """Words by number. Two numbers may share a word; a word is never empty."""

    def __init__(self, word: Callable[[int], Word]) -> None:
        """``word`` tells a number's word: words are not kept twice."""
        self._word = word
        self._newest: list[int] = []
        self._loose: dict[str, list[int]] = {}  # the newest by first character
        self.levels: tuple[Level, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any word to be found."""
        return bool(self._newest or self.levels)

    def add(self, number: int) -> None:
        """Look for this number's word from now on."""
        self._newest.append(number)
        self._loose.setdefault(self._word(number).text[0], []).append(number)

    def gathering(self, least: int) -> Gathering | None:
        """Work worth doing once ``least`` words are loose: with levels that are not far larger."""
        if len(self._newest) < max(1, least):
            return None
        numbers, kept = list(self._newest), len(self.levels)
        while kept and len(self.levels[kept - 1].numbers) < _GROWTH * len(numbers):
            kept -= 1
            numbers += self.levels[kept].numbers.tolist()
        return Gathering(self.levels[:kept], numbers, len(self._newest), self._word)

    def adopt(self, work: Gathering, level: Level) -> None:
        """Use what ``work`` gave; since then words may have been added, but no levels."""
        later = self._newest[work.loose :]
        self._newest, self._loose = [], {}
        for number in later:
            self.add(number)
        self.levels = (*work.kept, level)

    def find(self, text: str) -> list[Hit]:
        """Every place in ``text`` where a word stands, also within another, in no fixed order."""
        hits = [*self.loose(text)]
        for level in self.levels:
            numbers = level.numbers
            hits += [(start, end, int(numbers[word])) for start, end, word in level.find(text)]
        return hits

    def loose(self, text: str) -> Iterator[Hit]:
        """Those of the words that are in no level yet."""
        for first in self._loose.keys() & set(text) if self._loose else ():
            for number in self._loose[first]:
                word = self._word(number).text
                if word in text:
                    for at in places(text, word, len(text)):
                        yield at, at + len(word), number
