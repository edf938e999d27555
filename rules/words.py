"""Where Chinese words begin and end, judged by jieba's dictionary on a small window.

jieba cuts a text where the product of its words' frequencies is highest. This module asks a
narrower question with the same dictionary and the same measure: how much less likely does the
text around a name become if the name must be one word? In 努力成為 the name 力成 is unlikely by
many orders of magnitude; in 力成營收 it costs nothing. Only the run of Chinese characters around
the name is cut, never an article.

jieba's dictionary is simplified, and so is a folded text. ``data/words_tw.txt`` adds the words of
Taiwan that it lacks. The dictionary file is read in place: jieba itself is not imported, so
nothing is cached in a temporary folder and nothing is logged.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

from rules.text import folded, is_cjk

_REACH = 7  # characters of context on either side of a name
_LONGEST = 6  # characters; longer dictionary words are idioms, which a shorter one tells apart too
_TAIWAN_COUNT = 60  # what an added word counts where its line gives no number
_ASSUMED = 20  # the count of a name or keyword that no dictionary holds


class Words:
    """Words with their counts; equal in use to jieba's own dictionary after loading."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._log_total = math.log(sum(counts.values()))
        self._counts = counts

    def count(self, word: str) -> int:
        """How often folded ``word`` counts in the dictionary, 0 if it is not there."""
        return self._counts.get(word, 0)

    def margin(self, text: str, start: int, end: int, count: int = _ASSUMED) -> float:
        """How well ``text[start:end]`` stands as a word of its own: 0 or more, well; below, badly.

        The natural logarithm of how many times likelier (or, below zero, less likely) the run of
        Chinese characters around it is if the range is one word than if it is cut in any other
        way. ``count`` is assumed for a word that the dictionary does not hold. Where no Chinese
        character touches the range there is nothing to judge, and the answer is 0.
        """
        left, right = start, end
        while left > 0 and start - left < _REACH and is_cjk(text[left - 1]):
            left -= 1
        while right < len(text) and right - end < _REACH and is_cjk(text[right]):
            right += 1
        if left == start and right == end:
            return 0.0
        return self._judge(text[left:right], start - left, end - left, count)

    def _judge(self, window: str, start: int, end: int, count: int) -> float:
        known = max(count, self._counts.get(window[start:end], 0))
        free = self._best(window, 0, len(window), (start, end))
        forced = (
            self._best(window, 0, start)
            + math.log(known)
            - self._log_total
            + self._best(window, end, len(window))
        )
        return forced - free

    def _best(self, text: str, start: int, end: int, banned: tuple[int, int] | None = None) -> float:
        """The log probability of the best way to cut ``text[start:end]``, one range forbidden."""
        get, log, total = self._counts.get, math.log, self._log_total
        best = [0.0] * (end - start + 1)
        for stop in range(start + 1, end + 1):
            score = best[stop - 1 - start] + log(get(text[stop - 1 : stop]) or 1) - total
            for first in range(max(start, stop - _LONGEST), stop - 1):
                count = get(text[first:stop])
                if count and (first, stop) != banned:
                    other = best[first - start] + log(count) - total
                    score = max(score, other)
            best[stop - start] = score
        return best[-1]

    def stands(self, text: str, start: int, end: int) -> bool:
        """Whether folded ``text[start:end]`` stands on word boundaries.

        Latin letters and digits: no letter or digit touches it. Chinese: the dictionary does not
        cut the text across its ends.
        """
        if _joined(text, start) or _joined(text, end):
            return False
        return self.margin(text, start, end) > -_TOLERANCE


_TOLERANCE = 3.0  # natural log: a word may be e^3 times less likely than the best other cut


def _joined(text: str, place: int) -> bool:
    """Whether two Latin letters or two digits meet at ``place``."""
    if not 0 < place < len(text):
        return False
    left, right = text[place - 1], text[place]
    letters = left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
    return letters or (left.isdigit() and right.isdigit())


@lru_cache(maxsize=1)
def words() -> Words:
    """jieba's dictionary with Taiwan's words: 350,000 words, loaded once in half a second."""
    counts: dict[str, int] = {}
    for word, count in _jieba_entries():
        counts[word] = counts.get(word, 0) + count
    for word, count in _taiwan_entries():
        counts[word] = max(counts.get(word, 0), count)
    return Words(counts)


def _jieba_entries() -> Iterable[tuple[str, int]]:
    """jieba's words folded (it holds some variant characters) and their counts."""
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("jieba is not installed: its dictionary judges word boundaries")
    text = Path(spec.submodule_search_locations[0], "dict.txt").read_text("utf-8")
    changed = {ord(char): folded(char) for char in set(text) - {"\n", " "} if folded(char) != char}
    fields = text.translate(changed).split()  # word, count, part of speech
    return zip(fields[::3], map(int, fields[1::3]), strict=True)


def _taiwan_entries() -> Iterable[tuple[str, int]]:
    text = resources.files("rules.data").joinpath("words_tw.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, _, count = line.partition(" ")
            yield folded(word), int(count or _TAIWAN_COUNT)
