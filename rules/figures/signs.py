"""Which way a percentage or a profit a share goes: 重挫11% is -11, 跌至5% is a level."""

from __future__ import annotations

import re
from functools import lru_cache

from rules.figures.vocabulary import any_of, load

_REACH = 14
_REACH_LATIN = 24
_LOSSES = ("亏", "损", "loss")
_REACH_ON = 6


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = load("signs.toml")
    before = re.compile(
        f"(?P<neutral>{any_of(data['neutral'])})|(?P<always>{any_of(data['always'])})"
        f"|(?P<down>{any_of(data['down'])})|(?P<up>{any_of(data['up'])})"
    )
    level = re.compile(rf"[\s跌涨降升增减]*(?:{any_of(data['levels'])})(?!长)")
    after = re.compile(
        rf"\s?(?:的|的净)?(?:{any_of(data['always'])}|跌|(?:decline|drop|fall|decrease|loss)(?![a-z]))"
    )
    return before, level, after


def loses(text: str, clause: int, start: int) -> bool:
    """Whether a profit a share at ``start`` of folded ``text`` is a loss."""
    before = text[max(clause, start - 9) : start]
    return any(word in before for word in _LOSSES)


def falls(text: str, start: int, end: int, clause: int) -> bool:
    """Whether the percentage at ``[start, end)`` of folded ``text`` is a fall.

    The nearest word of direction in the clause (which starts at ``clause``) decides.
    """
    before, level, after = _words()
    if after.match(text, end, end + _REACH_ON):
        return True
    reach = _REACH_LATIN if text[start - 2 : start].isascii() else _REACH
    first = max(clause, start - reach)
    found = None
    for match in before.finditer(text, first, start):
        found = found if match["neutral"] else match
    if found is None or found["up"]:
        return False
    between = text[found.end() : start]
    if re.search(r"\d", between):
        return False
    return bool(found["always"]) or not level.match(between)
