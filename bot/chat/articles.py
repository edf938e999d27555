"""How an article and what was read in it are named in an answer."""

from __future__ import annotations

from collections.abc import Iterable

from bot.chat.replies import Filling, Listed, Say, listed, say, say_of, short
from bot.messages import Run
from rules.model import Article, Mention, Promotion, Reading
from rules.promotion import records
from storage.rows import StoredArticle

_HEADLINE = 80  # characters
_SIGNALS = 4


def headline(stored: StoredArticle) -> Run:
    """The headline, or the beginning of the text, as a link where the address is known."""
    article = stored.article
    shown = short(article.title.strip() or article.text, _HEADLINE)
    return Run(shown, url=link(article))


def linked_outlet(article: Article) -> Run:
    """Who published it, as a link to the article where its address is known."""
    return Run(outlet_of(article), url=link(article))


def link(article: Article) -> str:
    """The article's address where a message may link to it, else an empty text."""
    return article.url if article.url.startswith(("https://", "http://")) else ""


def outlet(stored: StoredArticle) -> str:
    """Who published it, or the source that it came through."""
    return outlet_of(stored.article)


def outlet_of(article: Article) -> str:
    """The same of an article on its own."""
    return article.outlet or article.source


def signals(promotion: Promotion, lang: str, limit: int = _SIGNALS) -> Listed:
    """The heaviest signals that fired, described, and how many more there were."""
    fired = promotion.fired
    described = {record.name: record.description(lang) for record in records()}
    shown: list[Filling] = [described.get(s.name, s.name) for s in fired[:limit]]
    more = len(fired) - limit
    rest = [say("spam.more", count=more)] if more > 0 else []
    return listed([*shown, *rest], "semicolon")


def companies(mentions: Iterable[Mention]) -> Listed:
    """The companies by name and code: 台積電(2330)."""
    return listed(mention.company.label for mention in mentions)


def events(reading: Reading) -> Listed:
    """What happened, and to whom where that is known; background is left out."""
    news = [event for event in reading.events if not event.background]
    named = dict.fromkeys((event.kind, company_label(reading, event.company)) for event in news)
    return listed(_event(kind, company) for kind, company in named)


def _event(kind: str, company: str) -> Say:
    name = say_of("event", f"{kind}.any")
    return say("why.event", kind=name, company=company) if company else name


def touted(reading: Reading, lang: str) -> Listed:
    """The stocks that an advert praises, by name where the article gives one."""
    return listed(company_label(reading, symbol, lang) for symbol in reading.promotion.touted)


def company_label(reading: Reading, symbol: str, lang: str = "zh-TW") -> str:
    """台積電(2330) for a company that the article names, else the symbol as it is."""
    mention = reading.mention(symbol)
    if mention and lang == "en" and mention.company.english:
        return f"{mention.company.english} ({mention.company.code})"
    return mention.company.label if mention else symbol
