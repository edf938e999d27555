"""The places of a text that no word of a dictionary lies across, found for all places at once.

At such a *seam* every cut of the text into words has an end, so what lies beyond it changes no
answer about what lies before: judging a word needs only the text between the nearest seams.

A word across a place holds the two characters beside it, if it has two, or else three in a row with
both of them. Those pairs and triples are marked in a table of hashes, in which one in ten that no
word holds shares its mark with one that some word does: such a place is not known to be a seam.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Chars: TypeAlias = npt.NDArray[np.uint32]  # code points

FIRST, LAST = "\u3400", "\u9fff"  # Chinese characters
_SHIFT = np.uint32(32 - 21)  # 2 MB a table: it fits into a processor's cache
# Odd factors that spread products over all bits (2^32 by the golden ratio; murmur3's finaliser).
_ONE, _TWO, _THREE = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)


class Seams:
    """Knows which neighbours occur within words."""

    def __init__(self, words: Iterable[str]) -> None:
        """Of words that are not all Chinese only the Chinese neighbours count."""
        words = list(words)
        pairs = _chars("\n".join(word for word in words if len(word) == 2))
        triples = _chars("\n".join(word for word in words if len(word) > 2))
        self._pairs = _table(_pair(pairs)[_all_chinese(pairs, 2)])
        self._triples = _table(_triple(_pair(triples), triples)[_all_chinese(triples, 3)])

    def of(self, text: str) -> bytes:
        """For each place of ``text``, from 0 to its length, 1 if it is a seam, else 0.

        ``result[n]`` is about the place before ``text[n]``.
        """
        chars = _chars(text)
        crossed = np.zeros(len(chars) + 1, np.bool_)
        if len(chars) > 1:
            pairs, within = _pair(chars), crossed[1:-1]
            within |= self._pairs.take(pairs >> _SHIFT)
            if len(chars) > 2:
                held = self._triples.take(_triple(pairs, chars) >> _SHIFT)
                within[:-1] |= held
                within[1:] |= held
            within &= _all_chinese(chars, 2)
        return (~crossed).tobytes()


def neighbours(words: Iterable[str]) -> dict[str, str]:
    """For each Chinese character those that come right after it in a word; exact, unlike ``Seams``.

    For a place or two of a text looking here is faster.
    """
    chars = _chars("\n".join(words)).astype(np.uint64)
    pairs = np.sort((chars[:-1] << 32 | chars[1:])[_all_chinese(chars, 2)])
    pairs = pairs[_changes(pairs)]  # by sorting: np.unique hashes, in ten times the time
    firsts, seconds = pairs >> 32, pairs.astype(np.uint32).tobytes().decode("utf-32-le")
    bounds = [*np.flatnonzero(_changes(firsts)).tolist(), len(pairs)]
    return {chr(firsts[start]): seconds[start:end] for start, end in pairwise(bounds)}


def _changes(items: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """For each of the items whether it differs from the one before; the first one does."""
    return np.concatenate((np.ones(len(items[:1]), np.bool_), items[1:] != items[:-1]))


def _chars(text: str) -> Chars:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _all_chinese(chars: npt.NDArray[np.unsignedinteger], length: int) -> npt.NDArray[np.bool_]:
    """For each run of two or three characters whether it is all Chinese."""
    chinese = (chars >= ord(FIRST)) & (chars <= ord(LAST))
    both: npt.NDArray[np.bool_] = chinese[:-1] & chinese[1:]
    return both if length == 2 else both[:-1] & both[1:]


def _pair(chars: Chars) -> Chars:
    """Hashes of each two neighbours; the upper bits are the good ones."""
    return (chars[:-1] * _ONE + chars[1:]) * _TWO


def _triple(pairs: Chars, chars: Chars) -> Chars:
    """Hashes of each three neighbours, from those of the pairs."""
    return (pairs[:-1] + chars[2:]) * _THREE


def _table(hashes: Chars) -> npt.NDArray[np.bool_]:
    table = np.zeros(1 << 32 - int(_SHIFT), np.bool_)
    table[hashes >> _SHIFT] = True
    return table
