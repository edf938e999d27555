"""``tickerbell run``: the bot, from the settings in ``.env``, until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path

import click
import httpx

from bot import log
from bot.cli.problems import told
from bot.settings import Settings, load
from bot.tls import trusted


@click.command()
@click.option("--env", default=".env", show_default=True, help="The file with the settings.")
def run(env: str) -> None:
    """Run the bot until it gets SIGTERM or Ctrl-C; it then ends within five seconds."""
    with told("zh-TW"):
        settings = load(Path(env))
    log.configure(settings.log_level)
    with told(settings.language):
        asyncio.run(_run(settings))
    sys.exit(0)


async def _run(settings: Settings) -> None:
    from bot.access import Allowed
    from bot.app import App, Options
    from bot.channels.telegram import Telegram
    from bot.menu import menu
    from bot.sources import parsing
    from bot.sources.detect import open_source

    token = settings.telegram_bot_token
    places = asyncio.Semaphore(parsing.AT_ONCE)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with httpx.AsyncClient(verify=trusted(), trust_env=False) as client:
        app = await App.open(
            Options(
                settings.database,
                settings.language,
                settings.zone,
                timedelta(seconds=settings.poll_seconds),
                settings.companies_file,
                timedelta(seconds=settings.hold_seconds),
            ),
            channels=[
                Telegram(
                    token.get_secret_value() if token else "",
                    commands=menu(),
                    base_url=settings.telegram_api,
                )
            ],
            sources=[
                await open_source(feed, client, zone=settings.zone, places=places)
                for feed in settings.feeds
            ],
            allowed=Allowed(settings.telegram_allowed, settings.telegram_owner),
        )
        try:
            if await _unless(stop, app.start()):
                await stop.wait()
        finally:
            await app.stop()


async def _unless(stop: asyncio.Event, begun: Coroutine[object, object, None]) -> bool:
    """Whether ``begun`` came to its end; it is cut off where ``stop`` is set before that."""
    beginning = asyncio.create_task(begun)
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait((beginning, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if beginning.done():
        await beginning
        return True
    beginning.cancel()
    await asyncio.gather(beginning, return_exceptions=True)
    return False
