"""Which of the keywords that an article holds stand there on their own.

``Evaluator.stands`` says what that means, one place at a time. Here most places are judged all at
once by two lookups in a table: where no word of the dictionary can lie across either end of a
Chinese keyword, only the keyword itself decides. What is left is judged one by one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rules.evaluate import Evaluator
from rules.index.columns import Flags, Ints
from rules.index.keywords import EXACT, TITLE, Level
from rules.seams import FIRST, LAST
from rules.words import words

Which = npt.NDArray[np.bool_]

_SOUND, _UNSOUND = 1, 2  # 0: not worked out yet


class Text:
    """An article's text with what judging its keywords needs to know of every place in it."""

    def __init__(self, evaluator: Evaluator) -> None:
        text = evaluator.document.text
        chars = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        self.evaluator = evaluator
        self.chinese = (chars >= ord(FIRST)) & (chars <= ord(LAST))
        # Who judges in the dictionary's stead is asked place by place.
        self.seams = words().seams(text) if evaluator.boundary is None else None


def standing(level: Level, text: Text) -> set[int]:
    """The words of ``level``, by their places in it, that stand in the article."""
    document = text.evaluator.document
    hits = level.find(document.text)
    if not len(hits):
        return set()
    manner = level.manner.take(hits[:, 2])
    outside = (manner >= TITLE) & (hits[:, 1] > document.title_end)
    if outside.any():
        hits, manner = hits[~outside], manner[~outside]
    chinese = text.chinese.take(hits[:, 0]) & text.chinese.take(hits[:, 1] - 1)
    exact = manner & EXACT != 0
    stand, rest = set(hits[chinese & exact, 2].tolist()), ~(chinese & exact)
    if text.seams is not None:
        seams = np.frombuffer(text.seams, np.bool_)
        free = seams.take(hits[:, 0]) & seams.take(hits[:, 1])
        unsure = rest & chinese & ~free
        whole = rest & chinese & free & _sound(level, document.text, hits, rest & chinese & free)
        stand.update(hits[whole, 2].tolist())
        stand |= words().standing(document.text, text.seams, hits[unsure].tolist())
        rest &= ~(unsure | whole)
    for start, end, word in hits[rest].tolist():
        exactly = bool(level.manner[word] & EXACT)
        if word not in stand and text.evaluator.stands(start, end, exactly):
            stand.add(word)
    return stand


def _sound(level: Level, text: str, hits: Ints, asked: Which) -> Which:
    """For each of ``hits`` whether its word is sound (``Words.sound``), as far as it is asked."""
    known: Flags = level.sound.take(hits[:, 2])
    unknown = asked & (known == 0)
    if unknown.any():
        for start, end, word in hits[unknown].tolist():
            level.sound[word] = _SOUND if words().sound(text[start:end]) else _UNSOUND
        known = level.sound.take(hits[:, 2])
    return np.equal(known, _SOUND)
