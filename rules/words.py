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
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from importlib import resources
from importlib.abc import ResourceLoader
from importlib.util import find_spec
from typing import TypeAlias

from rules.cuts import LONGEST, Cutter
from rules.seams import FIRST, LAST, Seams, neighbours
from rules.text import changing, folded

Range: TypeAlias = tuple[int, int, int]

_REACH = 7  # characters of context on either side of a name
_TAIWAN_COUNT = 60  # what an added word counts where its line gives no number
_REMEMBERED = 50_000  # windows whose verdict is kept; news repeats itself
_TOLERANCE = 3.0  # natural log: a word may be e^3 times less likely than the best other cut
_ASSUMED = 20  # the count of a name or keyword that no dictionary holds


class Words:
    """Words with their log probabilities; in use equal to jieba's own dictionary after loading."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._total = math.log(sum(counts.values()))
        logs = {count: math.log(count) - self._total for count in set(counts.values())}
        self._logs = {word: logs[count] for word, count in counts.items()}
        self._next = neighbours(self._tried())
        self._cutter = Cutter(self._logs, -self._total)  # jieba counts an unknown character once
        self._judge = lru_cache(maxsize=_REMEMBERED)(self._margin)

    def _tried(self) -> list[str]:
        return [word for word in self._logs if 1 < len(word) <= LONGEST]

    @cached_property
    def _seams(self) -> Seams:
        return Seams(self._tried())  # only rules with keywords need it

    def count(self, word: str) -> int:
        """How often folded ``word`` counts in the dictionary, 0 if it is not there."""
        log = self._logs.get(word)
        return 0 if log is None else round(math.exp(log + self._total))

    def known(self) -> Iterable[str]:
        """Every word of the dictionary, folded."""
        return self._logs.keys()

    def margin(
        self, text: str, start: int, end: int, count: int = _ASSUMED, *, opened: bool = False
    ) -> float:
        """How well ``text[start:end]`` stands as a word of its own: 0 or more, well; below, badly.

        The natural logarithm of how many times likelier (or, below zero, less likely) the run of
        Chinese characters around it is if the range is one word than if it is cut in any other
        way. ``count`` is assumed for a word that the dictionary does not hold. Where no Chinese
        character touches the range there is nothing to judge, and the answer is 0. ``opened`` says
        that a word ends before the range, whatever stands there.
        """
        left = start if opened else self._seam_before(text, start)
        right = self._seam_after(text, end)
        if left == start and right == end:
            before = not opened and start > 0 and FIRST <= text[start - 1] <= LAST
            if not before and not FIRST <= text[end : end + 1] <= LAST:
                return 0.0
        return self._judge(text[left:right], start - left, end - left, count)

    def _seam_before(self, text: str, place: int) -> int:
        """The last seam at or before ``place``, at most ``_REACH`` characters away."""
        after, stop = self._next, max(0, place - _REACH)
        while place > stop and text[place] in after.get(text[place - 1], ""):
            place -= 1
        return place

    def _seam_after(self, text: str, place: int) -> int:
        """The first seam at or after ``place``, at most ``_REACH`` characters away."""
        after, stop = self._next, min(len(text), place + _REACH)
        while place < stop and text[place] in after.get(text[place - 1], ""):
            place += 1
        return place

    def _margin(self, window: str, start: int, end: int, count: int) -> float:
        own = max(math.log(count) - self._total, self._logs.get(window[start:end], -math.inf))
        pieces = self._cutter.pieces(window)
        free = pieces.best(banned=(start, end))
        if end < len(window):
            own += pieces.best(end)[-1]
        return free[start] + own - free[-1]

    def stands(self, text: str, start: int, end: int) -> bool:
        """Whether folded ``text[start:end]`` stands on word boundaries.

        Latin letters and digits: no letter or digit touches it. Chinese: the dictionary does not
        cut the text across its ends.
        """
        if not FIRST <= text[start] <= LAST and _joined(text, start):
            return False
        if not FIRST <= text[end - 1] <= LAST and _joined(text, end):
            return False
        return self.margin(text, start, end) > -_TOLERANCE

    def forget(self) -> None:
        """Forget the verdicts that are remembered; for benchmarks."""
        self._judge.cache_clear()

    # --- the same for many ranges of one text -----------------------------------------------------

    def seams(self, text: str) -> bytes:
        """For each place of ``text``, from 0 to its length, 1 if no word can lie across it."""
        return self._seams.of(text)

    def sound(self, word: str) -> bool:
        """Whether ``word`` stands wherever it begins and ends at a seam."""
        return self._judge(word, 0, len(word), _ASSUMED) > -_TOLERANCE

    def standing(self, text: str, seams: bytes, ranges: Iterable[Range], found: set[int]) -> None:
        """Add to ``found`` the numbers of those ranges of ``text`` that ``stands`` lets stand.

        A range is its start, its end and a number that others may have too: one that stands is
        enough. It must begin and end with a Chinese character, and one of its ends be no seam.
        """
        judge, before, after = self._judge, seams.rfind, seams.find
        for start, end, number in ranges:
            if number not in found:
                left = before(1, max(0, start - _REACH), start + 1)
                right = after(1, end, end + _REACH + 1)
                left = max(0, start - _REACH) if left < 0 else left
                right = min(len(text), end + _REACH) if right < 0 else right
                if judge(text[left:right], start - left, end - left, _ASSUMED) > -_TOLERANCE:
                    found.add(number)


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
    counts = _jieba_counts()
    for word, count in _taiwan_entries():
        counts[word] = max(counts.get(word, 0), count)
    return Words(counts)


def _jieba_counts() -> dict[str, int]:
    """jieba's words with their counts; the few in variant characters are folded."""
    fields = _jieba_dictionary().split()  # word, count, part of speech
    words, written = fields[::3], fields[1::3]
    numbers = {number: int(number) for number in set(written)}  # few, though there are many words
    counts = dict(zip(words, map(numbers.__getitem__, written), strict=True))
    lines = "\n".join(words)
    for place in list(changing(lines)):
        start, end = lines.rfind("\n", 0, place) + 1, lines.find("\n", place)
        word = lines[start:] if end < 0 else lines[start:end]
        if word in counts and (key := folded(word)) != word:
            counts[key] = counts.get(key, 0) + counts.pop(word)
    return counts


def _jieba_dictionary() -> str:
    """The text of jieba's dictionary, read through its loader without running its code."""
    spec = find_spec("jieba")
    loader = spec.loader if spec else None
    if spec is None or not isinstance(loader, ResourceLoader) or not spec.origin:
        raise ModuleNotFoundError("jieba is not installed: its dictionary judges word boundaries")
    data: bytes = loader.get_data(spec.origin.replace("__init__.py", "dict.txt"))
    return data.decode("utf-8")


def _taiwan_entries() -> Iterable[tuple[str, int]]:
    text = resources.files("rules.data").joinpath("words_tw.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, _, count = line.partition(" ")
            yield folded(word), int(count or _TAIWAN_COUNT)
