"""Long computations beside the event loop, on threads that nobody waits for at the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def apart(job: Callable[[], T]) -> T:
    """The result of ``job``, or what it raised, worked out on a thread of its own.

    The thread is a daemon: a job that takes long does not keep the process from ending, as one of
    ``asyncio.to_thread`` would. So ``job`` must leave nothing half done when it is cut off.
    """
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, problem: BaseException | None) -> None:
        if ended.done():
            return  # whoever asked has been cancelled meanwhile
        if problem is None:
            ended.set_result(result)  # type: ignore[arg-type]
        else:
            ended.set_exception(problem)

    def work() -> None:
        result: T | None = None
        problem: BaseException | None = None
        try:
            result = job()
        except BaseException as raised:  # noqa: BLE001 - handed on to whoever waits
            problem = raised
        with suppress(RuntimeError):  # the loop has ended, so nobody waits any more
            loop.call_soon_threadsafe(settle, result, problem)

    threading.Thread(target=work, name="apart", daemon=True).start()
    return await ended
