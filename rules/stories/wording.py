"""The terms of a text: pairs of Chinese characters and Latin words, each with what it tells.

A term is one number, its hash above its weight in four bits, so that the weight of what two texts
share is a set intersection and a sum. The weight is the natural logarithm of how rare the term is
among headlines: 營收 says little about which story this is, 布袋 nearly all.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rules.stories import knowledge

_RARE = 9  # what a pair tells that is not among the 5,000 commonest
_TELLING = 8  # from here on a term is rare
_NAME = 10  # what a Latin word of four letters or more tells: it mostly is a name
_SHORT = 7  # what a shorter one tells
_REMEMBERED = 40_000  # words, about 6 MB
_WEIGHT_BITS = 4
_WEIGHT = (1 << _WEIGHT_BITS) - 1
_BITS = 28  # of a term
_TERM = (1 << _BITS) - 1
_HASH = (1 << 24) - 1  # two of 100 terms fall together once in some thousand pairs of articles
_RUNS = re.compile(r"([\u3400-\u9fff]+)|([a-z][a-z0-9&+]*(?:[.-][a-z0-9]+)*)")


def terms(text: str) -> frozenset[int]:
    """The terms of a folded text. Numbers are none: they are compared as amounts."""
    table = _terms()
    return frozenset([table[word] for word in _words(text)]) - {0}


def rare(found: Iterable[int]) -> int:
    """How many of the terms are rare enough to tell much."""
    return sum([(term & _WEIGHT) >= _TELLING for term in found])


def total(found: Iterable[int]) -> int:
    """What the terms tell together."""
    return sum([term & _WEIGHT for term in found])


@lru_cache(maxsize=4096)
def whole(found: frozenset[int]) -> int:
    """``total`` of the terms of one article, remembered: it is compared with many others."""
    return total(found)


def heaviest(found: Iterable[int], limit: int) -> list[int]:
    """At most ``limit`` terms, those that tell most first, in an order that is always the same."""
    ranked = sorted([(_WEIGHT - (term & _WEIGHT)) << _BITS | term for term in found])
    return [number & _TERM for number in ranked[:limit]]


def _words(text: str) -> Iterator[str]:
    for match in _RUNS.finditer(text):
        run = match[1]
        if run:
            for i in range(len(run) - 1):
                yield run[i : i + 2]
        else:
            yield match[2]


class _Terms(dict[str, int]):
    """Word to term: the listed words, and the first unlisted ones that were met."""

    def __missing__(self, word: str) -> int:
        if not word.isascii():
            term = _term(word, _RARE)
        else:
            term = _term(word, _NAME if len(word) > 3 else _SHORT if len(word) > 1 else 0)
        if len(self) < _REMEMBERED:
            self[word] = term
        return term


def _term(word: str, tells: int) -> int:
    return (zlib.crc32(word.encode()) & _HASH) << _WEIGHT_BITS | tells if tells else 0


@lru_cache(maxsize=1)
def _terms() -> _Terms:
    table = _Terms()
    for line in knowledge.lines("bigrams.txt"):
        tells, *pairs = line.split()
        table.update((pair, _term(pair, int(tells))) for pair in pairs)
    for line in knowledge.lines("words_en.txt"):
        table.update(dict.fromkeys(line.split(), 0))
    return table
