"""What grew: 營收2,600億元，年增33% is the revenue; 營收持平，伺服器業務成長60% is not."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

from rules.text import folded

# Headlines put a blank between clauses where Chinese stands on either side of it.
_CLAUSES = re.compile(r"[,，、;；:：。!?()（）]|(?<=[\u4e00-\u9fff%])\s+|\s+(?=[\u4e00-\u9fff])")
_NUMBERS = re.compile(r"[\W\d_]+")


def continues(told: str, between: str) -> bool:
    """Whether a growth figure goes on with what was told of before.

    ``told`` is the folded text from there to the figure before it, ``between`` what stands between
    that figure (or, without one, what was told of) and the growth figure, without companies' names.
    """
    first, *others = _CLAUSES.split(between)
    if not told and not others:
        return True  # in one breath: 營收續創新高並成長三成
    return _left(others[-1] if others else first) == ""


@lru_cache(maxsize=1_024)
def _left(clause: str) -> str:
    """What of a clause is none of the words that say nothing of what grew."""
    return _NUMBERS.sub("", _idle().sub(" ", clause))


@lru_cache(maxsize=1)
def _idle() -> re.Pattern[str]:
    text = resources.files("rules.data").joinpath("events", "growth.toml").read_text("utf-8")
    words = sorted(set(map(folded, tomllib.loads(text)["words"])), key=lambda w: (-len(w), w))
    latin = "|".join(re.escape(word) for word in words if word.isascii())
    others = "|".join(re.escape(word) for word in words if not word.isascii())
    return re.compile(rf"(?<![a-z])(?:{latin})(?![a-z])|{others}")
