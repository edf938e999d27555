"""Whether an event is told as news or as history."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.rules.reading_cases import Names, read

NOW = datetime(2026, 2, 6, tzinfo=UTC)
INTEL: Names = {"INTC": ["英特爾", "英特尔", "Intel"]}


def _old(text: str, kind: str = "layoff") -> list[bool]:
    return [e.background for e in read(text, INTEL, published=NOW)[0] if e.kind == kind]


@pytest.mark.parametrize(
    "text",
    [
        "英特爾九年前裁員1.2萬人。",
        "英特爾15年前裁員1.2萬人。",
        "英特爾五個多月前裁員1.2萬人。",
        "英特爾早年也裁員過。",
        "英特爾在2022年底至2023年初裁員1.2萬人。",
        "英特爾裁員發生在兩年前。",
        "英特爾上次裁員要追溯到2022年10月。",
        "裁員風暴過後一年 英特爾轉盈",
        "Intel laid off more than 15,000 workers in August 2024.",
        "Intel laid off 15,000 workers back in 2024.",
        "Intel, which laid off 15,000 workers last year, is hiring again.",
        "Intel laid off 15,000 workers several years ago.",
    ],
)
def test_what_is_told_of_an_earlier_time_is_history(text: str) -> None:
    assert _old(text) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "英特爾裁員1.2萬人，為三年前的兩倍。",
        "英特爾宣布裁員，將持續到2027年。",
        "英特爾裁員規模創五年之最。",
        "Intel lays off 15,000 workers after losing $18 billion in 2024.",
        "Intel lays off 15,000 workers as sales fell last year.",
        "Intel will lay off 15,000 workers by the end of 2026.",
        "Intel lays off 500 workers in February 2026.",
    ],
)
def test_a_time_that_belongs_to_something_else_makes_no_history_of_it(text: str) -> None:
    assert _old(text) == [False]


def test_a_year_whose_character_begins_the_event_s_own_word_is_seen() -> None:
    names: Names = {"2603.TW": "長榮"}
    found, _ = read("長榮2022年配發每股現金股利18元。", names, published=NOW)

    assert [e.background for e in found if e.kind == "dividend"] == [True]
