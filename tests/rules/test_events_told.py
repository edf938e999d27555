"""What events are told from: forum posts, cases and wishes, guards, and whose word it is."""

from __future__ import annotations

import pytest

from rules.model import Direction
from tests.rules.reading_cases import read

POST = "標的：2330 台積電\n分類：多\n分析/正文：\n{}\n進退場機制：\n跌破900停損 漲到1200出場"


def moves(text: str, title: str = "[標的] 2330 台積電 多") -> list[tuple[str, Direction | None]]:
    found, _ = read(text, {"2330.TW": "台積電", "2454.TW": "聯發科"}, title=title)
    return [(e.company, e.direction) for e in found if e.kind == "price_move"]


def kinds(title: str, names: dict[str, str] | None = None) -> set[tuple[str, str]]:
    found, _ = read("", names or {"2330.TW": "台積電", "INTC": "Intel"}, title=title)
    return {(e.kind, e.company) for e in found}


@pytest.mark.parametrize(
    ("line", "way"),
    [
        ("從1080跌到860", Direction.DOWN),
        ("最近漲上來了", Direction.UP),
        ("今天跌破季線", Direction.DOWN),
        ("早上突破前高", Direction.UP),
    ],
)
def test_a_post_tells_of_its_share_s_move_in_words_of_its_own(line: str, way: Direction) -> None:
    assert moves(POST.format(line)) == [("2330.TW", way)]


@pytest.mark.parametrize(
    "line",
    [
        "如果跌到900就買",
        "只要拉回就是買點",
        "大盤跌下來我也不怕",
        "營收創新高",
        "應該會漲到1500",
        "之後有機會突破前高",
    ],
)
def test_wishes_cases_and_other_measures_in_a_post_are_no_moves(line: str) -> None:
    assert moves(POST.format(line)) == []


def test_when_its_writer_will_sell_is_no_move() -> None:
    assert moves(POST.format("看好先進製程")) == []


def test_another_share_s_move_in_a_post_is_that_other_s() -> None:
    assert moves(POST.format("聯發科今天跌下來")) == [("2454.TW", Direction.DOWN)]


def test_a_newsroom_s_text_needs_the_word_of_a_share() -> None:
    assert moves("台積電的良率從90%跌到86%。", title="台積電良率") == []


def test_the_day_s_move_says_more_than_the_year_s() -> None:
    text = "台積電周四股價下跌。台積電股價今年上漲30%。"

    assert moves(text, title="半導體") == [("2330.TW", Direction.DOWN)]


@pytest.mark.parametrize(
    "title",
    [
        "台積電消防演練 模擬火災疏散",
        "台積電防範駭客勒索 全員受訓",
        "Intel warns of ransomware attacks",
    ],
)
def test_being_ready_for_fire_or_hackers_is_no_outage(title: str) -> None:
    assert not {kind for kind, _ in kinds(title)} & {"outage"}


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("Intel names Jane Doe CEO", ("leadership", "INTC")),
        ("Intel tumbles despite upbeat results", ("price_move", "INTC")),
        ("Bernstein cuts Intel to underperform", ("rating", "INTC")),
        ("Intel narrows quarterly loss", ("earnings", "INTC")),
        ("Intel to pay $95 mln to settle privacy suit", ("legal", "INTC")),
        ("Intel delays launch of laptop chip", ("product", "INTC")),
        ("Intel foundry unit turns profitable", ("earnings", "INTC")),
        ("EU opens probe into Intel rebates", ("regulation", "INTC")),
        ("南韓公平會罰Intel 177億韓元", ("legal", "INTC")),
        ("台積電:榮景至少走到2028年", ("guidance", "2330.TW")),
        ("台積電奪下衛星標案 統包工程案", ("order", "2330.TW")),
        ("台積電參與子公司現增", ("investment", "2330.TW")),
        ("美擬禁止對中出口台積電晶片", ("regulation", "2330.TW")),
    ],
)
def test_short_headlines_of_wires_are_read(title: str, event: tuple[str, str]) -> None:
    assert event in kinds(title)


@pytest.mark.parametrize(
    "title",
    [
        "Startup names former Intel executive CEO",
        "Intel jumps into gaming market",
        "Intel to invest time in training store staff",
        "台積電法說會訂16日登場",
        "台積電將改善員工宿舍",
        "台積電將滿足客戶需求",
    ],
)
def test_what_only_sounds_like_them_is_none(title: str) -> None:
    assert kinds(title) == set()


def test_what_authorities_build_is_no_company_s_even_where_the_headline_names_nobody() -> None:
    found, _ = read(
        "政府宣布將投資千億元興建再生水廠，可滿足台積電用水。",
        {"2330.TW": "台積電"},
        title="南部再生水廠動土",
    )

    assert [event.kind for event in found] == []
