"""``tickerbell ingest``: takes sources through the same pipeline that ``run`` uses, once."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import click
import httpx

from bot import contract, log
from bot.cli.problems import told
from bot.cli.report import lines
from bot.pipeline import Report, summary_counts
from bot.ports import Source, SourceError
from bot.settings import Settings, load
from bot.texts import texts
from bot.tls import trusted


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--sub", "rules", multiple=True, help="Subscribe this terminal to RULE first.")
@click.option("--database", type=click.Path(dir_okay=False), help="Instead of the one in .env.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON Lines.")
@click.option("--env", default=".env", show_default=True, help="The file with the settings.")
def ingest(
    paths: tuple[str, ...], rules: tuple[str, ...], database: str | None, as_json: bool, env: str
) -> None:
    """Read PATHS (feeds, tag pages, JSON Lines, HTML; addresses or files; - is input).

    Alerts for this terminal are printed, those for other chats wait for `tickerbell run`.
    """
    with told("zh-TW"):
        settings = load(Path(env))
    log.configure("ERROR" if settings.log_level == "INFO" else settings.log_level)
    path = Path(database) if database else settings.database
    with told(settings.language):
        reports = asyncio.run(_ingest(paths, rules, path, as_json, settings))
    sys.exit(1 if any(r.error for r in reports) else 0)


async def _ingest(
    paths: tuple[str, ...],
    rules: tuple[str, ...],
    database: Path,
    as_json: bool,
    settings: Settings,
) -> list[Report]:
    from bot.app import App, Options
    from bot.channels.console import Console
    from bot.cli.terminal import subscribe

    say = texts(settings.language)
    out = sys.stderr if as_json else sys.stdout
    console = Console(None, out, lang=settings.language)
    app = await App.open(
        Options(database, settings.language, settings.zone, companies=settings.companies_file),
        channels=[console],
    )
    try:
        await subscribe(app, rules, out)
        if not await app.run(app.store.rules.active):
            click.echo(say.say("cli.no_rules"), err=True)
        async with httpx.AsyncClient(verify=trusted(), trust_env=False) as client:
            reports = [await _visit(app, path, client, settings) for path in paths]
        await app.worker.drain()
        counts = await app.run(app.store.outbox.counts)
        articles = app.store.articles
        if as_json:
            _print_json(reports)
        else:
            report = await app.run(lambda: list(lines(reports, say, articles.get)))
            click.echo("\n".join(report))
        waiting = sum(n for state, n in counts.items() if state in {"queued", "retry"})
        if waiting:
            click.echo(say.say("cli.queued", count=waiting), err=as_json)
        return reports
    finally:
        await app.stop()


async def _visit(app: object, path: str, client: httpx.AsyncClient, settings: Settings) -> Report:
    from bot.app import App
    from bot.sources.detect import open_source

    assert isinstance(app, App)
    try:
        source: Source = await open_source(path, client, zone=settings.zone)
    except SourceError as error:
        return Report(path, error=error)
    return await app.pipeline.visit(source, asked=True)


def _print_json(reports: list[Report]) -> None:
    for report in reports:
        for d in report.decided:
            value = {
                "source": report.source,
                "title": d.title,
                "outcome": d.outcome.value,
                "detail": d.detail,
                "rules": list(d.rules),
            }
            click.echo(contract.line(value))
    click.echo(contract.line(dict(summary_counts(reports))))
