"""Which of the keywords that an article holds stand there on their own.

``Evaluator.stands`` says what that means. Here most places are judged by two lookups: between two
seams of the text (``rules.seams``) only the keyword itself decides, and what it decides is known.
"""

from __future__ import annotations

from rules.evaluate import Evaluator
from rules.index.keywords import ANYWHERE, EXACT, SOUND, TITLE, UNKNOWN, UNLIKE, Hit, Level
from rules.seams import FIRST, LAST
from rules.words import words


def standing(level: Level, evaluator: Evaluator, seams: bytes | None) -> set[int]:
    """The words of ``level``, by their places in it, that stand in the article.

    ``seams`` are those of its text, or None where another than the dictionary judges.
    """
    kinds, text = level.kinds, evaluator.document.text
    stand: set[int] = set()
    unsure: list[Hit] = []
    for hit in level.find(text):
        start, end, word = hit
        if word in stand:
            continue
        kind = kinds[word]
        if kind == UNKNOWN:
            kind = kinds[word] = _kind(text[start:end], level.manner[word])
        if kind == SOUND and seams is not None:
            if seams[start] and seams[end]:
                stand.add(word)
            else:
                unsure.append(hit)
        elif kind == ANYWHERE or stands(evaluator, start, end, level.manner[word]):
            stand.add(word)
    if seams is not None:
        words().standing(text, seams, unsure, stand)
    return stand


def stands(evaluator: Evaluator, start: int, end: int, manner: int) -> bool:
    """Whether a keyword of this manner that was found at ``[start, end)`` stands there."""
    if manner & TITLE and end > evaluator.document.title_end:
        return False
    return evaluator.stands(start, end, bool(manner & EXACT))


def _kind(word: str, manner: int) -> int:
    """What has to be looked at to know whether ``word`` stands where it is found."""
    chinese = FIRST <= word[0] <= LAST and FIRST <= word[-1] <= LAST
    if not chinese or manner & TITLE:
        return UNLIKE
    if manner & EXACT:
        return ANYWHERE
    return SOUND if words().sound(word) else UNLIKE
