"""Words with something foreign between their characters: 加.賴, 飆✨股, L I N E.

Only the neighbourhood of something foreign inside a word is looked at again: squeezed together
(everything but letters, digits, ``@`` and ``+`` left out) and scanned. A word counts as found where
what was left out of it is not ordinary punctuation: 「增加，賴清德」 is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from rules.promotion.vocabulary import squeezed_scanner
from rules.scan import Hit

_ORDINARY = r"\s,。、;:!?()「」『』《》〈〉【】\[\]\"'“”‘’%$#&@+"
_REGIONAL = "\U0001f1e6-\U0001f1ff"  # people write words with the letters of flags
_STRANGE = rf"[^\w{_ORDINARY}]"
_FOREIGN = re.compile(rf"{_STRANGE}+")
# With something that may be a word's on both sides, and no single mark between two digits: what is
# left to look at closely.
_INSIDE = re.compile(rf"{_STRANGE}(?<=[\w+ ]{_STRANGE}){_STRANGE}*(?=[\w ])(?!(?<=\d{_STRANGE})\d)")
_SET_APART = re.compile(r" \w(?= )")  # one character between blanks
_KEPT = re.compile(rf"[\w@+{_REGIONAL}➕]+")
_STAND_INS = {ord("➕"): "+"} | {0x1F1E6 + i: chr(ord("a") + i) for i in range(26)}
_STANDS_IN = re.compile(f"[{_REGIONAL}➕]")
_SPACED = re.compile(r"\w(?: \w)+")  # one blank after every character, as nobody writes
_WRAPPED = re.compile(r"[\u4e00-\u9fff]+ [\u4e00-\u9fff]+")  # a short message's line break
_APART = "\n"  # between two neighbourhoods; no word has a line break
_LONGEST_NOISE = 3  # foreign characters between two of a word
_AROUND = 20  # characters on both sides that are looked at again
_SHORT_MESSAGE = 200  # characters; in these, line breaks stand inside words as blanks


def disguised_hits(text: str) -> Iterator[Hit]:
    """Hits in folded ``text`` of words that something foreign splits up, at their places there."""
    pieces: list[str] = []
    places: list[int] = []  # of each piece in the text …
    starts: list[int] = []  # … and in the squeezed one
    size = 0
    for start, end in _neighbourhoods(text):
        for run in _KEPT.finditer(text, start, end):
            pieces.append(run[0])
            places.append(run.start())
            starts.append(size)
            size += len(run[0])
        pieces.append(_APART)
        size += len(_APART)
    squeezed = "".join(pieces)
    if _STANDS_IN.search(squeezed):
        squeezed = squeezed.translate(_STAND_INS)
    for hit in squeezed_scanner().scan(squeezed)["promotion"] if pieces else ():
        first, last = bisect_right(starts, hit.start) - 1, bisect_right(starts, hit.end - 1) - 1
        begin = places[first] + hit.start - starts[first]
        stop = places[last] + hit.end - starts[last]
        if _split_up(text[begin:stop], hit.pattern):
            yield Hit(begin, stop, hit.pattern)


def hides(words: str, pattern: str) -> bool:
    """Whether a word that was found split is split on purpose, not wrapped by a short message."""
    if _FOREIGN.search(words):
        return True
    return len(pattern) > 2 and bool(_SPACED.fullmatch(words))


def _neighbourhoods(text: str) -> list[tuple[int, int]]:
    """Ranges around what looks like a split word, those that touch joined."""
    if len(text) <= _SHORT_MESSAGE and " " in text:
        return [(0, len(text))]
    if _STANDS_IN.search(text):  # what stands for a letter splits whatever it stands beside
        places = [
            m.start()
            for m in _FOREIGN.finditer(text)
            if _STANDS_IN.search(m[0]) or _splits(text, *m.span())
        ]
    else:
        places = [m.start() for m in _INSIDE.finditer(text) if _splits(text, *m.span())]
    places += [m.start() for m in _SET_APART.finditer(text)]
    joined: list[tuple[int, int]] = []
    for place in sorted(places):
        start, end = max(0, place - _AROUND), min(len(text), place + _AROUND)
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _splits(text: str, start: int, end: int) -> bool:
    """Whether foreign ``[start, end)`` stands inside what may be a word; a blank may be beside."""
    before = start - 2 if text[start - 1 : start] == " " else start - 1
    after = end + 1 if text[end : end + 1] == " " else end
    if before < 0 or after >= len(text):
        return False
    left, right = text[before], text[after]
    if not (left.isalnum() or left == "+"):
        return False
    if _is_han(left) or _is_han(right):
        return right.isalnum()
    # Between Latin letters it splits a word where these stand alone, as in l.i.n.e.
    return right.isalpha() and not text[max(0, start - 2) : start - 1].isalnum()


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or char == "+"


def _split_up(words: str, pattern: str) -> bool:
    if words == pattern or "\n" in words:
        return False
    if len(words) - len(pattern) > _LONGEST_NOISE * (len(pattern) - 1):
        return False
    if _FOREIGN.search(words):
        return True
    return bool(_SPACED.fullmatch(words) or (len(pattern) > 2 and _WRAPPED.fullmatch(words)))
