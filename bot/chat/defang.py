"""Contact ids and other people's words, shown so that nothing in them can be tapped.

Chat networks make links of what looks like one: domains, ``@names``, telephone numbers. What an
advert holds must not become a door into it, so dots before letters are shown as ``[.]``, as those
who report phishing write them, and ``@`` and long numbers in full-width characters, which stay
readable and can be searched for.
"""

from __future__ import annotations

import re

from bot.chat.replies import Filling, say_of

_DOT = re.compile(r"(?<=\w)[.．](?=[^\W\d_])")
_ADDRESS = re.compile(r"\d{1,3}(?:[.．]\d{1,3}){3}")
_NUMBER = re.compile(r"\d[\d\- ]{6,}\d")  # eight characters: what networks take for a telephone's
_WIDE = {ord("@"): "＠"}
_WIDE_DIGITS = {ord("0") + n: chr(ord("０") + n) for n in range(10)}
MESSENGERS = frozenset({"line", "wechat", "qq", "whatsapp"})


def defang(text: str) -> str:
    """``text`` with nothing in it that a chat network makes a link of."""
    harmless = _DOT.sub("[.]", text).replace("://", "[:]//").translate(_WIDE)
    harmless = _ADDRESS.sub(lambda found: re.sub("[.．]", "[.]", found[0]), harmless)
    return _NUMBER.sub(lambda number: number[0].translate(_WIDE_DIGITS), harmless)


def name_of(kind: str, label: str) -> Filling:
    """An origin's name for readers; of those that adverts make up, nothing can be tapped."""
    if kind in {"outlet", "feed", "story"}:
        return label
    return contact(label) if kind == "contact" else defang(label)


def contact(value: str) -> Filling:
    """A contact id as ``rules.promotion.contacts`` writes it, for readers: ``LINE：＠abc``."""
    kind, _, name = value.partition(":")
    if kind in MESSENGERS and name:
        return say_of("contact", kind, id=defang(name))
    return defang(value)
