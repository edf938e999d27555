"""Words with something foreign between their characters: 加.賴, 飆✨股, L I N E.

The text is squeezed once (everything but letters, digits, ``@`` and ``+`` left out) and scanned
again, only where something foreign stands between two characters at all. A word counts as
disguised where what was left out of it is not ordinary punctuation: 「增加，賴清德」 is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from rules.promotion.vocabulary import squeezed_scanner
from rules.scan import Hit

_ORDINARY = r"\s,。、;:!?()「」『』《》〈〉【】\[\]\"'“”‘’%$#&@+"
_FOREIGN = rf"[^\w{_ORDINARY}]"
_HAN = "\u4e00-\u9fff"
# Something foreign (or a lone blank) between two Chinese characters, or Latin letters set apart.
_SUSPICIOUS = re.compile(
    rf"[{_HAN}+](?:\s*{_FOREIGN}+\s*| )(?=[{_HAN}])|(?<![a-z])[a-z](?:\s|{_FOREIGN})+[a-z](?![a-z])"
    "|[\U0001f1e6-\U0001f1ff➕]"
)
_KEPT = re.compile(r"[\w@+\U0001f1e6-\U0001f1ff➕]+")
_STAND_INS = {ord("➕"): "+"} | {0x1F1E6 + i: chr(ord("a") + i) for i in range(26)}
GIVEAWAY = re.compile(rf"{_FOREIGN}|[\U0001f1e6-\U0001f1ff]")
_SPACED = re.compile(r"\w(?: \w)+")  # one blank after every character, as nobody writes
_LONGEST_NOISE = 3  # foreign characters between two of a word


def disguised_hits(text: str) -> Iterator[Hit]:
    """Hits in folded ``text`` of words that something foreign splits up, at their places there."""
    if not _SUSPICIOUS.search(text):
        return
    starts: list[int] = []  # of kept runs, in the squeezed text
    shifts: list[int] = []  # what to add there to get back to ``text``
    runs: list[str] = []
    size = 0
    for run in _KEPT.finditer(text):
        starts.append(size)
        shifts.append(run.start() - size)
        runs.append(run.group())
        size += len(runs[-1])
    squeezed = "".join(runs).translate(_STAND_INS)
    for hit in squeezed_scanner().scan(squeezed)["promotion"]:
        first = bisect_right(starts, hit.start) - 1
        last = bisect_right(starts, hit.end - 1) - 1
        start, end = hit.start + shifts[first], hit.end + shifts[last]
        words = text[start:end]
        if words != hit.pattern and _looks_disguised(words, hit.pattern):
            yield Hit(start, end, hit.pattern)


def _looks_disguised(words: str, pattern: str) -> bool:
    if len(words) - len(pattern) > _LONGEST_NOISE * (len(pattern) - 1) or "\n" in words:
        return False
    if GIVEAWAY.search(words) or "➕" in words:
        return True
    return bool(_SPACED.fullmatch(words))
