"""What the promotion tests share: an article read as the engine reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from rules import companies, promotion
from rules.document import Document, prepare
from rules.model import Article, Company, Mention, Part, Promotion, Salience, Span
from rules.scan import Scanner

ADVERT = (
    "封關前最後一波，老師挑了三檔飆股，訂單滿到明年。"
    "想要完整名單的朋友請加賴：bull888，免費領取，名額有限。"
)


@lru_cache(maxsize=1)
def scanner() -> Scanner:
    return Scanner({"promotion": promotion.patterns(), "companies": companies.patterns()})


def article(text: str, title: str = "", **fields: str) -> Article:
    source = fields.pop("source", "feed")
    fetched = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    return Article("a1", title, text, source, fetched, **fields)  # type: ignore[arg-type]


def document(text: str, title: str = "") -> Document:
    return prepare(article(text, title), scanner())


def mention(text: str, symbol: str, name: str) -> Mention:
    """A mention of the company wherever its name stands in the article's text."""
    spans, start = [], text.find(name)
    while start >= 0:
        spans.append(Span(Part.TEXT, start, start + len(name), name))
        start = text.find(name, start + 1)
    return Mention(Company(symbol, name), Salience.LEAD, about=True, evidence=tuple(spans))


def judge(text: str, title: str = "", mentions: Iterable[Mention] | None = None) -> Promotion:
    """The verdict, with the mentions that the engine would find unless some are given."""
    read = document(text, title)
    named = companies.find(read) if mentions is None else tuple(mentions)
    return promotion.judge(read, named)


def fired(verdict: Promotion) -> set[str]:
    return {signal.name for signal in verdict.fired}
