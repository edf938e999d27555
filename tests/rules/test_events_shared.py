"""Floors on a wire's headlines whose editors tagged the event (see TICKERBELL_SHARED).

A headline is read without its tag. The company mostly stood in the tag alone, as readers see it:
so the same is measured with the company's name put before it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from rules.companies import directory
from rules.engine import Engine
from rules.model import Article
from tests.rules.outlook_words import tells_outlook

SHARED = os.environ.get("TICKERBELL_SHARED", "")
pytestmark = pytest.mark.skipif(not SHARED, reason="TICKERBELL_SHARED names no folder of texts")

FOUND_BY = {
    "法說": ("guidance", "earnings", "revenue"),
    "財報": ("guidance", "earnings", "revenue"),
    "併購/經營權": ("mna",),
    "IPO": ("ipo",),
}
WORDS = {
    "法說": "法說|財測|展望|看好|看旺|可望|有望|力拚|樂觀|保守|營收|獲利|純益|毛利|EPS|每股",
    "財報": "財報|獲利|純益|淨利|EPS|每股|營收|毛利|虧|賺|盈餘|轉盈",
    "併購/經營權": "併購|收購|購併|合併|公開收購|換股|入主|買下|出售",
    "IPO": "IPO|掛牌|上市|上櫃|興櫃|承銷|競拍|招股",
}


@lru_cache(maxsize=1)
def rows() -> list[dict[str, Any]]:
    path = Path(SHARED) / "eval" / "headlines_with_editor_event_tag.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@lru_cache(maxsize=1)
def engine() -> Engine:
    return Engine()


def kinds(row: dict[str, Any], title: str) -> set[str]:
    at = datetime.fromisoformat(row["time"]).replace(tzinfo=UTC)
    article = Article("row", title, "", "wire", at, published_at=at)
    return {event.kind for event in engine().read(article).events}


def outlooks() -> Iterator[dict[str, Any]]:
    """The rows of 展望 that are of a listed company and say so in words."""
    for row in rows():
        company = directory().resolve(row["company_in_tag"] or "")
        if row["event"] == "展望" and company and tells_outlook(row["title_untagged"]):
            yield row


@pytest.mark.parametrize("tag", WORDS)
def test_what_editors_tagged_is_found_where_its_words_are(tag: str) -> None:
    said = [
        row
        for row in rows()
        if row["event"] == tag and re.search(WORDS[tag], row["title_untagged"], re.IGNORECASE)
    ]
    found = sum(not kinds(row, row["title_untagged"]).isdisjoint(FOUND_BY[tag]) for row in said)

    assert said
    assert found >= len(said) * 0.9


def test_outlooks_are_found_where_the_company_is_named() -> None:
    said = list(outlooks())
    titles = [f"{row['company_in_tag']} {row['title_untagged']}" for row in said]
    found = sum("guidance" in kinds(r, t) for r, t in zip(said, titles, strict=True))

    assert len(said) >= 200
    assert found >= len(said) * 0.9


def test_outlooks_are_found_in_most_headlines_that_name_nobody() -> None:
    said = list(outlooks())
    found = sum("guidance" in kinds(row, row["title_untagged"]) for row in said)

    assert found >= len(said) * 0.84
