"""What a rule would have sent in the last month: a sample exactly, the rest by its share.

It runs on the database's thread, which others wait for. So after so many articles, or so much
time, the rest is extrapolated from what was tried; ``Preview.exact`` says whether it was. What is
tried is spread over the whole time, in runs of neighbours: a story's reports stand close together,
and which of them is only a follow-up can be told from its neighbours alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.context import Context
from rules.backtest import Past, Trial, backtest
from rules.model import And, KeywordTerm, Or, Outcome, RegexTerm, Term
from rules.origins import origins
from rules.patterns import literal
from storage.rows import StoredArticle

WINDOW = timedelta(days=30)
MOST = 300
"""Articles that are tried exactly: some 0.25 s of work."""

SECONDS = 0.6
_CHUNK = 25  # articles that are tried in a row
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_YOUNG = timedelta(days=1)  # a store younger than this says nothing of how many come a day


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would have done. ``days`` is 0 where the bot has not read for a day yet.

    Of ``candidates``, among which every match is, ``tried`` were tried, spread over the time:
    ``trials`` are those for which the rule held, oldest first. ``stored`` articles were there in
    all.
    """

    days: int
    stored: int
    candidates: int
    tried: int
    trials: tuple[Trial, ...]

    @property
    def exact(self) -> bool:
        """Whether nothing was extrapolated."""
        return self.tried == self.candidates

    @property
    def matched(self) -> int:
        """How many articles the rule holds for."""
        return self._scaled(len(self.trials))

    def count(self, outcome: Outcome) -> int:
        """How many of them would have had this outcome."""
        return self._scaled(sum(trial.outcome is outcome for trial in self.trials))

    @property
    def sent(self) -> int:
        """How many alerts would have been sent."""
        return self.count(Outcome.PUSH)

    @property
    def share(self) -> float:
        """How large a share of all articles the rule holds for, 0 to 1."""
        return min(1.0, self.matched / self.stored) if self.stored else 0.0

    def _scaled(self, count: int) -> int:
        """Two digits of an extrapolated number: more would only look exact."""
        if self.exact or not self.tried:
            return count
        whole = count * self.candidates / self.tried
        return round(float(f"{whole:.1e}"))


class Budget:
    """Seconds of work that several previews share: whoever pastes a list waits for one answer."""

    def __init__(self, timer: Callable[[], float], seconds: float = SECONDS) -> None:
        self._timer = timer
        self._end = timer() + seconds

    def share(self, among: int) -> Budget:
        """What is left for the next of so many previews."""
        return Budget(self._timer, (self._end - self._timer()) / max(1, among))

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self._timer() >= self._end


def preview(context: Context, term: Term, budget: Budget | None = None) -> Preview:
    """``term`` tried on what is stored, as if it had been the chat's only rule for a month."""
    budget = budget or Budget(context.timer)
    since, days = _window(context)
    ids = context.store.search.candidates(searchable(term), since)
    past: list[Past] = []
    for chunk in _sample(ids):
        past += _past(context, context.store.search.load(chunk))
        if budget.spent:
            break
    stored = max(context.store.search.count(since), len(ids))
    return Preview(days, stored, len(ids), len(past), backtest(term, past))


def searchable(term: Term) -> Term:
    """``term`` with the Chinese words that regular expressions cannot do without in their place."""
    match term:
        case And(parts) | Or(parts):
            return type(term)(tuple(map(searchable, parts)))
        case RegexTerm(pattern, title):
            words = max(_CHINESE.findall(literal(pattern)), key=len, default="")
            return KeywordTerm(words, exact=True, title=title) if words else term
    return term


def _window(context: Context) -> tuple[datetime, int]:
    """Since when articles count, and how many days that is; 0 where the bot began today.

    What a source already held when the bot began is too patchy to say how many come a day, so
    that is left out as soon as there is something else.
    """
    longest = context.now - WINDOW
    began = context.store.search.began() or context.now
    if context.now - began < _YOUNG:
        return longest, 0
    since = max(longest, began)
    return since, max(1, round((context.now - since) / timedelta(days=1)))


def _sample(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Runs of ``ids``, of ``MOST`` together: the newest first, each next one far from those before.

    So the whole time is covered evenly however soon there is no time left.
    """
    count = -(-min(len(ids), MOST) // _CHUNK)
    starts = [round(n * max(0, len(ids) - _CHUNK) / max(1, count - 1)) for n in range(count)]
    if len(ids) <= MOST:
        starts = [n * _CHUNK for n in range(count)]
    bits = max(1, (count - 1).bit_length())
    order = sorted(range(count), key=lambda n: int(f"{n:0{bits}b}"[::-1], 2))
    return (ids[starts[n] : starts[n] + _CHUNK] for n in order)


def _past(context: Context, stored: Iterator[StoredArticle]) -> list[Past]:
    muted = {
        (mute.kind, mute.value): mute.label
        for mute in context.store.mutes.active(context.chat.id, context.now)
    }
    return [_one(article, muted) for article in stored]


def _one(stored: StoredArticle, muted: dict[tuple[str, str], str]) -> Past:
    label = ""
    if muted:
        found = origins(stored.article, stored.reading.promotion)
        label = next((muted[o.kind, o.value] for o in found if (o.kind, o.value) in muted), "")
    return Past(stored.id, stored.article, stored.reading, stored.story, label)
