"""Times at rest: whole microseconds since 1970-01-01 UTC, so that SQL compares plain integers.

Whatever time zone a moment came with, it is handed out again in UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """The stored form of an aware moment, exact. Raises TypeError for a naive one."""
    return (moment - _EPOCH) // _MICROSECOND


def micros_or_none(moment: datetime | None) -> int | None:
    """The stored form of a moment that may be missing."""
    return None if moment is None else micros(moment)


def moment(stored: int) -> datetime:
    """The aware UTC moment of a stored time, exact."""
    return _EPOCH + stored * _MICROSECOND


def moment_or_none(stored: int | None) -> datetime | None:
    """The aware UTC moment of a stored time that may be missing."""
    return None if stored is None else moment(stored)
