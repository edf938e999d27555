"""Families of wording: a row finds its slots' words in order, close by and in one sentence."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.promotion import frames
from rules.text import folded
from tests.rules.promoting import fired, judge

SMALL: dict[str, Any] = {
    "slots": {"reach": ["加", "搜尋"], "place": ["群組", "~g[0-9]"]},
    "frame": [{"signal": "X", "rows": ["reach 3 place"]}],
}


def found(text: str) -> list[str]:
    [row] = frames.build(SMALL).rows
    fillers = frames.build(SMALL).fillers(text, 0, len(text))
    if not all(slot in fillers for slot in row.slots):
        return []
    return [text[start:end] for start, end in frames.chained(text, row, fillers)]


def test_any_word_of_a_slot_fills_it():
    assert found(folded("加群組")) == [folded("加群組")]
    assert found(folded("搜尋群組")) == [folded("搜尋群組")]


def test_a_slot_may_hold_a_regular_expression():
    assert found("加g8") == ["加g8"]


@pytest.mark.parametrize("text", ["群組加", "加了我的那個群組", "加。群組", "加入"])
def test_words_out_of_order_too_far_or_in_another_sentence_are_no_row(text: str):
    assert found(folded(text)) == []


def test_a_row_with_an_unknown_slot_is_refused():
    with pytest.raises(ValueError, match="nowhere"):
        frames.build(SMALL | {"frame": [{"signal": "X", "rows": ["reach 3 nowhere"]}]})


@given(st.integers(0, 3000))
@settings(max_examples=60)
def test_edges_lie_in_the_text_in_order_and_do_not_overlap(length: int):
    ranges = frames.edges("x" * length)
    flat = [place for pair in ranges for place in pair]

    assert flat == sorted(flat)
    assert flat[0] == 0
    assert flat[-1] == length


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("三檔股票放在我的小帳，連結在首頁", "REACH_OUT"),
        ("想聽的話跟我說一聲，我拉你進來", "GO_BETWEEN"),
        ("想要的在底下打「股票」", "ANSWER_WORD"),
        ("現在登錄信箱就可以看完整表格", "SIGN_UP"),
        ("加碼免費幫大家做持股健檢", "GIVEAWAY"),
        ("代號2x7x我只在直播裡說", "WITHHELD_NAME"),
        ("今晚直播揭曉那一檔", "TO_BE_REVEALED"),
        ("操盤人親自帶你進場", "LED_BY_SOMEONE"),
        ("上個月跟著做的學員都賺到了", "FOLLOWERS_GAINED"),
        ("三個月就翻倍", "GAIN_IN_TIME"),
        ("每天收到買進訊號，照做就好", "TRADE_ORDERS"),
        ("未上市股票釋出三十張", "UNLISTED_SHARES"),
    ],
)
def test_a_family_of_wording_fires_its_signal(text: str, signal: str):
    assert signal in fired(judge(text))


def test_a_denied_row_is_not_said():
    assert "GO_BETWEEN" not in fired(judge("本公司不會拉你進群，也不會把股票傳給你"))


def test_no_slot_lists_a_word_twice():
    source = resources.files("rules.data.promotion").joinpath("frames.toml")
    for slot, words in tomllib.loads(source.read_text("utf-8"))["slots"].items():
        assert len(words) == len(set(words)), slot


def test_every_slot_is_used():
    slots = {slot for row in frames.load().rows for slot in row.slots}
    source = resources.files("rules.data.promotion").joinpath("frames.toml")

    assert set(tomllib.loads(source.read_text("utf-8"))["slots"]) == slots
