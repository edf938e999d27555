"""/why: everything that was understood of an article and decided about it for this chat."""

from __future__ import annotations

import re

from bot.chat.articles import companies, events, headline, outlet, signals
from bot.chat.context import Context
from bot.chat.findings import findings
from bot.chat.grounds import matched, missed
from bot.chat.handlers.held import outcome
from bot.chat.replies import Choice, Part, Reply, Say, listed, reply, say, say_of, short
from bot.chat.wording import at
from rules.model import Promotion, Reading, Salience
from storage.rows import StoredArticle, Verdict

_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+/\S+", re.ASCII)  # copied without its https://
_AFTER_LINK = "。，、！？；：）」』】》)]>\"'.,!?;:"  # a sentence's, not the link's
_NEAR = 3  # rules that were just missed, before "more" is pressed
_MOST = 20


def why(context: Context, argument: str) -> Reply:
    """The trace of the article under a link, or behind the alert that is answered."""
    if not argument:
        return _answered(context)
    link = link_in(argument) or argument
    stored = _behind(context, link) or _behind(context, link.rstrip(_AFTER_LINK))
    return trace(context, stored) if stored else reply(say("why.unknown", link=short(link, 200)))


def link_in(text: str) -> str:
    """The first link in ``text`` with its scheme; empty where there is none."""
    if found := _LINK.search(text):
        return found[0]
    bare = _ADDRESS.fullmatch(text.strip())
    return f"https://{bare[0]}" if bare else ""


def _behind(context: Context, link: str) -> StoredArticle | None:
    articles = map(context.store.articles.by_key, context.link_keys(link))
    return next(filter(None, articles), None)


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
