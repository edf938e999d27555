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

from rules.text import folded

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
    """The compiled words."""

    credits: re.Pattern[str]
    platform: re.Pattern[str]
    media: frozenset[str]
    media_after: re.Pattern[str]
    seat: re.Pattern[str]

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether the find at ``[start, end)`` lies in an address, a byline, a credit or footer.

        So does a platform's name where it only says on what somebody wrote: 在臉書發文; so does a
        broker's branch: 券商宏遠-中和.
        """
        line = max(text.rfind("\n", 0, start), text.rfind("。", 0, start), start - _LONGEST) + 1
        before = text[line:start]
        if _ADDRESS_BEFORE.search(before) or self.platform.match(text, end):
            return True
        if text[start:end] in self.media and (
            before.endswith("在") or self.media_after.match(text, end)
        ):
            return True
        if _BRANCH.match(text, end) and self.seat.search(text, max(0, start - _SEAT_REACH), start):
            return True
        place = start - line
        stretch = text[line : end + _BYLINE_REACH].partition("\n")[0]
        return any(f.start() <= place < f.end() for f in self.credits.finditer(stretch))


@lru_cache(maxsize=1)
def furniture() -> Furniture:
    """Bylines run up to 報導, credits to the end of the sentence, platforms stand before 粉絲團."""
    raw = resources.files("rules.data").joinpath("companies", "context.toml").read_text("utf-8")
    words = tomllib.loads(raw)["furniture"]
    byline = rf"{_any(words['byline'])}{_BYLINE}{_any(words['byline_end'])}"
    return Furniture(
        credits=re.compile(rf"{_OPENING}(?:{byline}|{_any(words['credit'])}{_TO_END})"),
        media=frozenset(folded(name) for name in words["media"].split()),
        media_after=re.compile(_any(words["media_after"])),
        seat=re.compile(_any(words["seat"])),
        platform=re.compile(rf"[^\n。,、!的有在]{{0,{_REACH}}}?{_any(words['platform'])}"),
    )


def _any(text: str) -> str:
    """An alternation of the words, the longest first."""
    listed = sorted((re.escape(folded(word)) for word in text.split()), key=len, reverse=True)
    return "(?:" + "|".join(listed) + ")"
