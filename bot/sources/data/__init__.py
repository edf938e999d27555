"""Words and characters that sources go by, in files that anyone can add a line to."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=8)
def lines(name: str) -> tuple[str, ...]:
    """The lines of a file in this folder, without blank lines and comments."""
    text = resources.files(__name__).joinpath(name).read_text("utf-8")
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


@lru_cache(maxsize=8)
def words(name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and beginnings of words (those written with ``*`` behind them)."""
    listed = lines(name)
    exact = frozenset(word for word in listed if not word.endswith("*"))
    return exact, tuple(word[:-1] for word in listed if word.endswith("*"))
