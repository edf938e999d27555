"""The composition root: the one place that picks real parts and joins them.

Scheduler ─► Pipeline ─► outbox ─► Worker ─► Channel
Channel ─► ChatService ─► storage (and back to whoever wrote)
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import structlog

from bot.access import Allowed, Everybody
from bot.alerts import Alerts
from bot.apart import apart
from bot.backfill import fill
from bot.chat.service import ChatService
from bot.chat.watch import Watch
from bot.database import DatabaseThread
from bot.deciding import Pace
from bot.delivery import changes
from bot.delivery.worker import Worker
from bot.garbage import kept_for_good
from bot.guard import Guard
from bot.holds import Holds
from bot.knowledge import Knowledge, learn
from bot.messages import Incoming, Message, Posted, Pressed
from bot.pipeline import Pipeline, Report
from bot.ports import Channel, Clock, Moderator, Source
from bot.review import NOTICE, review
from bot.rulebook import Rulebook
from bot.scheduler import Scheduler
from bot.sources import identity
from bot.texts import texts
from storage import Store, open_store
from storage.outbox import HELD
from storage.rows import OutboxRow, StoredRule

log = structlog.get_logger(__name__)

Asked = TypeVar("Asked", Incoming, Pressed)
STOP_SECONDS = 3.0


def utc_now() -> datetime:
    """The clock of a real bot."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Options:
    """What a bot needs to know beside its parts."""

    database: Path | str
    lang: str = "zh-TW"
    zone: str = "Asia/Taipei"
    poll: timedelta = timedelta(minutes=5)
    companies: Path | None = None
    hold: timedelta = timedelta(0)


