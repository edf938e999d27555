"""Hours of the day as people type them: 23:00-07:00, 晚上11點到早上7點, 11pm-7am."""

from __future__ import annotations

import re

from bot.chat.context import Context
from bot.chat.replies import Say
from rules.quiet import DAY, QuietHours
from rules.text import fold
from storage.rows import StoredQuiet

_EVENING = ("下午", "晚上", "晚間", "傍晚", "pm")
_MORNING = ("凌晨", "清晨", "早上", "上午", "早晨", "am")
_NIGHT = ("半夜", "午夜", "深夜", "夜裡")  # 半夜11點 is before midnight, 半夜2點 after it
_NOON = ("中午",)
_PARTS = "|".join((*_EVENING, *_MORNING, *_NIGHT, *_NOON))
_TIME = (
    rf"(?P<part{{n}}>{_PARTS})?\s?(?P<hour{{n}}>[0-9]{{{{1,2}}}})"
    r"(?:[:.](?P<minute{n}>[0-9]{{2}})|\s?[點点時时](?:\s?(?P<spoken{n}>[0-9]{{1,2}})\s?分?|(?P<half{n}>半))?)?"
    r"\s?(?P<after{n}>am|pm)?"
)
_BETWEEN = r"\s*(?:-|–|—|~|到|至|to|until)\s*"


def split_hours(typed: str) -> tuple[QuietHours, str] | None:
    """The hours at the beginning of what was typed, and the rest; None where there are none."""
    text = fold(typed.strip())
    found = _pattern().match(text.text)
    if found is None:
        return None
    start, end = _minutes(found, 1), _minutes(found, 2)
    if start is None or end is None:
        return None
    if not _part(found, 2) and _part(found, 1) in _folded_all(_EVENING + _NOON):
        later = end + DAY // 2  # 下午1點到2點半 stays in the afternoon, 晚上11點到7點 does not
        end = later if start < later < DAY else end
    if start == end:
        return None
    at = found.end()
    rest = text.original[text.origins[at] :] if at < len(text.text) else ""
    return QuietHours(start, end), rest.strip()


def _pattern() -> re.Pattern[str]:
    first, second = (_folded(_TIME.format(n=n)) for n in (1, 2))
    return re.compile(first + _folded(_BETWEEN) + second)


def _folded(pattern: str) -> str:
    """The pattern with its Chinese words as folded texts have them."""
    return "".join(fold(c).text if c > "\u2e80" else c for c in pattern)


def _part(found: re.Match[str], n: int) -> str:
    return found[f"after{n}"] or found[f"part{n}"] or ""


def _folded_all(words: tuple[str, ...]) -> set[str]:
    return {fold(word).text for word in words}


def _minutes(found: re.Match[str], n: int) -> int | None:
    hour = int(found[f"hour{n}"])
    minute = int(found[f"minute{n}"] or found[f"spoken{n}"] or (30 if found[f"half{n}"] else 0))
    part = _part(found, n)
    if (part in _folded_all(_EVENING) and hour < 12) or (
        part in _folded_all(_NIGHT) and 9 <= hour < 12
    ):
        hour += 12
    elif part in _folded_all(_MORNING + _NIGHT) and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return (hour * 60 + minute) % DAY


def described(context: Context, kept: StoredQuiet) -> Say:
    """The quiet hours and what is heard all the same, in words."""
    hours = str(QuietHours(kept.start, kept.end))
    values = {"hours": hours, "zone": context.chat.zone}
    if kept.urgent and kept.typed:
        return Say("quiet.is_both", {**values, "rule": kept.typed})
    if kept.typed:
        return Say("quiet.is_except", {**values, "rule": kept.typed})
    return Say("quiet.is_urgent" if kept.urgent else "quiet.is", values)
