"""From the outbox to the chats:

    claim (leased, on disk) ─► wait for the chat's turn ─► render ─► send ─► settle

One message a chat is under way at a time, many chats at once; so a chat's messages stay in order,
and no chat waits for another. A crash anywhere leaves a lease behind, which ends in doubt.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.delivery.pacing import TELEGRAM, UNLIMITED, Limits, Pacer
from bot.delivery.settle import settle
from bot.messages import (
    Answer,
    Broken,
    Later,
    Message,
    Refused,
    Uncertain,
    Unwanted,
    UnwantedError,
)
from bot.ports import Channel, Clock, Editor, Run
from storage import Store
from storage.errors import StorageError
from storage.outbox import EDIT
from storage.rows import OutboxRow

log = structlog.get_logger(__name__)

PLATFORM_LIMITS: Mapping[str, Limits] = {"telegram": TELEGRAM}

_AT_ONCE = 32  # messages under way
# A turn (at most a group's minute) and a sending end well within the lease.
_LEASE_SECONDS = 180.0
_SEND_SECONDS = 60.0
_PATIENCE = timedelta(seconds=2)  # a chat that must wait longer gives its place to others
_DATABASE_PAUSE = 5.0
_IDLE_SECONDS = 30.0
_SHORTEST_REST = 0.05
_NO_CHANNEL = timedelta(minutes=5)
_LONGEST_HALT = 60.0


class Worker:
    """Sends what the outbox owes. ``start`` and ``stop`` it, or ``drain`` it once.

    ``render`` makes a row's message, on the database thread, or None where it has written down
    that the row is not for now. ``on_broken`` is told when a network
    refuses the bot altogether: nothing more is sent there, and what is owed is kept.
    """

    def __init__(
        self,
        store: Store,
        run: Run,
        channels: Mapping[str, Channel],
        render: Callable[[OutboxRow], Message | None],
        clock: Clock,
        *,
        limits: Mapping[str, Limits] = PLATFORM_LIMITS,
        on_broken: Callable[[str], None] = lambda _reason: None,
        owner: str = "",
    ) -> None:
        self._store = store
        self._run = run
        self._channels = channels
        self._render = render
        self._clock = clock
        self._pacers = {name: Pacer(limits.get(name, UNLIMITED)) for name in channels}
        self._on_broken = on_broken
        self._owner = owner or f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._flying: set[asyncio.Task[None]] = set()
        self._halted: dict[str, datetime] = {}  # networks in trouble, and until when
        self._halts: dict[str, int] = {}
        self._broken: set[str] = set()
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()

    async def start(self) -> None:
        """Take over what an earlier process left behind, then send in the background."""
        await self._recover()
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._forever(), name="delivery")

    async def stop(self, timeout: float) -> None:  # noqa: ASYNC109 - a limit for others' work
        """Claim nothing new; let what is being sent finish, ``timeout`` seconds at most.

        What is cut off then ends in doubt at the next start and is repeated once, marked.
        """
        self._stopping.set()
        self._woken.set()
        if self._task is not None:
            await self._task
        if self._flying:
            _, late = await asyncio.wait(self._flying, timeout=timeout)
            for task in late:
                log.warning("delivery.cut_off", task=task.get_name())
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def wake(self) -> None:
        """Something was queued. May be called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._woken.set)

    async def drain(self) -> None:
        """Send all that is due and return; what must wait longer than a turn stays queued."""
        await self._recover()
        while True:
            claimed = await self._claim()
            for row in claimed:
                self._launch(row, patience=_PATIENCE * 1000)
            if not self._flying:
                return
            await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)

    async def _recover(self) -> None:
        now, owner = self._clock(), self._owner
        doubtful = await self._run(lambda: self._store.outbox.recover(now, owner))
        if doubtful:
            log.warning("delivery.in_doubt", messages=doubtful)

    async def _forever(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                rows = await self._claim()
                for row in rows:
                    self._launch(row, _PATIENCE)
                if not rows:
                    await self._rest()
            except StorageError as problem:
                log.error("delivery.database", why=str(problem))
                await self._stopped_within(_DATABASE_PAUSE)
            except Exception:
                log.exception("delivery.loop_failed")
                await self._stopped_within(_DATABASE_PAUSE)

    async def _claim(self) -> tuple[OutboxRow, ...]:
        """Rows to send now, none while every network is in trouble or every place is taken."""
        room, now = _AT_ONCE - len(self._flying), self._clock()
        if room <= 0 or not any(self._open(name, now) for name in self._channels):
            return ()
        outbox, owner = self._store.outbox, self._owner
        return await self._run(lambda: outbox.claim(now, _LEASE_SECONDS, owner, room))

    def _open(self, platform: str, now: datetime) -> bool:
        return platform not in self._broken and self._halted.get(platform, now) <= now

    async def _rest(self) -> None:
        """Sleep until something is queued, sent or due; and once in a while in any case."""
        now = self._clock()
        seconds = _IDLE_SECONDS
        if len(self._flying) < _AT_ONCE:
            await self._recover()
            due = await self._run(lambda: self._store.outbox.next_due(now))
            times = [max(due, self._opens(now))] if due and self._opens(now) else []
            seconds = min([seconds, *((at - now).total_seconds() for at in times)])
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, _SHORTEST_REST)):
                await self._woken.wait()

    def _opens(self, now: datetime) -> datetime:
        """When the first network may be used; far off where all are broken."""
        usable = [self._halted.get(n, now) for n in self._channels if n not in self._broken]
        return min(usable, default=now + timedelta(seconds=_IDLE_SECONDS))

    def _launch(self, row: OutboxRow, patience: timedelta) -> None:
        task = asyncio.create_task(self._deliver(row, patience), name=f"outbox {row.id}")
        self._flying.add(task)
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._woken.set()
        if not task.cancelled() and (problem := task.exception()):
            log.error("delivery.failed", task=task.get_name(), exc_info=problem)

    async def _deliver(self, row: OutboxRow, patience: timedelta) -> None:
        platform, now = row.chat.platform, self._clock()
        if platform not in self._channels:
            return await self._postpone(row, now + _NO_CHANNEL, f"no channel for {platform}")
        if row.kind == EDIT and (idle := self._idle(row)):
            return await self._mark(lambda: self._store.outbox.drop(row.id, idle, now))
        if not self._open(platform, now):
            until = now + _NO_CHANNEL if platform in self._broken else self._halted[platform]
            return await self._postpone(row, until, f"{platform} is in trouble")
        turn = self._pacers[platform].next_allowed(row.chat.address, now)
        if turn - now > patience:
            chat = row.chat.id
            return await self._mark(
                lambda: self._store.outbox.postpone_chat(chat, turn, "the network's pace")
            )
        if not await self._take_turn(row):
            return await self._postpone(row, self._clock(), "stopped before it was sent")
        answer = await self._answer(row)
        if answer is None:
            return None
        self._note(platform, answer)
        now = self._clock()
        await self._mark(lambda: settle(self._store, row, answer, now))
        log.info("delivery.settled", outbox=row.id, chat=row.chat.id, answer=type(answer).__name__)
        return None

    def _idle(self, row: OutboxRow) -> str:
        """Why an edit comes to nothing, or an empty string."""
        if not isinstance(self._channels[row.chat.platform], Editor):
            return f"messages on {row.chat.platform} cannot be edited"
        return "" if row.target_message else "its message was never sent"

    async def _take_turn(self, row: OutboxRow) -> bool:
        """Wait until the chat may be written to; false where the worker stops first."""
        pacer, address = self._pacers[row.chat.platform], row.chat.address
        while not self._stopping.is_set():
            now = self._clock()
            if (turn := pacer.next_allowed(address, now)) <= now:
                pacer.sent(address, now)
                return True
            await self._stopped_within((turn - now).total_seconds())
        return False

    async def _answer(self, row: OutboxRow) -> Answer | None:
        """Render and send, or None where it is not for now.

        A row that cannot be rendered is refused; it must not hold others up.
        """
        try:
            message = await self._run(lambda: self._render(row))
        except StorageError as problem:
            return Later(_DATABASE_PAUSE, f"not rendered: {problem}")
        except UnwantedError as gone:
            return Unwanted(str(gone))
        except Exception as bug:
            log.exception("delivery.not_rendered", outbox=row.id)
            return Refused(f"not rendered: {type(bug).__name__}: {bug}")
        if message is None:
            return None
        channel = self._channels[row.chat.platform]
        try:
            async with asyncio.timeout(_SEND_SECONDS):
                if row.kind == EDIT and isinstance(channel, Editor):
                    return await channel.edit(row.chat.address, row.target_message, message)
                return await channel.send(row.chat.address, message, row.retry_key)
        except TimeoutError:
            return Uncertain(f"no answer within {_SEND_SECONDS:.0f} s")
        except Exception as bug:
            log.exception("delivery.channel_failed", outbox=row.id)
            return Uncertain(f"{type(bug).__name__} while it was sent")

    def _note(self, platform: str, answer: Answer) -> None:
        """Remember trouble that concerns a whole network; it is over with the next good answer."""
        if isinstance(answer, Broken):
            if platform not in self._broken:
                self._broken.add(platform)
                log.critical("delivery.broken", platform=platform, why=answer.reason)
                self._on_broken(answer.reason)
        elif isinstance(answer, Later) and not answer.chat_only:
            now = self._clock()
            if self._open(platform, now):
                self._halts[platform] = self._halts.get(platform, 0) + 1
                seconds = answer.seconds * 2 ** min(self._halts[platform] - 1, 10)
                until = now + timedelta(seconds=min(seconds, _LONGEST_HALT))
                self._halted[platform] = until
                log.warning("delivery.halted", platform=platform, why=answer.reason, until=until)
        else:
            self._halts.pop(platform, None)

    async def _postpone(self, row: OutboxRow, until: datetime, reason: str) -> None:
        await self._mark(lambda: self._store.outbox.retry(row.id, until, reason))

    async def _mark(self, change: Callable[[], object]) -> None:
        """Write a result down, however often that takes: a lost one would repeat a message."""
        while True:
            try:
                await self._run(change)
            except StorageError as problem:
                log.error("delivery.not_marked", why=str(problem))
                if await self._stopped_within(_DATABASE_PAUSE):
                    return
            else:
                return

    async def _stopped_within(self, seconds: float) -> bool:
        """Sleep, unless the worker is stopped meanwhile."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(seconds, 0)):
                await self._stopping.wait()
        return self._stopping.is_set()
