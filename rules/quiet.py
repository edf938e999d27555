"""When is it quiet? Hours of the day in a zone, as stretches between two instants.

A night is told by instants and not by comparing clock times, so that the hour which a clock repeats
in autumn does not begin a second night, and the one it skips in spring does not lose its end. A
clock time that a zone skips is taken as if the clock had not been moved yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of the day to another, in minutes after midnight; over midnight where it ends
    before it begins. Raises ValueError for times that are none, or equal.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY and 0 <= self.end < DAY and self.start != self.end):
            raise ValueError(f"not hours of the day: {self.start} to {self.end}")

    def __str__(self) -> str:
        return f"{_clock(self.start)}–{_clock(self.end)}"

    def around(self, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
        """The beginning and the end (UTC) of the quiet stretch that ``now`` lies in, or None.

        The beginning belongs to it, the end does not.
        """
        today = now.astimezone(zone).date()
        for day in (today - timedelta(days=1), today):
            begins, ends = self.of(day, zone)
            if begins <= now < ends:
                return begins, ends
        return None

    def of(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The stretch that begins on this day of the zone's calendar."""
        last = day + timedelta(days=1) if self.end <= self.start else day
        return _instant(day, self.start, zone), _instant(last, self.end, zone)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """When the zone's clocks first show this time on this day."""
    clock = time(*divmod(minutes, 60))
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
