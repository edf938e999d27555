"""/why: everything that was understood of an article and decided about it for this chat."""

from __future__ import annotations

from bot.chat.articles import companies, events, headline, outlet, signals
from bot.chat.context import Context
from bot.chat.findings import findings
from bot.chat.grounds import matched, missed
from bot.chat.handlers.held import outcome
from bot.chat.links import behind, link_in
from bot.chat.replies import Choice, Part, Reply, Say, listed, reply, say, say_of, short
from bot.chat.wording import at
from rules.model import Promotion, Reading, Salience
from storage.rows import StoredArticle, Verdict

_NEAR = 3  # rules that were just missed, before "more" is pressed
_MOST = 20


def why(context: Context, argument: str) -> Reply:
    """The trace of the article under a link, or behind the alert that is answered."""
    if not argument:
        return _answered(context)
    stored = behind(context, argument)
    link = short(link_in(argument) or argument, 200)
    return trace(context, stored) if stored else reply(say("why.unknown", link=link))


def _answered(context: Context) -> Reply:
    if not context.reply_to:
        return reply(say("why.ask"))
    stored = context.answered()
    return trace(context, stored) if stored else reply(say("why.not_alert"))


def trace(context: Context, stored: StoredArticle) -> Reply:
    """What was decided for this chat and why, then in short what was read; the rest by a button."""
    verdict = context.store.decisions.of(context.chat.id, stored.id)
    near = missed(context, stored, verdict)
    decided = _decided(context, verdict) if verdict else [say("why.none")]
    more = Choice(say("why.more"), "why_more", {"article": str(stored.id)})
    return reply(
        say("why.headline", headline=headline(stored)),
        _published(context, stored),
        *decided,
        *(matched(context, verdict) if verdict else []),
        *near[:_NEAR],
        *([say("why.near_more", count=len(near) - _NEAR)] if len(near) > _NEAR else []),
        *_companies(stored.reading),
        _events(stored.reading),
        _promotion(stored.reading.promotion, context.chat.lang),
        *_taught(context, stored, verdict),
        _story(context, stored),
        choices=[[more]],
    )


def everything(context: Context, stored: StoredArticle) -> Reply:
    """All that was read in the article, and every rule of the chat that it just missed."""
    verdict = context.store.decisions.of(context.chat.id, stored.id)
    near = missed(context, stored, verdict)[_NEAR:_MOST]
    rest = [None, *near] if near else []
    title = say("why.headline", headline=headline(stored))
    return reply(title, *findings(context, stored), *rest)


def _published(context: Context, stored: StoredArticle) -> Say:
    """Who published it and when, and when it was read."""
    article, now, zone = stored.article, context.now, context.chat.zone
    fetched = at(article.fetched_at, now, zone)
    if article.published_at is None:
        return say("why.fetched", outlet=outlet(stored), time=fetched)
    published = at(article.published_at, now, zone)
    return say("why.published", outlet=outlet(stored), published=published, fetched=fetched)


def _companies(reading: Reading) -> list[Part]:
    main = [m for m in reading.mentions if m.about or m.salience is not Salience.PASSING]
    passing = [m for m in reading.mentions if m not in main]
    if not reading.mentions:
        return [say("why.no_company")]
    parts: list[Part] = [say("why.companies", companies=companies(main))] if main else []
    return [*parts, say("why.passing", companies=companies(passing))] if passing else parts


def _events(reading: Reading) -> Say:
    found = events(reading)
    return say("why.events", events=found) if found.items else say("why.no_event")


def _promotion(promotion: Promotion, lang: str) -> Say:
    score = round(promotion.score * 100)
    if promotion.flagged:
        return say("why.promotion", score=score, signals=signals(promotion, lang))
    return say("why.clean", score=score)


def _taught(context: Context, stored: StoredArticle, verdict: Verdict | None) -> list[Part]:
    """What people's own verdicts did: on this article, on those like it, and for all chats."""
    parts: list[Part] = []
    if word := context.store.feedback.word(context.chat.id, stored.id):
        parts.append(say_of("why", f"word_{word}"))
    if verdict and verdict.taught:
        like = context.store.articles.get(verdict.like) if verdict.like else None
        key = "taught_advert" if verdict.taught > 0 else "taught_honest"
        parts.append(
            say_of("why", key, headline=headline(like)) if like else say_of("why", f"{key}_many")
        )
    if taught := stored.reading.promotion.taught:
        parts.append(say("why.shared_advert" if taught > 0 else "why.shared_honest"))
    return parts


def _story(context: Context, stored: StoredArticle) -> Say:
    """The other outlets that told the same story, each once, and since when it is told."""
    told = context.store.stories.articles(stored.story)
    others = dict.fromkeys(outlet(other) for other in told if other.id != stored.id)
    if not others:
        return say("why.story_alone")
    since = at(min(other.article.at for other in told), context.now, context.chat.zone)
    return say("why.story", outlets=listed(others), time=since)


def _decided(context: Context, verdict: Verdict) -> list[Part]:
    """The outcome, and since when the article was sent, is on its way or held back."""
    parts: list[Part] = [say("why.outcome", outcome=outcome(verdict))]
    if verdict.sent_at:
        return [*parts, say("why.sent", time=at(verdict.sent_at, context.now, context.chat.zone))]
    since = at(verdict.decided_at, context.now, context.chat.zone)
    if state := verdict.outbox_state:
        return [*parts, say("why.state", state=say_of("outbox", state), time=since)]
    return [*parts, say("why.since", time=since)]
