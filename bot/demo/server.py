"""A local web server that publishes the bundled articles in waves, as a feed does over a day.

It speaks just enough HTTP/1.1 for a feed reader: GET, ETag, 304, one request a connection. It
listens on 127.0.0.1 only.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from bot.demo.articles import DemoArticle, bundled, rss
from bot.ports import Clock

_PATH = "/feed.xml"
_LONGEST_HEAD = 16 * 1024
_PATIENCE = 10.0

Waves = Sequence[Sequence[DemoArticle]]


def waves(articles: Sequence[DemoArticle], *, at_once: bool = False) -> Waves:
    """The articles by wave: the baseline first. ``at_once`` puts all after it into one wave."""
    numbers = sorted({article.wave for article in articles})
    grouped = [[article for article in articles if article.wave == n] for n in numbers]
    if at_once:
        return [grouped[0], [article for wave in grouped[1:] for article in wave]]
    return grouped


class DemoServer:
    """The feed at ``url``. It holds the first wave; ``advance`` publishes the next one."""

    def __init__(self, now: Clock, planned: Waves) -> None:
        self._now = now
        self._planned = [tuple(wave) for wave in planned]
        self._released: list[tuple[DemoArticle, datetime]] = []
        self._body = b""
        self._port = 0
        self.advance()

    @property
    def url(self) -> str:
        """The address of the feed."""
        return f"http://127.0.0.1:{self._port}{_PATH}"

    @property
    def remaining(self) -> int:
        """How many waves are still to come."""
        return len(self._planned)

    def advance(self) -> bool:
        """Publish the next wave, dated from now. False if there is none left."""
        if not self._planned:
            return False
        at = self._now()
        self._released += [(article, at) for article in self._planned.pop(0)]
        self._body = rss(self._released)
        return True

    async def listen(self) -> asyncio.Server:
        """Start to answer, on a port that is free."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LONGEST_HEAD)
        self._port = server.sockets[0].getsockname()[1]
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(self._answer(head.decode("latin-1")))
                await writer.drain()
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return  # whoever it was has gone, or is no feed reader
        finally:
            writer.close()

    def _answer(self, head: str) -> bytes:
        request, *lines = head.split("\r\n")
        method, path, *_ = [*request.split(), "", ""]
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (x.partition(":") for x in lines)
        }
        if method != "GET" or path.partition("?")[0] != _PATH:
            return _response("404 Not Found" if method == "GET" else "405 Method Not Allowed")
        etag = f'"{hashlib.sha256(self._body).hexdigest()[:20]}"'
        if headers.get("if-none-match") == etag:
            return _response("304 Not Modified", etag=etag)
        return _response("200 OK", self._body, etag=etag)


@asynccontextmanager
async def demo_feed(
    now: Clock, *, at_once: bool = False, planned: Waves | None = None
) -> AsyncIterator[DemoServer]:
    """The running server; it stops at the end of the ``async with``.

    ``planned`` replaces the bundled waves, ``at_once`` joins all of them after the baseline.
    """
    chosen = waves(bundled(), at_once=at_once) if planned is None else planned
    demo = DemoServer(now, chosen)
    server = await demo.listen()
    try:
        yield demo
    finally:
        server.close()
        await server.wait_closed()
        await asyncio.sleep(0)  # connections that were closed go in the loop's next round


def _response(status: str, body: bytes = b"", *, etag: str = "") -> bytes:
    headers = [
        f"HTTP/1.1 {status}",
        "Content-Type: application/rss+xml; charset=utf-8",
        "Connection: close",
    ]
    headers += [f"ETag: {etag}"] if etag else []
    headers += [] if status.startswith("304") else [f"Content-Length: {len(body)}"]
    return "\r\n".join([*headers, "", ""]).encode() + body
