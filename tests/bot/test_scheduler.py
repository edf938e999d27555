"""The scheduler: what fails is tried again, what is cut off at the end is no failure."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.ports import Source
from bot.scheduler import Scheduler
from storage.errors import DiskFull
from tests.fakes.parts import ListSource


def _scheduler(
    visit: Callable[[Source], Awaitable[object]],
    housekeeping: Callable[[], Awaitable[object]] | None = None,
) -> Scheduler:
    async def nothing() -> None: ...

    every = timedelta(seconds=0.05)
    source = ListSource(live=True)
    clock = lambda: datetime.now(UTC)  # noqa: E731
    return Scheduler(visit, [source], every, clock, "UTC", housekeeping or nothing)


def _stacks(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR or r.exc_info]


async def test_a_full_disk_is_tried_again_and_logged_without_our_stack(
    caplog: pytest.LogCaptureFixture,
) -> None:
    twice = asyncio.Event()
    visits = 0

    async def visit(_source: Source) -> None:
        nonlocal visits
        visits += 1
        if visits == 2:
            twice.set()
        raise DiskFull("a.db", reason="full")

    scheduler = _scheduler(visit)
    scheduler.start()
    await asyncio.wait_for(twice.wait(), 5)
    await scheduler.stop()

    assert _stacks(caplog) == []


async def test_a_visit_that_is_under_way_at_the_end_is_cut_off_and_has_not_failed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, cut_off = asyncio.Event(), False

    async def visit(_source: Source) -> None:
        nonlocal cut_off
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cut_off = True
            raise

    scheduler = _scheduler(visit)
    scheduler.start()
    await asyncio.wait_for(begun.wait(), 5)
    await scheduler.stop()

    assert cut_off
    assert _stacks(caplog) == []


async def test_a_stop_right_after_the_start_is_no_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def visit(_source: Source) -> None: ...

    scheduler = _scheduler(visit)
    scheduler.start()
    await scheduler.stop()
    await asyncio.sleep(0.05)

    assert _stacks(caplog) == []
