"""Stored articles for which a rule holds, from the newest to the oldest, a bounded stretch a time.

It runs on the database's thread, which others wait for. So one walk ends after so many articles or
so much time, and says where: the next one goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.chat.context import Context
from bot.chat.preview import searchable
from rules.document import folded_only
from rules.evaluate import Evaluator, evidence
from rules.model import And, CompanyTerm, Or, PromoTerm, Span, Term
from storage.rows import StoredArticle
from storage.search import Cursor

MOST = 300
"""Articles that are tried exactly in one walk: some 0.25 s of work."""

SECONDS = 0.6
_CHUNK = 25


@dataclass(frozen=True, slots=True)
class Hit:
    """An article for which the rule held, and on which words."""

    stored: StoredArticle
    evidence: Mapping[str, tuple[Span, ...]]

    @property
    def advert(self) -> bool:
        """Whether it is flagged as promotion."""
        return self.stored.reading.promotion.flagged


class Walk:
    """One walk through the articles for which ``term`` holds; iterate over it once.

    ``place`` is the last article that was done with, from which another walk may go on; ``ended``
    is true once there is none left. Only what was published counts: nothing that is a chat's own.
    """

    def __init__(
        self,
        context: Context,
        term: Term,
        before: Cursor | None = None,
        most: int = MOST,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._search = context.store.search
        self._term = term
        self._most = most
        self._timer = timer
        self.place = before
        self.ended = False

    def __iter__(self) -> Iterator[Hit]:
        ids = self._search.newest(searchable(self._term), self.place, self._most)
        end = self._timer() + SECONDS
        for start in range(0, len(ids), _CHUNK):
            for stored in self._search.load(ids[start : start + _CHUNK]):
                if hit := _held(self._term, stored):
                    yield hit
                self.place = Cursor(stored.article.at, stored.id)
            if self._timer() > end and start + _CHUNK < len(ids):
                return
        self.ended = len(ids) < self._most


@dataclass(frozen=True, slots=True)
class Page:
    """Some articles, newest first, and how many adverts among them were left out.

    ``more`` is where the next page begins; None where everything was looked through. It was
    ``cut`` where the walk ended before the page was full.
    """

    hits: tuple[Hit, ...]
    adverts: int
    more: Cursor | None
    cut: bool


def page(context: Context, term: Term, before: Cursor | None, size: int) -> Page:
    """The next ``size`` articles after ``before`` for which ``term`` holds.

    Adverts are left out unless the rule itself asks for them.
    """
    wanted = asks_for_adverts(term)
    walk = Walk(context, term, before)
    hits: list[Hit] = []
    adverts = 0
    for hit in walk:
        if hit.advert and not wanted:
            adverts += 1
        elif len(hits) == size:  # so there is another page, which begins with this one
            return Page(tuple(hits), adverts, walk.place, cut=False)
        else:
            hits.append(hit)
    return Page(tuple(hits), adverts, None if walk.ended else walk.place, cut=not walk.ended)


def stories(context: Context, term: Term, most: int) -> Page:
    """The newest article of each of the ``most`` latest stories for which ``term`` holds."""
    told: dict[int, Hit] = {}
    adverts = 0
    walk = Walk(context, term)
    for hit in walk:
        if hit.advert:
            adverts += 1
        elif hit.stored.story not in told:
            if len(told) == most:
                return Page(tuple(told.values()), adverts, walk.place, cut=False)
            told[hit.stored.story] = hit
    more = None if walk.ended else walk.place
    return Page(tuple(told.values()), adverts, more, cut=not walk.ended)


def asks_for_adverts(term: Term) -> bool:
    """Whether the rule says that it wants adverts."""
    match term:
        case And(parts) | Or(parts):
            return any(map(asks_for_adverts, parts))
    return term == PromoTerm(True)


def as_subject(term: Term) -> Term | None:
    """``term`` with its companies as what the article is about; None where it names none.

    What is excluded stays excluded wherever it is named.
    """
    match term:
        case CompanyTerm():
            return replace(term, about=True)
        case And(parts) | Or(parts):
            changed = [as_subject(part) for part in parts]
            if not any(changed) or (isinstance(term, Or) and not all(changed)):
                return None
            both = zip(changed, parts, strict=True)
            return type(term)(tuple(new or part for new, part in both))
    return None


def _held(term: Term, stored: StoredArticle) -> Hit | None:
    document = folded_only(stored.article, stored.reading.lang)
    held = Evaluator(document, stored.reading).holds(term)
    return None if held is None else Hit(stored, evidence(held))
