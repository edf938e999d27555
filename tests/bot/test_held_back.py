"""Not now, but later: the night, a snooze and a pause hold back, and one message tells it all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.knowledge import Knowledge, learn
from bot.messages import Uncertain
from rules.model import Outcome
from tests.bot.test_one_message import CONFIRMED, FULL, RUMOUR, RUMOUR_TOO, Bot, opened
from tests.fakes.parts import EditingChannel

EVENING = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # 22:00 in Taipei
CAPEX = ("台積電資本支出上看500億美元", "台積電(2330)今天表示，今年資本支出將達500億美元。")
OUTAGE = ("台積電廠房火警停工", "台積電(2330)今天表示，廠房發生火警，部分產線停工。")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return learn()


@pytest.fixture
async def bot(tmp_path: Path, knowledge: Knowledge) -> AsyncIterator[Bot]:
    made = await opened(tmp_path / "bot.db", knowledge, EditingChannel())
    made.clock.now = EVENING
    await made.say("/sub AMZN 裁員")
    await made.say("/sub 2330")
    yield made
    await made.app.stop()


async def at(bot: Bot, clock: str, day: int = 0) -> None:
    """Turn the clock to this time in Taipei, ``day`` days after the first evening; deliver."""
    hour, minute = map(int, clock.split(":"))
    wanted = EVENING.replace(hour=0, minute=0)
    offset = (day * 24 + hour - 8) * 3600 + minute * 60
    await bot.wait(seconds=(wanted - bot.clock.now).total_seconds() + offset)


async def test_the_night_is_told_in_one_message_when_it_is_over(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:30")
    assert await bot.read(RUMOUR, CAPEX) == [Outcome.QUIET, Outcome.QUIET]
    await at(bot, "2:00", 1)
    await bot.read(RUMOUR_TOO)
    await at(bot, "6:59", 1)
    assert bot.board == []

    await at(bot, "7:00", 1)

    (text,) = bot.board
    assert "勿擾時段的消息（2 件）" in text
    assert CAPEX[0] in text
    assert "甲報 等 2 家" in text or "丙報 等 2 家" in text
    await at(bot, "9:00", 1)
    assert len(bot.board) == 1


async def test_a_story_told_in_the_morning_is_not_told_again(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:30")
    await bot.read(RUMOUR)
    await at(bot, "7:00", 1)

    assert await bot.read(RUMOUR_TOO) == [Outcome.SAME_STORY]
    assert await bot.read(CONFIRMED) == [Outcome.PUSH]
    await at(bot, "7:30", 1)

    assert len(bot.board) == 2
    assert "先前為傳聞，現已證實" in bot.board[1]


async def test_a_message_whose_hold_ends_in_the_night_waits_for_the_morning(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    await bot.wait(seconds=3590)
    assert await bot.read(RUMOUR) == [Outcome.PUSH]
    await bot.wait(seconds=20)
    await at(bot, "3:00", 1)
    assert bot.board == []
    why = await bot.say(f"/why {bot.source.articles[0].url}")
    assert "勿擾時段，結束時一起告訴你" in why.plain

    await at(bot, "7:00", 1)

    (text,) = bot.board
    assert "勿擾時段的消息（1 件）" in text


async def test_an_edit_waits_for_the_morning_too(bot: Bot) -> None:
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:10")
    await bot.read(RUMOUR_TOO)
    await at(bot, "6:00", 1)
    assert "另有" not in bot.board[0]

    await at(bot, "7:00", 1)

    (text,) = bot.board
    assert "另有 1 家報導：乙報" in text


async def test_what_is_excepted_is_told_at_night(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00 除了 #裁員")
    await at(bot, "23:30")
    assert await bot.read(RUMOUR, CAPEX) == [Outcome.PUSH, Outcome.QUIET]
    await bot.wait(seconds=20)

    (text,) = bot.board
    assert "傳裁員" in text


async def test_urgent_subscriptions_are_quiet_at_night_unless_excepted(bot: Bot) -> None:
    await bot.say("/urgent 1")
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:30")
    assert await bot.read(RUMOUR) == [Outcome.QUIET]

    await bot.say("/quiet 23:00-07:00 除了 急")

    assert await bot.read(CONFIRMED) == [Outcome.PUSH]


async def test_when_the_quiet_hours_are_ended_what_was_held_back_comes_at_once(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:30")
    await bot.read(RUMOUR)

    await bot.say("/quiet off")
    await bot.wait()

    assert "勿擾時段的消息（1 件）" in bot.board[0]


async def test_longer_quiet_hours_keep_it_longer(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:30")
    await bot.read(RUMOUR)
    await bot.say("/quiet 23:00-09:00")
    await at(bot, "8:59", 1)
    assert bot.board == []

    await at(bot, "9:00", 1)

    assert len(bot.board) == 1


async def test_another_zone_has_another_night(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:30")
    await bot.read(RUMOUR)

    await bot.say("/timezone 倫敦")
    await bot.wait()

    assert len(bot.board) == 1


async def test_a_bot_that_slept_through_the_morning_keeps_quiet_in_the_next_night(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:30")
    await bot.read(RUMOUR)

    await at(bot, "23:30", 1)
    assert bot.board == []
    await bot.read(CAPEX)
    await at(bot, "7:00", 2)

    (text,) = bot.board
    assert "勿擾時段的消息（2 件）" in text


async def test_a_snoozed_company_is_told_when_the_snooze_is_over(bot: Bot) -> None:
    await bot.say("/snooze 2330 2h")
    assert await bot.read(RUMOUR, CAPEX) == [Outcome.PUSH, Outcome.SNOOZED]
    await bot.wait(seconds=20)
    assert len(bot.board) == 1

    await bot.wait(hours=2)

    assert "暫停期間的消息（1 件）" in bot.board[1]
    assert CAPEX[0] in bot.board[1]


async def test_a_story_of_two_companies_is_told_while_one_is_awake(bot: Bot) -> None:
    await bot.say("/snooze 2330 2h")
    both = ("台積電與亞馬遜雙雙宣布裁員", "台積電(2330)與亞馬遜(AMZN)今天都宣布裁員。")

    assert await bot.read(both) == [Outcome.PUSH]


async def test_a_snooze_that_ends_at_night_is_told_in_the_morning(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    await bot.say("/snooze 2330 2h")
    await bot.read(CAPEX)
    await at(bot, "3:00", 1)
    assert bot.board == []

    await at(bot, "7:00", 1)

    assert len(bot.board) == 1


async def test_a_snooze_that_is_prolonged_is_told_later(bot: Bot) -> None:
    await bot.say("/snooze 2330 2h")
    await bot.read(CAPEX)
    await bot.wait(hours=1)
    await bot.say("/snooze 2330 8h")
    await bot.wait(hours=7)
    assert bot.board == []

    await bot.wait(hours=1)

    assert len(bot.board) == 1


async def test_a_pause_holds_everything_until_it_is_ended(bot: Bot) -> None:
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    await bot.say("/pause")
    assert await bot.read(RUMOUR_TOO, CAPEX) == [Outcome.SAME_STORY, Outcome.PAUSED]
    await bot.wait(hours=200)
    assert len(bot.board) == 1
    assert "另有" not in bot.board[0]

    await bot.say("/resume")
    await bot.wait()

    assert len(bot.board) == 2
    assert "另有 1 家報導" in bot.board[0]
    assert CAPEX[0] in bot.board[1]


async def test_a_pause_for_a_time_ends_by_itself(bot: Bot) -> None:
    await bot.say("/pause 3h")
    await bot.read(CAPEX)
    await bot.wait(hours=3)

    assert len(bot.board) == 1


async def test_a_message_in_doubt_is_put_off_and_keeps_its_mark(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    bot.channel.answers.append(Uncertain("timeout"))
    await bot.wait(seconds=3570)
    await bot.read(RUMOUR)
    await bot.wait(seconds=20)
    await bot.wait(seconds=60)
    assert bot.board == []

    await at(bot, "7:00", 1)

    (text,) = bot.board
    assert "重送" in text


async def test_what_was_muted_meanwhile_is_left_out(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:30")
    await bot.read(RUMOUR, CAPEX)
    await bot.say("/mute 甲報")
    await at(bot, "7:00", 1)

    (text,) = bot.board
    assert "（1 件）" in text
    assert RUMOUR[0] not in text


async def test_nothing_is_sent_where_nothing_is_left(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:30")
    await bot.read(RUMOUR)
    await bot.say("/mute 甲報")
    await at(bot, "7:00", 1)

    assert bot.board == []


async def test_the_weightiest_company_comes_first_and_its_stories_stand_together(bot: Bot) -> None:
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:30")
    await bot.read(CAPEX, FULL, OUTAGE)
    await at(bot, "7:00", 1)

    (text,) = bot.board
    order = [text.index(words) for words in ("亞馬遜(AMZN)", FULL[0], "台積電(2330)", CAPEX[0])]
    assert order == sorted(order)
    assert text.count("台積電(2330)") == 1


async def test_what_does_not_fit_stands_on_the_next_page(bot: Bot) -> None:
    await bot.say("/sub #裁員")
    await bot.say("/quiet 23:00-07:00")
    await at(bot, "23:30")
    names = "輝達 微軟 谷歌 臉書 英特爾 高通 博通 思科 甲骨文 特斯拉 福特 波音 輝瑞 可口可樂 百事"
    told = [f"{name}宣布裁員" for name in names.split()]
    for title in told:
        bot.source.add(title, f"{title[:-4]}今天宣布裁員。", outlet="甲報")
    await bot.app.visit(bot.source)
    await at(bot, "7:00", 1)

    first = bot.channel.received[0][1]
    more = await bot.press(first, "另有 3 則")

    shown = first.plain + more.plain
    assert [title for title in told if title not in shown] == []
    assert more.plain.count("・") == 3
