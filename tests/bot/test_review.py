"""Stored rules keep their meaning when company data changes, and the chat is told once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.app import App, Options
from bot.messages import Incoming, Message, Pressed
from rules.language import RuleError, parse
from rules.model import CompanyTerm, Rule
from storage.rows import StoredRule
from tests.fakes.parts import FakeClock, ListSource, RecordingChannel

WORD, SYMBOL = "蘭花", "2330.TW"


@dataclass
class Changing:
    """The rule language of data in which 蘭花 may become a company, and 2330 be taken away."""

    named: bool = False
    gone: frozenset[str] = field(default_factory=frozenset)

    def __call__(self, text: str) -> Rule:
        for word in self.gone:
            if word in text:
                raise RuleError("unknown_code_at_all", text.index(word), len(word), {"typed": word})
        if self.named and text == WORD:
            return Rule(CompanyTerm(SYMBOL), SYMBOL, text)
        return parse(text)


class Bot:
    """An app on a file that is started anew with other data."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.channel = RecordingChannel()
        self.data = Changing()

    async def start(self) -> App:
        app = await App.open(Options(self.path), channels=[self.channel], clock=FakeClock())
        language = app.chat._engine
        language.parse = self.data  # type: ignore[method-assign]
        app._parse = self.data
        app._rulebook._parse = self.data
        return app

    async def said_at_start(self) -> list[str]:
        """What is told to the chat by a start with the data as it is now."""
        before = len(self.channel.received)
        app = await self.start()
        await app._tidy()
        await app.worker.drain()
        await app.stop()
        return [message.plain for _, message in self.channel.received[before:]]

    async def subscribe(self, *rules: str) -> None:
        app = await self.start()
        for rule in rules:
            await app.on_incoming(Incoming("console", "me", "me", f"/sub {rule}"))
        await app.stop()

    async def press(self, number: int) -> Message:
        """Press this button of the latest message."""
        message = self.channel.received[-1][1]
        buttons = [button for row in message.buttons for button in row]
        app = await self.start()
        (answer,) = await app.on_pressed(Pressed("console", "me", "me", buttons[number - 1].token))
        await app.stop()
        return answer

    async def rules(self) -> list[StoredRule]:
        app = await self.start()
        chat = await app.run(lambda: app.store.chats.find("console", "me"))
        assert chat is not None
        found = await app.run(lambda: app.store.rules.of_chat(chat.id))
        await app.stop()
        return [*found]


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    return Bot(tmp_path / "bot.db")


async def test_nothing_is_said_while_every_rule_means_what_it_meant(bot: Bot) -> None:
    await bot.subscribe("台積電 裁員", WORD)

    assert await bot.said_at_start() == []


async def test_a_changed_meaning_is_told_once_and_the_old_one_stays_in_force(bot: Bot) -> None:
    await bot.subscribe(WORD)
    bot.data.named = True

    (said,) = await bot.said_at_start()

    assert f"你的訂閱 {WORD} 現在會有不同的意思" in said
    assert f"原來：提到「{WORD}」的消息" in said
    assert "現在：台積電(2330)的消息" in said
    assert [rule.canonical for rule in await bot.rules()] == [f"word:{WORD}"]
    assert await bot.said_at_start() == []


async def test_the_new_meaning_is_taken_by_its_button(bot: Bot) -> None:
    await bot.subscribe(WORD)
    bot.data.named = True
    await bot.said_at_start()

    answer = await bot.press(1)

    assert "改用現在的意思" in answer.plain
    assert [(r.typed, r.canonical) for r in await bot.rules()] == [(WORD, SYMBOL)]
    assert await bot.said_at_start() == []


async def test_the_old_meaning_is_kept_by_its_button(bot: Bot) -> None:
    await bot.subscribe(WORD)
    bot.data.named = True
    await bot.said_at_start()

    assert "維持原來的意思" in (await bot.press(2)).plain
    assert [rule.canonical for rule in await bot.rules()] == [f"word:{WORD}"]
    assert await bot.said_at_start() == []


