"""Whether a matched article is pushed to a chat, and if not, why. Decides nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from rules.model import Article, Decision, Match, Outcome, Reading

MOST_AGE = timedelta(hours=48)
"""An article that is older than this when it is first seen is no news any more."""

WANTS_PROMOTION = "promo:yes"
"""The canonical atom of a rule that asks for flagged articles: only then are they pushed."""


def decide(
    article: Article,
    reading: Reading,
    matches: Sequence[Match],
    *,
    backlog: bool = False,
    muted: str = "",
    alerted: str = "",
    later: Decision | None = None,
) -> Decision:
    """The outcome for one chat whose rules matched.

    ``backlog``: it was there when its source was first visited. ``muted``: what of it the chat has
    muted, in words. ``alerted``: the headline under which the chat was already told of this story.
    ``later``: why the chat wants nothing now. The first reason that applies is given, the most
    lasting first.
    """
    if backlog or article.fetched_at - article.at > MOST_AGE:
        return Decision(Outcome.BACKLOG)
    if reading.promotion.flagged and not any(WANTS_PROMOTION in m.evidence for m in matches):
        return Decision(Outcome.PROMOTION, ", ".join(s.name for s in reading.promotion.fired))
    if muted:
        return Decision(Outcome.MUTED, muted)
    if matches and all(m.passing for m in matches):
        return Decision(Outcome.PASSING)
    if alerted:
        return Decision(Outcome.SAME_STORY, alerted)
    return later or Decision(Outcome.PUSH)
