"""When something was published, out of what feeds write there."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

TAIPEI = "Asia/Taipei"
_OLDEST = 1990  # nothing on the web is older; "0000-00-00" and epochs of zero are no dates
_NUMBERS = re.compile(
    r"^\D{0,12}?(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?"
    r"(?:[T\s,]*(?:星期.|週.|周.)?\s*(?P<half>上午|下午|AM|PM)?\s*"
    r"(?P<hour>\d{1,2})[:時点點](?P<minute>\d{1,2})(?:[:分](?P<second>\d{1,2}))?"
    r"(?:[.,]\d+)?秒?\s*(?P<late>AM|PM)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
# Email dates say CST for US Central; a Taiwanese or Chinese feed means its own time by it.
_LOCAL_NAMES = re.compile(r"\b(?:CST|TST)\b|\((?:CST|TST|台北|臺北|台灣|臺灣|北京)[^)]*\)")


def published(raw: str, now: datetime, zone: str = TAIPEI) -> datetime | None:
    """The moment that ``raw`` names, aware, no later than ``now``; None if it names none.

    A date without an offset is in ``zone``, the source's own. RFC 822, ISO 8601 and the forms
    that Taiwanese sites write (2026/11/23 下午 3:05, 2026年11月23日) are read.
    """
    raw = " ".join(raw.split())[:100]
    moment = _numbers(raw) or _email(raw)
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_zone(zone))
    if not _OLDEST <= moment.year <= 9000:
        return None
    return min(moment.astimezone(now.tzinfo), now)


def _numbers(raw: str) -> datetime | None:
    found = _NUMBERS.match(raw)
    if not found:
        return None
    part = found.groupdict()
    hour = int(part["hour"] or 0)
    half = (part["half"] or part["late"] or "").upper()
    if half in {"下午", "PM"} and hour < 12:
        hour += 12
    elif half in {"上午", "AM"} and hour == 12:
        hour = 0
    try:
        return datetime(
            int(part["year"]),
            int(part["month"]),
            int(part["day"]),
            hour,
            int(part["minute"] or 0),
            min(int(part["second"] or 0), 59),
            tzinfo=_offset(part["zone"] or ""),
        )
    except ValueError:
        return None


def _offset(zone: str) -> timezone | None:
    if not zone:
        return None
    if zone[0] not in "+-":
        return UTC
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(f"no such offset: {zone}")
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(-size if zone[0] == "-" else size)


def _email(raw: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(_LOCAL_NAMES.sub("", raw))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
