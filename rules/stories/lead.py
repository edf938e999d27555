"""Which of several articles should tell a story to a reader?"""

from __future__ import annotations

from rules.model import Article, Reading, Stance

_STEP = 150  # characters; who wrote a sentence more does not tell more
_FULL = 4  # from so many steps on an article is full enough
_FIGURES = 4


def leads(
    one: tuple[Article, Reading], other: tuple[Article, Reading], lang: str | None = None
) -> bool:
    """Whether ``one`` tells the story better than ``other``, which came first.

    An article that is flagged never leads. What is certain comes before talk, the reader's language
    (``zh`` or ``en``, if given) before others, then what tells more: a fuller text with more
    figures. Where two are as good, the earlier one stays.
    """
    return _worth(*one, lang) > _worth(*other, lang)


def _worth(article: Article, reading: Reading, lang: str | None) -> tuple[bool, bool, bool, int]:
    events = [event for event in reading.events if not event.background]
    certain = any(event.stance is not Stance.RUMOURED for event in events)
    length = min(len(article.text) // _STEP, _FULL)
    figures = min(len(reading.figures), _FIGURES)
    readable = lang is None or reading.lang == lang
    return not reading.promotion.flagged, certain, readable, length + figures
