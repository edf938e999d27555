"""/spam and /held: what was not sent, and why."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.articles import headline, outlet, signals, touted
from bot.chat.context import Context
from bot.chat.replies import Choice, Part, Reply, Say, reply, say, say_of, short
from bot.chat.wording import ago
from rules.model import Outcome
from storage.rows import StoredArticle, Verdict

SHOWN = 8
_IN_A_ROW = 4
ADVERTISEMENT = "promotion"
# What was there before its source was added was never news to this chat: it is not listed.
HELD = (Outcome.PROMOTION, Outcome.MUTED, Outcome.PASSING, Outcome.SAME_STORY)


def spam(context: Context) -> Reply:
    """Articles held back as adverts; in answer to an alert, mark its article as one."""
    if context.reply_to:
        return _mark(context)
    own = context.store.articles.flagged(context.chat.id, SHOWN)
    # Articles belong to nobody: what else was flagged is shown too, so that a flag can be checked.
    known = {stored.id for stored in own}
    others = [s for s in context.store.articles.flagged(None, SHOWN) if s.id not in known]
    shown = (*own, *others)[:SHOWN]
    if not shown:
        return reply(say("spam.none"))
    first = _section(context, say("spam.title"), own, 1)
    second = _section(context, say("spam.others"), shown[len(own) :], len(own) + 1)
    gap = [None] if first and second else []
    return reply(*first, *gap, *second, choices=_why_each(shown))


def _section(
    context: Context, title: Say, articles: Sequence[StoredArticle], start: int
) -> list[Part]:
    """A heading and the adverts under it, numbered from ``start``; nothing without any."""
    adverts = [_advert(context, number, stored) for number, stored in enumerate(articles, start)]
    return [title, *(part for advert in adverts for part in (None, *advert))] if adverts else []


def held(context: Context) -> Reply:
    """Articles that matched this chat's rules and were not sent, each with its reason."""
    verdicts = context.store.decisions.held(context.chat.id, HELD, SHOWN)
    if not verdicts:
        return reply(say("held.none"))
    parts: list[Part] = [say("held.title")]
    for number, verdict in enumerate(verdicts, 1):
        stored = verdict.article
        when = ago(stored.article.at, context.now)
        parts += [None, say("held.item", number=number, headline=headline(stored))]
        parts += [say("held.reason", outlet=outlet(stored), ago=when, reason=outcome(verdict))]
    return reply(*parts, choices=_why_each([verdict.article for verdict in verdicts]))


def _why_each(articles: Sequence[StoredArticle]) -> list[list[Choice]]:
    """A button for each that tells its whole trace: not every article has a link to ask by."""
    buttons = [
        Choice(say("why.button", number=number), "why", {"article": str(stored.id)})
        for number, stored in enumerate(articles, 1)
    ]
    return [buttons[start : start + _IN_A_ROW] for start in range(0, len(buttons), _IN_A_ROW)]


def outcome(verdict: Verdict) -> Say:
    """What was decided, in words."""
    if verdict.outcome is Outcome.MUTED and verdict.detail:
        return say("outcome.muted_by", detail=verdict.detail)
    if verdict.outcome is Outcome.SAME_STORY and verdict.detail:
        return say("outcome.same_story_as", detail=short(verdict.detail))
    return say_of("outcome", verdict.outcome.value)


def _advert(context: Context, number: int, stored: StoredArticle) -> list[Part]:
    promotion = stored.reading.promotion
    parts: list[Part] = [
        say("spam.item", number=number, headline=headline(stored)),
        say("spam.origin", outlet=outlet(stored), ago=ago(stored.article.at, context.now)),
        say("spam.signals", signals=signals(promotion, context.chat.lang)),
    ]
    return (
        [*parts, say("spam.tickers", tickers=touted(stored.reading))] if promotion.touted else parts
    )


def _mark(context: Context) -> Reply:
    article = context.answered()
    if article is None:
        return reply(say("spam.unknown"))
    said = context.store.feedback.of(article.id, context.chat.id)
    if any(o.user == context.user and o.verdict == ADVERTISEMENT for o in said):
        return reply(say("spam.marked_already"))
    context.store.feedback.record(
        context.chat.id, article.id, ADVERTISEMENT, context.user, context.now
    )
    undo = Choice(say("button.undo"), "withdraw", {"article": str(article.id)})
    return reply(say("spam.marked"), choices=[[undo]])
