"""Times and lengths of time as sentences: 「3 小時前」, 「2 天 5 小時」, 「11/23 15:57」."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.chat.replies import Say, say, say_of

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_WEEK = 7 * _DAY
_UNITS = (("weeks", _WEEK), ("days", _DAY), ("hours", _HOUR), ("minutes", _MINUTE))


def duration(length: timedelta) -> Say:
    """``length`` in its two largest units at most, rounded up to whole minutes, at least one.

    Weeks are used only where nothing is left over: 7 days are a week, 10 days are 10 days.
    """
    minutes = max(1, -int(-length.total_seconds() // _MINUTE))
    seconds = minutes * _MINUTE
    if seconds % _WEEK == 0:
        return say_of("duration", "weeks", count=seconds // _WEEK)
    for (name, size), (small_name, small) in pairwise(_UNITS[1:]):
        if seconds >= size:
            large = say_of("duration", name, count=seconds // size)
            rest = seconds % size // small
            if not rest:
                return large
            return say(
                "duration.both", large=large, small=say_of("duration", small_name, count=rest)
            )
    return say_of("duration", "minutes", count=minutes)


def ago(then: datetime, now: datetime) -> Say:
    """How long ago ``then`` was, in one unit, rounded down; what lies ahead is just now."""
    seconds = int((now - then).total_seconds())
    if seconds < _MINUTE:
        return say("time.now")
    if seconds < _HOUR:
        return say("time.minutes_ago", count=seconds // _MINUTE)
    if seconds < _DAY:
        return say("time.hours_ago", count=seconds // _HOUR)
    return say("time.days_ago", count=seconds // _DAY)


def at(moment: datetime, now: datetime, zone: str) -> Say:
    """The date and clock time of ``moment`` in ``zone``, with the year where it is not this one."""
    local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    values = {"month": str(local.month), "day": str(local.day), "clock": f"{local:%H:%M}"}
    if local.year == today.year:
        return Say("time.at", values)
    return Say("time.at_year", values | {"year": str(local.year)})
