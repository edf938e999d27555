"""The one thread that owns the database connection.

SQLite allows one writer, and a connection shared between tasks mixes their transactions. So every
job runs here, one after another, each a whole transaction; nothing waits inside one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class DatabaseThread:
    """Runs jobs in order on one thread; ``close`` lets those under way finish."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    def __call__(self, job: Callable[[], T]) -> Awaitable[T]:
        """The result of ``job``, or what it raised."""
        return asyncio.get_running_loop().run_in_executor(self._executor, job)

    def close(self) -> None:
        """Finish what was given and end the thread."""
        self._executor.shutdown(wait=True)
