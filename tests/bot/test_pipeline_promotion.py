"""From a source to the chat where people have taught, muted or let things be muted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App, Options
from bot.knowledge import Knowledge, learn
from bot.messages import Incoming, Message, Pressed
from rules.model import Article, Outcome
from tests.bot.test_pipeline import ADVERT
from tests.bot.test_verdicts import campaign
from tests.fakes.parts import FakeClock, ListSource, RecordingChannel


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return learn()


@pytest.fixture
async def app(tmp_path: Path, knowledge: Knowledge) -> AsyncIterator[App]:
    made = await App.open(
        Options(tmp_path / "bot.db"),
        channels=[RecordingChannel(), RecordingChannel("telegram")],
        clock=FakeClock(),
        knowledge=knowledge,
    )
    yield made
    await made.stop()


def sent(app: App, platform: str = "console") -> list[Message]:
    channel = app.channels[platform]
    assert isinstance(channel, RecordingChannel)
    return [message for _, message in channel.received]


async def say(app: App, text: str, platform: str = "console") -> Message:
    (answer,) = await app.on_incoming(Incoming(platform, "me", "me", text))
    return answer


async def press(app: App, message: Message, label: str, platform: str = "console") -> Message:
    token = next(b.token for row in message.buttons for b in row if label in b.label)
    (answer,) = await app.on_pressed(Pressed(platform, "me", "me", token))
    return answer


async def visit(app: App, source: ListSource) -> list[Outcome]:
    report = await app.visit(source)
    await app.worker.drain()
    return [decided.outcome for decided in report.decided]


async def test_what_a_chat_calls_an_advert_is_held_back_the_next_time(app: App) -> None:
    await say(app, "/sub 御享卡", "telegram")
    await say(app, "/sub 御享卡 OR 好禮")  # another chat, which taught nothing
    source = ListSource()
    source.add("換季好禮", campaign(0))
    await visit(app, source)
    (card,) = sent(app, "telegram")
    await press(app, card, "這是廣告", "telegram")

    source.add("刷卡好禮", campaign(9))
    outcomes = await visit(app, source)

    assert outcomes.count(Outcome.PROMOTION) == 1  # for the other chat it is the same campaign
    assert len(sent(app, "telegram")) == 1
    told = (await say(app, "/why https://news.example/list/2", "telegram")).plain
    assert "很像你標為廣告的文章：換季好禮" in told


async def test_what_the_owner_calls_an_advert_is_one_for_everybody(app: App) -> None:
    await say(app, "/sub 御享卡")
    await say(app, "/sub 御享卡", "telegram")
    source = ListSource()
    source.add("換季好禮", campaign(0))
    await visit(app, source)
    await press(app, sent(app)[0], "這是廣告")

    source.add("刷卡好禮", campaign(9))
    outcomes = await visit(app, source)

    assert outcomes == [Outcome.PROMOTION, Outcome.PROMOTION]
    assert (
        "管理者標為廣告" in (await say(app, "/why https://news.example/list/2", "telegram")).plain
    )


async def test_what_a_chat_calls_honest_is_sent_the_next_time_without_a_warning(app: App) -> None:
    await say(app, "/sub 亞馬遜")
    source = ListSource()
    source.add(*ADVERT)
    assert await visit(app, source) == [Outcome.PROMOTION]
    await press(app, await say(app, "/spam"), "不是廣告")

    source.add(ADVERT[0], ADVERT[1].replace("仲琦", "台玻"), outlet="另一報")
    await visit(app, source)

    (card,) = sent(app)
    assert "疑似薦股廣告" not in card.plain


async def flood(
    app: App, source: ListSource, count: int, title: str = "【飆股教室】第{}課"
) -> None:
    for number in range(count):
        changed = ADVERT[1].replace("abcdEFG", f"abcd{number}Z").replace("8檔", f"{number + 5}檔")
        source.add(title.format(number), changed, outlet="綜合新聞網")
        await visit(app, source)


async def test_a_source_that_keeps_advertising_is_offered_for_muting_once(app: App) -> None:
    await say(app, "/sub 亞馬遜")
    source = ListSource()

    await flood(app, source, 8)

    offers = [m for m in sent(app) if "要靜音嗎" in m.plain]
    assert ["飆股教室（專欄）" in m.plain for m in offers].count(True) == 1
    assert offers[0].silent
    await press(app, offers[0], "靜音")
    assert app.store.mutes.active(1, app.clock())


async def test_an_outlet_with_many_honest_articles_is_never_offered_for_a_column(app: App) -> None:
    await say(app, "/sub 亞馬遜 OR 氣象")
    source = ListSource()
    for number in range(20):
        source.add(
            f"氣象署第{number}報",
            f"明天第{number}波東北季風南下，北部轉涼，請民眾多留意。",
            outlet="綜合新聞網",
        )
    await visit(app, source)

    await flood(app, source, 6)

    offers = [m.plain for m in sent(app) if "要靜音嗎" in m.plain]
    assert offers
    assert not any("綜合新聞網" in offer for offer in offers)


async def test_where_a_chat_chose_so_it_is_muted_and_can_be_undone(app: App) -> None:
    await say(app, "/sub 亞馬遜")
    await say(app, "/automute 開")
    source = ListSource()
    await flood(app, source, 12)

    (notice,) = [m for m in sent(app) if "已自動靜音" in m.plain]
    assert "飆股教室（專欄）" in notice.plain
    assert [m.label for m in app.store.mutes.active(1, app.clock())] == ["飆股教室"]
    assert "飆股教室" in (await say(app, "/mutes")).plain

    await press(app, notice, "解除靜音")
    await flood(app, source, 3)
    assert app.store.mutes.active(1, app.clock()) == ()


async def test_nothing_is_muted_for_a_chat_that_did_not_choose_so(app: App) -> None:
    await say(app, "/sub 亞馬遜")

    await flood(app, ListSource(), 12)

    assert app.store.mutes.active(1, app.clock()) == ()
    assert not any("已自動靜音" in m.plain for m in sent(app))


NEWS = ("群創(3481)宣布擴大面板級封裝產能", "群創(3481)今天宣布，將投資200億元擴大面板級封裝產能。")


async def touted(app: App, count: int, lang: str = "中文") -> tuple[Message, str]:
    """The card of 群創's news after so many adverts that tout it, and its line on them."""
    await say(app, f"/lang {lang}")
    await say(app, "/sub 群創")
    source = ListSource()
    await flood(app, source, count)
    source.add(*NEWS, outlet="範例日報")
    await visit(app, source)
    card = sent(app)[-1]
    return card, "\n".join(line for line in card.plain.split("\n") if "🎯" in line)


