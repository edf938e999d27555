"""/spam and /held: what was not sent, and why."""

from __future__ import annotations

from bot.chat.articles import headline, outlet, signals
from bot.chat.context import Context
from bot.chat.replies import Part, Reply, Say, listed, reply, say, say_of
from bot.chat.wording import ago
from rules.model import Outcome
from storage.rows import StoredArticle, Verdict

SHOWN = 8
ADVERTISEMENT = "promotion"


def spam(context: Context, argument: str) -> Reply:
    """Articles held back as adverts; in answer to an alert, mark its article as one."""
    if context.reply_to:
        return _mark(context)
    flagged = context.store.articles.flagged(context.chat.id, SHOWN)
    if not flagged:
        return reply(say("spam.none"))
    parts: list[Part] = [say("spam.title")]
    for number, stored in enumerate(flagged, 1):
        parts += [None, *_advert(context, number, stored)]
    return reply(*parts)


def held(context: Context, argument: str) -> Reply:
    """Articles that matched this chat's rules and were not sent, each with its reason."""
    verdicts = context.store.decisions.held(context.chat.id, SHOWN)
    if not verdicts:
        return reply(say("held.none"))
    parts: list[Part] = [say("held.title")]
    for number, verdict in enumerate(verdicts, 1):
        stored = verdict.article
        values = {"outlet": outlet(stored), "ago": ago(stored.article.at, context.now)}
        parts += [None, say("held.item", number=number, headline=headline(stored))]
        parts += [say("held.reason", **values, reason=outcome(verdict))]
    return reply(*parts)


def outcome(verdict: Verdict) -> Say:
    """What was decided, in words."""
    if verdict.outcome is Outcome.MUTED and verdict.detail:
        return say("outcome.muted_by", detail=verdict.detail)
    return say_of("outcome", verdict.outcome.value)


def _advert(context: Context, number: int, stored: StoredArticle) -> list[Part]:
    promotion = stored.reading.promotion
    values = {"outlet": outlet(stored), "ago": ago(stored.article.at, context.now)}
    parts: list[Part] = [
        say("spam.item", number=number, headline=headline(stored)),
        say("spam.origin", **values),
        say("spam.signals", signals=signals(promotion, context.chat.lang)),
    ]
    return (
        [*parts, say("spam.tickers", tickers=listed(promotion.touted))]
        if promotion.touted
        else parts
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
    return reply(say("spam.marked"))
