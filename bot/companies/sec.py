"""Reads the SEC's company_tickers.json: ``{"0": {"cik_str": …, "ticker": …, "title": …}, …}``.

What is not known yet is taken as weak: ten thousand tickers hold many words (BEST, CASH, OPEN), so
a new one counts only where it is marked ($OPEN, NASDAQ: OPEN) or its context says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bot.companies.errors import ListError
from bot.companies.lists import PublicList
from rules.companies.records import Record

_TICKER = re.compile(r"[A-Z]{1,5}(?:-[AB])?")
_FORM = re.compile(
    r",? (?:inc|corp|corporation|co|company|ltd|limited|plc|n\.?v|s\.?a|ag|se|holdings?|group)\.?"
    r"(?: */[a-z]{2,3}/?)?$",
    re.IGNORECASE,
)
_NO_NAME = -9  # the prior of a ticker that only a mark makes one


def read(page: bytes, source: PublicList) -> list[Record]:
    """The companies, each with the first of its tickers, the largest company first.

    Raises ListError for anything else than that file.
    """
    try:
        entries = json.loads(page)
        listed = [(e["cik_str"], str(e["ticker"]), str(e["title"])) for e in entries.values()]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ListError("listings.not_json", name=source.name, reason=str(error)[:200]) from error
    return list(_records(listed))


def _records(listed: list[tuple[object, str, str]]) -> Iterator[Record]:
    seen = set()
    for cik, ticker, title in listed:
        if cik in seen or not _TICKER.fullmatch(ticker):
            continue  # a second class of shares, a warrant, a unit
        seen.add(cik)
        symbol, english = ticker.replace("-", "."), _spelled(title)
        short = _FORM.sub("", english)
        # One word alone (Genesis, Summit) is too often something else.
        names = dict.fromkeys(n for n in (english, short) if " " in n)
        yield Record(symbol, short, english, weak=[f"{symbol}:{_NO_NAME}", *names])


def _spelled(title: str) -> str:
    """Names come in capitals for some companies: NVIDIA CORP becomes Nvidia Corp."""
    title = " ".join(title.replace("|", " ").split())
    return title.title() if title.isupper() else title
