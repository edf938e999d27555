"""The words around numbers, read from ``data/figures`` and folded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rules.text import folded


@dataclass(frozen=True, slots=True)
class Kind:
    """What a figure can measure, and in which units."""

    name: str
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Role:
    """A word's part: it governs figures of ``kind``; verbs only where no noun does.

    One that ``trades`` does so only where the sentence is about shares: 報48.5元, 天價.
    """

    kind: Kind
    verb: bool
    trades: bool = False


def load(name: str) -> dict[str, Any]:
    """One file of ``data/figures``."""
    text = resources.files("rules.data").joinpath("figures", name).read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def roles() -> Mapping[str, tuple[Role, ...]]:
    """Folded word to the kinds that it governs."""
    found: dict[str, list[Role]] = {}
    for name, entry in load("kinds.toml").items():
        kind = Kind(name, frozenset(entry["units"]))
        for key in ("words", "verbs", "trades"):
            for word in entry.get(key, ()):
                role = Role(kind, key == "verbs", key == "trades")
                found.setdefault(folded(word), []).append(role)
    return {word: tuple(several) for word, several in found.items()}


def alternatives(words: Mapping[str, list[str]]) -> dict[str, str]:
    """Folded word to the key it is listed under."""
    return {folded(word): key for key, several in words.items() for word in several}


def any_of(words: Mapping[str, str] | list[str]) -> str:
    """A regular expression for any of ``words``, the longest first, Latin ones as whole words.

    It looks at the first character before it tries one word after the other, which most places of
    a text fail.
    """
    ordered = sorted({folded(w) for w in words}, key=lambda w: (-len(w), w))
    firsts = "".join(sorted({re.escape(word[0]) for word in ordered}))
    return f"(?=[{firsts}])(?:{'|'.join(_bounded(w) for w in ordered)})"


def _bounded(word: str) -> str:
    left = r"(?<![a-z])" if word[0].isascii() and word[0].isalpha() else ""
    right = r"(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else ""
    return left + re.escape(word) + right


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether ``[start, end)`` of folded ``text`` does not begin or end inside a Latin word."""
    left, right = text[start - 1 : start], text[end : end + 1]
    return not ((_latin(left) and _latin(text[start])) or (_latin(right) and _latin(text[end - 1])))


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
