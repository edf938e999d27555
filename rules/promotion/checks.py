"""The computed tests: what words cannot say. Each answers a Finding with the places it saw."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules.promotion.contacts import Contact
from rules.promotion.page import Page
from rules.promotion.records import Finding
from rules.promotion.touting import Listing

_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\u25a0-\u25ff\U0001f300-\U0001faff]")
_SHOUT = re.compile(r"[!?]{3,}|(?:![^!]{1,40}){4,}")
_SEPARATORS = re.compile(r"[*=\-_~.─━—﹍＊#]{8,}|(?:[*=─━▬◆■]\s?){6,}")
_EMOJI_LEAST, _EMOJI_SHARE = 4, 1 / 80  # at least four, and one in eighty characters


@dataclass(frozen=True, slots=True)
class Facts:
    """What was worked out once for all tests."""

    page: Page
    contacts: tuple[Contact, ...]
    listing: Listing
    row: tuple[tuple[int, int], ...]


def _contacts(kind: str) -> Callable[[Facts], Finding]:
    def check(facts: Facts) -> Finding:
        places = tuple((c.start, c.end) for c in facts.contacts if c.kind == kind)
        return Finding(bool(places) and not facts.page.warning, places)

    return check


def _matches(pattern: re.Pattern[str]) -> Callable[[Facts], Finding]:
    def check(facts: Facts) -> Finding:
        places = tuple(m.span() for m in pattern.finditer(facts.page.document.text))
        return Finding(bool(places), places)

    return check


def _emoji(facts: Facts) -> Finding:
    text = facts.page.document.text
    places = tuple(m.span() for m in _EMOJI.finditer(text))
    return Finding(len(places) >= max(_EMOJI_LEAST, len(text) * _EMOJI_SHARE), places)


def _repeated_link(facts: Facts) -> Finding:
    counts = Counter(c.value for c in facts.contacts)
    places = tuple((c.start, c.end) for c in facts.contacts if counts[c.value] > 1)
    return Finding(bool(places), places)


def _tout_list(facts: Facts) -> Finding:
    return Finding(bool(facts.listing.parts), facts.listing.parts)


def _ticker_row(facts: Facts) -> Finding:
    return Finding(bool(facts.row), facts.row)


def _disguised_words(facts: Facts) -> Finding:
    marks = {
        (mark.start, mark.end)
        for owner, owned in facts.page.marks.items()
        for mark in owned
        if mark.disguised and owner.isupper()
    }
    marks |= {(m.start, m.end) for m in facts.page.marks.get("DISGUISED_WORDS", ())}
    return Finding(bool(marks), tuple(sorted(marks)))


def _stock_talk(facts: Facts) -> Finding:
    """Reporting on stocks is as good a context as praising them: told-about words count."""
    marks = facts.page.marks.get("STOCK_TALK", ())
    places = tuple((m.start, m.end) for m in marks) or facts.listing.parts or facts.row
    return Finding(bool(places), places)


CHECKS: Mapping[str, Callable[[Facts], Finding]] = {
    "line_address": _contacts("LINE_ADDRESS"),
    "messenger_address": _contacts("MESSENGER_ADDRESS"),
    "short_link": _contacts("SHORT_LINK"),
    "emoji": _emoji,
    "shouting": _matches(_SHOUT),
    "separators": _matches(_SEPARATORS),
    "repeated_link": _repeated_link,
    "tout_list": _tout_list,
    "ticker_row": _ticker_row,
    "disguised_words": _disguised_words,
    "stock_talk": _stock_talk,
}
