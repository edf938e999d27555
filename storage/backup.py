"""Copies of the database: whole, checked and on disk before they take a name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage.database import Database, connect
from storage.errors import Corrupt, NotOurs, border
from storage.lock import FileLock
from storage.migrations import APPLICATION_ID

BUSY_SECONDS = 5.0


def check(connection: sqlite3.Connection, path: str) -> None:
    """Raise Corrupt where SQLite's quick check finds something wrong."""
    with border(path):
        found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
    if found != ["ok"]:
        raise Corrupt(path, reason="; ".join(found))


def back_up(db: Database, path: Path) -> None:
    """Copy the living database to ``path``, replacing an earlier copy only by a good one.

    Raises Unwritable, DiskFull, or Corrupt where the copy does not pass its check.
    """
    with border(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _copied(db.connection, path) as partial:
            _rename(partial, path)


def restore(copy: Path, path: Path) -> Path | None:
    """Put a backup in the database's place; where the database that was there is kept.

    Raises InUse while the bot runs, NotADatabase, NotOurs or Corrupt for a copy that is no good,
    and DiskFull where there is no room for both; the database is untouched then.
    """
    with (
        closing(FileLock(path)),
        closing(_open_copy(copy)) as source,
        border(str(path)),
        _copied(source, path) as partial,
    ):
        kept = _set_aside(path)
        _rename(partial, path)
        return kept


def _open_copy(copy: Path) -> sqlite3.Connection:
    source = connect(f"{copy.resolve().as_uri()}?mode=ro", BUSY_SECONDS, uri=True)
    try:
        _check_ours(source, str(copy))
    except BaseException:
        source.close()
        raise
    return source


def _check_ours(source: sqlite3.Connection, path: str) -> None:
    with border(path):
        mark = source.execute("PRAGMA application_id").fetchone()[0]
    if mark != APPLICATION_ID:
        raise NotOurs(path)
    check(source, path)


def _set_aside(path: Path) -> Path | None:
    """Rename a database with its write-ahead log, which may hold its latest changes."""
    if not path.exists():
        return None
    kept = path.with_name(path.name + ".replaced")
    for end in ("-wal", "-shm"):
        log = path.with_name(path.name + end)
        kept.with_name(kept.name + end).unlink(missing_ok=True)
        if log.exists():
            log.rename(kept.with_name(kept.name + end))
    return path.replace(kept)


@contextmanager
def _copied(source: sqlite3.Connection, path: Path) -> Iterator[Path]:
    """A good copy beside ``path``, on disk; gone afterwards unless it was renamed."""
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            check(target, str(partial))
        _sync(partial)
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def _rename(partial: Path, path: Path) -> None:
    partial.replace(path)
    _sync(path.parent)  # the name is on disk too


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