class App:
    """A bot. ``open`` it, ``start`` it, ``stop`` it; or use its parts without starting."""

    def __init__(
        self,
        options: Options,
        store: Store,
        knowledge: Knowledge,
        run: DatabaseThread,
        *,
        channels: Sequence[Channel],
        sources: Sequence[Source],
        allowed: Allowed | Everybody,
        clock: Clock,
    ) -> None:
        self.options = options
        self.store = store
        self.run = run
        self.clock = clock
        self.channels: Mapping[str, Channel] = {c.platform: c for c in channels}
        engine, rule_language = knowledge.engine, knowledge.language
        self._rulebook = Rulebook(store, rule_language.parse)
        self._holds = Holds(store, rule_language.parse)
        self.chat = ChatService(
            store,
            rule_language,
            clock,
            allowed,
            on_rules_changed=self._rulebook.reload,
            reader=engine,
            default_lang=options.lang,
            zone=options.zone,
            link_keys=identity.of_link,
            say_changes=lambda found, reading, lang: changes.said_all(found, reading, texts(lang)),
        )
        self._alerts = Alerts(store, engine, rule_language.parse, clock, say_rule)
        self._parse = rule_language.parse
        self._reviewed = False
        self.worker = Worker(store, run, self.channels, self._message, clock)
        self.pipeline = Pipeline(
            store,
            run,
            engine,
            self._rulebook,
            clock,
            self._holds,
            poll=options.poll,
            pace=Pace(options.hold),
            on_queued=self.worker.wake,
        )
        self.scheduler = Scheduler(
            self.visit_if_due, sources, options.poll, clock, options.zone, self._tidy
        )
        watch = Watch(store, engine, allowed, clock, options.lang, options.zone)
        self._moderators = {c.platform: c for c in channels if isinstance(c, Moderator)}
        self.guard = Guard(run, watch, self.channels, self._moderators)
        for moderator in self._moderators.values():
            moderator.overhear(self.on_posted, self.on_moved)
        self._started = AsyncExitStack()

    @classmethod
    async def open(
        cls,
        options: Options,
        *,
        channels: Sequence[Channel] = (),
        sources: Sequence[Source] = (),
        allowed: Allowed | Everybody = Everybody(),  # noqa: B008 - has no state
        clock: Clock = utc_now,
        knowledge: Knowledge | None = None,
        thread: DatabaseThread | None = None,
    ) -> App:
        """Open the database and load what reading needs. Raises StorageError."""
        run = thread or DatabaseThread()
        try:
            store = await run(lambda: open_store(options.database))
            known = knowledge
            if known is None:
                with kept_for_good():
                    known = await asyncio.to_thread(learn, options.companies)
            app = cls(
                options,
                store,
                known,
                run,
                channels=channels,
                sources=sources,
                allowed=allowed,
                clock=clock,
            )
            await run(app._rulebook.reload)
        except BaseException:
            run.close()
            raise
        return app

    async def start(self) -> None:
        """Begin to listen, to send and to visit. Raises what a channel raises that cannot start."""
        for channel in self.channels.values():
            # What is to be stopped is noted first: a start may be cut off in its middle.
            self._started.push_async_callback(channel.stop)
            await channel.start(self.on_incoming, self.on_pressed)
        self._started.push_async_callback(self.worker.stop, STOP_SECONDS)
        await self.worker.start()
        self._started.push_async_callback(self.scheduler.stop)
        self.scheduler.start()
        log.info("started", channels=list(self.channels), database=str(self.options.database))

    async def stop(self) -> None:
        """Stop in the opposite order: no new visits, finish what is being sent, close."""
        await self._started.aclose()
        await self.run(self.store.close)
        self.run.close()
        log.info("stopped")

    async def visit(self, source: Source) -> Report:
        """Visit a source now."""
        return await self.pipeline.visit(source)

    async def visit_if_due(self, source: Source) -> Report | None:
        """Visit a source unless it failed and its pause is not over."""
        memory = await self.run(lambda: self.store.sources.get(source.key))
        if memory and memory.failures and memory.next_at and memory.next_at > self.clock():
            return None
        return await self.visit(source)

    async def on_incoming(self, incoming: Incoming) -> tuple[Message, ...]:
        """Answer what somebody wrote."""
        request = await self._with_powers(incoming)
        answers = await self.run(lambda: self.chat.incoming(request))
        self.worker.wake()  # what was put off may be due now
        return answers

    async def on_pressed(self, pressed: Pressed) -> tuple[Message, ...]:
        """Answer a pressed button."""
        request = await self._with_powers(pressed)
        answers = await self.run(lambda: self.chat.pressed(request))
        self.worker.wake()
        return answers

    async def on_posted(self, post: Posted) -> bool:
        """Guard a group; whether what somebody wrote there is for the bot, and still there.

        Trouble with guarding does not keep the bot from answering.
        """
        try:
            gone = await self.guard.sees_off(post)
        except Exception:
            log.exception("guard.failed", platform=post.platform, chat=post.address)
            gone = False
        return not gone and self.chat.is_meant(post)

    async def on_moved(self, platform: str, old: str, new: str) -> None:
        """A chat has another address now, with all that is its own."""
        moved = await self.run(lambda: self.chat.move(platform, old, new))
        if moved:
            advice = "if TELEGRAM_ALLOWED lists the old address, add the new one"
            log.warning("chat.moved", platform=platform, old=old, new=new, advice=advice)

    async def _with_powers(self, request: Asked) -> Asked:
        """The request with what the bot may do in its group, where the answer depends on that."""
        network = self._moderators.get(request.platform)
        if network is None or not await self.run(lambda: self.chat.needs_powers(request)):
            return request
        return replace(request, powers=await network.powers(request.address))

    def _message(self, row: OutboxRow) -> Message | None:
        """What an outbox row says, made when it is sent; None where it is not for now."""
        if not self._holds.gate(row, self.clock()):
            return None
        if row.kind == HELD:
            message = self.chat.collected(row)
            if message is None:
                self.store.outbox.drop(row.id, "nothing of it is wanted any more", self.clock())
            return message
        return self.chat.notice(row) if row.kind == NOTICE else self._alerts.render(row)

    async def _tidy(self) -> None:
        now = self.clock()
        if not self._reviewed:
            if await review(self.store, self.run, self._parse, self.clock):
                self.worker.wake()
            await self.run(self._rulebook.reload)
            self._reviewed = True
        await self.run(lambda: self.store.actions.purge(now))
        await self.run(lambda: self.store.guards.purge(now))
        while await self.run(lambda: fill(self.store)):  # others have their turn between steps
            pass
        if work := await self.run(self._rulebook.merge):
            merged = await apart(work.run)
            await self.run(lambda: self._rulebook.adopt(merged))


def say_rule(rule: StoredRule, lang: str) -> str:  # noqa: ARG001 - people know their own words
    """A stored rule as its card names it: what the person typed."""
    return rule.typed or rule.canonical
