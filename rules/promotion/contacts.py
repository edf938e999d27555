"""Finds the ways in which a text asks to get in touch, and writes each in one way.

``lin.ee/mua8YUP`` and short links keep the case of the original (their servers tell it apart);
``line:@abc123``, ``t.me/xyz``, ``wechat:abc``, ``qq:123456`` and ``whatsapp:886912345678`` do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.document import Document

_DOT = r"\s?[.。·・點点]\s?"
_SLASH = r"\s?/\s?"
_PATH = r"([a-z0-9_\-~@%+]{3,60})"
# No name but a host is what a slash follows: Telegram t.me/xyz.
_NAME = r"([a-z0-9][a-z0-9_.\-]{2,30})(?![a-z0-9_.\-]|\s?/)"
# What may stand between the messenger's name and the id: 「LINE 搜尋 ID：」.
_ID = (
    r"\s*(?:的|🆔|id|账号|帐号|搜寻|搜|群|组|官方|好友|请|加|是|为|连结|打"
    r"|[:\-→➡➜➔➤▶⇒👉=>|~『「【(\s@️]){0,8}?\s*"
)
# The word for LINE, however it is written.
_LINE = r"(?:(?<![a-z])[l1i|][i1!|¡][nи][e3](?![a-z])|[赖籁癞濑瀬莱])"
_LINE_ANCHORS = frozenset(
    {"line", "@", *"赖籁癞濑瀬莱", "l1ne", "l!ne", "1ine", "iine", "lin3", "liиe"}
)
# A short host's end and its path: where none stands, no link needs to be looked for.
_LINKED = re.compile(r"[.。·・點点]\s?[a-z]\s?[a-z]{1,4}\s?/")
_SHORTENERS = (
    "reurl.cc bit.ly tinyurl.com pse.is ppt.cc lihi.cc lihi.io lihi.tv lihi1.cc lihi1.com lihi2.cc "
    "lihi3.cc lihi3.com lihipro.com lihivip.com goo.gl is.gd cutt.ly rb.gy s.id maac.io forms.gle "
    "urli.ai mygv.cc supr.link t.ly shorturl.at"
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact id at ``[start, end)`` of the folded text; ``kind`` is the signal that it fires."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Form:
    """``pattern``, whose group is the id, is tried where one of ``anchors`` stands in the text."""

    kind: str
    anchors: frozenset[str]
    pattern: re.Pattern[str]
    written: str
    keeps_case: bool = False

    @property
    def link(self) -> bool:
        """Whether it is a host with a path, which stands in a text only with a slash."""
        return self.keeps_case or self.anchors <= {"me/", "me /", "wa.me"}


def _messenger(anchors: Iterable[str], pattern: str, written: str) -> _Form:
    return _Form("MESSENGER_ADDRESS", frozenset(anchors), re.compile(pattern), written)


def _link(kind: str, anchors: Iterable[str], pattern: str, written: str) -> _Form:
    return _Form(kind, frozenset(anchors), re.compile(pattern), written, keeps_case=True)


_FORMS = (
    _link(
        "LINE_ADDRESS",
        ("ee/", "ee /", "e e"),
        rf"(?<![a-z])l\s?i\s?n{_DOT}e\s?e{_SLASH}{_PATH}",
        "lin.ee/{}",
    ),
    _link(
        "LINE_ADDRESS",
        ("me/", "me /"),
        rf"line{_DOT}me{_SLASH}(?:r/)?(?:ti/)?[a-z0-9]{{1,2}}{_SLASH}~?{_PATH}",
        "line.me/{}",
    ),
    _link(
        "SHORT_LINK",
        [host.partition(".")[0] for host in _SHORTENERS.split()],
        rf"(?<![\w.])((?:{'|'.join(h.replace('.', _DOT) for h in _SHORTENERS.split())}){_SLASH}"
        r"[a-z0-9_\-]{3,40})",
        "{}",
    ),
    _messenger(["me/", "me /"], rf"(?<![\w.])t{_DOT}me{_SLASH}(?:joinchat/|\+)?{_PATH}", "t.me/{}"),
    _messenger(
        ["telegram", "tg", "电报", "飞机"],
        rf"(?:telegram|(?<![a-z])tg(?![a-z])|电报|飞机){_ID}@?{_NAME}",
        "t.me/{}",
    ),
    _messenger(["wa.me"], r"(?<![\w.])wa\.me/\+?(\d{6,15})", "whatsapp:{}"),
    _messenger(["whatsapp"], r"whatsapp[^\n。!?\d]{0,12}\+?(\d[\d\- ]{6,16}\d)", "whatsapp:{}"),
    _messenger(
        ["wechat", "微信", "薇信", "徽信", "v信"],
        rf"(?:wechat|[微薇徽]信号?|v信){_ID}{_NAME}",
        "wechat:{}",
    ),
    _messenger(["qq", "扣扣"], rf"(?:qq|扣扣){_ID}(\d{{5,12}})", "qq:{}"),
)
# An id after the word LINE: it begins with @, or something there says that an id follows.
_LINE_ID = re.compile(rf"(?:{_LINE}{_ID}|加我?\s?(?=@))(@?[a-z0-9][a-z0-9_.\-]{{2,30}})")
_SAYS_ID = re.compile(r"id|🆔|账号|帐号|搜|:|加|打|→|➡|➜|➔|➤|▶|⇒|👉|[赖籁癞濑瀬莱]")
_NO_ID = {"https", "http", "line", "www", "com", "pay", "today", "bank", "points", "music", "app"}
_NO_ID |= {
    "taiwan",
    "official",
    "group",
    "bot",
    "notify",
    "vip",
    "the",
    "and",
    "for",
    "with",
    "etf",
}
_DOMAIN = re.compile(r"\.(?:com|tw|me|ee|cc|ly)\b")
_SHORTEST_NUMBER = 6  # digits alone after LINE are an id from this length on


def anchors() -> Iterator[str]:
    """Words without which no contact stands in a text: the shared automaton looks for them."""
    yield from _LINE_ANCHORS.union(*(form.anchors for form in _FORMS))


def find(document: Document) -> tuple[Contact, ...]:
    """Every contact in the text, in order of place, each place once."""
    text = document.text
    met = {hit[2] for hit in document.hits.get("promotion", ())}
    found: dict[int, Contact] = {}
    linked = "/" in text and bool(_LINKED.search(text))
    for form in _FORMS:
        if form.link and not linked:
            continue
        if not form.anchors.isdisjoint(met):
            for match in form.pattern.finditer(text):
                name = _original(document, *match.span(1)) if form.keeps_case else match[1]
                value = _written(form, name)
                found.setdefault(match.start(1), Contact(form.kind, value, *match.span()))
    if not _LINE_ANCHORS.isdisjoint(met):
        for match in _LINE_ID.finditer(text):
            if _is_line_id(match):
                value = f"line:{_tidy(match[1])}"
                found.setdefault(match.start(1), Contact("LINE_ADDRESS", value, *match.span()))
    return tuple(found[place] for place in sorted(found))


def _written(form: _Form, name: str) -> str:
    tidy = re.sub(r"[\s\-]", "", name) if form.written.startswith("whatsapp") else _tidy(name)
    if form.written == "line.me/{}" and tidy.startswith(("@", "%40")):
        return f"line:@{tidy.removeprefix('@').removeprefix('%40').lower()}"
    return form.written.format(tidy)


def _is_line_id(match: re.Match[str]) -> bool:
    name = match[1]
    bare = name.strip("@").rstrip(".")
    if bare in _NO_ID or (bare.isdigit() and len(bare) < _SHORTEST_NUMBER):
        return False
    if _DOMAIN.search(name):
        return False
    before = match[0][: -len(name)]
    return name.startswith("@") or "@" in before or bool(_SAYS_ID.search(before))


def _original(document: Document, start: int, end: int) -> str:
    """The words as written: case kept, look-alike forms and what nobody sees taken off."""
    words = unicodedata.normalize("NFKC", document.original(start, end))
    return "".join(c for c in words if unicodedata.category(c) not in {"Cf", "Mn"})


def _tidy(name: str) -> str:
    name = re.sub(r"\s?[。·・點点]\s?", ".", name)
    return re.sub(r"\s", "", name).rstrip(".-_~")
