"""Folded words for people to read: folding gives simplified characters, Taiwan reads others."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rules.text import folded

_KEPT = 65_536
# Where the press in Taiwan writes another character than OpenCC's standard for Taiwan.
_NAMES = {
    folded(name): name for name in ("鉅亨", "鉅亨網")
}  # of outlets, which OpenCC does not know
_PRESS = str.maketrans({"臺": "台", "么": "麼", "幺": "麼"})


@lru_cache(maxsize=_KEPT)
def traditional(text: str) -> str:
    """Folded ``text`` in traditional characters, which fold to ``text`` again.

    A character that does not fold back stays as it is.
    """
    if text.isascii():
        return text
    if text in _NAMES:
        return _NAMES[text]
    whole: str = _converter().convert(text).translate(_PRESS)
    if folded(whole) == text:
        return whole
    if len(whole) != len(text):
        whole = "".join(_converter().convert(char).translate(_PRESS) for char in text)
    pairs = zip(whole, text, strict=False)
    return "".join(new if folded(new) == old else old for new, old in pairs)


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc  # here, not above: it loads its dictionaries when imported

    return opencc.OpenCC("s2tw")
