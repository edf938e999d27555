"""/sources: how the feeds and the outlets have been doing."""

from __future__ import annotations

from bot.chat.context import Context
from bot.chat.handlers.muting import mute_choice
from bot.chat.replies import Part, Reply, Say, reply, say
from bot.chat.wording import ago
from storage.rows import OriginRecord, StoredSource

SHOWN = 20
BUTTONS = 4
ENOUGH = 3  # articles before a share in percent says anything


def sources(context: Context, argument: str) -> Reply:
    """Every feed with its last success or failure, and the outlets with their share of adverts."""
    feeds = context.store.sources.all()
    origins = context.store.sources.origins(SHOWN)
    if not feeds and not origins:
        return reply(say("sources.none"))
    parts: list[Part] = []
    if feeds:
        parts += [say("sources.feeds"), *(_feed(context, feed) for feed in feeds[:SHOWN])]
        rest = len(feeds) - SHOWN
        parts += [say("sources.more", count=rest)] if rest > 0 else []
    if origins:
        parts += [None] if feeds else []
        parts += [say("sources.origins"), *(_origin(origin) for origin in origins)]
        parts += [say("sources.hint")]
    worst = sorted((o for o in origins if o.flagged), key=lambda o: -o.flagged / o.articles)
    return reply(*parts, choices=[[mute_choice(origin)] for origin in worst[:BUTTONS]])


def _feed(context: Context, feed: StoredSource) -> Say:
    title = feed.title or feed.key
    last_ok = feed.last_ok_at
    if feed.failures:
        ok = say("sources.last_ok", ago=ago(last_ok, context.now)) if last_ok else None
        last = ok or say("sources.never_ok")
        values = {"failures": feed.failures, "last": last, "reason": feed.last_error}
        return say("sources.feed_failing", title=title, **values)
    if last_ok is None:
        return say("sources.feed_new", title=title)
    return say("sources.feed_ok", title=title, ago=ago(last_ok, context.now))


def _origin(origin: OriginRecord) -> Say:
    if origin.flagged and origin.articles >= ENOUGH:
        share = round(100 * origin.flagged / origin.articles)
        return say(
            "sources.origin_flagged", label=origin.label, articles=origin.articles, share=share
        )
    return say("sources.origin", label=origin.label, articles=origin.articles)
