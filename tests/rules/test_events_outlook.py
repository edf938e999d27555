"""Outlooks: what is expected of a time to come, by its words, its horizon and whose word it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.model import Direction
from tests.rules.reading_cases import PUBLISHED, read

NAMES = {"3017.TW": "奇鋐", "2330.TW": "台積電", "NKE": "Nike"}


def outlooks(title: str, published: datetime = PUBLISHED) -> list[str]:
    """The companies that have an outlook in a headline."""
    found, _ = read("", NAMES, title=title, published=published)
    return [event.company for event in found if event.kind == "guidance"]


def direction(title: str) -> Direction | None:
    found, _ = read("", NAMES, title=title)
    return next(event.direction for event in found if event.kind == "guidance")


@pytest.mark.parametrize(
    "title",
    [
        "奇鋐水冷訂單看到明年第二季",
        "奇鋐散熱模組接單已排到年底",
        "奇鋐產線滿到2028年",
        "奇鋐在手訂單直達後年",
        "奇鋐訂單能見度僅三個月",
        "奇鋐急單滿手 市況一路旺到Q4",
    ],
)
def test_how_far_orders_reach_is_an_outlook(title: str) -> None:
    assert outlooks(title) == ["3017.TW"]


@pytest.mark.parametrize(
    "title", ["奇鋐員工旅遊排到明年三月", "奇鋐董座演講排到年底", "奇鋐新總部租約簽到2030年"]
)
def test_what_else_is_booked_far_ahead_is_none(title: str) -> None:
    assert outlooks(title) == []


@pytest.mark.parametrize(
    "title",
    [
        "奇鋐下半年回溫 明年審慎樂觀",
        "奇鋐明年營收逐季墊高",
        "奇鋐Q4旺季不淡",
        "奇鋐短期看法保守",
        "奇鋐今年獲利力拚年增三成",
        "奇鋐6月會更好",
        "奇鋐車用營收拚五年內占比達三成",
        "奇鋐轉盈時程延至Q3",
        "Nike warns sales will shrink next quarter",
        "Nike sticks to its full-year profit target",
    ],
)
def test_what_will_come_of_a_business_is_an_outlook(title: str) -> None:
    assert outlooks(title) in (["3017.TW"], ["NKE"])


@pytest.mark.parametrize(
    "title",
    [
        "奇鋐Q2營收續創高 上半年年增四成",
        "奇鋐1月營收續揚 年增12%",
        "奇鋐Q3擺脫虧損谷底 每股賺0.2元",
        "奇鋐上季獲利超預期",
        "奇鋐明年擴建越南廠",
        "奇鋐宣布明年調薪逾6%",
        "奇鋐目標2030年淨零",
        "投資人看好台積電 零股戶數創高",
        "台積電專利申請件數連八季奪冠",
    ],
)
def test_results_plans_and_hopes_of_others_are_none(title: str) -> None:
    assert outlooks(title) == []


def test_a_year_is_ahead_or_past_by_the_article_s_own_date() -> None:
    title = "奇鋐新事業2027年貢獻營收"

    assert outlooks(title, datetime(2026, 5, 1, tzinfo=UTC)) == ["3017.TW"]
    assert outlooks(title, datetime(2029, 5, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    "title",
    [
        "今年全台網購產值上看五千億元",
        "法人看好高收益債 下半年布局正當時",
        "歐洲年底前有望釋出百萬劑快篩",
        "資安預算明年可望倍增",
        "專利有望年底前取得",
        "未來世代REITs財測校正報喜",
        "國有土地標租 商機上看2億元",
    ],
)
def test_a_market_s_a_trade_s_or_a_government_s_future_is_no_business_s_outlook(title: str) -> None:
    found, _ = read("", {}, title=title)

    assert [event for event in found if event.kind == "guidance"] == []


def test_a_headline_that_only_a_series_names_still_has_its_outlook() -> None:
    found, _ = read("", {}, title="明年營運審慎樂觀 出貨拚雙位數成長")

    assert [event.company for event in found if event.kind == "guidance"] == [""]


def test_a_tag_says_where_it_was_said_and_the_headline_what() -> None:
    assert outlooks("〈奇鋐法說〉Q1純益年減六成 每股賺0.16元") == []
    assert outlooks("〈奇鋐法說〉Q1純益年減六成 下半年可望回升") == ["3017.TW"]
    assert outlooks("〈奇鋐法說〉董座談AI與關稅") == ["3017.TW"]


@pytest.mark.parametrize(
    ("title", "way"),
    [
        ("奇鋐訂單看到明年", Direction.UP),
        ("奇鋐營運谷底已過 下半年審慎樂觀", Direction.UP),
        ("奇鋐下半年恐旺季不旺", Direction.DOWN),
        ("Nike warns margins will shrink this quarter", Direction.DOWN),
    ],
)
def test_an_outlook_says_which_way(title: str, way: Direction) -> None:
    assert direction(title) is way
