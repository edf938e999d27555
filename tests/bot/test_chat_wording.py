from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.durations import BadDurationError, split_duration
from bot.chat.replies import Reply, Say, render, reply
from bot.chat.wording import ago, at, duration
from bot.texts import texts

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def worded(sentence: Say, lang: str = "zh-TW") -> str:
    answer: Reply = reply(sentence)
    return render(answer, texts(lang), lambda _: "").plain


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (1, "1 分鐘", "1 min"),
        (61, "2 分鐘", "2 min"),
        (3600, "1 小時", "1 h"),
        (5400, "1 小時 30 分鐘", "1 h 30 min"),
        (86400, "1 天", "1 d"),
        (90000, "1 天 1 小時", "1 d 1 h"),
        (3 * 86400 - 30, "3 天", "3 d"),
        (7 * 86400, "1 週", "1 wk"),
        (10 * 86400, "10 天", "10 d"),
        (30 * 86400, "30 天", "30 d"),
        (86400 + 60, "1 天", "1 d"),
    ],
)
def test_a_length_of_time_is_said_in_two_units_at_most(seconds: int, zh: str, en: str) -> None:
    said = duration(timedelta(seconds=seconds))

    assert (worded(said), worded(said, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (-5, "剛剛"),
        (59, "剛剛"),
        (60, "1 分鐘前"),
        (3599, "59 分鐘前"),
        (7200, "2 小時前"),
        (86400 * 3 + 5, "3 天前"),
    ],
)
def test_a_past_moment_is_said_in_one_unit(seconds: int, expected: str) -> None:
    assert worded(ago(NOW - timedelta(seconds=seconds), NOW)) == expected


def test_a_moment_is_said_in_the_readers_zone() -> None:
    assert worded(at(NOW, NOW, "Asia/Taipei")) == "11/23 09:30"


def test_another_year_is_named() -> None:
    assert worded(at(NOW + timedelta(days=60), NOW, "Asia/Taipei")) == "2027/1/22 09:30"


@pytest.mark.parametrize(
    ("typed", "name", "length"),
    [
        ("經濟觀察網 3天", "經濟觀察網", timedelta(days=3)),
        ("經濟觀察網 3 天", "經濟觀察網", timedelta(days=3)),
        ("經濟觀察網　２小時", "經濟觀察網", timedelta(hours=2)),
        ("Reuters 30m", "Reuters", timedelta(minutes=30)),
        ("Reuters 1W", "Reuters", timedelta(weeks=1)),
        ("某報 兩週", "某報", timedelta(weeks=2)),
        ("某報 1個月", "某報", timedelta(days=30)),
        ("2h", "", timedelta(hours=2)),
        ("3天 某報", "某報", timedelta(days=3)),
        ("某報３天", "某報", timedelta(days=3)),
        ("某報 半小時", "某報", timedelta(minutes=30)),
        ("某報 半天", "某報", timedelta(hours=12)),
        ("某報 1.5小時", "某報", timedelta(minutes=90)),
        ("某報 十二小時", "某報", timedelta(hours=12)),
        ("某報 二十四小時", "某報", timedelta(hours=24)),
        ("某報 一年", "某報", timedelta(days=365)),
        ("某報 永久", "某報", None),
        ("36氪", "36氪", None),
        ("36氪 1天", "36氪", timedelta(days=1)),
        ("新聞30分", "新聞30分", None),
        ("第一財經", "第一財經", None),
        ("", "", None),
    ],
)
def test_a_length_of_time_beside_a_name_is_understood(
    typed: str, name: str, length: timedelta | None
) -> None:
    assert split_duration(typed) == (name, length)


@pytest.mark.parametrize("typed", ["某報 0m", "某報 999999w", "0天"])
def test_a_length_that_makes_no_sense_is_refused(typed: str) -> None:
    with pytest.raises(BadDurationError):
        split_duration(typed)


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=1, max_value=3650 * 24 * 60))
def test_a_length_in_minutes_is_read_as_it_is_said(minutes: int) -> None:
    if minutes > 999_999:
        minutes //= 10

    assert split_duration(f"某報 {minutes}m") == ("某報", timedelta(minutes=minutes))
