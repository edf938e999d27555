"""One process for one database: an advisory lock on a file beside it, gone with its owner."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from storage.errors import InUse, border


class FileLock:
    """Holds ``<path>.lock`` from birth to ``close``. The kernel lets go when a process dies.

    The file itself stays: removing it would let two processes lock two different files.
    """

    def __init__(self, database: Path) -> None:
        """Take the lock at once. Raises InUse, or Unwritable where the file cannot be made."""
        path = database.with_name(database.name + ".lock")
        with border(str(path)):
            self._file: int | None = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(self._file, 20).decode("ascii", "replace").strip()
            self.close()
            raise InUse(str(database), owner=owner) from None
        os.ftruncate(self._file, 0)
        os.write(self._file, str(os.getpid()).encode("ascii"))

    def close(self) -> None:
        """Let go; a second call does nothing."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
