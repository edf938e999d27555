"""Which of the keywords that an article holds stand there on their own.

``Evaluator.stands`` says what that means. Here most places are judged by two lookups: between two
seams of the text (``rules.seams``) only the keyword itself decides, and what it decides is known.
"""

from __future__ import annotations

from rules.evaluate import Evaluator
from rules.index.keywords import ANYWHERE, EXACT, SOUND, TITLE, TITLED, UNLIKE, Hit, Level
from rules.seams import FIRST, LAST
from rules.words import words


def standing(level: Level, evaluator: Evaluator, seams: bytes | None) -> set[int]:
    """The words of ``level``, by their places in it, that stand in the article.

    ``seams`` are those of its text, or None where another than the dictionary judges.
    """
    text, title_end = evaluator.document.text, evaluator.document.title_end
    kinds, stand = level.kinds, set[int]()
    unsure: list[Hit] = []
    for hit in level.find(text):
        start, end, word = hit
        kind = kinds[word] or _learned(level, word, text[start:end])
        if kind >= TITLED:
            if end > title_end:
                continue
            kind -= TITLED
        if kind == ANYWHERE:
            stand.add(word)
        elif kind == SOUND and seams is not None:
            if seams[start] and seams[end]:
                stand.add(word)
            else:
                unsure.append(hit)
        elif word not in stand and stands(evaluator, start, end, level.manner[word]):
            stand.add(word)
    if seams is not None:
        words().standing(text, seams, unsure, stand)
    return stand


def stands(evaluator: Evaluator, start: int, end: int, manner: int) -> bool:
    """Whether a keyword of this manner that was found at ``[start, end)`` stands there."""
    if manner & TITLE and end > evaluator.document.title_end:
        return False
    return evaluator.stands(start, end, bool(manner & EXACT))


def _learned(level: Level, place: int, word: str) -> int:
    """The kind of a word that is met for the first time: what tells whether it stands."""
    manner = level.manner[place]
    kind = UNLIKE
    if FIRST <= word[0] <= LAST and FIRST <= word[-1] <= LAST:
        kind = ANYWHERE if manner & EXACT else SOUND if words().sound(word) else UNLIKE
    level.kinds[place] = kind + TITLED if manner & TITLE else kind
    return level.kinds[place]
