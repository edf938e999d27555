"""One message a story: later outlets edit it, what changes it is told, the best report leads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.app import App, Options
from bot.knowledge import Knowledge, learn
from bot.messages import Incoming, Later, Message, Pressed, Refused, Uncertain
from rules.model import Outcome
from tests.fakes.parts import EditingChannel, FakeClock, ListSource, RecordingChannel

HOLD = timedelta(seconds=20)
RUMOUR = ("傳亞馬遜將裁員1.4萬人", "知情人士透露，亞馬遜(AMZN)計畫裁員1.4萬人。")
RUMOUR_TOO = ("外媒傳亞馬遜裁員1.4萬人", "外媒引述知情人士，亞馬遜傳將裁員1.4萬人。")
CONFIRMED = ("亞馬遜證實裁員1.4萬人", "亞馬遜今天證實，將裁員1.4萬人，執行長說是為了精簡組織。")
MORE = ("亞馬遜裁員人數從1.4萬人擴大至3萬人", "亞馬遜今天宣布，裁員人數從1.4萬人擴大至3萬人。")
FULL = (
    "亞馬遜宣布裁員1.4萬人",
    "亞馬遜(AMZN)今天宣布，全球將裁員1.4萬人。" + "公司表示，受影響的員工可獲三個月薪資。" * 30,
)
ADVERT = (
    "亞馬遜裁員1.4萬人 飆股名單加Line@領取",
    "亞馬遜裁員1.4萬人也不怕！8檔隱形冠軍，低位階即將起漲！🔴3481群創：黑馬。🔴2419仲琦：翻倍可期。"
    "想要飆股名單請加入Line：https://lin.ee/abcdEFG 會員私房股，名額有限，老師帶你賺。",
)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return learn()


class Bot:
    """An app with a clock to turn, a source to fill and a network to look at."""

    def __init__(self, app: App, clock: FakeClock, channel: RecordingChannel) -> None:
        self.app, self.clock, self.channel = app, clock, channel
        self.source = ListSource()

    async def say(self, text: str, address: str = "me", reply_to: str = "") -> Message:
        incoming = Incoming("console", address, "me", text, reply_to=reply_to)
        (answer,) = await self.app.on_incoming(incoming)
        return answer

    async def press(self, message: Message, label: str, address: str = "me") -> Message:
        token = next(b.token for row in message.buttons for b in row if label in b.label)
        (answer,) = await self.app.on_pressed(Pressed("console", address, "me", token))
        return answer

    async def read(
        self, *articles: tuple[str, str], outlets: str = "甲乙丙丁戊己"
    ) -> list[Outcome]:
        for article in articles:
            number = len(self.source.articles)
            self.source.add(*article, outlet=f"{outlets[number]}報")
        report = await self.app.visit(self.source)
        return [decided.outcome for decided in report.decided]

    async def wait(self, **by: float) -> None:
        self.clock.advance(**by)
        await self.app.worker.drain()

    @property
    def board(self) -> list[str]:
        """The messages as people see them now."""
        assert isinstance(self.channel, EditingChannel)
        return [message.plain for message in self.channel.board.values()]


async def opened(
    path: Path, knowledge: Knowledge, channel: RecordingChannel, hold: timedelta = HOLD
) -> Bot:
    clock = FakeClock()
    options = Options(path, hold=hold)
    app = await App.open(options, channels=[channel], clock=clock, knowledge=knowledge)
    return Bot(app, clock, channel)


@pytest.fixture
async def bot(tmp_path: Path, knowledge: Knowledge) -> AsyncIterator[Bot]:
    made = await opened(tmp_path / "bot.db", knowledge, EditingChannel())
    await made.say("/sub AMZN 裁員")
    yield made
    await made.app.stop()


async def test_the_first_message_waits_for_the_hold(bot: Bot) -> None:
    await bot.read(RUMOUR)

    await bot.wait(seconds=19)
    assert bot.board == []
    await bot.wait(seconds=1)
    assert len(bot.board) == 1


async def test_a_later_outlet_edits_the_message(bot: Bot) -> None:
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)

    assert await bot.read(RUMOUR_TOO) == [Outcome.SAME_STORY]
    await bot.wait(seconds=15)

    (text,) = bot.board
    assert "另有 1 家報導：乙報" in text
    assert len(bot.channel.received) == 1


async def test_the_button_counts_the_outlets_and_lists_them(bot: Bot) -> None:
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    await bot.read(RUMOUR_TOO)
    await bot.wait(seconds=15)
    assert isinstance(bot.channel, EditingChannel)

    listing = await bot.press(bot.channel.edits[-1][1], "＋1 家報導")

    assert "2 家媒體報導" in listing.plain
    assert "甲報" in listing.plain
    assert "乙報" in listing.plain


async def test_an_article_that_matches_no_rule_counts_as_an_outlet_too(bot: Bot) -> None:
    await bot.say("/sub AMZN 裁員 傳", "other")
    await bot.read(FULL, (FULL[0] + " 傳", FULL[1]))
    await bot.wait(seconds=20)
    before = len(bot.channel.received)

    await bot.read(FULL)
    await bot.wait(seconds=15)

    assert len(bot.channel.received) == before == 2
    assert [text.count("丙報") for text in bot.board] == [1, 1]


async def test_edits_are_coalesced_and_a_minute_apart(bot: Bot) -> None:
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    await bot.read(RUMOUR_TOO)
    await bot.read(RUMOUR_TOO)
    await bot.wait(seconds=15)
    assert isinstance(bot.channel, EditingChannel)
    assert len(bot.channel.edits) == 1

    await bot.read(RUMOUR_TOO)
    await bot.wait(seconds=30)
    assert len(bot.channel.edits) == 1
    await bot.wait(seconds=30)

    assert len(bot.channel.edits) == 2
    assert "另有 3 家報導：乙報、丙報、丁報" in bot.board[0]


async def test_a_second_article_of_the_same_outlet_edits_nothing(bot: Bot) -> None:
    await bot.read(RUMOUR, outlets="甲甲甲")
    await bot.wait(seconds=20)
    await bot.read(RUMOUR_TOO, outlets="甲甲甲")
    await bot.wait(seconds=90)

    assert isinstance(bot.channel, EditingChannel)
    assert bot.channel.edits == []


async def test_what_was_confirmed_is_told_in_answer_to_the_first_message(bot: Bot) -> None:
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)

    assert await bot.read(CONFIRMED) == [Outcome.PUSH]
    await bot.wait()

    assert len(bot.channel.received) == 2
    update = bot.channel.received[1][1]
    assert "先前為傳聞，現已證實：裁員" in update.plain
    assert update.answers == "1"


async def test_another_key_figure_is_told_with_the_old_one(bot: Bot) -> None:
    await bot.read(CONFIRMED)
    await bot.wait(seconds=20)
    await bot.read(MORE)
    await bot.wait()

    assert "裁員 14,000人 → 30,000人" in bot.channel.received[1][1].plain


async def test_a_change_is_told_once_whoever_repeats_it(bot: Bot) -> None:
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    await bot.read(CONFIRMED)
    await bot.read(CONFIRMED)
    await bot.read(RUMOUR_TOO)
    await bot.wait(seconds=90)

    assert len(bot.channel.received) == 2
    first, second = bot.board
    assert "另有" not in first, "who came later stands under the later message"
    assert "另有 2 家報導：丙報、丁報" in second


async def test_the_fullest_report_within_the_hold_leads(bot: Bot) -> None:
    await bot.read(CONFIRMED)
    await bot.wait(seconds=5)
    assert await bot.read(FULL) == [Outcome.PUSH]
    await bot.wait(seconds=15)

    (text,) = bot.board
    assert FULL[0] in text
    assert "乙報" in text
    assert "另有 1 家報導：甲報" in text


async def test_why_tells_of_the_leader_that_it_was_sent(bot: Bot) -> None:
    await bot.read(CONFIRMED)
    await bot.read(FULL)
    await bot.wait(seconds=20)

    led = await bot.say(f"/why {bot.source.articles[0].url}")
    leader = await bot.say("/why", reply_to="1")

    assert "同一件事已經推播過：「亞馬遜宣布裁員1.4萬人」" in led.plain
    assert "結果：推播" in leader.plain


async def test_an_advert_neither_leads_nor_counts_as_an_outlet(bot: Bot) -> None:
    await bot.read(CONFIRMED)
    await bot.read(ADVERT)
    await bot.wait(seconds=90)

    (text,) = bot.board
    assert CONFIRMED[0] in text
    assert "另有" not in text


async def test_an_urgent_subscription_does_not_wait(bot: Bot) -> None:
    await bot.say("/sub! #裁員", "hasty")
    await bot.read(RUMOUR)
    await bot.wait()

    assert [address for address, _ in bot.channel.received] == ["hasty"]


async def test_a_muted_story_is_heard_of_no_more_until_that_is_undone(bot: Bot) -> None:
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    muted = await bot.press(bot.channel.received[0][1], "這件事")
    assert await bot.read(CONFIRMED) == [Outcome.MUTED]
    await bot.wait(seconds=90)
    assert len(bot.channel.received) == 1
    assert isinstance(bot.channel, EditingChannel)
    assert bot.channel.edits == []

    await bot.press(muted, "解除")

    assert await bot.read(MORE) == [Outcome.PUSH]


async def test_an_outlet_that_the_chat_muted_is_not_named(bot: Bot) -> None:
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    await bot.read(RUMOUR_TOO)
    await bot.say("/mute 乙報")
    await bot.wait(seconds=15)

    assert "乙報" not in bot.board[0]


@pytest.mark.parametrize("answer", [Uncertain("?"), Later(1, "429"), Later(1, "off", False)])
async def test_an_edit_is_tried_again(bot: Bot, answer: Uncertain | Later) -> None:
    assert isinstance(bot.channel, EditingChannel)
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    bot.channel.refusals.append(answer)
    await bot.read(RUMOUR_TOO)
    await bot.wait(seconds=15)
    assert bot.channel.edits == []

    await bot.wait(seconds=60)

    assert len(bot.channel.edits) == 1
    assert len(bot.channel.received) == 1


async def test_a_message_that_is_gone_is_left_alone(bot: Bot) -> None:
    assert isinstance(bot.channel, EditingChannel)
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    bot.channel.refusals.append(Refused("Bad Request: message to edit not found"))
    await bot.read(RUMOUR_TOO)
    await bot.wait(seconds=600)

    assert bot.channel.edits == []
    counts = await bot.app.run(bot.app.store.outbox.counts)
    assert (counts["cancelled"], counts["dead"], counts["retry"]) == (1, 0, 0)


async def test_a_network_without_edits_is_never_asked_for_one(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    bot = await opened(tmp_path / "bot.db", knowledge, RecordingChannel())
    await bot.say("/sub AMZN 裁員")
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    await bot.read(RUMOUR_TOO)
    await bot.wait(seconds=90)

    assert len(bot.channel.received) == 1
    counts = await bot.app.run(bot.app.store.outbox.counts)
    assert counts["queued"] == counts["dead"] == 0
    await bot.app.stop()


async def test_a_message_in_doubt_names_the_outlets_when_it_is_repeated(bot: Bot) -> None:
    bot.channel.answers.append(Uncertain("timeout"))
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    await bot.read(RUMOUR_TOO)
    await bot.wait(seconds=60)

    assert isinstance(bot.channel, EditingChannel)
    (text,) = bot.board
    assert "另有 1 家報導：乙報" in text
    assert bot.channel.edits == []


async def test_a_silent_subscription_rings_no_bell(bot: Bot) -> None:
    await bot.say("/bell 1 關")
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)

    assert bot.channel.received[0][1].silent


async def test_no_more_than_three_updates_follow_the_first_message(bot: Bot) -> None:
    stages = ["1.4萬", "3萬", "5萬", "8萬", "12萬", "20萬"]
    for before, after in pairwise(["1萬", *stages]):
        title = f"亞馬遜宣布裁員人數從{before}人擴大至{after}人"
        await bot.read((title, f"亞馬遜今天宣布，裁員人數從{before}人擴大至{after}人。"))
        await bot.wait(seconds=90)

    assert len(bot.channel.received) == 4
    assert "另有 2 家報導" in bot.board[-1]


async def test_a_visit_that_comes_to_nothing_leaves_no_trace_in_what_was_told(bot: Bot) -> None:
    visited = bot.app.store.sources.visited

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the disk")

    bot.app.store.sources.visited = fails  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="the disk"):
        await bot.read(CONFIRMED, FULL)
    bot.app.store.sources.visited = visited  # type: ignore[method-assign]
    bot.source.articles.clear()  # what was undone gives its numbers to other articles

    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    assert await bot.read(CONFIRMED) == [Outcome.PUSH]
    await bot.wait()

    assert "先前為傳聞，現已證實" in bot.board[1]
