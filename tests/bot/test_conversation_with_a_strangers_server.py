"""A whole conversation over HTTP with a Telegram fake that nobody here wrote."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pytest_httpserver import HTTPServer

from bot.access import Allowed
from bot.app import App, Options
from bot.channels.telegram import Telegram
from bot.channels.telegram_client import Timeouts
from bot.menu import menu
from bot.sources.feed import FeedSource

ROOT = Path(__file__).parent.parent.parent
PACKAGE = "telegram-test-api@4.2.1"
TOKEN = "123456789:AAEthisIsNotARealTokenButLooksLikeOne0"
READER = {"id": 77, "first_name": "讀者", "is_bot": False}
CHAT = {"id": 77, "type": "private", "first_name": "讀者"}

ITEM = """<item><guid>{n}</guid><title>{title}</title><link>https://news.example/{n}</link>
<source url="https://news.example">測試日報</source><description>{text}</description></item>"""


@pytest.fixture(scope="module")
def stranger() -> Iterator[str]:
    """The address of the running fake; skips where Node or the package cannot be had."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        pytest.skip("Node.js is not installed")
    home = ROOT / ".cache" / "npm"
    if not (home / "node_modules" / "telegram-test-api").is_dir():
        home.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--prefix", str(home), "--no-audit", "--no-fund", PACKAGE]
        if subprocess.run(install, capture_output=True, timeout=180, check=False).returncode:
            pytest.skip(f"{PACKAGE} could not be installed")
    process = subprocess.Popen(
        [node, str(ROOT / "tests" / "fakes" / "telegram_test_api.js")],
        env={"NODE_PATH": str(home / "node_modules"), "PATH": str(Path(node).parent)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    port = process.stdout.readline().strip()
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.communicate()


class Reader:
    """Somebody with a phone: writes to the bot, reads what comes, presses buttons."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def write(self, text: str) -> None:
        message = {"botToken": TOKEN, "date": int(time.time()), "from": READER, "chat": CHAT}
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        await self._http.post("/sendCommand", json={**message, "text": text, "entities": entities})

    async def press(self, message: dict[str, Any], token: str) -> None:
        shown = {
            "message_id": message["messageId"],
            "date": int(time.time()),
            "chat": CHAT,
            "text": message["message"]["text"],
        }
        press = {"botToken": TOKEN, "from": READER, "message": shown, "data": token}
        await self._http.post("/sendCallback", json=press)

    async def read(self, seconds: float = 15.0) -> dict[str, Any]:
        """The next message of the bot. Fails when none comes in time."""
        found = await self.all(seconds)
        assert len(found) == 1, [m["message"]["text"] for m in found]
        return found[0]

    async def all(self, seconds: float) -> list[dict[str, Any]]:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            answer = await self._http.post("/getUpdates", json={"token": TOKEN, "chatId": 77})
            if found := answer.json()["result"]:
                return list(found)
            await asyncio.sleep(0.05)
        return []


class Feed:
    """A feed whose articles appear when the test says so."""

    def __init__(self, server: HTTPServer) -> None:
        self._items: list[str] = []
        server.expect_request("/feed.xml").respond_with_handler(self._answer)
        self.url = server.url_for("/feed.xml")
        self.visits = 0

    def publish(self, title: str, text: str) -> None:
        self._items.append(ITEM.format(n=len(self._items) + 1, title=title, text=text))

    def _answer(self, _request: object) -> Any:
        from werkzeug import Response

        self.visits += 1
        body = (
            f"<rss version='2.0'><channel><title>源</title>{''.join(self._items)}</channel></rss>"
        )
        return Response(body, content_type="application/rss+xml; charset=utf-8")

    async def visited(self, times: int) -> None:
        goal = self.visits + times
        while self.visits < goal:  # noqa: ASYNC110 - the server lives in another thread
            await asyncio.sleep(0.05)


@pytest.fixture
def feed(httpserver: HTTPServer) -> Feed:
    return Feed(httpserver)


@pytest.fixture
async def bot(tmp_path: Path, stranger: str, feed: Feed) -> AsyncIterator[App]:
    feed.publish("亞馬遜裁員的舊聞", "亞馬遜去年底宣布裁員500人。")
    async with httpx.AsyncClient() as client:
        channel = Telegram(TOKEN, commands=menu(), base_url=stranger, timeouts=Timeouts(poll=1.0))
        app = await App.open(
            Options(tmp_path / "bot.db", poll=timedelta(seconds=1)),
            channels=[channel],
            sources=[FeedSource(feed.url, client)],
            allowed=Allowed(["77"]),
        )
        await app.start()
        yield app
        await app.stop()


@pytest.fixture
async def reader(stranger: str) -> AsyncIterator[Reader]:
    async with httpx.AsyncClient(base_url=stranger) as http:
        yield Reader(http)


async def test_subscribe_receive_mute_and_be_left_alone(
    bot: App, reader: Reader, feed: Feed
) -> None:
    async with asyncio.timeout(60):
        await reader.write("/start")
        hello = await reader.read()
        await reader.write("/sub AMZN 裁員")
        subscribed = await reader.read()
        await feed.visited(1)  # the backlog is read and alerts nobody
        feed.publish(
            "亞馬遜宣布裁員1.6萬人", "亞馬遜(AMZN)今天宣布全球裁員1.6萬人，以精簡管理層級。"
        )
        alert = await reader.read()
        mute = next(
            button
            for row in alert["message"]["reply_markup"]["inline_keyboard"]
            for button in row
            if "測試日報" in button["text"]
        )
        await reader.press(alert, mute["callback_data"])
        muted = await reader.read()
        feed.publish("亞馬遜雲端部門再裁員900人", "亞馬遜(AMZN)雲端部門今天再裁員900人，下月生效。")
        await feed.visited(2)
        later = await reader.all(2.0)

    assert "TickerBell" in hello["message"]["text"]
    assert "亞馬遜(AMZN)的裁員" in subscribed["message"]["text"]
    assert "1.6萬人" in alert["message"]["text"]
    assert "測試日報" in muted["message"]["text"]
    assert later == []
