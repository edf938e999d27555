"""Where sentences begin and end, in Chinese and English, without breaking what belongs together.

A sentence ends at 。！？!?；; or a line break, and at an English full stop that is followed by a
space (a folded text has no capitals to tell more by). It never ends inside quotes or brackets
(unless they are left open for long), inside a number (``3.6%``), a domain or a known abbreviation
(``Inc.``, ``U.S.``). Without any of these it ends after a thousand characters.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ENDS = "。！？!?；;\n"
_TRAILERS = "。！？!?；;.…”」』’\"')）】》 "
_OPEN = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】"}
# Everything that can end a sentence or open or close a quotation; all other characters are skipped.
_MARKS = re.compile("[" + re.escape(_ENDS + "." + "".join(_OPEN) + "".join(_OPEN.values())) + '"]')
_ABBREVIATION = re.compile(
    r"(?:\b(?:inc|corp|co|ltd|plc|llc|mr|mrs|ms|dr|st|no|vs|etc|jr|sr|approx|est|u\.s|u\.k|e\.g|i\.e"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|\b[a-z])$",
    re.IGNORECASE,
)
_LONGEST_QUOTATION = 400  # characters; an opening mark without its partner is forgotten after this
_LONGEST = 1_000  # characters; a page that lost its marks is cut, so that reading stays linear
_PAUSES = re.compile(r"[,，、\s]")


class Sentence(NamedTuple):
    """``[start, end)`` of one sentence, surrounding blanks left out."""

    start: int
    end: int


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of ``text`` in order; together they cover all that is not blank."""
    found: list[Sentence] = []
    start = 0
    closers: list[tuple[str, int]] = []
    for mark in _MARKS.finditer(text):
        i = mark.start()
        if i < start:
            continue  # it trails the sentence before
        char = text[i]
        if closers and char == closers[-1][0]:
            closers.pop()
        elif char in _OPEN:
            closers.append((_OPEN[char], i))
        if closers and (i - closers[0][1] > _LONGEST_QUOTATION or char == "\n"):
            closers.clear()
        if not closers and _ends_here(text, i):
            end = _after_trailers(text, i)
            _add(found, text, start, end)
            start = end
    _add(found, text, start, len(text))
    return tuple(found)


def _ends_here(text: str, i: int) -> bool:
    char = text[i]
    if char in _ENDS:
        return True
    if char in "”」』" and i and text[i - 1] in "。！？!?":
        return True  # a quotation that is a sentence of its own
    if char != "." or i + 1 >= len(text) or not text[i + 1].isspace():
        return False
    if not text[i + 1 : i + 8].strip() or text[i - 1 : i] == ".":
        return False  # nothing follows, or these are dots
    return not _ABBREVIATION.search(text[max(0, i - 8) : i])


def _after_trailers(text: str, i: int) -> int:
    i += 1
    while i < len(text) and text[i] in _TRAILERS and text[i - 1] != "\n":
        i += 1
    return i


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        stop = _pause(text, start + _LONGEST // 2, start + _LONGEST)
        found.append(Sentence(start, stop))
        start = stop
    if start < end:
        found.append(Sentence(start, end))


def _pause(text: str, start: int, end: int) -> int:
    """Behind the last comma or blank of ``text[start:end]``, or ``end`` where there is none."""
    pauses = [mark.end() for mark in _PAUSES.finditer(text, start, end)]
    return pauses[-1] if pauses else end
