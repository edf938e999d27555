"""All that was read in an article, line by line: the long part of /why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from bot.chat.articles import company_label, outlet
from bot.chat.context import Context
from bot.chat.replies import Filling, Part, Say, listed, say, say_of, short
from bot.chat.wording import at, duration
from rules.model import Event, Mention, Reading, Signal
from rules.origins import origins
from rules.promotion import records
from storage.rows import StoredArticle

_MOST = 10  # lines of a kind
_LONGEST = 40  # characters of an article's own words
_OUTLETS = 8


def findings(context: Context, stored: StoredArticle) -> list[Part]:
    """Companies, events, figures, signs of promotion, the story's articles and what is muted."""
    reading = stored.reading
    parts: list[Part] = [
        *_section(say("trace.companies"), [_mention(m) for m in reading.mentions]),
        *_section(say("trace.events"), [_event(reading, event) for event in reading.events]),
        *_figures(reading),
        *_promotion(context, reading),
        *_story(context, stored),
        *_mutes(context, stored),
    ]
    return parts[1:] or [say("trace.nothing")]


def _section(title: Say, lines: Sequence[Say]) -> list[Part]:
    if not lines:
        return []
    rest = len(lines) - _MOST
    more = [say("trace.more", count=rest)] if rest > 0 else []
    return [None, title, *lines[:_MOST], *more]


def _mention(mention: Mention) -> Say:
    words = dict.fromkeys(span.text for span in mention.evidence)
    return say(
        "trace.company",
        company=mention.company.label,
        place=say_of("salience", mention.salience.value),
        about=say("trace.about") if mention.about else "",
        words=listed(say("why.words", words=word) for word in islice(words, 3)),
    )


def _event(reading: Reading, event: Event) -> Say:
    told: list[Filling] = [company_label(reading, symbol) for symbol in event.companies]
    told += [say_of("stance", event.stance.value)]
    told += [say_of("direction", event.direction.value)] if event.direction else []
    told += [say("trace.background")] if event.background else []
    told += [figure.span.text for figure in event.figures[:2]]
    kind, words = say_of("event", f"{event.kind}.any"), short(event.span.text, _LONGEST)
    return say("trace.event", kind=kind, told=listed(told), words=words)


def _figures(reading: Reading) -> list[Part]:
    texts = list(dict.fromkeys(figure.span.text for figure in reading.figures))
    return [None, say("trace.figures", figures=listed(texts[: 2 * _MOST]))] if texts else []


def _promotion(context: Context, reading: Reading) -> list[Part]:
    described = {record.name: record.description(context.chat.lang) for record in records()}
    fired = [_signal(described, signal) for signal in reading.promotion.fired]
    score = round(reading.promotion.score * 100)
    if not fired:
        return [None, say("trace.no_signals", score=score)]
    return _section(say("trace.signals", score=score), fired)


def _signal(described: dict[str, str], signal: Signal) -> Say:
    words = [say("why.words", words=short(word, _LONGEST)) for word in signal.evidence[:2]]
    return say("trace.signal", meaning=described.get(signal.name, signal.name), words=listed(words))


def _story(context: Context, stored: StoredArticle) -> list[Part]:
    """The story's articles in the order in which they came."""
    told = context.store.stories.articles(stored.story)
    if len(told) < 2:
        return []
    lines = [
        say(
            "trace.told",
            time=at(other.article.at, context.now, context.chat.zone),
            outlet=outlet(other),
        )
        for other in told[:_OUTLETS]
    ]
    return _section(say("trace.story", count=len(told)), lines)


def _mutes(context: Context, stored: StoredArticle) -> list[Part]:
    """What of the article's origins the chat has muted now, and for how long still."""
    found = {(o.kind, o.value) for o in origins(stored.article, stored.reading.promotion)}
    kept = context.store.mutes.active(context.chat.id, context.now)
    lines = [
        say(
            "mutes.item",
            number=number,
            label=mute.label,
            left=say("mutes.left", duration=duration(mute.until - context.now))
            if mute.until
            else say("mutes.forever"),
        )
        for number, mute in enumerate(kept, 1)
        if (mute.kind, mute.value) in found
    ]
    return _section(say("trace.mutes"), lines)
