"""Regular expressions that people write, by RE2: never more than linear time, bounded memory.

They are folded as articles are, case makes no difference, ``.`` ends at a line's end and ``^`` and
``$`` are a line's beginning and end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from rules.text import folded

LONGEST = 200  # characters of a pattern
_MEMORY = 1 << 20  # bytes that RE2 may use for one pattern
_LARGEST = 1_000  # instructions: RE2's slow way costs their number times the text's length
_KEPT = 1_024  # compiled patterns
_MOST_PLACES = 50  # of one pattern in one article, as evidence
# Two texts that share nothing but being texts: what is found in both is found in any article.
_ANYTHING = ("龘靐龗。8", "qzx vjk 8")
_NEVER_EMPTY = ("", *_ANYTHING, "一 a-1\n（台, b)")

_NAMED = re.compile(r"\\(?:[pPx]\{[^}]*\}|[pP][A-Za-z])")
_FULL_WIDTH = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)}
_OPENS_CLASS = re.compile(r"\[\^?\]?")
_REASONS = (
    (("missing", "unexpected"), "bracket"),
    (("no argument for repetition", "bad repetition"), "repeat"),
    (("perl operator", "escape sequence", "named capture"), "unsupported"),
    (("too large", "repetition size"), "large"),
)


class PatternError(ValueError):
    """A pattern that is not accepted.

    ``key`` says why: ``bracket``, ``repeat`` (nothing before a ``*``), ``unsupported`` (such as
    look-around and back references), ``large``, ``empty`` (also found where there is nothing),
    ``broad`` (found in every text), ``missing`` (the library is not installed) or ``wrong``.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def normal(pattern: str) -> str:
    """``pattern`` folded as articles are, but for its escapes. Twice is the same as once."""
    text = pattern.translate(_FULL_WIDTH)
    out: list[str] = []
    place = 0
    while place < len(text):
        if text[place] == "\\":
            named = _NAMED.match(text, place)
            end = named.end() if named else place + 2
            out.append(text[place:end])
        else:
            end = place + 1
            out.append(r"\/" if text[place] == "/" else folded(text[place]))
        place = end
    return "".join(out)


def check(pattern: str) -> None:
    """Raise PatternError for a normal pattern that is no pattern, or one for anything."""
    if len(pattern) > LONGEST:
        raise PatternError("large")
    try:
        import re2
    except ImportError:
        raise PatternError("missing") from None
    try:
        compiled = _compiled(pattern)
    except re2.error as error:
        raise PatternError(_reason(error)) from None
    if max(compiled.programsize, compiled.reverseprogramsize) > _LARGEST:
        raise PatternError("large")
    if any(start == end for text in _NEVER_EMPTY for start, end in _found(compiled, text)):
        raise PatternError("empty")
    if all(any(True for _ in _found(compiled, text)) for text in _ANYTHING):
        raise PatternError("broad")


def places(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    """Where ``pattern`` is found in folded ``text``: ranges that do not overlap, 50 at most."""
    found = _found(_compiled(pattern), text)
    return islice(((start, end) for start, end in found if start < end), _MOST_PLACES)


def _found(compiled: Any, text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in compiled.finditer(text))


@lru_cache(maxsize=_KEPT)
def _compiled(pattern: str) -> Any:
    """The pattern, compiled. Raises re2.error."""
    import re2  # here, not above: most rules do without

    options = re2.Options()
    options.max_mem = _MEMORY
    options.case_sensitive = False
    options.never_capture = True
    options.never_nl = True  # a place never lies in the headline and the text at once
    options.log_errors = False  # RE2 would print what people typed
    return re2.compile(f"(?m){pattern}", options)


def _reason(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return next((key for words, key in _REASONS if any(w in text for w in words)), "wrong")


# --- what must stand in a text that a pattern is found in -----------------------------------------


def literal(pattern: str) -> str:
    """The longest run of characters that every text which holds ``pattern`` holds; often none.

    Only what is plain to see is used: characters outside brackets and classes that nothing repeats,
    of a pattern without alternatives at its outermost level.
    """
    if r"\Q" in pattern:
        return ""
    runs, depth, place = [""], 0, 0
    while place < len(pattern):
        char, end = pattern[place], _unit(pattern, place)
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "|" and depth <= 0:
            return ""
        if char in "?*{":
            runs[-1] = runs[-1][:-1] if runs[-1] else ""
            end = pattern.find("}", place) + 1 if char == "{" else end
            runs.append("")
        elif char in "\\[]().^$+}|" or depth:
            runs.append("")
        else:
            runs[-1] += char
        place = max(end, place + 1)
    return max(runs, key=len)


def _unit(pattern: str, place: int) -> int:
    """Where the escape, class or character that begins at ``place`` ends."""
    if pattern[place] == "\\":
        named = _NAMED.match(pattern, place)
        return named.end() if named else place + 2
    if pattern[place] != "[":
        return place + 1
    opening = _OPENS_CLASS.match(pattern, place)
    at = opening.end() if opening else place + 1
    while at < len(pattern) and pattern[at] != "]":
        inner = pattern.find(":]", at) + 2 if pattern.startswith("[:", at) else 0
        at = inner if inner > 2 else _unit(pattern, at) if pattern[at] == "\\" else at + 1
    return at + 1
