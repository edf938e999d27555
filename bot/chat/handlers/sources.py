"""/sources: how the feeds and the outlets have been doing."""

from __future__ import annotations

from bot.chat.context import Context
from bot.chat.handlers.muting import mute_choice
from bot.chat.offers import named
from bot.chat.replies import Part, Reply, Say, reply, say, say_of
from bot.chat.wording import ago
from rules import reputation
from storage.rows import OriginRecord, StoredSource

SHOWN = 20
BUTTONS = 4
ADVERTISERS = ("column", "author", "contact")

# The last words of a failure's key (see SourceError) that have a short sentence here.
REASONS = frozenset(
    {
        *("dns", "tls", "unreachable", "timeout", "cut_off", "redirects", "too_large"),
        *("not_found", "gone", "forbidden", "rate_limited", "server_error", "empty", "html"),
        *("no_feed", "broken_feed", "no_such_file", "unreadable"),
    }
)


def sources(context: Context) -> Reply:
    """Every feed with its last success or failure, and the outlets with their share of adverts."""
    feeds = context.store.sources.all()
    origins = _origins(context)
    if not feeds and not origins:
        return reply(say("sources.none"))
    parts: list[Part] = []
    if feeds:
        parts += [say("sources.feeds"), *(_feed(context, feed) for feed in feeds[:SHOWN])]
        rest = len(feeds) - SHOWN
        parts += [say("sources.more", count=rest)] if rest > 0 else []
    if origins:
        parts += [None] if feeds else []
        parts += [say("sources.origins"), *(_origin(context, origin) for origin in origins)]
        parts += [say("sources.hint")]
    worst = sorted(filter(lambda o: o.flagged, origins), key=_expected, reverse=True)
    return reply(*parts, choices=[[mute_choice(origin)] for origin in worst[:BUTTONS]])


def _expected(origin: OriginRecord) -> float:
    """How large a share of adverts to expect of it: two of two are less than thirty of forty."""
    return reputation.share(origin.kind, origin.articles, origin.flagged)


def _origins(context: Context) -> tuple[OriginRecord, ...]:
    """The outlets, and whoever advertised under a column, a name or a contact of their own."""
    known = context.store.sources.origins
    others = (origin for kind in ADVERTISERS for origin in known(SHOWN, kind) if origin.flagged)
    return (*known(SHOWN, "outlet"), *others)[:SHOWN]


def _feed(context: Context, feed: StoredSource) -> Say:
    title = feed.title or feed.key
    last_ok = feed.last_ok_at
    if feed.failures:
        ok = say("sources.last_ok", ago=ago(last_ok, context.now)) if last_ok else None
        last = ok or say("sources.never_ok")
        reason = say_of("failure", _reason(feed.last_error))
        return say(
            "sources.feed_failing", title=title, failures=feed.failures, last=last, reason=reason
        )
    if last_ok is None:
        return say("sources.feed_new", title=title)
    return say("sources.feed_ok", title=title, ago=ago(last_ok, context.now))


def _origin(context: Context, origin: OriginRecord) -> Say:
    """How many articles, and of the latest ones how many this chat takes for adverts."""
    label, articles = named(origin.kind, origin.label), origin.articles
    window = reputation.policy().window
    record = context.store.sources.record(context.chat.id, origin.kind, origin.value, window)
    if not record.adverts:
        return say("sources.origin", label=label, articles=articles)
    if record.articles == articles:
        return say("sources.origin_some", label=label, articles=articles, flagged=record.adverts)
    told = say("offer.record", articles=record.articles, adverts=record.adverts)
    return say("sources.origin_record", label=label, articles=articles, record=told)


def _reason(error: str) -> str:
    name = error.rpartition(".")[2]
    return name if name in REASONS else "other"