async def test_a_taken_meaning_that_the_chat_follows_already_leaves_one_rule(bot: Bot) -> None:
    await bot.subscribe(WORD, "2330")
    bot.data.named = True
    await bot.said_at_start()

    await bot.press(1)

    assert [rule.typed for rule in await bot.rules()] == ["2330"]


async def test_a_rule_that_is_understood_no_more_is_told_and_kept(bot: Bot) -> None:
    await bot.subscribe("2330 裁員")
    bot.data.gone = frozenset({"2330"})

    (said,) = await bot.said_at_start()

    assert "你的訂閱 2330 裁員 現在看不懂了：查無代號「2330」" in said
    assert "不會推播，但也不會刪除" in said
    assert len(await bot.rules()) == 1
    assert await bot.said_at_start() == []


async def test_a_rule_whose_old_meaning_is_gone_offers_the_new_one(bot: Bot) -> None:
    await bot.subscribe(WORD)
    bot.data = Changing(named=True, gone=frozenset({f"word:{WORD}"}))

    (said,) = await bot.said_at_start()

    assert "原來的意思已經失效" in said
    await bot.press(1)
    assert [rule.canonical for rule in await bot.rules()] == [SYMBOL]


async def test_another_spelling_of_the_same_meaning_is_taken_without_a_word(bot: Bot) -> None:
    await bot.subscribe("低軌衛星")
    app = await bot.start()
    await app.run(lambda: app.store._db.run("UPDATE rules SET canonical = 'word:低轨卫星'"))
    await app.stop()

    assert await bot.said_at_start() == []
    assert [rule.canonical for rule in await bot.rules()] == ["word:低軌衛星"]


async def test_a_chat_gets_few_notices_at_a_time_and_the_others_next_time(bot: Bot) -> None:
    await bot.subscribe(*(f"2330 word:字{number}" for number in range(7)))
    bot.data.gone = frozenset({"2330"})

    assert [len(await bot.said_at_start()) for _ in range(3)] == [5, 2, 0]


async def test_the_taken_meaning_matches_at_once(bot: Bot) -> None:
    await bot.subscribe(WORD)
    bot.data.named = True
    await bot.said_at_start()
    token = bot.channel.received[-1][1].buttons[0][0].token
    app = await bot.start()
    await app.on_pressed(Pressed("console", "me", "me", token))

    source = ListSource()
    source.add("台積電宣布裁員一千人", "台積電今天宣布裁員一千人。")
    report = await app.visit(source)
    await app.stop()

    assert [decided.outcome.value for decided in report.decided] == ["push"]


async def test_a_notice_on_a_subscription_that_ended_meanwhile_is_dropped_quietly(
    bot: Bot, capsys: pytest.CaptureFixture[str]
) -> None:
    await bot.subscribe(WORD)
    bot.data.named = True
    app = await bot.start()
    await app._tidy()
    await app.on_incoming(Incoming("console", "me", "me", "/unsub 1"))
    before = len(bot.channel.received)
    capsys.readouterr()
    await app.worker.drain()
    states = await app.run(app.store.outbox.counts)
    await app.stop()

    assert len(bot.channel.received) == before
    assert (states["cancelled"], states["dead"]) == (1, 0)
    assert "Traceback" not in "".join(capsys.readouterr())


async def test_what_of_the_words_means_something_else_is_told(bot: Bot, tmp_path: Path) -> None:
    await bot.subscribe(WORD)
    own = tmp_path / "own.csv"
    own.write_text("symbol,name,english,industry,strong,weak,blocked\n9999.TW,蘭花,Orchid,,,,\n")
    options = Options(bot.path, companies=own)
    app = await App.open(options, channels=[bot.channel], clock=FakeClock())
    before = len(bot.channel.received)
    await app._tidy()
    await app.worker.drain()
    await app.stop()

    ((_, said),) = bot.channel.received[before:]
    assert "「蘭花」以前當成關鍵字，現在是公司蘭花(9999)的名稱。" in said.plain
