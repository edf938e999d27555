"""A length of time at the end of a command: ``經濟觀察網 3天``, ``Reuters 2h``."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from functools import lru_cache
from importlib import resources

from rules.text import fold, folded

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=3650)


class BadDurationError(ValueError):
    """The number or the length makes no sense (0 hours, 400 years)."""


def split_duration(argument: str) -> tuple[str, timedelta | None]:
    """The argument without the length of time at its end, and that length (None without one).

    The length stands apart by a space, or alone. Raises BadDurationError for one that is shorter
    than a minute or longer than ten years.
    """
    text = fold(argument.rstrip())
    found = _pattern().search(text.text)
    if found is None:
        return argument.strip(), None
    length = _length(found["number"], found["unit"])
    start = found.start("number")
    return text.original[: text.origins[start]].strip(), length


def _length(number: str, unit: str) -> timedelta:
    seconds = (_numbers().get(number) or int(number)) * _units()[unit]
    if not SHORTEST.total_seconds() <= seconds <= LONGEST.total_seconds():
        raise BadDurationError(f"{number} {unit}")
    return timedelta(seconds=seconds)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    numbers = "|".join(_numbers())
    units = "|".join(sorted(map(re.escape, _units()), key=len, reverse=True))
    return re.compile(rf"(?:^|\s)(?P<number>[0-9]{{1,6}}|{numbers})\s?(?P<unit>{units})$")


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
