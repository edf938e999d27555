"""The one connection: how it is opened, how a transaction runs, how a statement is sent.

One connection and one writer per file. Whoever owns a ``Database`` calls it from one thread at a
time and never waits for anything else while a transaction is open: a second task on the same
connection would commit or undo the first one's work.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeAlias

import sqlite_utils

from storage.errors import border

MEMORY = ":memory:"
Value: TypeAlias = str | int | float | bytes | None


def connect(path: str, busy_seconds: float, *, uri: bool = False) -> sqlite3.Connection:
    """A connection that starts no transaction by itself and waits this long for a lock."""
    with border(path):
        return sqlite3.connect(
            path, timeout=busy_seconds, isolation_level=None, check_same_thread=False, uri=uri
        )


class Database:
    """Statements and transactions on one connection; errors are translated here and only here."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        """Set the connection up: WAL, every commit on disk, foreign keys checked.

        Raises StorageError where the file is no database or cannot be written.
        """
        self.path = path
        self.connection = connection
        self._thread = 0
        with border(path):
            self.utils = sqlite_utils.Database(connection, strict=True, execute_plugins=False)
            self.run("PRAGMA schema_version")  # the first read: says whether it is a database
            self.run("PRAGMA foreign_keys = ON")
            self.utils.enable_wal()
            self.run("PRAGMA synchronous = FULL")

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self.connection.in_transaction

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Inside another one it joins it, and undoes only itself on an error.

        The outermost takes the write lock at once (BEGIN IMMEDIATE), so that what was read in it
        still holds when it writes. Raises Locked, or RuntimeError from a second thread.
        """
        if self.in_transaction:
            self._same_thread()
            with self.utils.atomic():
                yield
            return
        self.run("BEGIN IMMEDIATE")
        self._thread = threading.get_ident()
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            self.utils.rollback()  # does nothing where SQLite has undone it already
            raise

    def _same_thread(self) -> None:
        if self._thread != threading.get_ident():
            raise RuntimeError("a transaction is open on this connection in another thread")

    def all(self, sql: str, **values: Value) -> list[sqlite3.Row]:
        """Every row of one statement, read to its end, so that ``RETURNING`` has taken effect."""
        with border(self.path):
            cursor = self.utils.execute(sql, values)
            cursor.row_factory = sqlite3.Row
            return cursor.fetchall()

    def one(self, sql: str, **values: Value) -> sqlite3.Row | None:
        """The first row of one statement, or None."""
        rows = self.all(sql, **values)
        return rows[0] if rows else None

    def run(self, sql: str, **values: Value) -> int:
        """Send one statement; how many rows it changed."""
        with border(self.path):
            return self.utils.execute(sql, values).rowcount

    def insert(self, sql: str, **values: Value) -> int:
        """Send one ``INSERT … RETURNING id`` that cannot come to nothing; the new id."""
        return int(self.all(sql, **values)[0]["id"])

    def close(self) -> None:
        """Close the connection, which undoes an open transaction; a second call does nothing."""
        with border(self.path):
            self.connection.close()
