"""Finds words of a growing set in a text, with the numbers they stand for.

The words sit in a few automata, each several times larger than the next, so that a new word costs
little on average however many there are; the newest are looked for one by one.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TypeAlias

import daachorse

from rules.evaluate import places

Hit: TypeAlias = tuple[int, int, int]  # start, end, number

_LOOSE = 100  # words looked for one by one before they get an automaton
_GROWTH = 8  # how many times larger the next automaton is left alone


class Keywords:
    """Words by number. Two numbers may share a word; a word that is never empty."""

    def __init__(self, text: Callable[[int], str]) -> None:
        """``text`` tells the word of a number: words are not kept twice."""
        self._text = text
        self._loose: list[tuple[str, int]] = []
        self._levels: list[_Level] = []

    def add(self, number: int) -> None:
        """Look for this number's word from now on."""
        self._loose.append((self._text(number), number))

    def find(self, text: str) -> list[Hit]:
        """Every place in ``text`` where a word stands, also within another, in no fixed order."""
        if len(self._loose) > _LOOSE:
            self._settle()
        hits = [hit for level in self._levels for hit in level.find(text)]
        for word, number in self._loose:
            if word in text:
                hits += [(at, at + len(word), number) for at in places(text, word, len(text))]
        return hits

    def _settle(self) -> None:
        """Put the newest words into an automaton, together with levels that are not far larger."""
        numbers = array("i", [number for _, number in self._loose])
        levels = list(self._levels)
        while levels and len(levels[-1].numbers) < _GROWTH * len(numbers):
            numbers += levels.pop().numbers
        self._levels = [*levels, _Level(numbers, [self._text(number) for number in numbers])]
        self._loose = []


class _Level:
    """Words that no longer change, in one automaton."""

    def __init__(self, numbers: array[int], words: list[str]) -> None:
        self.numbers = numbers
        self._automaton = daachorse.CharwiseDoubleArrayAhoCorasick(words)

    def find(self, text: str) -> list[Hit]:
        numbers = self.numbers
        hits = self._automaton.find_overlapping(text)
        return [(start, end, numbers[place]) for start, end, place in hits]
