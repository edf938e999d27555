"""Which story does a new article belong to? One way for the pipeline, the command line and tests.

An article joins the story that one of its articles is most like, if it is like enough, and if it
is not unlike the others: stories would otherwise grow by chains of half-related articles.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Generic, TypeVar

from rules.model import Fingerprint
from rules.stories.likeness import WINDOW, score

CANDIDATES = 10
"""How many stories are looked at for one article: those that share most keys."""

MEMBERS = 5
"""How many articles of a story are compared: the first and the latest, however many ran it."""

_UNLIKE = -1.5  # what the story's articles must come to on average
_LEAST = -4.0  # an article that has nothing in common counts no worse than this

Id = TypeVar("Id", bound=Hashable)


def assign(mark: Fingerprint, candidates: Iterable[tuple[Id, Sequence[Fingerprint]]]) -> Id | None:
    """The candidate story that ``mark`` belongs to, or None if it begins a new one.

    ``candidates`` are stories with the fingerprints of their articles, as ``storage.stories``
    finds them. Of several that fit equally well the first is taken.
    """
    best: tuple[float, Id] | None = None
    for story, members in candidates:
        scores = [max(score(mark, member), _LEAST) for member in members]
        fit = max(scores, default=_LEAST)
        if fit >= 0 and sum(scores) / len(scores) >= _UNLIKE and (best is None or fit > best[0]):
            best = fit, story
    return best[1] if best else None


@dataclass(slots=True)
class _Told(Generic[Id]):
    story: Id
    last: datetime
    marks: list[Fingerprint] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


class Stories(Generic[Id]):
    """Stories in memory, for articles that come in order of time: what ``storage.stories`` does.

    Stories whose last article is older than the window are forgotten, so that memory holds two
    days of articles.
    """

    def __init__(self) -> None:
        self._stories: dict[Id, _Told[Id]] = {}
        self._by_key: dict[str, dict[Id, None]] = {}

    @property
    def known(self) -> int:
        """How many stories are remembered."""
        return len(self._stories)

    def add(self, mark: Fingerprint, new: Id) -> Id:
        """The story that the article belongs to: a known one, or ``new``."""
        self._forget(mark.at)
        story = assign(mark, self._candidates(mark))
        told = self._stories.setdefault(story if story is not None else new, _Told(new, mark.at))
        told.last = max(told.last, mark.at)
        told.marks.append(mark)
        told.keys |= mark.keys
        if len(told.marks) > MEMBERS:
            del told.marks[1]
        # The story with the oldest last article stays in front, so that forgetting is cheap.
        self._stories[told.story] = self._stories.pop(told.story)
        for key in mark.keys:
            self._by_key.setdefault(key, {})[told.story] = None
        return told.story

    def _candidates(self, mark: Fingerprint) -> Iterable[tuple[Id, Sequence[Fingerprint]]]:
        holders = [self._by_key[key] for key in mark.keys if key in self._by_key]
        shared = Counter(chain.from_iterable(holders))
        stories = self._stories
        found = heapq.nlargest(CANDIDATES, shared, key=lambda s: (shared[s], stories[s].last))
        return [(s, stories[s].marks) for s in found]

    def _forget(self, now: datetime) -> None:
        while self._stories:
            story = next(iter(self._stories))
            if self._stories[story].last >= now - WINDOW:
                return
            for key in self._stories.pop(story).keys:
                holders = self._by_key[key]
                holders.pop(story, None)
                if not holders:
                    del self._by_key[key]
