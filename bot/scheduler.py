"""When sources are visited: a thin layer over APScheduler in our own event loop.

Jobs live in memory and are made anew at every start; what must survive (cursors, pauses after
failures) is in the database. A job that is late runs once, as soon as it can, whatever the delay.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.ports import Clock, Source
from storage.errors import StorageError

log = structlog.get_logger(__name__)

_JITTER = 0.1  # of the interval, so that a server does not see all its feeds asked at once


class Scheduler:
    """Runs ``visit`` for each source every ``every``, the first time spread over a few seconds."""

    def __init__(
        self,
        visit: Callable[[Source], Awaitable[object]],
        sources: Sequence[Source],
        every: timedelta,
        clock: Clock,
        zone: str,
        housekeeping: Callable[[], Awaitable[object]],
    ) -> None:
        self._visit = visit
        self._sources = sources
        self._every = every
        self._clock = clock
        self._housekeeping = housekeeping
        self._running: set[asyncio.Task[object]] = set()
        self._stopping = False
        self._scheduler: Any = AsyncIOScheduler(
            timezone=zone,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Schedule everything and begin."""
        seconds = self._every.total_seconds()
        for number, source in enumerate(self._sources):
            self._scheduler.add_job(
                self._run,
                "interval",
                args=[self._visit, source],
                id=f"visit {source.key}",
                seconds=seconds,
                jitter=seconds * _JITTER if len(self._sources) > 1 else None,
                next_run_time=first_visit(self._clock(), number, self._every),
            )
        self._scheduler.add_job(
            self._run,
            "interval",
            args=[self._housekeeping],
            id="housekeeping",
            hours=1,
            next_run_time=self._clock(),
        )
        self._scheduler.add_listener(self._on_trouble, EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)
        self._scheduler.start()

    async def stop(self) -> None:
        """Begin nothing more and cut off what runs: an unfinished visit is repeated."""
        if not self._scheduler.running:
            return
        self._stopping = True
        self._scheduler.pause()
        await asyncio.sleep(0)  # those that were begun a moment ago see it and end
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)
        self._scheduler.shutdown(wait=False)

    async def _run(self, job: Callable[..., Awaitable[object]], *args: object) -> None:
        """Run a job. Of one that ``stop`` cuts off, or a full disk ends, APScheduler hears nothing.

        It would log our stack for what is no bug.
        """
        task = asyncio.current_task()
        if self._stopping or task is None:
            return
        self._running.add(task)
        try:
            await job(*args)
        except asyncio.CancelledError:
            if not self._stopping:
                raise
        except StorageError as problem:  # a full disk is no bug; the next turn tries again
            log.error("job.database", why=str(problem))
        finally:
            self._running.discard(task)

    def _on_trouble(self, event: JobExecutionEvent) -> None:
        problem = getattr(event, "exception", None)
        if problem is None:
            log.warning("job.still_running", job=event.job_id)
        else:
            log.error("job.failed", job=event.job_id, exc_info=problem)


def first_visit(now: datetime, number: int, every: timedelta) -> datetime:
    """When the source with this number is first visited.

    One after another, half a second apart, but all within the first interval.
    """
    return now + min(timedelta(seconds=0.5 * number), every)
