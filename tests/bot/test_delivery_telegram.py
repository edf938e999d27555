"""Outbox, worker and Telegram's client together, over HTTP: what arrives, exactly."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram import Telegram
from bot.channels.telegram_client import Timeouts
from bot.database import DatabaseThread
from bot.delivery.pacing import UNLIMITED
from bot.delivery.worker import Worker
from bot.messages import Message
from storage import open_store
from tests.bot.test_delivery_worker import Clock, World, say
from tests.fakes.telegram_server import TOKEN, Reply, TelegramServer

TIMEOUTS = Timeouts(connect=1, read=0.3, write=1, pool=1, poll=2, stop=0.5)


async def _nothing(_heard: object) -> tuple[Message, ...]:
    return ()


class Delivery:
    """A bot without a head: what is owed goes to the fake Telegram."""

    def __init__(self, world: World, server: TelegramServer, telegram: Telegram) -> None:
        self.world = world
        self.server = server
        self.worker = Worker(
            world.store,
            world.run,
            {"telegram": telegram},
            say,
            world.clock,
            limits={"telegram": UNLIMITED},
            on_broken=world.broken.append,
        )

    async def later(self, seconds: float) -> None:
        self.world.clock.forward(seconds)
        await self.worker.drain()


@pytest.fixture
async def delivery(tmp_path: Path) -> AsyncIterator[Delivery]:
    run = DatabaseThread()
    store = await run(lambda: open_store(tmp_path / "bot.db"))
    world = World(store, run, Clock())
    async with TelegramServer() as server:
        telegram = Telegram(TOKEN, base_url=server.url, timeouts=TIMEOUTS, start_pauses=())
        await telegram.start(_nothing, _nothing)
        yield Delivery(world, server, telegram)
        await telegram.stop()
        assert server.invalid == []
    await run(store.close)
    run.close()


@pytest.mark.parametrize(
    ("trouble", "arrives"),
    [
        pytest.param(Reply(cut="after", accepted=True), ["one", "again: one"], id="cut, accepted"),
        pytest.param(Reply(cut="after"), ["again: one"], id="cut, not accepted"),
        pytest.param(Reply(delay=1, accepted=True), ["one", "again: one"], id="slow, accepted"),
        pytest.param(Reply.page(502), ["again: one"], id="bad gateway"),
    ],
)
async def test_where_nobody_knows_it_is_repeated_once_and_marked(
    delivery: Delivery, trouble: Reply, arrives: list[str]
) -> None:
    await delivery.world.owe(await delivery.world.chat("7"), "one", "two")
    delivery.server.script("sendMessage", trouble)

    for pause in (0, 31, 31, 3600):
        await delivery.later(pause)

    assert delivery.server.texts == [*arrives, "two"]
    assert await delivery.world.counts() == {"sent": 2}


@pytest.mark.parametrize(
    ("trouble", "state", "calls"),
    [
        (
            Reply.refused(403, "Forbidden: bot was blocked by the user"),
            {"retry": 1, "queued": 1},
            1,
        ),
        (Reply.refused(403, "Forbidden: user is deactivated"), {"retry": 1, "queued": 1}, 1),
        (Reply.refused(400, "Bad Request: chat not found"), {"retry": 1, "queued": 1}, 1),
        (Reply.refused(400, "Bad Request: message is too long"), {"dead": 1, "sent": 1}, 2),
        (Reply.refused(400, "Bad Request: can't parse entities"), {"sent": 2}, 3),
        (Reply.refused(429, "Too Many Requests", retry_after=43838), {"retry": 1, "queued": 1}, 1),
        (Reply.refused(500, "Internal Server Error"), {"retry": 1, "queued": 1}, 1),
        (Reply.refused(401, "Unauthorized"), {"retry": 1, "queued": 1}, 1),
    ],
    ids=lambda value: value.body.decode()[40:90] if isinstance(value, Reply) else None,
)
async def test_each_refusal_leaves_exactly_this_behind(
    delivery: Delivery, trouble: Reply, state: dict[str, int], calls: int
) -> None:
    await delivery.world.owe(await delivery.world.chat("7"), "one", "two")
    delivery.server.script("sendMessage", trouble)
    await delivery.later(0)
    await delivery.later(1)

    assert await delivery.world.counts() == state
    assert len(delivery.server.called("sendMessage")) == calls


async def test_a_group_that_became_a_supergroup_gets_everything_there(delivery: Delivery) -> None:
    await delivery.world.owe(await delivery.world.chat("-5"), "one", "two")
    why = "Bad Request: group chat was upgraded to a supergroup chat"
    delivery.server.script("sendMessage", Reply.refused(400, why, migrate_to_chat_id=-1005))
    await delivery.later(0)

    assert [(m["chat_id"], m["text"]) for m in delivery.server.accepted] == [
        (-1005, "one"),
        (-1005, "two"),
    ]


async def test_a_token_that_is_revoked_stops_sending_tells_once_and_stays_out_of_the_log(
    delivery: Delivery, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await delivery.world.owe(await delivery.world.chat("7"), "one")
    await delivery.world.owe(await delivery.world.chat("8"), "two")
    refused = [Reply.refused(401, "Unauthorized")] * 9
    delivery.server.script("sendMessage", *refused)
    delivery.server.script("getUpdates", *refused)
    delivery.server.write("wakes the polling")
    await delivery.later(0)
    await delivery.later(3600)

    assert len(delivery.world.broken) == 1
    assert len(delivery.server.called("sendMessage")) <= 2
    assert TOKEN not in "".join(delivery.world.broken)
    assert TOKEN not in caplog.text
