"""The companies file: rows from the public lists between two marks, the owner's own rows after.

The owner's rows come last, because a later row fills in or replaces an earlier one.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path

from bot.companies.errors import ListError
from rules.companies.records import HEADER, Record

BEGIN = "# --- from the public lists; replaced by: tickerbell companies update ---"
END = "# --- your own companies and names: these lines stay as they are ---"


def own_rows(text: str) -> list[str]:
    """The owner's lines of a companies file, without the header and what an update wrote.

    Raises ListError where their columns are not those that an update writes.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    if END in lines:
        return lines[lines.index(END) + 1 :]
    head = next((n for n, row in enumerate(lines) if row.strip() and not row.startswith("#")), None)
    if head is None:
        return lines
    columns = next(csv.reader([lines[head]]))
    rows = lines[:head] + lines[head + 1 :]
    return rows if tuple(columns) == HEADER else [_as_header(row, columns) for row in rows]


def _as_header(line: str, columns: list[str]) -> str:
    if not line.strip() or line.startswith("#"):
        return line
    cells = next(csv.reader([line]))
    if len(cells) > len(columns) or not set(columns) <= set(HEADER):
        raise ListError("listings.bad_file", line=line[:80])
    row = dict(zip(columns, cells, strict=False))
    return _csv_line([row.get(column, "") for column in HEADER])


def compose(records: Iterable[Record], own: Iterable[str]) -> str:
    """The text of a companies file."""
    rows = (_csv_line(_cells(record)) for record in records)
    return "\n".join([",".join(HEADER), BEGIN, *rows, END, *own, ""])


def replace(path: Path, text: str) -> None:
    """Put ``text`` in the file's place, whole or not at all. Raises ListError if it cannot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.partial")
        with partial.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise ListError(
            "listings.unwritable", path=str(path), reason=str(error.strerror)
        ) from error


def _cells(record: Record) -> list[str]:
    lists = ("|".join(names) for names in (record.strong, record.weak, record.blocked))
    return [record.symbol, record.name, record.english, record.industry, *lists]


def _csv_line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([" ".join(cell.split()) for cell in cells])
    return out.getvalue()
