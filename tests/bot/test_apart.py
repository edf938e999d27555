"""Computations beside the loop: their result comes back, and they hold up nobody's end."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest

from bot.apart import apart
from tests.cli.running import ROOT


async def test_the_result_comes_back() -> None:
    assert await apart(lambda: threading.current_thread() is not threading.main_thread())


async def test_what_the_job_raises_is_raised_to_whoever_asked() -> None:
    def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        await apart(fail)


async def test_a_cancelled_wait_ends_at_once_and_the_late_result_is_dropped() -> None:
    release = threading.Event()
    waiting = asyncio.create_task(apart(release.wait))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    release.set()
    assert await apart(lambda: 1) == 1


def test_a_job_that_never_ends_does_not_keep_the_process_alive() -> None:
    script = """
import asyncio, threading
from bot.apart import apart
async def main():
    task = asyncio.create_task(apart(threading.Event().wait))
    await asyncio.sleep(0)
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=20, check=False)

    assert done.returncode == 0
