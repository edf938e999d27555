"""A length of time beside a name in a command: ``經濟觀察網 3天``, ``2h Reuters``."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from functools import lru_cache
from importlib import resources

from rules.text import fold, folded

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=3650)
_TEN, _HALF = folded("十"), folded("半")


class BadDurationError(ValueError):
    """The number or the length makes no sense (0 hours, 400 years)."""


def split_duration(argument: str) -> tuple[str, timedelta | None]:
    """The argument without the length of time at either end, and that length (None without one).

    The length stands apart by a space; digits with a Chinese unit may also be glued to the end of
    the name (經濟日報3天; but 新聞30分 is a name). 永久 is no length. Raises BadDurationError for
    one that is shorter than a minute or longer than ten years.
    """
    text = fold(argument.strip())
    for pattern in _patterns():
        if found := pattern.search(text.text):
            start, end = found.start("length"), found.end("length")
            first = text.original[: text.origins[start]] if start else ""
            last = text.original[text.origins[end] :] if end < len(text.text) else ""
            return (first + last).strip(), _length(found)
    return argument.strip(), None


def _length(found: re.Match[str]) -> timedelta | None:
    if found.groupdict().get("always"):
        return None
    seconds = _number(found["number"]) * _units()[found["unit"]]
    if not SHORTEST.total_seconds() <= seconds <= LONGEST.total_seconds():
        raise BadDurationError(found["length"])
    return timedelta(seconds=int(seconds))


def _number(text: str) -> float:
    """12, 1.5, 十二, 二十四 or 半 as a number."""
    if text == _HALF:
        return 0.5
    if text[0].isdigit():
        return float(text)
    tens, ten, ones = text.rpartition(_TEN)
    values = _numbers()
    return (values.get(tens, 1) * 10 if ten else 0) + values.get(ones, 0)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    ones = "".join(word for word in _numbers() if word != _TEN)
    number = rf"[0-9]{{1,6}}(?:\.[0-9]{{1,2}})?|[{ones}]?{_TEN}[{ones}]?|[{ones}]|{_HALF}"
    units = sorted(map(re.escape, _units()), key=len, reverse=True)
    unit, glueable = "|".join(units), "|".join(u for u in units if u in _glued())
    always = "|".join(map(re.escape, _table()["always"]))
    length = rf"(?P<length>(?:(?P<number>{number})\s?(?P<unit>{unit})|(?P<always>{always})))"
    glued = rf"(?P<length>(?P<number>[0-9]{{1,6}})(?P<unit>{glueable}))"
    return tuple(
        map(re.compile, (rf"(?:^|\s){length}$", rf"^{length}(?=\s)", rf"(?<=[^0-9\s.-]){glued}$"))
    )


def _glued() -> frozenset[str]:
    return frozenset(map(folded, ("天", "小時", "分鐘", "週", "周", "個月")))


def _units() -> dict[str, int]:
    return _table()["units"]


def _numbers() -> dict[str, int]:
    return _table()["numbers"]


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, int]]:
    file = resources.files("bot.chat").joinpath("durations.toml")
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        name: {folded(word): int(value) for word, value in table.items()}
        for name, table in tables.items()
    }
