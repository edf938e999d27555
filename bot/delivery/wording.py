"""Cleaning and shortening of other people's text, before it is put into a message."""

from __future__ import annotations

import re
import unicodedata

# A figure with its unit, or a Latin word: neither is ever cut in two.
_UNBREAKABLE = re.compile(
    r"""[A-Za-z$€£¥]*[0-9０-９][0-9０-９.,，．:/~–-]*\s?(?:[%％]|[十百千萬万億亿兆]+)?
        \s?(?:[美日港歐欧韓韩澳加]?[元圓圆幣币]|人民[幣币]|人|家|倍|年|月|日|股|張|张|點|点|[A-Za-z]+)*
        | [A-Za-z][A-Za-z'’-]*""",
    re.VERBOSE,
)
_CLAUSE_ENDS = re.compile(r"[，；、：。！？!?]|[,;:.](?=\s)")
# What a chat network would make a link of by itself.
_ADDRESS = re.compile(
    r"https?://[!-~]+|(?<![A-Za-z0-9@.])(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}/[!-~]*", re.IGNORECASE
)
# Where a clause ends this far on, the cut is made there, even if a few words more would fit.
_FILLED = 0.5
# A text with more Latin letters than this is set narrow.
_LATIN = 0.8
# The joiner of emoji families shows something; every other format character only hides.
_KEPT_FORMAT = frozenset("\u200d")


def clean(text: str) -> str:
    """``text`` on one line: no control, bidi or zero-width characters, single spaces."""
    spaced = "".join(" " if c.isspace() else c for c in text)
    shown = "".join(c for c in spaced if c in _KEPT_FORMAT or not _hidden(c))
    return re.sub(" {2,}", " ", shown).strip()


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def unlinked(text: str) -> str:
    """``text`` cleaned, without web addresses: a card links to its article and to nothing else."""
    return clean(_ADDRESS.sub(" ", text))


def defused(text: str) -> str:
    """``text`` with its web addresses shown but dead: lin[.]ee/abc."""
    return _ADDRESS.sub(lambda found: found[0].replace(".", "[.]"), text)


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters of ``text``, ending in … where something was left out.

    It ends with a clause where one ends in the second half, and never inside a figure, a word or
    a joined emoji.
    """
    if len(text) <= limit:
        return text
    room = limit - 1
    ends = [m.start() for m in _CLAUSE_ENDS.finditer(text, 0, room + 1) if m.start() <= room]
    cuts = [end for end in reversed(ends) if end >= room * _FILLED and _may_cut(text, end)]
    cuts += [end for end in range(room, 0, -1) if _may_cut(text, end)]
    return text[: cuts[0] if cuts else room].rstrip() + "…"


def room(text: str, limit: int) -> int:
    """How many characters of ``text`` take the place of ``limit`` Chinese ones: Latin, twice."""
    narrow = sum(char < "\u2e80" for char in text)
    return limit * 2 if narrow > len(text) * _LATIN else limit


def fitted(text: str, limit: int) -> str:
    """``text`` shortened to the place of ``limit`` Chinese characters."""
    return shorten(text, room(text, limit))


def _may_cut(text: str, at: int) -> bool:
    if any(m.start() < at < m.end() for m in _UNBREAKABLE.finditer(text)):
        return False
    return "\u200d" not in text[at - 1 : at + 1] and not unicodedata.combining(text[at])
