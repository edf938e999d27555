"""Articles as they are after reading, for tests of what is shown: short to write, real in shape."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from rules.model import (
    Article,
    Company,
    Event,
    Figure,
    Mention,
    Part,
    Promotion,
    Reading,
    Salience,
    Span,
    Summary,
)
from storage.rows import Chat, StoredArticle, StoredRule

NOW = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
AMAZON = Company("AMZN", "亞馬遜", "Amazon")
TSMC = Company("2330.TW", "台積電", "TSMC")
TITLE = "亞馬遜證實裁員1.6萬人，雲端資本支出估2,000億美元"
TEXT = "亞馬遜週二證實將裁員1.6萬人。今年資本支出估約2,000億美元，多數用於資料中心。"


def span(words: str, title: str = TITLE, part: Part = Part.TITLE) -> Span:
    """Where ``words`` first stand in ``title``."""
    start = title.index(words)
    return Span(part, start, start + len(words), words)


def figure(value: str, unit: str = "money", kind: str = "capex", **more: Any) -> Figure:
    """A figure of Amazon's; where it stands does not matter."""
    currency = "USD" if unit in {"money", "per_share"} else ""
    given = {"currency": currency, "owner": "AMZN", "span": span("1.6萬人"), **more}
    return Figure(Decimal(value), unit, kind=kind, **given)


def event(kind: str, words: str, *figures: Figure, **more: Any) -> Event:
    """Something that happened to Amazon."""
    return Event(kind, span(words), figures=figures, **{"companies": ("AMZN",), **more})


LAYOFF = event("layoff", "裁員1.6萬人", figure("16000", "people", "layoff"))
ASKED = {"AMZN": (span("亞馬遜"),), "#layoff": (span("裁員1.6萬人"),)}


def mention(company: Company = AMAZON, words: str = "亞馬遜", **more: Any) -> Mention:
    given = {"salience": Salience.HEADLINE, "about": True, **more}
    return Mention(company, evidence=(span(words),), **given)


def stored(
    *events: Event,
    title: str = TITLE,
    text: str = TEXT,
    mentions: Iterable[Mention] = (mention(),),
    figures: Iterable[Figure] = (),
    summary: Iterable[str] = (),
    promotion: Promotion = Promotion(0.0, False),  # noqa: B008 - frozen
    **article: Any,
) -> StoredArticle:
    """An article that says ``events``."""
    given = {
        "source": "feed:test",
        "fetched_at": NOW,
        "outlet": "經濟觀察網",
        "url": "https://example.org/1",
        "published_at": NOW,
        **article,
    }
    reading = Reading(
        "zh",
        tuple(mentions),
        events,
        tuple(figures),
        promotion,
        Summary(tuple(summary)),
    )
    return StoredArticle(1, Article("1", title, text, **given), reading, 1)


def chat(lang: str = "zh-TW", zone: str = "Asia/Taipei") -> Chat:
    return Chat(1, "telegram", "7", "", lang, zone, "active")


def rule(typed: str = "AMZN 裁員") -> StoredRule:
    return StoredRule(1, 1, typed, typed, NOW)
