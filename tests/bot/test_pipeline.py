"""From a source to the chat: once per story, held back for a reason, and not lost by a crash."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App, Options
from bot.database import DatabaseThread
from bot.knowledge import Knowledge, learn
from bot.messages import Incoming, Pressed
from bot.ports import SourceError
from rules.engine import Analysis, Engine
from rules.model import Article, Outcome
from rules.summary import NO_FOCUS, Focus
from storage import open_store
from tests.fakes.parts import Crash, CrashingThread, FakeClock, ListSource, RecordingChannel

LAYOFF = ("亞馬遜宣布裁員1.6萬人", "亞馬遜(AMZN)今天宣布，全球將裁員1.6萬人，以精簡管理層級。")
RETOLD = ("電商龍頭揮刀 亞馬遜砍1.6萬個職位", "亞馬遜證實裁員1.6萬人，受影響者將獲資遣。")
CAPEX = ("台積電資本支出上看500億美元", "台積電(2330)今天表示，今年資本支出將達500億美元。")
ADVERT = (
    "飆股名單曝光！加Line@領取隱形冠軍",
    "亞馬遜供應鏈8檔隱形冠軍，低位階即將起漲！🔴3481群創：黑馬。🔴2419仲琦：翻倍可期。"
    "🔴6285啟碁：目標價翻倍。亞馬遜裁員也不怕！想要飆股名單請加入Line：https://lin.ee/abcdEFG "
    "會員私房股，名額有限，老師帶你賺。",
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return learn()


@pytest.fixture
async def app(tmp_path: Path, knowledge: Knowledge) -> AsyncIterator[App]:
    made = await _app(tmp_path / "bot.db", knowledge)
    yield made
    await made.stop()


async def _app(
    path: Path,
    knowledge: Knowledge,
    *,
    thread: DatabaseThread | None = None,
    clock: FakeClock | None = None,
) -> App:
    return await App.open(
        Options(path),
        channels=[RecordingChannel()],
        clock=clock or FakeClock(),
        knowledge=knowledge,
        thread=thread,
    )


def _channel(app: App) -> RecordingChannel:
    channel = app.channels["console"]
    assert isinstance(channel, RecordingChannel)
    return channel


async def _say(app: App, text: str, address: str = "me") -> str:
    answers = await app.on_incoming(Incoming("console", address, "me", text))
    return "\n".join(m.plain for m in answers)


async def test_what_was_asked_for_arrives_and_says_why(app: App) -> None:
    await _say(app, "/sub AMZN 裁員")
    source = ListSource()
    source.add(*LAYOFF)
    source.add(*CAPEX)

    await app.visit(source)
    await app.worker.drain()

    (text,) = _channel(app).texts
    assert "亞馬遜" in text.splitlines()[0]
    assert "1.6萬人" in text
    assert "AMZN 裁員" in text


async def test_a_story_that_several_outlets_run_is_told_once(app: App) -> None:
    await _say(app, "/sub AMZN 裁員")
    source = ListSource()
    source.add(*LAYOFF, outlet="甲報")
    source.add(*RETOLD, outlet="乙報")

    report = await app.visit(source)
    await app.worker.drain()

    assert [d.outcome for d in report.decided] == [Outcome.PUSH, Outcome.SAME_STORY]
    assert len(_channel(app).texts) == 1


async def test_every_chat_that_asked_is_told(app: App) -> None:
    await _say(app, "/sub AMZN", "one")
    await _say(app, "/sub #裁員", "two")
    await _say(app, "/sub NVDA", "three")
    source = ListSource()
    source.add(*LAYOFF)

    await app.visit(source)
    await app.worker.drain()

    assert sorted(address for address, _ in _channel(app).received) == ["one", "two"]


async def test_a_second_visit_sends_nothing(app: App) -> None:
    await _say(app, "/sub AMZN 裁員")
    source = ListSource()
    source.add(*LAYOFF)
    await app.visit(source)

    report = await app.visit(source)
    await app.worker.drain()

    assert (report.seen, report.new, report.decided) == (1, 0, [])
    assert len(_channel(app).texts) == 1


async def test_an_advert_is_kept_with_its_signals_and_not_sent(app: App) -> None:
    await _say(app, "/sub 亞馬遜")
    source = ListSource()
    source.add(*ADVERT)

    report = await app.visit(source)
    await app.worker.drain()

    (decided,) = report.decided
    assert decided.outcome is Outcome.PROMOTION
    assert len(decided.detail.split(", ")) >= 4
    assert _channel(app).texts == []
    assert "飆股名單曝光" in await _say(app, "/spam")


async def test_a_muted_outlet_is_held_back_until_the_mute_ends(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    clock = FakeClock()
    app = await _app(tmp_path / "bot.db", knowledge, clock=clock)
    await _say(app, "/sub AMZN")
    source = ListSource()
    source.add(*LAYOFF, outlet="甲報")
    await app.visit(source)
    await _say(app, "/mute 甲報 2h")
    source.add("亞馬遜公布財報 營收優於預期", "亞馬遜第三季營收年增13%。", outlet="甲報")
    muted = await app.visit(source)
    clock.advance(hours=2)
    source.add("亞馬遜換執行長", "亞馬遜宣布執行長將於年底卸任。", outlet="甲報")

    after = await app.visit(source)

    assert [d.outcome for d in muted.decided] == [Outcome.MUTED]
    assert [d.outcome for d in after.decided] == [Outcome.PUSH]
    await app.stop()


async def test_the_mute_button_of_an_alert_mutes_its_outlet(app: App) -> None:
    await _say(app, "/sub AMZN")
    source = ListSource()
    source.add(*LAYOFF, outlet="甲報")
    await app.visit(source)
    await app.worker.drain()
    ((_, alert),) = _channel(app).received
    mute = next(b for row in alert.buttons for b in row if "甲報" in b.label)

    await app.on_pressed(Pressed("console", "me", "me", mute.token))
    source.add("亞馬遜公布財報 營收優於預期", "亞馬遜第三季營收年增13%。", outlet="甲報")
    report = await app.visit(source)

    assert [d.outcome for d in report.decided] == [Outcome.MUTED]


async def test_a_company_named_in_passing_is_held_back_and_listed(app: App) -> None:
    await _say(app, "/sub 台積電")
    source = ListSource()
    source.add(
        "新竹竹北房價續漲 建商看好剛性需求",
        "竹北今年推案量創高，建商表示買氣穩定。" * 20
        + "當地居民多在園區上班，包括台積電等公司的員工。建商預期明年房市持平。",
    )

    report = await app.visit(source)

    assert [d.outcome for d in report.decided] == [Outcome.PASSING]
    assert "竹北" in await _say(app, "/held")


async def test_the_backlog_of_a_new_feed_alerts_nobody_and_later_news_does(app: App) -> None:
    await _say(app, "/sub AMZN")
    await _say(app, "/sub 台積電")
    feed = ListSource(live=True)
    feed.add(*LAYOFF)
    first = await app.visit(feed)
    feed.add(*CAPEX)

    second = await app.visit(feed)

    assert [d.outcome for d in first.decided] == [Outcome.BACKLOG]
    assert [d.outcome for d in second.decided] == [Outcome.PUSH]


async def test_a_failing_source_is_noted_left_alone_for_longer_each_time_and_recovers(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    clock = FakeClock()
    app = await _app(tmp_path / "bot.db", knowledge, clock=clock)
    feed = ListSource(live=True, error=SourceError("source.not_found", address="x"))
    await app.visit(feed)
    await app.visit(feed)

    too_early = await app.visit_if_due(feed)
    memory = app.store.sources.get(feed.key)
    assert memory is not None
    assert memory.next_at is not None
    pause = memory.next_at - clock()
    clock.advance(seconds=pause.total_seconds())
    feed.error = None
    recovered = await app.visit_if_due(feed)

    after = app.store.sources.get(feed.key)
    assert too_early is None
    assert (memory.failures, pause) == (2, timedelta(minutes=10))
    assert recovered is not None
    assert after is not None
    assert after.failures == 0
    await app.stop()


async def test_a_feed_that_is_gone_for_good_is_left_alone(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    clock = FakeClock()
    app = await _app(tmp_path / "bot.db", knowledge, clock=clock)
    feed = ListSource(live=True, error=SourceError("source.gone", gone=True, address="x"))
    await app.visit(feed)

    clock.advance(seconds=timedelta(days=30).total_seconds())

    assert await app.visit_if_due(feed) is None
    await app.stop()


async def test_the_cursor_that_a_visit_brought_is_given_to_the_next(app: App) -> None:
    feed = ListSource(live=True)
    feed.add(*LAYOFF)
    await app.visit(feed)

    await app.visit(feed)

    assert [c and c.etag for c in feed.cursors] == [None, '"1"']


class Stumbling(Engine):
    """An engine with a fault: it fails on one headline."""

    def analyse(self, article: Article, focus: Focus = NO_FOCUS) -> Analysis:
        if "絆腳石" in article.title:
            raise ZeroDivisionError
        return super().analyse(article, focus)


async def test_an_article_that_cannot_be_read_holds_up_no_other(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    app = await _app(tmp_path / "bot.db", Knowledge(Stumbling(), knowledge.language))
    await _say(app, "/sub AMZN 裁員")
    source = ListSource()
    source.add("絆腳石", "讀不懂的一篇。")
    source.add(*LAYOFF)

    report = await app.visit(source)
    memory = app.store.sources.get(source.key)

    assert (report.new, report.unread) == (1, 1)
    assert [d.outcome for d in report.decided] == [Outcome.PUSH]
    assert memory is not None
    assert memory.etag == "", "a 304 would hide it at the next visit"
    await app.stop()


# --- crashes ---------------------------------------------------------------------------------


async def _prepare(path: Path, knowledge: Knowledge) -> None:
    app = await _app(path, knowledge)
    await _say(app, "/sub AMZN 裁員", "one")
    await _say(app, "/sub 台積電 資本支出", "two")
    await app.stop()


async def _run_until_crash(
    path: Path, knowledge: Knowledge, source: ListSource, n: int
) -> CrashedRun:
    """The whole chain, dying just before its ``n``-th access to the database."""
    thread = CrashingThread(10_000)
    app = await _app(path, knowledge, thread=thread)
    thread.left = n
    with suppress(Crash):
        await app.visit(source)
        await app.worker.drain()
    received = list(_channel(app).received)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0)
    thread.close()
    app.store.close()  # a dead process keeps no lock and commits nothing more
    return CrashedRun(thread.died, received)


class CrashedRun:
    def __init__(self, died: bool, received: list[tuple[str, object]]) -> None:
        self.died = died
        self.received = received


def _chains() -> Iterator[int]:
    yield from range(40)


async def test_a_crash_between_any_two_stages_loses_nothing_and_repeats_only_what_is_in_doubt(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    """Every access to the database is a border between two stages: die before each in turn."""
    survived = False
    for n in _chains():
        path = tmp_path / f"{n}.db"
        await _prepare(path, knowledge)
        source = ListSource()
        source.add(*LAYOFF)
        source.add(*CAPEX)

        crashed = await _run_until_crash(path, knowledge, source, n)
        clock = FakeClock()
        clock.advance(minutes=10)
        app = await _app(path, knowledge, clock=clock)
        await app.visit(source)
        await app.worker.drain()
        clock.advance(minutes=10)  # what was in doubt is repeated after its pause
        await app.worker.drain()
        texts = [(address, m.plain) for address, m in _channel(app).received]
        before = [address for address, _ in crashed.received]
        await app.stop()

        everyone = sorted(before + [address for address, _ in texts])
        assert set(everyone) == {"one", "two"}, f"lost after a crash at {n}"
        for address in ("one", "two"):
            again = [t for a, t in texts if a == address]
            assert len(again) <= 1, f"repeated more than once after a crash at {n}"
            if address in before and again:
                assert _marked(again[0]), f"repeated without a mark after a crash at {n}"
        if not crashed.died:
            survived = True
            assert texts == []
            break
    assert survived, "the chain never ran to its end"


def _marked(text: str) -> bool:
    from bot.texts import texts

    return texts("zh-TW").say("card.repeat") in text


async def test_a_transaction_that_dies_half_way_leaves_nothing_behind(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    app = await _app(tmp_path / "bot.db", knowledge)
    await _say(app, "/sub AMZN")
    source = ListSource()
    source.add(*LAYOFF)
    source.add(*CAPEX)
    record = app.store.decisions.record
    app.store.decisions.record = _dies  # type: ignore[method-assign] # the disk, not our logic
    with pytest.raises(Crash):
        await app.visit(source)
    app.store.decisions.record = record  # type: ignore[method-assign]

    assert app.store.sources.get(source.key) is None
    assert app.store.articles.recent(10) == ()
    assert app.store.outbox.counts().get("queued", 0) == 0
    await app.stop()


def _dies(*_: object, **__: object) -> None:
    raise Crash


def test_the_database_of_a_crashed_bot_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    open_store(path).close()

    store = open_store(path)

    assert store.integrity() == ()
    store.close()
