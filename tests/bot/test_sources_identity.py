"""A republished article is the same article; another article is another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources import data
from bot.sources.identity import keys, keys_of, normalised_link
from rules.model import Article

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TEXT = "晶圓代工龍頭今日召開法說會，公布第三季財報，營收與獲利同創單季新高，並上修全年展望。" * 2
ARTICLE = Article(
    id="http://www.lake.example.com/news/2026/11/tsmc",
    title="台積電第三季每股盈餘創新高",
    text=TEXT,
    source="lake",
    fetched_at=NOW,
    outlet="晨湖財經",
    url="http://www.lake.example.com/news/2026/11/tsmc",
    published_at=NOW - timedelta(hours=2),
)
OTHER = Article(
    id="other",
    title="鴻海公布十一月合併營收",
    text="鴻海公布十一月營收，較去年同期成長一成二，改寫同期新高。" * 3,
    source="lake",
    fetched_at=NOW,
    outlet="晨湖財經",
    url="https://lake.example.com/news/2026/11/foxconn",
    published_at=NOW,
)

REPUBLISHED = {
    "guid and link go to https": {
        "id": "https://www.lake.example.com/news/2026/11/tsmc",
        "url": "https://www.lake.example.com/news/2026/11/tsmc",
    },
    "the host loses its www": {
        "id": "x",
        "url": "http://lake.example.com/news/2026/11/tsmc/",
    },
    "guids are regenerated every day": {"id": "9f1c-2026-11-24"},
    "links get tracking parameters": {
        "id": "x",
        "url": f"{ARTICLE.url}?utm_source=rss&fbclid=1#comments",
    },
    "the feed moves to another host and path": {
        "id": "x",
        "url": "https://news.shore.example.org/a/1",
        "text": f"（更正）{TEXT}",
    },
    "the headline and its permalink are edited": {
        "id": "x",
        "title": "台積電EPS創高",
        "url": "https://lake.example.com/news/2026/11/tsmc-eps",
    },
    "the guid stays and all else is rewritten": {
        "title": "更新：台積電法說會重點一次看",
        "text": "更新版本。",
        "url": "https://lake.example.com/live",
    },
    "the mobile site is published": {
        "id": "x",
        "url": "https://m.lake.example.com/news/2026/11/tsmc",
        "title": "台積電 第三季每股盈餘創新高！",
    },
}


@pytest.mark.parametrize("change", REPUBLISHED.values(), ids=REPUBLISHED.keys())
def test_a_republished_article_shares_a_key_with_the_first(change: dict[str, str]) -> None:
    again = replace(ARTICLE, **change)  # type: ignore[arg-type]

    assert set(keys(again)) & set(keys(ARTICLE))


@pytest.mark.parametrize("change", REPUBLISHED.values(), ids=REPUBLISHED.keys())
def test_a_republished_article_shares_no_key_with_another(change: dict[str, str]) -> None:
    again = replace(ARTICLE, **change)  # type: ignore[arg-type]

    assert not set(keys(again)) & set(keys(OTHER))


def test_the_same_guid_in_two_feeds_says_nothing() -> None:
    here = Article("1", "標題", "內文甲", "one", NOW)
    there = Article("1", "題目", "內文乙", "two", NOW)

    assert not set(keys(here)) & set(keys(there))


def test_two_outlets_with_the_same_words_are_two_articles() -> None:
    wire = replace(ARTICLE, id="x", url="https://shore.example.org/1", outlet="海濱財訊")

    assert not set(keys(wire)) & set(keys(ARTICLE))


def test_a_short_title_of_every_day_is_no_key() -> None:
    morning = Article("1", "盤後速報", "上漲。", "lake", NOW, published_at=NOW)
    evening = Article("2", "盤後速報", "下跌。", "lake", NOW, published_at=NOW)

    assert not set(keys(morning)) & set(keys(evening))


def test_the_same_long_title_on_another_day_is_another_article() -> None:
    first = Article("1", "外資今日買超前十名一覽", "甲", "lake", NOW, published_at=NOW)
    next_day = replace(first, id="2", text="乙", published_at=NOW + timedelta(days=1))

    assert not set(keys(first)) & set(keys(next_day))


def test_what_several_articles_of_one_fetch_share_identifies_none_of_them() -> None:
    home = "https://lake.example.com/index"
    one = replace(ARTICLE, id="1", url=home, text="甲")
    two = replace(ARTICLE, id="2", url=home, text="乙")

    first, second = keys_of([one, two])

    assert not set(first) & set(second)
    assert len(keys_of([one])[0]) > len(first)


def test_an_article_that_a_file_lists_twice_shares_its_text() -> None:
    first, second = keys_of([ARTICLE, replace(ARTICLE, id="2")], by_id=False)

    assert set(first) & set(second)


def test_ids_of_a_file_do_not_count() -> None:
    first = Article("1", "標題", "內文甲", "file:a.jsonl", NOW)
    second = Article("1", "題目", "內文乙", "file:a.jsonl", NOW)

    assert not set(keys(first, by_id=False)) & set(keys(second, by_id=False))


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://www.a.example.com/x/?utm_campaign=1&id=2#top", "a.example.com/x?id=2"),
        ("http://a.example.com/x?b=2&a=1", "a.example.com/x?a=1&b=2"),
        ("https://A.example.com/%E5%8F%B0", "a.example.com/台"),
        ("https://a.example.com/", ""),
        ("javascript:alert(1)", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_a_link_is_compared_without_what_does_not_matter(url: str, link: str) -> None:
    assert normalised_link(url) == link


@pytest.mark.parametrize("name", data.lines("tracking_parameters.txt"))
def test_every_tracking_parameter_is_dropped(name: str) -> None:
    url = f"https://a.example.com/x?{name.replace('*', 'any')}=1&id=7"

    assert normalised_link(url) == "a.example.com/x?id=7"


@given(
    st.text(max_size=40),
    st.text(max_size=200).filter(lambda text: bool(text.strip())),
    st.text(max_size=60),
)
def test_any_article_has_keys_and_always_the_same(title: str, text: str, url: str) -> None:
    article = Article("1", title, text, "lake", NOW, url=url, published_at=NOW)

    assert keys(article, by_id=False)
    assert keys(article) == keys(article)
