"""Lines of a stream for an event loop, read by a thread that can be stopped at any time."""

from __future__ import annotations

import asyncio
import codecs
import os
import select
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import UnsupportedOperation
from typing import TextIO

_LOOK_SECONDS = 0.2  # how often a waiting thread looks whether it should stop
_CHUNK = 4096


def read_lines(source: TextIO, lines: asyncio.Queue[str | None]) -> Callable[[], None]:
    """Put every line of ``source`` into ``lines``, and None at its end.

    Returns what stops the reading: None is put then, too, and the thread is gone within a second.
    """
    loop = asyncio.get_running_loop()
    stopped = threading.Event()

    def read() -> None:
        with suppress(RuntimeError):  # the loop has ended, so nobody listens any more
            for line in _lines(source, stopped):
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, None)

    def stop() -> None:
        if not stopped.is_set():
            stopped.set()
            lines.put_nowait(None)

    threading.Thread(target=read, name="console", daemon=True).start()
    return stop


def _lines(source: TextIO, stopped: threading.Event) -> Iterator[str]:
    """Lines as they come. Where the stream has a descriptor, it is never waited on for long.

    A thread that hangs in ``readline`` would keep the interpreter from ending cleanly.
    """
    try:
        descriptor = source.fileno()
    except (UnsupportedOperation, AttributeError):
        yield from _until(source, stopped)
        return
    if os.name != "posix":
        yield from _until(source, stopped)
        return
    yield from _from_descriptor(descriptor, source.encoding or "utf-8", stopped)


def _until(source: TextIO, stopped: threading.Event) -> Iterator[str]:
    for line in source:
        if stopped.is_set():
            return
        yield line.rstrip("\n")


def _from_descriptor(descriptor: int, encoding: str, stopped: threading.Event) -> Iterator[str]:
    decode = codecs.getincrementaldecoder(encoding)("replace").decode
    rest = ""
    while not stopped.is_set():
        ready, _, _ = select.select([descriptor], [], [], _LOOK_SECONDS)
        if not ready:
            continue
        chunk = os.read(descriptor, _CHUNK)
        *whole, rest = (rest + decode(chunk, final=not chunk)).split("\n")
        yield from whole
        if not chunk:
            break
    if rest:
        yield rest
