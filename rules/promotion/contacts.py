"""Finds the ways in which a text asks to get in touch, and writes each in one way.

``lin.ee/mua8YUP`` and short links keep the case of the original (their servers tell it apart);
``line:@abc123``, ``t.me/xyz``, ``wechat:abc``, ``qq:123456`` and ``whatsapp:886912345678`` do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from rules.document import Document

_DOT = r"\s?[.。·・點点]\s?"
_SLASH = r"\s?/\s?"
_PATH = r"([a-z0-9_\-~@%+]{3,60})"
_NAME = r"([a-z0-9][a-z0-9_.\-]{2,30})"
_SHORTENERS = (
    rf"reurl{_DOT}cc|bit{_DOT}ly|tinyurl{_DOT}com|pse{_DOT}is|ppt{_DOT}cc|lihi\d?{_DOT}(?:cc|io|tv|me)"
    rf"|lihi(?:pro|vip){_DOT}com|goo{_DOT}gl|is{_DOT}gd|cutt{_DOT}ly|rb{_DOT}gy|s{_DOT}id|maac{_DOT}io"
    rf"|forms{_DOT}gle|urli{_DOT}ai|mygv{_DOT}cc|supr{_DOT}link|t{_DOT}ly|shorturl{_DOT}at"
)
# The word for LINE, however it is written: 賴 籟 癩 萊, l1ne, l!ne.
_LINE = r"(?<![a-z])[l1i|][i1!|¡][nи][e3](?![a-z])|[赖籁癞濑]"


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact id at ``[start, end)`` of the folded text; ``kind`` is the signal that it fires."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Form:
    """``anchor`` must stand in the text for ``pattern`` to be tried; its last group is the id."""

    kind: str
    anchors: tuple[str, ...]
    pattern: re.Pattern[str]
    write: Callable[[str], str]
    keeps_case: bool = False


def _form(
    kind: str, anchors: str, pattern: str, write: Callable[[str], str], *, keeps_case: bool = False
) -> _Form:
    return _Form(kind, tuple(anchors.split()), re.compile(pattern), write, keeps_case)


def _line(name: str) -> str:
    return f"line:{name}"


_ID = r"\s*(?:的|🆔|id|账号|帐号|搜寻|搜|群|官方|好友|请|加|是|为|连结|[:：\-→➡=>|~『「【(\s@️]){0,6}?\s*"
_FORMS = (
    _form("LINE_ADDRESS", "ee", rf"(?<![a-z])lin{_DOT}ee{_SLASH}{_PATH}", "lin.ee/{}".format,
          keeps_case=True),
    _form("LINE_ADDRESS", "line", rf"line{_DOT}me{_SLASH}(?:r/)?(?:ti/)?[a-z]{{1,2}}{_SLASH}~?{_PATH}",
          lambda name: _line(name) if name.startswith("@") else f"line.me/{name}", keeps_case=True),
    _form("MESSENGER_ADDRESS", "t", rf"(?<![\w.])t{_DOT}me{_SLASH}(?:joinchat/|\+)?{_PATH}",
          "t.me/{}".format),
    _form("MESSENGER_ADDRESS", "telegram tg 电报 飞机",
          rf"(?:telegram|(?<![a-z])tg(?![a-z])|电报|飞机){_ID}@?{_NAME}", "t.me/{}".format),
    _form("MESSENGER_ADDRESS", "wa", rf"(?<![\w.])wa{_DOT}me{_SLASH}\+?(\d{{6,15}})",
          "whatsapp:{}".format),
    _form("MESSENGER_ADDRESS", "whatsapp", rf"whatsapp{_ID}\+?(\d[\d\- ]{{6,16}}\d)",
          lambda number: "whatsapp:" + re.sub(r"\D", "", number)),
    _form("MESSENGER_ADDRESS", "wechat 微信 薇信 v信",
          rf"(?:wechat|微信号?|薇信|v信){_ID}{_NAME}", "wechat:{}".format),
    _form("MESSENGER_ADDRESS", "qq 扣扣", rf"(?:qq|扣扣){_ID}(\d{{5,12}})", "qq:{}".format),
    _form("SHORT_LINK", "/", rf"(?<![\w.])((?:{_SHORTENERS}){_SLASH}[a-z0-9_\-]{{3,40}})", str,
          keeps_case=True),
)
# An id right after the word LINE: with a digit, an @ or a word such as ID before it.
_LINE_ID = re.compile(rf"(?:{_LINE}){_ID}(@?[a-z0-9][a-z0-9_.\-]{{2,30}})")
_SAYS_ID = re.compile(r"id|🆔|账号|帐号|搜|:|加|→|➡")
_NO_ID = frozenset(
    "https http line www com pay today bank points music tv app taiwan official group oa bot notify "
    "vip the and for with etf eps".split()
)


def find(document: Document) -> tuple[Contact, ...]:
    """Every contact in the text, in order of place, each place once."""
    found: dict[int, Contact] = {}
    text = document.text
    for form in _FORMS:
        if any(anchor in text for anchor in form.anchors):
            for match in form.pattern.finditer(text):
                start, end = match.span(match.lastindex or 0)
                name = _original(document, start, end) if form.keeps_case else match[match.lastindex or 0]
                value = form.write(_tidy(name))
                found.setdefault(start, Contact(form.kind, value, match.start(), match.end()))
    for match in _LINE_ID.finditer(text):
        if _is_line_id(match):
            value = _line(_tidy(match[1]))
            found.setdefault(match.start(1), Contact("LINE_ADDRESS", value, *match.span()))
    return tuple(found[place] for place in sorted(found))


def _is_line_id(match: re.Match[str]) -> bool:
    name = match[1]
    if name.strip("@") in _NO_ID or name.replace(".", "").isdigit() and len(name) < 6:
        return False
    if re.search(r"\.(?:com|tw|me|ee|cc|ly)\b", name):
        return False
    between = match[0][: -len(name)]
    return name.startswith("@") or "@" in between or bool(_SAYS_ID.search(between))


def _original(document: Document, start: int, end: int) -> str:
    """The words as written: case kept, look-alike forms and what nobody sees taken off."""
    words = unicodedata.normalize("NFKC", document.original(start, end))
    return "".join(c for c in words if unicodedata.category(c) not in {"Cf", "Mn"})


def _tidy(name: str) -> str:
    name = re.sub(r"\s?[。·・點点]\s?", ".", name) if not name.isascii() else name
    return re.sub(r"\s", "", name).rstrip(".-_~")
