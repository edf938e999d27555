"""What an operator can put right, and the one border where foreign errors become that.

An error names a sentence of the catalogue (``key``) and its values. Anything that is a fault of
ours (a wrong statement, a broken constraint) passes the border as it is.
"""

# ruff: noqa: N818 - the names say what is the matter; "Error" is in the name of their base

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar


class StorageError(Exception):
    """The database cannot be used as it is now; the sentence says what to do about it."""

    key: ClassVar[str] = "storage.unusable"

    def __init__(self, path: str, **values: str) -> None:
        self.values: Mapping[str, str] = {"path": path, **values}
        super().__init__(f"{self.key} {dict(self.values)}")


class NotADatabase(StorageError):
    """The file is something else. Values: path."""

    key = "storage.not_a_database"


class NotOurs(NotADatabase):
    """The file is a database of another program. Values: path."""

    key = "storage.not_ours"


class Unwritable(StorageError):
    """The file or its folder cannot be opened for writing. Values: path, reason."""

    key = "storage.unwritable"


class NewerSchema(StorageError):
    """A newer version of this program has written the file. Values: path, found, known."""

    key = "storage.newer_schema"


class Corrupt(StorageError):
    """The file is damaged; a backup helps. Values: path, reason."""

    key = "storage.corrupt"


class Locked(StorageError):
    """Another program holds the database. Values: path, reason."""

    key = "storage.locked"


class InUse(Locked):
    """Another TickerBell runs on this database. Values: path, owner (a process id or empty)."""

    key = "storage.in_use"


class DiskFull(StorageError):
    """There is no room left. Values: path, reason."""

    key = "storage.disk_full"


_BY_SQLITE_CODE: Mapping[int, type[StorageError]] = {
    sqlite3.SQLITE_NOTADB: NotADatabase,
    sqlite3.SQLITE_CANTOPEN: Unwritable,
    sqlite3.SQLITE_READONLY: Unwritable,
    sqlite3.SQLITE_PERM: Unwritable,
    sqlite3.SQLITE_IOERR: Unwritable,
    sqlite3.SQLITE_CORRUPT: Corrupt,
    sqlite3.SQLITE_BUSY: Locked,
    sqlite3.SQLITE_LOCKED: Locked,
    sqlite3.SQLITE_FULL: DiskFull,
}
_PRIMARY = 0xFF  # extended result codes keep the primary code in their low byte
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def border(path: str) -> Iterator[None]:
    """Turn what an operator can fix into a StorageError; everything else passes unchanged."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        kind = _BY_SQLITE_CODE.get(code & _PRIMARY) if code is not None else None
        if kind is None:
            raise
        raise kind(path, reason=str(error)) from error
    except OSError as error:
        kind = DiskFull if error.errno in _NO_ROOM else Unwritable
        raise kind(path, reason=error.strerror or str(error)) from error
