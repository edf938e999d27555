"""Quiet hours: once a night, in every zone, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.quiet import DAY, QuietHours

TAIPEI = ZoneInfo("Asia/Taipei")
NIGHT = QuietHours(23 * 60, 7 * 60)
ZONES = (
    *("Asia/Taipei", "America/New_York", "America/St_Johns", "Europe/London"),
    *("Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago", "Africa/Casablanca"),
    *("Pacific/Apia", "Asia/Gaza"),
)  # fmt: skip
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
HOURS = (
    st.tuples(st.integers(0, DAY - 1), st.integers(0, DAY - 1))
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: QuietHours(*pair))
)


def taipei(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


@pytest.mark.parametrize(
    ("now", "quiet"),
    [
        ("2026-11-25 22:59:59", False),
        ("2026-11-25 23:00", True),
        ("2026-11-26 00:00", True),
        ("2026-11-26 06:59:59", True),
        ("2026-11-26 07:00", False),
        ("2026-11-26 12:00", False),
    ],
)
def test_a_night_begins_and_ends_on_the_minute(now: str, quiet: bool) -> None:
    assert (NIGHT.around(taipei(now), TAIPEI) is not None) == quiet


def test_quiet_hours_may_lie_within_a_day() -> None:
    noon = QuietHours(12 * 60, 13 * 60 + 30)

    found = noon.around(taipei("2026-11-25 12:15"), TAIPEI)

    assert found == (taipei("2026-11-25 12:00"), taipei("2026-11-25 13:30"))
    assert noon.around(taipei("2026-11-25 13:30"), TAIPEI) is None


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 5), (5, DAY), (600, 600)])
def test_times_that_are_none_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="hours of the day"):
        QuietHours(start, end)


def test_it_is_said_as_a_clock_shows_it() -> None:
    assert str(NIGHT) == "23:00–07:00"


def test_an_hour_that_a_clock_repeats_does_not_begin_a_second_night() -> None:
    zone = ZoneInfo("America/New_York")  # at 2:00 on 1 November 2026 it is 1:00 once more
    hours = QuietHours(23 * 60, 90)
    ended = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 1:30 for the first time

    assert hours.around(ended - timedelta(seconds=1), zone) is not None
    for minutes in range(0, 120, 5):
        assert hours.around(ended + timedelta(minutes=minutes), zone) is None


def test_an_end_that_a_clock_skips_still_comes() -> None:
    zone = ZoneInfo("America/New_York")  # 2:00 to 3:00 on 8 March 2026 does not exist
    hours = QuietHours(23 * 60, 150)

    found = hours.around(datetime(2026, 3, 8, 6, tzinfo=UTC), zone)

    assert found is not None
    assert found[1] == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)


@settings(max_examples=300)
@given(HOURS, st.sampled_from(ZONES), DAYS, st.integers(0, DAY * 60 - 1))
def test_every_moment_lies_in_one_nights_stretch_or_in_none(
    hours: QuietHours, zone_name: str, day: date, second: int
) -> None:
    zone = ZoneInfo(zone_name)
    now = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=second)

    around = hours.around(now, zone)
    days = [now.astimezone(zone).date() + timedelta(days=n) for n in range(-2, 3)]
    stretches = [hours.of(each, zone) for each in days]
    holding = [one for one in stretches if one[0] <= now < one[1]]

    assert len(holding) <= 1 or holding[0] == holding[1]
    assert around == (holding[0] if holding else None)


@settings(max_examples=200)
@given(HOURS, st.sampled_from(ZONES), DAYS)
def test_each_day_has_one_stretch_that_ends_after_it_begins(
    hours: QuietHours, zone_name: str, day: date
) -> None:
    zone = ZoneInfo(zone_name)

    begins, ends = hours.of(day, zone)
    following, _ = hours.of(day + timedelta(days=1), zone)

    assert ends <= following
    if ends > begins:
        assert hours.around(begins, zone) == (begins, ends)
        assert hours.around(ends, zone) != (begins, ends)
