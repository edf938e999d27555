"""The bundled articles, and the RSS feed that they make."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from importlib import resources
from xml.sax.saxutils import escape, quoteattr

CHANNEL = "TickerBell 示範新聞（內容純屬虛構）"
HOME = "https://demo-news.example.com/"


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """A made-up article. ``minutes`` is its age when its wave comes out."""

    id: str
    wave: int
    minutes: int
    outlet: str
    section: str
    title: str
    text: str
    author: str = ""

    @property
    def link(self) -> str:
        """Where it would stand, were it real."""
        return f"{HOME}{self.section}/{self.id}"


@lru_cache(maxsize=1)
def bundled() -> tuple[DemoArticle, ...]:
    """Every article of the package, in the order of its file."""
    text = resources.files(__package__).joinpath("articles.toml").read_text("utf-8")
    records = tomllib.loads(text)["article"]
    return tuple(DemoArticle(**record | {"text": record["text"].strip()}) for record in records)


def rss(released: Iterable[tuple[DemoArticle, datetime]]) -> bytes:
    """An RSS feed of these articles, newest first; each comes with the moment of its release."""
    dated = [(at - timedelta(minutes=article.minutes), article) for article, at in released]
    items = [_item(article, at) for at, article in sorted(dated, key=_newest_first)]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>{escape(CHANNEL)}</title><link>{HOME}</link><language>zh-TW</language>
<description>隨套件附上的示範文章：文章、媒體、人物、數字與聯絡方式都是編造的。</description>
{"".join(items)}</channel></rss>
""".encode()


def _newest_first(dated: tuple[datetime, DemoArticle]) -> tuple[float, str]:
    return -dated[0].timestamp(), dated[1].id


def _item(article: DemoArticle, published: datetime) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in article.text.splitlines())
    author = f"<dc:creator>{escape(article.author)}</dc:creator>" if article.author else ""
    return f"""<item><title>{escape(article.title)}</title><link>{escape(article.link)}</link>
<guid isPermaLink="false">{escape(article.id)}</guid><pubDate>{format_datetime(published)}</pubDate>
<source url={quoteattr(HOME)}>{escape(article.outlet)}</source>{author}
<content:encoded>{escape(paragraphs)}</content:encoded></item>
"""
