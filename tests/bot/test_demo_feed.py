"""The bundled demonstration: what its articles hold, and how its server lets them out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import pytest_asyncio

from bot.demo import demo_feed
from bot.demo.articles import bundled
from bot.demo.server import DemoServer
from bot.ports import Cursor, Fetched
from bot.sources.feed import FeedSource


class Clock:
    """A clock that stands until it is told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest_asyncio.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as opened:
        yield opened


async def visit(
    server: DemoServer, client: httpx.AsyncClient, clock: Clock, cursor: Cursor | None = None
) -> Fetched:
    return await FeedSource(server.url, client, key="demo").fetch(cursor, clock())


async def test_the_first_visit_finds_the_baseline_and_later_ones_the_waves(
    client: httpx.AsyncClient,
) -> None:
    clock, counts = Clock(), []
    async with demo_feed(clock) as server:
        for _ in range(4):
            counts.append(len((await visit(server, client, clock)).articles))
            server.advance()

        assert not server.advance()

    assert counts[0] == 3
    assert counts == sorted(set(counts))
    assert counts[-1] == len(bundled())


async def test_at_once_everything_comes_after_the_baseline(client: httpx.AsyncClient) -> None:
    clock = Clock()
    async with demo_feed(clock, at_once=True) as server:
        first = await visit(server, client, clock)
        remaining = server.remaining
        server.advance()
        second = await visit(server, client, clock, first.cursor)

    assert (len(first.articles), remaining) == (3, 1)
    assert len(second.articles) == len(bundled())


async def test_between_two_waves_the_feed_is_unchanged(client: httpx.AsyncClient) -> None:
    clock = Clock()
    async with demo_feed(clock) as server:
        first = await visit(server, client, clock)
        clock.now += timedelta(minutes=5)
        second = await visit(server, client, clock, first.cursor)

    assert second.unchanged


@pytest.fixture(scope="module")
def everything() -> Fetched:
    """One visit after all waves are out."""

    async def fetch() -> Fetched:
        clock = Clock()
        async with demo_feed(clock, at_once=True) as server, httpx.AsyncClient() as client:
            server.advance()
            return await visit(server, client, clock)

    return asyncio.run(fetch())


def test_what_comes_through_the_feed_is_what_is_bundled(everything: Fetched) -> None:
    written = {article.id: article for article in bundled()}

    assert everything.skipped == ()
    assert {article.id for article in everything.articles} == set(written)
    for article in everything.articles:
        source = written[article.id]
        assert (article.title, article.text) == (source.title, source.text)
        assert (article.outlet, article.author, article.url) == (
            source.outlet,
            source.author,
            source.link,
        )
        assert article.published_at == article.fetched_at - timedelta(minutes=source.minutes)


def test_no_two_bundled_articles_pass_for_the_same(everything: Fetched) -> None:
    every = [key for keys in everything.keys for key in keys]

    assert len(every) == len(set(every))


async def test_the_dates_of_a_wave_count_from_its_release(client: httpx.AsyncClient) -> None:
    clock = Clock()
    async with demo_feed(clock) as server:
        clock.now += timedelta(hours=3)
        server.advance()
        fetched = await visit(server, client, clock)

    youngest = max(article.at for article in fetched.articles)
    assert timedelta() <= clock() - youngest < timedelta(minutes=10)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /feed.xml?x HTTP/1.1\r\nHost: x\r\n\r\n", b"200"),
        (b"GET /../../etc/passwd HTTP/1.1\r\n\r\n", b"404"),
        (b"POST /feed.xml HTTP/1.1\r\n\r\n", b"405"),
        (b"\r\n\r\n", b"405"),
        (b"GET /" + b"a" * 40_000 + b"\r\n\r\n", b""),
    ],
)
async def test_the_server_answers_what_it_can(request_: bytes, status: bytes) -> None:
    async with demo_feed(Clock()) as server:
        port = httpx.URL(server.url).port
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request_)
        line = await _first_line(reader)
        writer.close()
        await asyncio.sleep(0)  # the transport goes in the loop's next round

    assert line[9:12] == status


async def _first_line(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readline()
    except ConnectionError:
        return b""


async def test_the_server_is_gone_afterwards(client: httpx.AsyncClient) -> None:
    async with demo_feed(Clock()) as server:
        url = server.url

    with pytest.raises(httpx.ConnectError):
        await client.get(url)


def test_the_bundle_has_the_lengths_and_languages_that_it_promises() -> None:
    lengths = sorted(len(article.text) for article in bundled())
    english = [article for article in bundled() if article.title.isascii()]

    assert len(lengths) >= 18
    assert lengths[0] == 0
    assert lengths[-2] >= 2000
    assert len(english) == 3


def test_every_address_and_contact_in_the_bundle_is_made_up() -> None:
    text = "\n".join(f"{article.title}\n{article.text}\n{article.link}" for article in bundled())

    addresses = re.findall(r"https?://[^\s）)]+", text)
    contacts = re.findall(r"(?:LINE|ID)[：:]\s*([@\w]+)", text)
    assert all("example" in address.lower() for address in addresses)
    assert contacts
    assert all("demo" in contact for contact in contacts)
