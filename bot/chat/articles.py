"""How an article and what was read in it are named in an answer."""

from __future__ import annotations

from collections.abc import Iterable

from bot.chat.replies import Filling, Listed, Say, listed, say, say_of
from bot.messages import Run
from rules.model import Event, Mention, Promotion, Reading
from rules.promotion import signal_description
from storage.rows import StoredArticle

_HEADLINE = 80  # characters
_SIGNALS = 4


def headline(stored: StoredArticle) -> Run:
    """The headline, or the beginning of the text, as a link where the address is known."""
    article = stored.article
    text = article.title.strip() or article.text.strip()
    shown = text if len(text) <= _HEADLINE else text[: _HEADLINE - 1] + "…"
    url = article.url if article.url.startswith(("https://", "http://")) else ""
    return Run(shown, url=url)


def outlet(stored: StoredArticle) -> str:
    """Who published it, or the source that it came through."""
    return stored.article.outlet or stored.article.source


def signals(promotion: Promotion, lang: str, limit: int = _SIGNALS) -> Listed:
    """The heaviest signals that fired, described, and how many more there were."""
    fired = promotion.fired
    shown: list[Filling] = [signal_description(signal.name, lang) for signal in fired[:limit]]
    more = len(fired) - limit
    return listed([*shown, say("spam.more", count=more)] if more > 0 else shown)


def companies(mentions: Iterable[Mention]) -> Listed:
    """The companies by name and code: 台積電(2330)."""
    return listed(mention.company.label for mention in mentions)


def events(reading: Reading) -> Listed:
    """What happened, and to whom where that is known; background is left out."""
    news = (event for event in reading.events if not event.background)
    return listed(dict.fromkeys(_event(event, reading) for event in news))


def _event(event: Event, reading: Reading) -> Say:
    kind = say_of("event", event.kind)
    mention = reading.mention(event.company)
    if mention is None:
        return say("why.event_alone", kind=kind)
    return say("why.event", kind=kind, company=mention.company.label)
