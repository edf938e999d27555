"""Reads a page of the TWSE's ISIN pages: one HTML table, its rows under headings such as 股票.

A row's first cell holds the code and the short name with an ideographic space between them, the
second the ISIN, then the date, the market and the industry. A heading is a row with one cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from bot.companies.errors import ListError
from bot.companies.lists import PublicList
from rules.companies.records import Record

_CODE_AND_NAME = re.compile(r"(?P<code>\d{4,6}[A-Z]?)[\s\u3000]+(?P<name>\S.*)")
_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}\d")
_INDUSTRY_CELL, _CELLS = 4, 5
_BROKEN_SHARE = 0.001  # of the page's characters; with more that cannot be decoded it is no page


def read(page: bytes, source: PublicList) -> list[Record]:
    """The companies and funds of one page, in its order.

    Raises ListError for a page in another encoding. Rows of another shape are left out.
    """
    text = page.decode(source.encoding, errors="replace")
    if text.count("\ufffd") > max(1.0, len(text) * _BROKEN_SHARE):
        raise ListError("listings.encoding", name=source.name, encoding=source.encoding)
    table = _Table()
    table.feed(text)
    table.close()
    return list(_records(table.rows, source))


def _records(rows: list[list[str]], source: PublicList) -> Iterator[Record]:
    wanted = False
    for cells in rows:
        if len(cells) == 1:
            wanted = cells[0] in source.sections
        elif wanted and len(cells) >= _CELLS and _ISIN.fullmatch(cells[1]):
            found = _CODE_AND_NAME.fullmatch(cells[0])
            if found:
                # A star marks shares without par value; it is no part of the name.
                name = found["name"].replace("*", "").strip()
                yield Record(found["code"] + source.suffix, name, industry=cells[_INDUSTRY_CELL])


class _Table(HTMLParser):
    """The cells' text, row by row. End tags may be missing, as they are on old pages."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
            self._in_cell = False
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._trim()
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.rows[-1][-1] += data

    def close(self) -> None:
        super().close()
        self.rows = [[cell.strip() for cell in row] for row in self.rows]

    def _trim(self) -> None:
        if self._in_cell:
            self.rows[-1][-1] = self.rows[-1][-1].strip()
