"""A copy of the living database that is whole, checked and on disk before it takes its name."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from storage.database import Database
from storage.errors import Corrupt, border


def check(connection: sqlite3.Connection, path: str) -> None:
    """Raise Corrupt where SQLite's quick check finds something wrong."""
    with border(path):
        found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
    if found != ["ok"]:
        raise Corrupt(path, reason="; ".join(found))


def back_up(db: Database, path: Path) -> None:
    """Copy the database to ``path``, replacing an earlier copy only by a good one.

    Raises Unwritable, DiskFull, or Corrupt where the copy does not pass its check.
    """
    partial = path.with_name(path.name + ".partial")
    with border(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        try:
            _copy(db, partial)
            _sync(partial)
            partial.replace(path)
            _sync(path.parent)
        finally:
            partial.unlink(missing_ok=True)


def _copy(db: Database, partial: Path) -> None:
    copy = sqlite3.connect(partial, isolation_level=None)
    try:
        db.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        check(copy, str(partial))
    finally:
        copy.close()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
