"""The listings as files: one format for the generated, the hand-written and the user's own.

A CSV with the header ``symbol,name,english,industry,strong,weak,blocked`` (columns may be left
out or empty). Several names in a cell are separated by ``|``. A later row for the same symbol
fills in or replaces ``name``, ``english`` and ``industry`` and adds to the rest. A row for the same
code on the other Taiwanese market (``.TW``, ``.TWO``) moves the company there.

``strong`` names are taken wherever they stand as a word. ``weak`` names are also other words and
need a second signal. ``blocked`` are longer words that hold a name and are not the company.
A name moved to ``weak`` is weak, also where it is the listed short name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources

from rules.model import Company

HEADER = ("symbol", "name", "english", "industry", "strong", "weak", "blocked")
_FORMER = "former.csv"
FILES = (
    "emerging.csv",
    _FORMER,
    "taiwan.csv",
    "us.csv",
    "aliases_taiwan.csv",
    "aliases_us.csv",
    "asia.csv",
)

_OTHER_MARKET = {"TW": "TWO", "TWO": "TW"}  # a code means one company on both


class ListingError(ValueError):
    """A listing file does not have the documented shape; the message names the line."""


@dataclass(slots=True)
class Record:
    """Everything the files say about one company."""

    symbol: str
    name: str = ""
    english: str = ""
    industry: str = ""
    strong: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)

    @property
    def company(self) -> Company:
        """The value that articles' mentions carry."""
        return Company(self.symbol, self.name or self.english or self.symbol, self.english)

    @property
    def taiwanese(self) -> bool:
        """Whether it is listed on TWSE, TPEx or the emerging board."""
        return self.symbol.endswith((".TW", ".TWO"))


def packaged() -> Iterable[str]:
    """The text of every packaged listing file, the generated ones first."""
    folder = resources.files("rules.data").joinpath("companies")
    return (folder.joinpath(name).read_text("utf-8") for name in FILES)


def former() -> frozenset[str]:
    """Symbols of packaged companies that have left the exchanges."""
    folder = resources.files("rules.data").joinpath("companies")
    return frozenset(merge([folder.joinpath(_FORMER).read_text("utf-8")]))


def merge(texts: Iterable[str]) -> dict[str, Record]:
    """All rows of all files by symbol, in the files' order. Raises ListingError for a bad one."""
    records: dict[str, Record] = {}
    for text in texts:
        for row in _rows(text):
            _add(_record(records, row["symbol"]), row)
    return records


def _record(records: dict[str, Record], symbol: str) -> Record:
    """The record of ``symbol``, which takes that of its other Taiwanese market with it."""
    if symbol not in records:
        code, _, market = symbol.partition(".")
        moved = records.pop(f"{code}.{_OTHER_MARKET.get(market, '')}", Record(symbol))
        moved.symbol = symbol
        records[symbol] = moved
    return records[symbol]


def _rows(text: str) -> Iterable[dict[str, str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines)
    unknown = set(reader.fieldnames or ()) - set(HEADER)
    if unknown or "symbol" not in (reader.fieldnames or ()):
        raise ListingError(
            f"the header must be some of {','.join(HEADER)}, with symbol; not {unknown}"
        )
    for row in reader:
        if None in row or not (row["symbol"] or "").strip():
            raise ListingError(f"line with a wrong number of cells or no symbol: {row}")
        yield {key: (value or "").strip() for key, value in row.items()}


def _add(record: Record, row: dict[str, str]) -> None:
    record.name = row.get("name") or record.name
    record.english = row.get("english") or record.english
    record.industry = row.get("industry") or record.industry
    for column in ("strong", "weak", "blocked"):
        names = [name.strip() for name in row.get(column, "").split("|") if name.strip()]
        getattr(record, column).extend(names)
