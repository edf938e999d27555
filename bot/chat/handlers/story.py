"""/story: who tells a story, since when, and what changed in it; and no more of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.chat.articles import headline, linked_outlet, outlet
from bot.chat.context import Context
from bot.chat.handlers.muting import silence
from bot.chat.links import behind, link_in
from bot.chat.lookup import as_subject, stories
from bot.chat.replies import Choice, Part, Reply, reply, say, short
from bot.chat.wording import at
from bot.slots import STORY
from rules.language import RuleError
from rules.model import Reading
from rules.origins import origins
from rules.stories import changes
from storage.rows import StoredArticle

_SHOWN = 12
_LABEL = 30
# No outlet comes back to a story after this: it begins a new one.
_OVER = timedelta(days=7)


def story(context: Context, argument: str) -> Reply:
    """The story behind the alert that is answered, a link, or the latest about a company."""
    if not argument:
        return _answered(context)
    if link_in(argument):
        stored = behind(context, argument)
        link = short(link_in(argument), 200)
        return told(context, stored.story) if stored else reply(say("why.unknown", link=link))
    try:
        term = as_subject(context.engine.parse(argument).term)
    except RuleError:
        term = None
    if term is None:
        return reply(say("story.no_company", text=short(argument)))
    found = stories(context, term, 1).hits
    return told(context, found[0].stored.story) if found else reply(say("story.none"))


def _answered(context: Context) -> Reply:
    found = context.store.outbox.by_message(context.chat.id, context.reply_to)
    if not context.reply_to or found is None or found[0] is None:
        return reply(say("story.not_alert" if context.reply_to else "story.ask"))
    return told(context, found[0])


def told(context: Context, number: int) -> Reply:
    """Every outlet of the story with its time, and beneath it what it changed."""
    articles = _wanted(context, context.store.stories.articles(number))
    if not articles:
        return reply(say("story.none"))
    since = at(articles[0].article.at, context.now, context.chat.zone)
    outlets = len({outlet(stored) for stored in articles})
    parts: list[Part] = [
        say("story.title", headline=headline(articles[0])),
        say("story.since", count=outlets, time=since),
        None,
    ]
    known: list[Reading] = []
    for stored in articles[:_SHOWN]:
        parts += _item(context, stored, known)
        known.append(stored.reading)
    rest = len(articles) - _SHOWN
    parts += [say("story.more", count=rest)] if rest > 0 else []
    return reply(*parts, choices=[[_mute_choice(context, number)]])


def _wanted(context: Context, articles: Sequence[StoredArticle]) -> list[StoredArticle]:
    """The articles that are no adverts and that the chat has not muted, in order of time."""
    muted = {(m.kind, m.value) for m in context.store.mutes.active(context.chat.id, context.now)}
    kept = [
        stored
        for stored in articles
        if not stored.reading.promotion.flagged
        and not any(
            (o.kind, o.value) in muted for o in origins(stored.article, stored.reading.promotion)
        )
    ]
    return sorted(kept, key=lambda stored: (stored.article.at, stored.id))


def _item(context: Context, stored: StoredArticle, known: Sequence[Reading]) -> list[Part]:
    time = at(stored.article.at, context.now, context.chat.zone)
    parts: list[Part] = [say("story.item", time=time, outlet=linked_outlet(stored.article))]
    found = changes(known, stored.article, stored.reading, stored.reading.events) if known else ()
    said = context.say_changes(found, stored.reading, context.chat.lang)
    return [*parts, say("story.changed", changes=said)] if said else parts


def _mute_choice(context: Context, number: int) -> Choice:
    kept = context.store.mutes.active(context.chat.id, context.now)
    muted = next((m for m in kept if (m.kind, m.value) == (STORY, str(number))), None)
    if muted:
        return Choice(say("story.unmute"), "undo_mute", {"mute": str(muted.id)})
    return Choice(say("story.mute"), "mute_story", {"story": str(number)})


def mute_story(context: Context, args: Mapping[str, str]) -> Reply:
    """Tell the chat no more of the story in the arguments, not even what it is owed already."""
    number = int(args["story"])
    articles = context.store.stories.articles(number)
    if not articles:
        return reply(say("button.expired"))
    first = articles[0].article
    label = short(first.title.strip() or first.text, _LABEL)
    context.store.outbox.cancel(context.chat.id, "story muted", context.now, story=number)
    return silence(context, STORY, str(number), label, _OVER)
