"""/spam and /held: what was not sent, and why."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.articles import headline, outlet, signals, touted
from bot.chat.context import Context
from bot.chat.handlers.judging import mark
from bot.chat.replies import Choice, Part, Reply, Say, reply, say, say_of, short
from bot.chat.wording import ago
from rules.model import DEFERRED, Outcome
from storage.feedback import ADVERT, HIDDEN, HONEST
from storage.rows import Report, StoredArticle, Verdict

SHOWN = 8
REPORTS = 4
_IN_A_ROW = 4
# What was there before its source was added was never news to this chat: it is not listed.
HELD = (Outcome.PROMOTION, Outcome.MUTED, Outcome.PASSING, Outcome.SAME_STORY, *DEFERRED)


def spam(context: Context, argument: str) -> Reply:
    """Articles held back as adverts; with a link, or in answer to an alert, mark one as such."""
    if argument or context.reply_to:
        return mark(context, argument, ADVERT)
    own = _held_adverts(context)
    # Articles belong to nobody: what else was flagged is shown too, so that a flag can be checked.
    known = {stored.id for stored in own}
    others = [s for s in _flagged(context, None) if s.id not in known]
    shown = (*own, *others)[:SHOWN]
    reported = _reported(context)
    if not shown and not reported:
        return reply(say("spam.none"))
    sections = [
        _section(context, say("spam.title"), own[:SHOWN], 1),
        _section(context, say("spam.others"), shown[len(own) :], len(own) + 1),
        _reports(context, reported, len(shown) + 1),
    ]
    parts: list[Part] = []
    for section in filter(None, sections):
        parts += [None, *section] if parts else section
    rows = [*_why_each(shown), *_judge_each(shown, HONEST)]
    for start, (stored, report) in enumerate(reported, len(shown) + 1):
        rows += _judge_each([stored], report.verdict, start)
    return reply(*parts, choices=rows)


def _held_adverts(context: Context) -> list[StoredArticle]:
    """What was held back from this chat as an advert, or matched and is flagged, newest first."""
    held_back = context.store.decisions.held(context.chat.id, (Outcome.PROMOTION,), SHOWN * 2)
    found = {verdict.article.id: verdict.article for verdict in held_back}
    found |= {stored.id: stored for stored in _flagged(context, context.chat.id)}
    newest = [found[id_] for id_ in sorted(found, reverse=True)]
    return [stored for stored in newest if _is_listed(context, stored)][:SHOWN]


def _flagged(context: Context, chat: int | None) -> list[StoredArticle]:
    found = context.store.articles.flagged(chat, SHOWN * 2)
    return [stored for stored in found if _is_listed(context, stored)]


def _is_listed(context: Context, stored: StoredArticle) -> bool:
    """Whether the chat has not said that it is no advert or is not to be shown again."""
    return context.store.feedback.word(context.chat.id, stored.id) not in {HONEST, HIDDEN}


def _reported(context: Context) -> list[tuple[StoredArticle, Report]]:
    """What other chats judge otherwise than we do, for the owner alone."""
    if context.trust != "owner" or not context.may_teach:
        return []
    reports = context.store.feedback.reported(context.chat.id, REPORTS)
    found = ((context.store.articles.get(report.article), report) for report in reports)
    return [(stored, report) for stored, report in found if stored]


def _reports(
    context: Context, reported: Sequence[tuple[StoredArticle, Report]], start: int
) -> list[Part]:
    parts: list[Part] = [say("spam.reported")] if reported else []
    for number, (stored, report) in enumerate(reported, start):
        when = ago(stored.article.at, context.now)
        parts += [None, say("spam.item", number=number, headline=headline(stored))]
        parts += [say("spam.origin", outlet=outlet(stored), ago=when)]
        parts += [say_of("spam", f"said_{report.verdict}", chats=report.chats)]
    return parts


def _judge_each(articles: Sequence[StoredArticle], word: str, start: int = 1) -> list[list[Choice]]:
    """A button for each that says this word of it."""
    buttons = [
        Choice(
            say_of("judge", f"button_{word}", number=number),
            "judge",
            {"article": str(stored.id), "word": word},
        )
        for number, stored in enumerate(articles, start)
    ]
    return [buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)]


def _section(
    context: Context, title: Say, articles: Sequence[StoredArticle], start: int
) -> list[Part]:
    """A heading and the adverts under it, numbered from ``start``; nothing without any."""
    adverts = [_advert(context, number, stored) for number, stored in enumerate(articles, start)]
    return [title, *(part for advert in adverts for part in (None, *advert))] if adverts else []


def held(context: Context) -> Reply:
    """Articles that matched this chat's rules and were not sent, each with its reason."""
    found = context.store.decisions.held(context.chat.id, HELD, SHOWN * 2)
    word = context.store.feedback.word
    verdicts = [v for v in found if word(context.chat.id, v.article.id) != HIDDEN][:SHOWN]
    if not verdicts:
        subscribed = context.store.rules.of_chat(context.chat.id)
        return reply(say("held.none" if subscribed else "unsub.none_left"))
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
    if verdict.outcome is Outcome.PROMOTION and verdict.taught > 0:
        return say("outcome.promotion_taught")
    if verdict.outcome is Outcome.SAME_STORY and verdict.detail:
        return say("outcome.same_story_as", detail=short(verdict.detail))
    if verdict.outcome in DEFERRED and verdict.sent_at:
        return say("outcome.told_later")
    return say_of("outcome", verdict.outcome.value)


def _advert(context: Context, number: int, stored: StoredArticle) -> list[Part]:
    promotion, lang = stored.reading.promotion, context.chat.lang
    parts: list[Part] = [
        say("spam.item", number=number, headline=headline(stored)),
        say("spam.origin", outlet=outlet(stored), ago=ago(stored.article.at, context.now)),
        say("spam.signals", signals=signals(promotion, lang)),
    ]
    if promotion.touted:
        parts.append(say("spam.tickers", tickers=touted(stored.reading, lang)))
    return parts
