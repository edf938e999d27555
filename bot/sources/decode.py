"""Bytes to text, when what the sender says about the encoding may be missing or wrong."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from bot.sources import data

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Senders say big5 and gb2312 and write the larger sets that contain them.
_WIDER = {"big5": "big5hkscs", "cp950": "big5hkscs", "gb2312": "gb18030", "gbk": "gb18030"}
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})["']""")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"""^(\s*<\?xml[^>]{0,100}?encoding\s*=\s*)(["'])[\w.:-]{2,40}\2""")
_CONTROLS = bytes({*range(1, 9), *range(14, 27), *range(28, 32)})
_TRUSTED_ERRORS = 0.02  # of the characters beyond ASCII; more means that the name is wrong


def declared(body: bytes, content_type: str = "") -> str:
    """What the sender calls the encoding: byte order mark, XML declaration, header, ``<meta>``.

    The codec that reads it (big5 as big5hkscs, gb2312 as gb18030); empty where nobody says or
    nobody knows the name.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return name
    found = _DECLARED.search(body[:512])
    names = [found.group(1).decode("ascii")] if found else []
    header = _CHARSET.search(content_type)
    names += [header.group(1)] if header else []
    meta = _META.search(body[:4096])
    names += [meta.group(1).decode("ascii")] if meta else []
    return next((codec for name in names if (codec := _codec(name))), "")


def decode(body: bytes, content_type: str = "") -> str:
    """The text of ``body``. Never fails; what cannot be read becomes U+FFFD.

    The declared encoding is taken, and forgiven a bad byte here and there. Where it is missing or
    plainly wrong, the best of UTF-8, Big5 and GB18030 is.
    """
    name = declared(body, content_type)
    if name.startswith(("utf-16", "utf-32")):
        return body.decode(name, "replace").removeprefix("\ufeff")
    text = _read(body, name or "utf-8")
    if _loss(text) <= _TRUSTED_ERRORS or (name and text.count("\ufffd") == 1):
        return text
    others = [text, *(_read(body, codec) for codec in ("utf-8", "big5hkscs", "gb18030"))]
    return max(others, key=_plausible)


def with_utf8_declaration(text: str) -> str:
    """``text`` with its XML declaration naming UTF-8, so that a parser is not misled."""
    return _DECLARATION.sub(r"\1\2utf-8\2", text, count=1)


def is_binary(body: bytes) -> bool:
    """Whether ``body`` is no text: zero bytes without a UTF-16/32 mark, or many controls."""
    if declared(body[:4]).startswith(("utf-16", "utf-32")):
        return False
    start = body[:65536]
    return b"\x00" in start or len(start) - len(start.translate(None, _CONTROLS)) > len(start) / 50


def _codec(name: str) -> str:
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return ""
    wider = _WIDER.get(known, known)
    return wider if _is_text_codec(wider) else ""


def _is_text_codec(name: str) -> bool:
    """Python also calls rot13 and zlib codecs; those do not turn bytes into text."""
    try:
        return isinstance(b"a".decode(name, "replace"), str)
    except (LookupError, UnicodeError):
        return False


def _read(body: bytes, codec: str) -> str:
    return body.decode(codec, "replace").removeprefix("\ufeff")


def _loss(text: str) -> float:
    lost = text.count("\ufffd")
    return lost / sum(char > "\x7f" for char in text) if lost else 0.0


def _plausible(text: str) -> float:
    beyond = [char for char in text if char > "\x7f"]
    if not beyond:
        return 0.0
    frequent = sum(char in _frequent() for char in beyond)
    return (frequent - 3 * text.count("\ufffd")) / len(beyond)


@lru_cache(maxsize=1)
def _frequent() -> frozenset[str]:
    return frozenset("".join(data.lines("frequent_characters.txt")))
