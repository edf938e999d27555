"""``tickerbell demo``: the whole bot on bundled articles, with no account anywhere.

Everything is the real thing: scheduler, feed source over HTTP, pipeline, SQLite file, outbox and
worker. Only the chat network is this terminal, and the feed's server runs beside it.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import click
import httpx

from bot import log
from bot.app import App, Options, utc_now
from bot.channels.console import Console
from bot.cli.problems import told
from bot.cli.report import reason, signals
from bot.cli.terminal import subscribe
from bot.demo.server import DemoServer, demo_feed
from bot.pipeline import Report
from bot.sources.feed import FeedSource
from bot.texts import Texts, texts
from rules.model import Outcome

RULES = ("AMZN 裁員", "#資本支出", "2330", "輝達 OR 博通", "聯發科", "亞馬遜 當機")
_POLL = timedelta(seconds=2)
_WAVE_SECONDS = 6.0


@click.command()
@click.option("--once", is_flag=True, help="Print what would be sent and what not, and end.")
@click.option("--database", type=click.Path(dir_okay=False), help="Keep the data in this file.")
@click.option("--lang", type=click.Choice(["zh-TW", "en"]), default="zh-TW", show_default=True)
def demo(once: bool, database: str | None, lang: str) -> None:
    """Try everything in this terminal: alerts arrive, commands can be typed."""
    log.configure("ERROR")
    path = Path(database or Path(tempfile.mkdtemp(prefix="tickerbell-")) / "demo.db")
    with told(lang):
        asyncio.run(_once(path, lang) if once else _talk(path, lang))
    sys.exit(0)


async def _once(path: Path, lang: str) -> None:
    """The first visit takes in the backlog, the second brings all the news; then it is told."""
    say = texts(lang)
    console = Console(None, sys.stdout, lang=lang)
    async with (
        demo_feed(utc_now, at_once=True) as server,
        httpx.AsyncClient(trust_env=False) as client,
    ):
        app = await _open(path, lang, console)
        try:
            await _greet(app, say, path)
            source = FeedSource(server.url, client, key="demo")
            await app.visit(source)
            server.advance()
            report = await app.visit(source)
            click.echo(f"\n{say.say('cli.demo_alerts')}\n")
            await app.worker.drain()
            click.echo(f"\n{say.say('cli.demo_held')}\n")
            await app.run(lambda: _tell_held(app, report, say))
        finally:
            await app.stop()


def _tell_held(app: App, report: Report, say: Texts) -> None:
    """Every article that was not pushed although a rule matched or it is promotion, with why."""
    told_of: set[int] = set()
    for decided in report.decided:
        told_of.add(decided.article)
        if decided.outcome is not Outcome.PUSH:
            why = reason(decided, say)
            click.echo(say.say("cli.demo_held_item", title=decided.title, reason=why))
    for number in report.flagged:
        article = app.store.articles.get(number)
        if article:
            reasons = signals(article.reading.promotion, say.lang)
            title = article.article.title or article.article.text[:60]
            if number in told_of:
                click.echo(f"   {reasons}")
            else:
                why = f"{say.say('outcome.promotion')}: {reasons}"
                click.echo(say.say("cli.demo_held_item", title=title, reason=why))
            told_of.add(number)
    click.echo(say.say("cli.demo_unmatched", count=report.new - len(told_of)))


async def _talk(path: Path, lang: str) -> None:
    say = texts(lang)
    console = Console(sys.stdin, sys.stdout, lang=lang)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with demo_feed(utc_now) as server, httpx.AsyncClient(trust_env=False) as client:
        app = await _open(path, lang, console, FeedSource(server.url, client, key="demo"))
        waves = asyncio.create_task(_publish(server))
        try:
            await _greet(app, say, path)
            click.echo(f"\n{say.say('cli.demo_hello')}\n")
            await app.start()
            await _first(stop.wait(), _ended(console, waves))
        finally:
            waves.cancel()
            with suppress(asyncio.CancelledError):
                await waves
            await app.stop()
            click.echo(say.say("cli.demo_ended"))


async def _open(path: Path, lang: str, console: Console, *sources: FeedSource) -> App:
    return await App.open(Options(path, lang=lang, poll=_POLL), channels=[console], sources=sources)


async def _greet(app: App, say: Texts, path: Path) -> None:
    click.echo(say.say("cli.demo_database", path=str(path)))
    click.echo(say.say("cli.demo_rules"))
    await subscribe(app, RULES, sys.stdout)


async def _publish(server: DemoServer) -> None:
    """A wave of news every few seconds, the first after the baseline has surely been read."""
    while server.remaining:
        await asyncio.sleep(_WAVE_SECONDS)
        server.advance()


async def _ended(console: Console, waves: asyncio.Task[None]) -> None:
    """Ctrl-D in a terminal ends it at once; where nobody types, all the news is shown first."""
    await console.ended.wait()
    if not sys.stdin.isatty():
        await waves
        await asyncio.sleep(2 * _POLL.total_seconds())


async def _first(*waits: Coroutine[object, object, object]) -> None:
    tasks = [asyncio.create_task(w) for w in waits]
    _, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
