"""Parts of a page that name companies without telling of them: addresses, bylines, footers.

``https://…/2330/news`` is no mention of a code, 資料來源:Google 財經 no news about Google, and a
reporter called 林正文 no share. The words are data (``context.toml``, section ``furniture``).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rules.companies.beside import alternation
from rules.text import folded

_ADDRESS_MARKS = ("http", "www.", "@")  # no address is without one of them
_ADDRESS_BEFORE = re.compile(r"(?:(?:https?://|www\.)[!-~]*|@[\w.-]*)\Z")
_OPENING = r"(?:^|(?<=[;!?※▲▼★●◆■(\[〔【｜|]))[ \t*]*"
_TO_END = r"[^)\]〕】]*"
_BYLINE = r"[^,]{2,24}?"
_REACH = 8  # characters between a platform's name and 粉絲團
_BYLINE_REACH = 24  # characters
_BRANCH = re.compile(r"\s?-\s?(?!创)[\u4e00-\u9fff]{2}")
_SEAT_REACH = 30  # characters before a broker's name
_LONGEST = 400  # characters of a line that are looked at


@dataclass(frozen=True, slots=True)
class Furniture:
    """The compiled words. ``traces`` are those without which a text has no furniture."""

    traces: frozenset[str]
    credits: re.Pattern[str]
    platform: re.Pattern[str]
    media: frozenset[str]
    media_after: re.Pattern[str]
    seat: re.Pattern[str]

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether the find at ``[start, end)`` lies in an address, a byline, a credit or footer.

        Only to be asked of a text that has one of the ``traces``.
        """
        line = max(text.rfind("\n", 0, start), text.rfind("。", 0, start), start - _LONGEST) + 1
        if _ADDRESS_BEFORE.search(text[line:start]) or self.platform.match(text, end):
            return True
        place = start - line
        stretch = text[line : end + _BYLINE_REACH].partition("\n")[0]
        return any(f.start() <= place < f.end() for f in self.credits.finditer(stretch))

    def only_carries(self, text: str, start: int, end: int) -> bool:
        """Whether the name at ``[start, end)`` is not what is told of, wherever it stands.

        A platform on which somebody writes (在臉書發文), the branch of a broker (券商宏遠-中和).
        """
        if text[start:end] in self.media:
            return text[start - 1 : start] == "在" or bool(self.media_after.match(text, end))
        branch = text[end : end + 1] in "- " and _BRANCH.match(text, end)
        return bool(branch and self.seat.search(text, max(0, start - _SEAT_REACH), start))


@lru_cache(maxsize=1)
def furniture() -> Furniture:
    """Bylines run up to 報導, credits to the end of the sentence, platforms stand before 粉絲團."""
    raw = resources.files("rules.data").joinpath("companies", "context.toml").read_text("utf-8")
    words = tomllib.loads(raw)["furniture"]
    listed = {key: text.split() for key, text in words.items()}
    byline = rf"{alternation(listed['byline'])}{_BYLINE}{alternation(listed['byline_end'])}"
    credit, platform = alternation(listed["credit"]), alternation(listed["platform"])
    traces = (*_ADDRESS_MARKS, *listed["byline"], *listed["credit"], *listed["platform"])
    return Furniture(
        traces=frozenset(map(folded, traces)),
        credits=re.compile(rf"{_OPENING}(?:{byline}|{credit}{_TO_END})"),
        media=frozenset(map(folded, listed["media"])),
        media_after=re.compile(alternation(listed["media_after"])),
        seat=re.compile(alternation(listed["seat"])),
        platform=re.compile(rf"[^\n。,、!的有在]{{0,{_REACH}}}?{platform}"),
    )
