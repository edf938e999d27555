"""Lines that a program broke at a width, as forums do, may end inside a figure."""

from __future__ import annotations

_WIDTH = 60  # columns, two a Chinese character; programs break at 78 or 80, people much earlier


def is_broken(text: str, start: int, end: int) -> bool:
    """Whether a line break in folded ``[start, end)`` ends a line of its own, not a full one."""
    at = text.find("\n", start, end)
    return at >= 0 and not _is_full(text, at)


def _is_full(text: str, end: int) -> bool:
    line = text[text.rfind("\n", 0, end) + 1 : end]
    return len(line) * 2 >= _WIDTH and sum(2 - char.isascii() for char in line) >= _WIDTH
