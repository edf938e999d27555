"""What finds that stand side by side say about each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.companies.context import Context
from rules.companies.directory import Directory
from rules.companies.names import WEAK, Name
from rules.text import is_cjk

CERTAIN = 2.0  # a find with this score vouches for others of the same company
_JOINT = re.compile(r"(?:\([^()]{1,12}\))?\s?(?:、|,|/|与|及|和|跟|以及|或|and|&|\+|vs\.?|×)\s?")
_ADJACENT, _ADJACENT_LONGEST = re.compile(r"[\s(\[【:\-_/,]{0,3}"), 3
_TICKER_LIST = 3  # tickers in a row that vouch for each other
_TICKER_GAP = re.compile(
    r"\s?(?:\(?\d{1,3}(?:\.\d+)?\s?%\)?)?(?:\s?[,、/;|及与和]\s?(?:(?:and|or|&)\s)?|\s(?:(?:and|or|&)\s)?)"
)


@dataclass(slots=True)
class Find:
    """A possible mention at ``[start, end)`` and how much speaks for it so far.

    ``marked`` finds are beyond doubt; ``touched`` says that the words beside it speak for it.
    """

    start: int
    end: int
    symbols: tuple[str, ...]
    score: float
    name: Name | None = None
    marked: bool = False
    touched: bool = True

    @property
    def context(self) -> float:
        """The part of the score that does not come from the name itself."""
        return self.score - (self.name.prior if self.name else 0.0)

    def like(self, other: Find) -> bool:
        """Whether the other is a code of another company, no less likely than this one."""
        return other.name is None and other.symbols != self.symbols and other.score >= self.score

    @property
    def symbol(self) -> str:
        """The company it most likely means."""
        return self.symbols[0]


def one_at_a_place(finds: list[Find]) -> list[Find]:
    """No two finds over the same characters: marked before unmarked, names before codes."""
    kept: list[Find] = []
    for find in finds:
        if kept and find.start < kept[-1].end:
            other = kept[-1]
            if (find.marked, find.score) > (other.marked, other.score):
                kept[-1] = find
            continue
        kept.append(find)
    return kept


def trust_ticker_lists(text: str, finds: Sequence[Find], directory: Directory) -> None:
    """V, MA, KO are companies where tickers and nothing else make up a list."""
    run: list[Find] = []
    for find in finds:
        ticker = _is_ticker(text, find)
        if run and not (ticker and _TICKER_GAP.fullmatch(text, run[-1].end, find.start)):
            _trust_run(text, run, directory)
            run = []
        if ticker:
            run.append(find)
    _trust_run(text, run, directory)


def _is_ticker(text: str, find: Find) -> bool:
    """Whether the find is a ticker, also one that is the company's name as well: GM, IBM."""
    if find.name is None:
        return find.symbol[0].isalpha()
    return find.name.latin and text[find.start : find.end].upper() == find.symbol


def _trust_run(text: str, run: Sequence[Find], directory: Directory) -> None:
    """Trust three tickers in a row, or two with percentages, of which one is surely no word."""
    if len(run) < _TICKER_LIST - 1:
        return
    between = [text[left.end : right.start] for left, right in pairwise(run)]
    telling = any(len(f.symbol) > 1 and not directory.is_word(f.symbol) for f in run)
    if not all("%" in gap for gap in between):
        telling &= len(run) >= _TICKER_LIST
        # Words in capitals stand side by side too: then one must be a company by itself.
        telling &= any(gap.strip() for gap in between) or any(f.score >= 0 for f in run)
    if telling:
        for find in run:
            find.score = max(find.score, 0.0) + CERTAIN


def pair_names_with_codes(text: str, finds: list[Find]) -> None:
    """A name with its own code beside it, 台積電(2330) or 2330 台積電, is beyond doubt."""
    for left, right in pairwise(finds):
        if (left.name is None) == (
            right.name is None
        ) or right.start - left.end > _ADJACENT_LONGEST:
            continue
        same = [s for s in left.symbols if s in right.symbols]
        if same and _ADJACENT.fullmatch(text, left.end, right.start):
            left.symbols = right.symbols = (same[0],)
            left.marked = right.marked = True


def spread_along_lists(text: str, finds: list[Find], context: Context) -> None:
    """A doubtful name joined to a certain one by 、 or 與 is one too, in both directions.

    Forums join them by nothing: 台塑南亞台化.
    """
    starts, ends = {f.start for f in finds if f.name}, {f.end for f in finds if f.name}
    for pairs in (pairwise(finds), pairwise(reversed(finds))):
        for sure, doubtful in pairs:
            if doubtful.marked or doubtful.score >= 0 or not (sure.marked or sure.score >= 0):
                continue
            gap = (
                (sure.end, doubtful.start)
                if sure.end <= doubtful.start
                else (doubtful.end, sure.start)
            )
            touch = gap[0] == gap[1] and _may_touch(sure, doubtful, doubtful.end in starts)
            joined = touch or _JOINT.fullmatch(text, *gap)
            if not joined or not _alike(sure, doubtful):
                continue
            if _is_item(text, doubtful, doubtful.start in ends, doubtful.end in starts):
                doubtful.score += context.scores.list


def _may_touch(sure: Find, doubtful: Find, goes_on: bool) -> bool:
    """Whether the two may be a list without joints, in which a name follows the doubtful one.

    Nicknames make none (三弟 二哥台燿), nor what a company calls its building: 冠德信義.
    """
    if sure.name is None or doubtful.name is None or not goes_on:
        return False
    return doubtful.name.prior > WEAK


def _alike(sure: Find, doubtful: Find) -> bool:
    """Whether the two can be one list: AI in Scale AI、Google is no ticker beside a name."""
    return doubtful.name is not None or sure.name is None or doubtful.symbol[0].isdigit()


def _is_item(text: str, find: Find, after_name: bool, before_name: bool) -> bool:
    """Whether the name is a whole list item: not 全新 in 聯電、全新產品, 冠軍 in 面積冠軍、群創.

    ``after_name`` and ``before_name`` say that another name touches it there.
    """
    begins = (
        find.start == 0
        or after_name
        or find.touched  # 自行車雙雄巨大、美利達
        or not is_cjk(text[find.start - 1])
        or text[find.start - 1] in "与及和跟或"
    )
    ends = find.end >= len(text) or before_name or not is_cjk(text[find.end])
    return begins and (ends or text[find.end] in "等与及和跟或三两四五都皆均双齐同联携共各")
