"""When an article was published, out of everything that feeds write there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.dates import published

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "Mon, 23 Nov 2026 15:05:00 +0800",
        "Mon, 23 Nov 2026 07:05:00 GMT",
        "Mon, 23 Nov 2026 15:05:00 CST",
        "23 Nov 2026 15:05 +0800",
        "2026-11-23T15:05:00+08:00",
        "2026-11-23T15:05:00.123+0800",
        "2026-11-23T07:05:00Z",
        "2026-11-23 15:05:00",
        "2026/11/23 15:05",
        "2026/11/23 下午 3:05",
        "2026/11/23 3:05 PM",
        "2026年11月23日 15:05",
        "2026年11月23日 星期一 下午3點05分",
        "  2026-11-23\n15:05 ",
    ],
)
def test_a_date_is_read_in_every_usual_form(raw: str) -> None:
    assert published(raw, NOW) == datetime(2026, 11, 23, 7, 5, tzinfo=UTC)


def test_a_day_without_an_hour_begins_at_midnight_of_the_source() -> None:
    assert published("2026-11-23", NOW) == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)


def test_a_naive_date_is_in_the_zone_of_the_source() -> None:
    read = published("2026-11-22 15:05", NOW, "America/New_York")

    assert read == datetime(2026, 11, 22, 20, 5, tzinfo=UTC)


@pytest.mark.parametrize("raw", ["2099-01-01T00:00:00Z", "Mon, 23 Nov 2026 23:00:00 +0800"])
def test_the_future_is_now(raw: str) -> None:
    assert published(raw, NOW) == NOW


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "yesterday",
        "0000-00-00",
        "2026-13-45",
        "99999999999999",
        "1970-01-01T00:00:00Z",
        "2026-11-23T15:05:00+99:99",
        "Mon, 99 Nov 2026 99:99:99 +0800",
        "三小時前",
    ],
)
def test_what_is_no_date_is_none(raw: str) -> None:
    assert published(raw, NOW) is None


@given(st.text(alphabet="0123456789-:/TZ+年月日 上午下MonNovGMT,.", max_size=40))
def test_any_text_is_a_date_before_now_or_none(raw: str) -> None:
    moment = published(raw, NOW)

    assert moment is None or (moment.tzinfo is not None and moment <= NOW)
