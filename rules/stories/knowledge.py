"""The packaged word lists and weights of stories (``rules/data/stories``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Any

from rules.text import folded


def table(name: str) -> dict[str, Any]:
    """The TOML file of this name."""
    return tomllib.loads(_text(f"{name}.toml"))


def lines(name: str) -> list[str]:
    """The lines of this text file that are not comments."""
    return [line for line in _text(name).splitlines() if line and not line.startswith("#")]


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of ``words`` in a folded text: a Latin one only by itself."""
    parts = [
        rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)
        for word in sorted(map(folded, words), key=len, reverse=True)
    ]
    return re.compile("|".join(parts))


def _text(name: str) -> str:
    return resources.files("rules.data").joinpath("stories", name).read_text("utf-8")
