"""The likeliest ways to cut a short text into words: jieba's measure, for a window around a name.

A cut is as likely as the product of its words' frequencies. Texts are short and come cold: an
article looks up a few of 350,000 words, each of which costs more to fetch than to reckon with. So
what can be known without the dictionary is looked up in two small tables: how likely a character is
as a word of its own, and how long words can be that begin with two given characters.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np

_Word: TypeAlias = tuple[int, int, float]  # start, end, log probability

LONGEST = 6  # characters; longer dictionary words are idioms, which a shorter one tells apart too
_CHARACTERS = 0x10000  # code points that have a word of their own at all
_OPENINGS = 1 << 20  # pairs that share a byte are told apart by the dictionary
_SPREAD = 6_151  # a prime, so that neighbours in a block of characters fall far apart
_LENGTHS = [tuple(n + 2 for n in range(LONGEST - 1) if mask >> n & 1) for mask in range(32)]


class Pieces(NamedTuple):
    """What a text can be cut into: its characters, and longer words by where they start."""

    characters: list[float]  # log probabilities
    words: list[_Word]

    def best(self, first: int = 0, banned: tuple[int, int] = (-1, -1)) -> list[float]:
        """For each place the log probability of the best cut from ``first`` up to there.

        The word at ``banned`` is not used. Before ``first`` there is none: minus infinity.
        """
        characters, length = self.characters, len(self.characters)
        best = [-math.inf] * (length + 1)
        best[first], done = 0.0, first
        for start, end, log in self.words:
            if start < first or (start, end) == banned:
                continue
            while done <= start:
                score = best[done] + characters[done]
                done += 1
                if score > best[done]:
                    best[done] = score
            score = best[start] + log
            if score > best[end]:
                best[end] = score
        for place in range(done, length):
            best[place + 1] = max(best[place + 1], best[place] + characters[place])
        return best


class Cutter:
    """Finds what a text can be cut into."""

    def __init__(self, logs: Mapping[str, float], unknown: float) -> None:
        """``logs``: each word's log probability; ``unknown`` that of a character without one."""
        self._log = logs.get
        self._unknown = unknown
        self._characters = array("d", [unknown]) * _CHARACTERS
        for word, log in logs.items():
            if len(word) == 1 and ord(word) < _CHARACTERS:
                self._characters[ord(word)] = log
        self._openings = _openings(word for word in logs if 1 < len(word) <= LONGEST)

    def pieces(self, text: str) -> Pieces:
        """The characters and words of ``text``."""
        log, openings, characters = self._log, self._openings, self._characters
        codes = [*map(ord, text)]
        words: list[_Word] = []
        for start, (one, two) in enumerate(pairwise(codes)):
            for length in _LENGTHS[openings[(one * _SPREAD + two) % _OPENINGS]]:
                end = start + length
                known = log(text[start:end]) if end <= len(codes) else None
                if known is not None:
                    words.append((start, end, known))
        unknown = self._unknown
        return Pieces([characters[c] if c < _CHARACTERS else unknown for c in codes], words)


def _openings(words: Iterable[str]) -> bytes:
    """By a hash of two characters the lengths of the words that begin with them, a bit each."""
    text = "\n" + "\n".join(words) + "\n"
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = np.flatnonzero(codes == ord("\n"))
    first = ends[:-1] + 1
    bits = (1 << np.diff(ends) - 3).astype(np.uint8)
    table = np.zeros(_OPENINGS, np.uint8)
    pairs = (codes[first] * np.uint32(_SPREAD) + codes[first + 1]) % np.uint32(_OPENINGS)
    np.bitwise_or.at(table, pairs, bits)
    return table.tobytes()
