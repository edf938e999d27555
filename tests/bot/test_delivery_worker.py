"""The worker over the real database: each answer's effect, order, fairness, stopping, crashing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.database import DatabaseThread
from bot.delivery.pacing import UNLIMITED, Limits
from bot.delivery.worker import Worker
from bot.messages import (
    Broken,
    Gone,
    Later,
    Message,
    Moved,
    Refused,
    Run,
    Uncertain,
)
from storage import Store, open_store
from storage.rows import OutboxRow
from tests.fakes.channel import FakeChannel

START = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def say(row: OutboxRow) -> Message:
    mark = "again: " if row.repeat else ""
    return Message(((Run(f"{mark}{row.payload['text']}"),),))


@dataclass
class World:
    store: Store
    run: DatabaseThread
    clock: Clock
    channel: FakeChannel = field(default_factory=FakeChannel)
    broken: list[str] = field(default_factory=list)

    def worker(self, **more: object) -> Worker:
        return Worker(
            self.store,
            self.run,
            {"telegram": self.channel},
            more.pop("render", say),
            self.clock,
            limits=more.pop("limits", {"telegram": UNLIMITED}),
            on_broken=self.broken.append,
            **more,
        )

    async def chat(self, address: str, platform: str = "telegram") -> int:
        add = self.store.chats.ensure
        chat = await self.run(lambda: add(platform, address, "", "zh-TW", "Asia/Taipei", START))
        return chat.id

    async def owe(self, chat: int, *texts: str) -> None:
        for text in texts:
            await self.run(
                lambda text=text: self.store.outbox.enqueue(
                    chat, None, None, "note", {"text": text}, self.clock()
                )
            )

    async def counts(self) -> dict[str, int]:
        counts = await self.run(self.store.outbox.counts)
        return {state: count for state, count in counts.items() if count}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    run = DatabaseThread()
    store = await run(lambda: open_store(tmp_path / "bot.db"))
    yield World(store, run, Clock())
    await run(store.close)
    run.close()


# --- each answer --------------------------------------------------------------------------------


async def test_what_is_owed_is_sent_once_and_in_order(world: World) -> None:
    chat = await world.chat("7")
    await world.owe(chat, "one", "two", "three")

    await world.worker().drain()
    await world.worker().drain()

    assert world.channel.sent == [("7", "one"), ("7", "two"), ("7", "three")]
    assert await world.counts() == {"sent": 3}


async def test_a_chat_that_must_wait_for_hours_waits_and_nobody_else_does(world: World) -> None:
    await world.owe(await world.chat("7"), "a1", "a2")
    await world.owe(await world.chat("8"), "b1")
    world.channel.script("7", Later(43838.0, "flood"))

    await world.worker().drain()
    assert world.channel.sent == [("8", "b1")]
    world.clock.forward(43837)
    await world.worker().drain()
    assert len(world.channel.tried) == 2
    world.clock.forward(2)
    await world.worker().drain()

    assert world.channel.sent == [("8", "b1"), ("7", "a1"), ("7", "a2")]


async def test_what_is_in_doubt_is_repeated_once_marked_after_half_a_minute(world: World) -> None:
    await world.owe(await world.chat("7"), "one")
    world.channel.script("7", Uncertain("read timeout"))

    await world.worker().drain()
    world.clock.forward(29)
    await world.worker().drain()
    assert world.channel.tried == [("7", "one")]
    world.clock.forward(2)
    await world.worker().drain()

    assert world.channel.sent == [("7", "again: one")]
    assert len(set(world.channel.keys)) == 1


async def test_what_is_in_doubt_twice_is_never_sent_a_third_time(world: World) -> None:
    await world.owe(await world.chat("7"), "one", "two")
    world.channel.script("7", Uncertain("timeout"), Uncertain("timeout"))

    for _ in range(4):
        await world.worker().drain()
        world.clock.forward(60)

    assert [text for _, text in world.channel.tried] == ["one", "again: one", "two"]
    assert await world.counts() == {"dead": 1, "sent": 1}


async def test_a_message_that_is_never_accepted_does_not_hold_up_the_next(world: World) -> None:
    await world.owe(await world.chat("7"), "one", "two")
    world.channel.script("7", Refused("too long"))

    await world.worker().drain()

    assert world.channel.sent == [("7", "two")]
    assert await world.counts() == {"dead": 1, "sent": 1}


async def test_a_chat_that_is_gone_is_called_once_and_keeps_what_it_is_owed(world: World) -> None:
    chat = await world.chat("7")
    await world.owe(chat, "one", "two")
    world.channel.script("7", Gone("blocked"))

    await world.worker().drain()
    world.clock.forward(86400)
    await world.worker().drain()
    assert world.channel.tried == [("7", "one")]
    await world.run(lambda: world.store.chats.restore(chat, world.clock()))
    await world.worker().drain()

    assert world.channel.sent == [("7", "one"), ("7", "two")]


async def test_a_chat_that_moved_gets_everything_at_its_new_address(world: World) -> None:
    await world.owe(await world.chat("-5"), "one", "two")
    world.channel.script("-5", Moved("-1005"))

    await world.worker().drain()

    assert world.channel.sent == [("-1005", "one"), ("-1005", "two")]


async def test_a_chat_that_moves_in_a_circle_is_given_up(world: World) -> None:
    await world.owe(await world.chat("-5"), "one")
    world.channel.script("-5", *[Moved("-6")] * 9)
    world.channel.script("-6", *[Moved("-5")] * 9)

    await world.worker().drain()

    assert await world.counts() == {"dead": 1}


async def test_a_refused_token_stops_all_sending_keeps_all_and_tells_once(world: World) -> None:
    for address in ("7", "8", "9"):
        await world.owe(await world.chat(address), "one", "two")
        world.channel.script(address, Broken("token refused"))

    worker = world.worker()
    await worker.drain()
    tried = len(world.channel.tried)
    world.clock.forward(3600)
    await worker.drain()

    assert tried == len(world.channel.tried) <= 3
    assert world.broken == ["token refused"]
    assert world.channel.sent == []
    assert sum((await world.counts()).values()) == 6


async def test_a_network_in_trouble_is_left_alone_for_a_while(world: World) -> None:
    await world.owe(await world.chat("7"), "one", "two")
    await world.owe(await world.chat("8"), "three")
    world.channel.script("7", Later(10, "offline", chat_only=False))
    world.channel.script("8", Later(10, "offline", chat_only=False))
    worker = world.worker()

    await worker.drain()
    world.clock.forward(5)
    await worker.drain()
    assert len(world.channel.tried) == 2
    world.clock.forward(6)
    await worker.drain()

    assert sorted(world.channel.sent) == [("7", "one"), ("7", "two"), ("8", "three")]


# --- what must not hold others up ---------------------------------------------------------------


async def test_a_row_that_cannot_be_rendered_is_dead_and_the_rest_is_sent(world: World) -> None:
    await world.owe(await world.chat("7"), "bad", "good")

    def render(row: OutboxRow) -> Message:
        if row.payload["text"] == "bad":
            raise KeyError("headline")
        return say(row)

    await world.worker(render=render).drain()

    assert world.channel.sent == [("7", "good")]
    assert await world.counts() == {"dead": 1, "sent": 1}


async def test_a_channel_that_raises_leaves_the_message_in_doubt(world: World) -> None:
    await world.owe(await world.chat("7"), "one")
    world.channel.script("7", ValueError("a bug"))

    await world.worker().drain()

    assert await world.counts() == {"uncertain": 1}


async def test_a_chat_of_an_absent_network_keeps_what_it_is_owed(world: World) -> None:
    await world.owe(await world.chat("U1", "line"), "one")

    await world.worker().drain()

    assert await world.counts() == {"retry": 1}


async def test_a_slow_chat_does_not_delay_another(world: World) -> None:
    world.channel.stuck = {"7"}
    await world.owe(await world.chat("7"), "slow")
    await world.owe(await world.chat("8"), "one", "two")
    worker = world.worker()
    await worker.start()
    await world.channel.until_tried(3)

    assert world.channel.sent[:1] == [("8", "one")]
    world.channel.release.set()
    await worker.stop(2)
    assert sorted(world.channel.sent) == [("7", "slow"), ("8", "one"), ("8", "two")]


async def test_a_thousand_messages_of_one_chat_do_not_delay_one_of_another(world: World) -> None:
    many = await world.chat("7")
    await world.owe(many, *[str(n) for n in range(100)])
    await world.owe(await world.chat("8"), "one")

    await world.worker().drain()

    assert world.channel.sent.index(("8", "one")) <= 2


# --- pace ---------------------------------------------------------------------------------------


async def test_a_group_beyond_its_pace_gives_way_and_is_continued_later(world: World) -> None:
    await world.owe(await world.chat("-5"), "one", "two", "three")
    limits = {"telegram": Limits(group=(2, 60.0))}
    worker = world.worker(limits=limits)
    await worker.start()
    await world.channel.until_tried(2)
    for _ in range(50):
        if "retry" in await world.counts():
            break
        await asyncio.sleep(0.01)
    assert await world.counts() == {"sent": 2, "retry": 1}
    world.clock.forward(61)
    worker.wake()
    await world.channel.until_tried(3)
    await worker.stop(2)

    assert [text for _, text in world.channel.sent] == ["one", "two", "three"]


# --- running, stopping, crashing ----------------------------------------------------------------


async def test_what_is_queued_while_it_runs_is_sent_when_woken(world: World) -> None:
    chat = await world.chat("7")
    worker = world.worker()
    await worker.start()
    await world.owe(chat, "one")
    await world.run(worker.wake)
    await world.channel.until_tried(1)
    await worker.stop(2)

    assert world.channel.sent == [("7", "one")]


async def test_stopping_finishes_what_is_being_sent_and_claims_nothing_new(world: World) -> None:
    world.channel.stuck = {"7"}
    await world.owe(await world.chat("7"), "one", "two")
    worker = world.worker()
    await worker.start()
    await world.channel.until_tried(1)
    stopping = asyncio.create_task(worker.stop(5))
    await asyncio.sleep(0)
    world.channel.release.set()
    await stopping

    assert world.channel.sent == [("7", "one")]
    assert await world.counts() == {"sent": 1, "queued": 1}


async def test_what_was_cut_off_by_stopping_is_repeated_once_and_marked(world: World) -> None:
    world.channel.stuck = {"7"}
    await world.owe(await world.chat("7"), "one")
    worker = world.worker()
    await worker.start()
    await world.channel.until_tried(1)
    await worker.stop(0.05)
    world.channel.stuck = set()
    world.clock.forward(60)

    await world.worker().drain()

    assert [text for _, text in world.channel.tried] == ["one", "again: one"]


async def test_a_message_that_waits_for_its_turn_at_the_stop_is_not_in_doubt(world: World) -> None:
    await world.owe(await world.chat("7"), "one", "two")
    worker = world.worker(limits={"telegram": Limits(chat_gap=1.5)})
    await worker.start()
    await world.channel.until_tried(1)
    for _ in range(100):
        if "leased" in await world.counts() and "sent" in await world.counts():
            break
        await asyncio.sleep(0.01)
    await worker.stop(2)
    world.clock.forward(60)
    await world.worker().drain()

    assert [text for _, text in world.channel.tried] == ["one", "two"]


@pytest.mark.parametrize("marked", [True, False], ids=["after the mark", "before the mark"])
async def test_a_crash_around_a_send_repeats_at_most_that_one(tmp_path: Path, marked: bool) -> None:
    """A second process opens the file that a first one left as it was at the crash."""
    clock, channel = Clock(), FakeChannel()

    async def life(work: Callable[[World], object]) -> World:
        run = DatabaseThread()
        store = await run(lambda: open_store(tmp_path / "bot.db"))
        world = World(store, run, clock, channel)
        await work(world)
        await run(store.close)
        run.close()
        return world

    async def crashes(world: World) -> None:
        await world.owe(await world.chat("7"), "one", "two")
        [row] = await world.run(lambda: world.store.outbox.claim(START, 180, "first", 9))
        await channel.send(row.chat.address, say(row), row.retry_key)
        if marked:
            await world.run(lambda: world.store.outbox.sent(row.id, "1", START))

    async def returns(world: World) -> None:
        await world.worker().drain()
        assert await world.counts() == {"sent": 2}

    await life(crashes)
    clock.forward(60)
    await life(returns)

    repeats = [] if marked else ["again: one"]
    assert [text for _, text in channel.sent] == ["one", *repeats, "two"]
