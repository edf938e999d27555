"""Reading what a person names on the command line, with every way in which that fails."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.sources import errors

MAX_FILE = 50_000_000
STDIN = "-"


def read(path: str) -> bytes:
    """The bytes of the file, or of standard input for ``-``. Raises SourceError."""
    body = _stdin() if path == STDIN else _file(path)
    if len(body) > MAX_FILE:
        raise errors.error("source.too_large", name=path, limit=f"{MAX_FILE // 1_000_000} MB")
    if not body.strip():
        raise errors.error("source.empty", name=path)
    return body


def _stdin() -> bytes:
    return sys.stdin.buffer.read(MAX_FILE + 1)


def _file(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(MAX_FILE + 1)
    except (FileNotFoundError, NotADirectoryError) as failure:
        raise errors.error("source.no_such_file", path=path) from failure
    except IsADirectoryError as failure:
        raise errors.error("source.folder", path=path) from failure
    except (OSError, ValueError) as failure:  # ValueError: a zero byte in the name
        if Path(path.replace("\0", "")).is_dir():  # what Windows calls a permission error
            raise errors.error("source.folder", path=path) from failure
        reason = getattr(failure, "strerror", "") or str(failure)
        raise errors.error("source.unreadable", path=path, reason=reason) from failure