async def test_an_alert_says_how_many_adverts_tout_its_stock_and_leads_to_them(app: App) -> None:
    card, line = await touted(app, 3)

    assert line == "🎯 近 7 天有 3 篇薦股廣告點名群創(3481)"
    listed = await press(app, card, "哪些廣告點名它")
    assert "近 7 天 3 篇" in listed.plain


async def test_two_adverts_are_no_reason_to_say_so(app: App) -> None:
    card, line = await touted(app, 2)

    assert "擴大面板級封裝產能" in card.plain
    assert line == ""
    assert not any("點名" in button.label for row in card.buttons for button in row)


async def test_it_is_said_in_the_chats_language(app: App) -> None:
    _, line = await touted(app, 4, "en")

    assert line == "🎯 4 stock-pick adverts of the last 7 days tout Innolux (3481)"


async def test_adverts_that_the_chat_calls_honest_are_not_counted(app: App) -> None:
    await say(app, "/sub 群創")
    source = ListSource()
    await flood(app, source, 3)
    await say(app, "/ham https://news.example/list/1")
    source.add(*NEWS, outlet="範例日報")
    await visit(app, source)

    assert "🎯" not in sent(app)[-1].plain


async def test_old_adverts_are_not_counted(app: App) -> None:
    await say(app, "/sub 群創")
    source = ListSource()
    await flood(app, source, 3)
    clock = app.clock
    assert isinstance(clock, FakeClock)
    clock.advance(days=8)
    later = Article("n", *NEWS, "list", clock.now, "範例日報", published_at=clock.now)
    source.articles.append(later)
    await visit(app, source)

    assert "擴大面板級封裝產能" in sent(app)[-1].plain
    assert "🎯" not in sent(app)[-1].plain
