"""Codes that are written with their market: TWSE:2330, 2330 TT, 700.HK, sh600519.

``2330.TW`` and its like are read in ``codes``; here are the ways of data services and of other
countries. The market vouches for the code, so that its digits may be few and need no context.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from rules.document import Document

_FEWEST, _MOST = 3, 6  # digits
# 700.HK, 700 HK, 2330:TT. HK$ and HK dollars are money.
_AFTER = re.compile(
    r"(?P<joint>\s?[.:-]\s?|\s)(?P<market>two|tw|tt|tpe|hk|jp|ks|kq|ss|sh|sz)"
    r"(?![a-z0-9]|\s?(?:\$|dollar|cent))"
)
_JOINTS = frozenset(" .:-")
_BEFORE = re.compile(
    r"(?<![a-z0-9])(?:(?P<market>twse|tpex?|tse|hkex|hkg|sehk|hk|sha|sse|sh|szse|she|sz|tyo|krx)\s?:\s?"
    r"|(?P<touching>sh|sz|hk))\Z"
)
_REACH = 7  # characters before the code
_SUFFIXES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("two", "tw", "tt", "twse", "tpe", "tpex", "tse"), ("tw", "two")),
    **dict.fromkeys(("hk", "hkex", "hkg", "sehk"), ("hk",)),
    **dict.fromkeys(("ss", "sh", "sha", "sse"), ("ss",)),
    **dict.fromkeys(("sz", "szse", "she"), ("sz",)),
    **dict.fromkeys(("jp", "tyo"), ("t",)),
    **dict.fromkeys(("ks", "kq", "krx"), ("ks", "kq")),
}
_WIDTH = {"hk": 4}  # digits to which a market's codes are filled up: 700 is 0700


class Listed(NamedTuple):
    """A code with its market at ``[start, end)``."""

    start: int
    end: int
    symbol: str


def in_market(
    document: Document, start: int, end: int, symbols: Mapping[str, str]
) -> Listed | None:
    """The share at the digits ``[start, end)`` if a market that lists it stands beside them.

    ``symbols`` maps folded full symbols to symbols.
    """
    if not _FEWEST <= end - start <= _MOST:
        return None
    text = document.text
    before = text[start - 1] if start else " "
    if before in ": " or (before.isascii() and before.isalpha()):
        found = _BEFORE.search(text, max(0, start - _REACH), start)
        if found:
            market = found["market"] or found["touching"]
            return _listed(found.start(), end, text[start:end], market, symbols)
        if before.isalpha():
            return None
    if text[end : end + 1] not in _JOINTS or before in ".,%/-+~":
        return None
    found = _AFTER.match(text, end)
    if not found:
        return None
    capitals = document.original(*found.span("market")).isupper()
    if not capitals and "." not in found["joint"]:
        return None
    return _listed(start, found.end(), text[start:end], found["market"], symbols)


def _listed(
    start: int, end: int, code: str, market: str, symbols: Mapping[str, str]
) -> Listed | None:
    for suffix in _SUFFIXES[market]:
        width = _WIDTH.get(suffix)
        digits = code.lstrip("0").zfill(width) if width else code
        if symbol := symbols.get(f"{digits}.{suffix}"):
            return Listed(start, end, symbol)
    return None


def in_hong_kong(code: str, symbols: Mapping[str, str]) -> str | None:
    """The Hong Kong share that is also written like a Taiwanese fund: 00700 is Tencent there."""
    return symbols.get(code.lstrip("0").zfill(_WIDTH["hk"]) + ".hk")
