"""``tickerbell run`` as a child process against a Telegram over HTTP: serves, refuses, ends."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.cli.running import ROOT, tickerbell
from tests.fakes.telegram_server import TOKEN, Reply, TelegramServer

STOP_SECONDS = 5.0


@asynccontextmanager
async def _running(
    telegram: TelegramServer, database: Path, **environ: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--env", str(database.with_suffix(".env")),
        cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={
            "PATH": os.environ["PATH"],
            "TELEGRAM_API": telegram.url,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_ALLOWED": "7",
            "DATABASE": str(database),
            **environ,
        },
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_it_answers_whom_it_knows_and_ends_in_time_when_told_to(tmp_path: Path) -> None:
    async with TelegramServer() as telegram, _running(telegram, tmp_path / "a.db") as process:
        telegram.write("/sub AMZN 裁員")
        await telegram.until("sendMessage", 1, 30.0)
        telegram.write("/list", chat=8, user=8)
        await telegram.until("sendMessage", 2, 10.0)

        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, logged = await process.communicate()
        took = time.monotonic() - told

    assert process.returncode == 0
    assert took < STOP_SECONDS
    assert "亞馬遜(AMZN)的裁員" in telegram.texts[0]
    assert "telegram:8" in telegram.texts[1]
    assert telegram.invalid == []
    assert TOKEN not in logged.decode()
    assert b"Traceback" not in logged


async def test_what_is_being_sent_when_it_is_told_to_end_is_finished(tmp_path: Path) -> None:
    async with TelegramServer() as telegram, _running(telegram, tmp_path / "a.db") as process:
        telegram.write("/list")
        await telegram.until("sendMessage", 1, 30.0)
        telegram.script("sendMessage", Reply(delay=1.0, **_accepted()))
        telegram.write("/help")
        await telegram.until("sendMessage", 2, 10.0)

        process.send_signal(signal.SIGTERM)
        told = time.monotonic()
        await process.communicate()

    assert process.returncode == 0
    assert time.monotonic() - told < STOP_SECONDS


def _accepted() -> dict[str, object]:
    done = Reply.result({"message_id": 9, "date": 1, "chat": {"id": 7, "type": "private"}})
    return {"status": done.status, "body": done.body, "accepted": True}


async def test_a_second_bot_on_the_same_database_refuses_to_start(tmp_path: Path) -> None:
    async with TelegramServer() as telegram, _running(telegram, tmp_path / "a.db"):
        telegram.write("/list")
        await telegram.until("sendMessage", 1, 30.0)
        async with _running(telegram, tmp_path / "a.db") as second:
            _, said = await asyncio.wait_for(second.communicate(), 30)

    assert second.returncode == 1
    assert "正在使用" in said.decode()


@pytest.mark.parametrize(
    ("token", "said"), [("", "BotFather"), ("nonsense", "格式"), (TOKEN, "不接受")]
)
async def test_a_missing_or_wrong_token_is_answered_with_what_to_do(
    tmp_path: Path, token: str, said: str
) -> None:
    async with TelegramServer() as telegram:
        telegram.script("getMe", *[Reply.refused(401, "Unauthorized")] * 3)
        async with _running(telegram, tmp_path / "a.db", TELEGRAM_BOT_TOKEN=token) as process:
            _, logged = await asyncio.wait_for(process.communicate(), 30)

    assert process.returncode == 1
    assert said in logged.decode()
    assert not token or token not in logged.decode()
    assert b"Traceback" not in logged


def test_a_setting_that_is_wrong_is_named(tmp_path: Path) -> None:
    done = tickerbell("run", "--env", str(tmp_path / ".env"), ZONE="Mars/Olympus")

    assert done.returncode == 2
    assert "ZONE" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_told_to_end_while_telegram_does_not_answer_yet_it_ends_well(
    tmp_path: Path, number: signal.Signals
) -> None:
    async with TelegramServer() as telegram:
        telegram.script("getMe", Reply(delay=60.0))
        async with _running(telegram, tmp_path / "a.db") as process:
            await telegram.until("getMe", 1, 30.0)
            told = time.monotonic()
            process.send_signal(number)
            _, logged = await process.communicate()

    assert process.returncode == 0
    assert time.monotonic() - told < STOP_SECONDS
    assert b"Traceback" not in logged


async def test_told_to_end_while_a_feed_hangs_it_ends_well(tmp_path: Path) -> None:
    asked, over, hung_up = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def hang(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await over.wait()
        writer.close()
        hung_up.set()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    feed = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
    async with (
        TelegramServer() as telegram,
        _running(telegram, tmp_path / "a.db", FEEDS=feed) as process,
    ):
        await asyncio.wait_for(asked.wait(), 30)
        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, logged = await process.communicate()
        took = time.monotonic() - told
    over.set()
    await hung_up.wait()
    await asyncio.sleep(0)  # the transport goes in the loop's next round
    server.close()

    assert process.returncode == 0
    assert took < STOP_SECONDS
    assert b"Traceback" not in logged


def test_told_to_end_while_it_is_still_being_imported_it_ends_well() -> None:
    script = """
import os, signal
from bot.cli import main
main.get_command(None, "run")
os.kill(os.getpid(), signal.SIGTERM)
raise AssertionError("it should have ended")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=30, check=False)

    assert done.returncode == 0
