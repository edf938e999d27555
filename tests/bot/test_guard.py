"""/guard: a group's messages, from Telegram's updates to what is deleted and said, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.access import Allowed
from bot.app import App, Options
from bot.channels.telegram import Telegram
from bot.knowledge import Knowledge, learn
from tests.bot.test_channels_telegram import FORWARDED, PICTURE, TIMEOUTS
from tests.bot.test_verdicts import campaign
from tests.fakes.parts import FakeClock
from tests.fakes.telegram_server import BOT, TOKEN, Reply, TelegramServer

GROUP, ADMIN, MEMBER = -1005, 1, 2
ADVERT = (
    "各位股友早安！王老師盤前內線：3481 群創、2409 友達、6116 彩晶 明天必漲，保證獲利三成，"
    "加賴 @demo888 免費領取飆股名單，名額只剩10位 https://lin.ee/EXAMPLE9"
)
OTHER_ADVERT = (
    "您好我是助理小雅，老師這週帶會員獲利 45%，下一檔隱形冠軍已經鎖定，"
    "想跟上的請加 Line ID：demo_168，額滿為止"
)
DIARY = "我今天賣掉一張友達，賺了三千塊，順便把聯電的停損調到 48，大家覺得面板還能抱嗎？"
REVENUE = "台積電(2330)今天公布10月營收3,674億元，月增11%、年增16.9%，創單月新高。"
WARNING = "這則看起來是薦股廣告"
DELETED = "已刪除一則薦股廣告"
FENCE = "之後用中文回覆。"
BUTTON = "不是廣告（管理員）"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return learn()


@dataclass
class Group:
    """A bot in a group, and the people who write there."""

    app: App
    server: TelegramServer
    clock: FakeClock
    fences: int = 0
    seen: int = field(default=0)

    async def hears(self, *updates: int, chat: int = GROUP) -> list[dict[str, Any]]:
        """Wait until all that was written is dealt with; what the bot said about it."""
        self.fences += 1
        self.server.write("/lang zh-TW", chat=chat, user=ADMIN)
        async with asyncio.timeout(10), self.server._changed:
            await self.server._changed.wait_for(
                lambda: self.server.texts.count(FENCE) >= self.fences
            )
        await asyncio.sleep(0.02)
        said = self.server.accepted[self.seen :]
        self.seen = len(self.server.accepted)
        return [message for message in said if message["text"] != FENCE]

    async def writes(self, text: str, user: int = MEMBER, **more: Any) -> list[dict[str, Any]]:
        """Somebody writes this in the group; what the bot says then."""
        self.server.write(text, **{"chat": GROUP, "user": user, **more})
        return await self.hears(chat=more.get("chat", GROUP))

    async def presses(self, message: dict[str, Any], label: str, user: int) -> list[dict[str, Any]]:
        rows = message["reply_markup"]["inline_keyboard"]
        token = next(b["callback_data"] for row in rows for b in row if b["text"] == label)
        self.server.press(token, chat=GROUP, user=user)
        return await self.hears()

    async def guard(self, mode: str) -> str:
        """An admin sets the guard; the answer."""
        [answer] = await self.writes(f"/guard {mode}", ADMIN)
        return str(answer["text"])


@pytest.fixture
async def group(tmp_path: Path, knowledge: Knowledge) -> AsyncIterator[Group]:
    async with TelegramServer(admins={ADMIN}, reads_all=True) as server:
        clock = FakeClock()
        app = await opened(tmp_path, knowledge, server, clock)
        yield Group(app, server, clock)
        await app.stop()
        assert server.invalid == []


async def opened(
    folder: Path,
    knowledge: Knowledge,
    server: TelegramServer,
    clock: FakeClock,
    allowed: tuple[str, ...] = (str(GROUP),),
) -> App:
    telegram = Telegram(
        TOKEN,
        base_url=server.url,
        timeouts=TIMEOUTS,
        start_pauses=(),
        monotonic=lambda: clock().timestamp(),
    )
    app = await App.open(
        Options(folder / "bot.db"),
        channels=[telegram],
        allowed=Allowed(allowed),
        clock=clock,
        knowledge=knowledge,
    )
    await app.start()
    return app


def texts(said: list[dict[str, Any]]) -> list[str]:
    return [message["text"] for message in said]


# --- switching it on and off ---------------------------------------------------------------------


async def test_without_being_asked_nothing_is_looked_at(group: Group) -> None:
    assert await group.writes(ADVERT) == []


@pytest.mark.parametrize("word", ["warn", "警告", "WARN", "提醒"])
async def test_an_admin_has_adverts_answered_with_a_warning(group: Group, word: str) -> None:
    assert "開始守門" in await group.guard(word)

    number = group.server._next_message + 1
    [warning] = await group.writes(ADVERT)

    assert WARNING in warning["text"]
    assert warning["reply_parameters"]["message_id"] == number
    assert warning["disable_notification"] is True
    assert group.server.deleted == []


async def test_the_warning_says_why_in_few_words_and_repeats_nothing_of_it(group: Group) -> None:
    await group.guard("warn")

    [warning] = await group.writes(ADVERT)

    assert warning["text"].count("\n") == 1
    assert len(warning["text"]) < 120
    assert not any(word in warning["text"] for word in ("demo888", "lin.ee", "王老師", "群創"))


@pytest.mark.parametrize("text", [DIARY, REVENUE, "早安", "/sub 2330", "https://news.example/1"])
async def test_honest_messages_are_left_alone(group: Group, text: str) -> None:
    await group.guard("delete")

    said = await group.writes(text)

    assert [t for t in texts(said) if WARNING in t or DELETED in t] == []
    assert group.server.called("deleteMessage") == []


async def test_members_may_not_switch_it(group: Group) -> None:
    [answer] = await group.writes("/guard warn", MEMBER)

    assert "只有管理員" in answer["text"]
    assert await group.writes(ADVERT) == []


async def test_an_anonymous_admin_may(group: Group) -> None:
    me = {"id": GROUP, "type": "supergroup", "title": "Group"}

    [answer] = await group.writes("/guard warn", 1087968824, sender_chat=me)

    assert "開始守門" in answer["text"]
    assert len(await group.writes(ADVERT)) == 1


async def test_it_can_be_ended(group: Group) -> None:
    await group.guard("warn")

    assert "已關閉守門" in await group.guard("off")
    assert await group.writes(ADVERT) == []


async def test_without_a_word_it_says_how_it_is_and_offers_the_others(group: Group) -> None:
    [answer] = await group.writes("/guard", ADMIN)
    assert "守門目前是關的" in answer["text"]
    labels = [b["text"] for row in answer["reply_markup"]["inline_keyboard"] for b in row]
    assert labels == ["試行", "警告", "刪除"]

    [set_by_button] = await group.presses(answer, "警告", ADMIN)

    assert "開始守門" in set_by_button["text"]
    await group.writes(ADVERT)
    [now] = await group.writes("守門", ADMIN)
    assert "我會在下面回覆警告" in now["text"]
    assert "近 7 天有 1 則" in now["text"]


async def test_an_unknown_word_is_answered_with_what_there_is(group: Group) -> None:
    answer = await group.guard("ban")

    assert "/guard test" in answer


async def test_in_private_it_is_explained(group: Group) -> None:
    group.server.write("/guard warn", chat=ADMIN, user=ADMIN)
    said = await group.hears()

    assert any("只能用在群組" in text or "只開放給" in text for text in texts(said))


async def test_it_goes_on_after_a_restart(tmp_path: Path, knowledge: Knowledge) -> None:
    async with TelegramServer(admins={ADMIN}, reads_all=True) as server:
        clock = FakeClock()
        app = await opened(tmp_path, knowledge, server, clock)
        await Group(app, server, clock).guard("warn")
        await app.stop()
        app = await opened(tmp_path, knowledge, server, clock)
        server.write(ADVERT, chat=GROUP, user=MEMBER)
        await server.until("sendMessage", 3)
        await app.stop()

    assert WARNING in server.texts[-1]


async def test_a_group_that_is_no_longer_allowed_is_no_longer_guarded(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    async with TelegramServer(admins={ADMIN}, reads_all=True) as server:
        clock = FakeClock()
        app = await opened(tmp_path, knowledge, server, clock)
        await Group(app, server, clock).guard("warn")
        await app.stop()
        app = await opened(tmp_path, knowledge, server, clock, allowed=("99",))
        server.write(ADVERT, chat=GROUP, user=MEMBER)
        server.write("/list", chat=GROUP, user=ADMIN)
        await server.until("sendMessage", 3)
        await app.stop()

    assert not any(WARNING in text for text in server.texts)


# --- what the bot can see and do -----------------------------------------------------------------


async def test_where_privacy_mode_hides_the_messages_it_says_what_to_do(group: Group) -> None:
    group.server.reads_all = False

    for word in ("warn", ""):
        answer = await group.guard(word)
        assert "看不到群組裡的一般訊息" in answer
        assert "/setprivacy" in answer


async def test_it_says_so_before_anybody_switches_it_on(group: Group) -> None:
    group.server.reads_all = False

    [answer] = await group.writes("/guard", ADMIN)

    assert "看不到群組裡的一般訊息" in answer["text"]


async def test_an_admin_bot_sees_all_and_needs_the_right_to_delete(group: Group) -> None:
    group.server.reads_all = False
    group.server.bot_rights[GROUP] = {"can_manage_chat"}
    answer = await group.guard("delete")
    assert "看不到" not in answer
    assert "沒有「刪除訊息」的管理員權限" in answer

    group.server.bot_rights[GROUP] = {"can_delete_messages"}

    assert "⚠️" not in await group.guard("delete")


async def test_what_telegram_does_not_say_is_said_to_be_unknown(group: Group) -> None:
    group.server.script("getMe", Reply.page(502))

    assert "查不到自己在這個群組的權限" in await group.guard("warn")


# --- deleting ------------------------------------------------------------------------------------


@pytest.fixture
async def deleting(group: Group) -> Group:
    group.server.bot_rights[GROUP] = {"can_delete_messages"}
    await group.guard("delete")
    return group


async def test_an_advert_is_deleted_and_that_is_said(deleting: Group) -> None:
    number = deleting.server._next_message + 1
    [notice] = await deleting.writes(ADVERT)

    assert deleting.server.deleted == [(GROUP, number)]
    assert DELETED in notice["text"]
    assert "reply_parameters" not in notice


async def test_without_the_right_it_warns_and_says_so(deleting: Group) -> None:
    deleting.server.bot_rights[GROUP] = set()

    [warning] = await deleting.writes(ADVERT)

    assert WARNING in warning["text"]
    assert "我刪不掉這則訊息" in warning["text"]


@pytest.mark.parametrize(
    "replies",
    [
        [Reply.refused(429, "Too Many Requests: retry after 1", retry_after=1)],
        [Reply.page(502), Reply.refused(400, "Bad Request: message to delete not found")],
        [Reply(cut="after")],
    ],
    ids=["told to wait", "gone after an unclear answer", "no answer"],
)
async def test_a_network_in_trouble_is_tried_again(deleting: Group, replies: list[Reply]) -> None:
    deleting.server.script("deleteMessage", *replies)

    assert DELETED in texts(await deleting.writes(ADVERT))[0]


async def test_a_long_wait_leads_to_a_warning(deleting: Group) -> None:
    deleting.server.script("deleteMessage", Reply.refused(429, "wait", retry_after=900))

    assert WARNING in texts(await deleting.writes(ADVERT))[0]


async def test_in_a_plain_group_any_admin_bot_may_delete(group: Group) -> None:
    group.server.plain_groups.add(GROUP)
    group.server.bot_rights[GROUP] = set()

    assert "⚠️" not in await group.guard("delete")
    await group.writes(ADVERT)

    assert len(group.server.deleted) == 1


async def test_the_pictures_sent_with_it_go_too(deleting: Group) -> None:
    pictures = {"chat": GROUP, "user": MEMBER, "photo": PICTURE, "media_group_id": "g1"}
    deleting.server.write("", caption=ADVERT, **pictures)
    deleting.server.write("", **pictures)
    deleting.server.write("", **pictures | {"media_group_id": "g2"})
    said = await deleting.hears()

    assert len(deleting.server.deleted) == 2
    assert len(said) == 1


async def test_a_deleted_command_is_not_obeyed(deleting: Group) -> None:
    said = await deleting.writes(f"/search {ADVERT}")

    assert [DELETED in text for text in texts(said)] == [True]


# --- who may write what they like ----------------------------------------------------------------

SUPERGROUP = {"id": GROUP, "type": "supergroup", "title": "Group"}
CHANNEL = {"id": -1009, "type": "channel", "title": "Channel"}
TELEGRAM, AS_CHANNEL, AS_GROUP = 777000, 136817688, 1087968824


@pytest.mark.parametrize(
    ("user", "more"),
    [
        (ADMIN, {}),
        (AS_GROUP, {"sender_chat": SUPERGROUP}),
        (TELEGRAM, {"sender_chat": CHANNEL, "is_automatic_forward": True}),
        (AS_CHANNEL, {"sender_chat": CHANNEL}),
    ],
    ids=["an admin", "an anonymous admin", "the channel's post", "somebody as the channel"],
)
async def test_who_looks_after_the_group_is_left_alone(
    deleting: Group, user: int, more: dict[str, Any]
) -> None:
    deleting.server.linked[GROUP] = CHANNEL["id"]

    assert await deleting.writes(ADVERT, user, **more) == []
    assert deleting.server.deleted == []


async def test_another_channel_is_not(deleting: Group) -> None:
    assert len(await deleting.writes(ADVERT, AS_CHANNEL, sender_chat=CHANNEL)) == 1
    assert len(deleting.server.deleted) == 1


async def test_where_telegram_does_not_say_who_is_an_admin_nobody_is_touched(
    deleting: Group,
) -> None:
    deleting.server.script("getChatMember", Reply.page(502))

    assert await deleting.writes(ADVERT) == []
    assert deleting.server.deleted == []


async def test_where_members_are_hidden_the_list_of_admins_tells(deleting: Group) -> None:
    hidden = Reply.refused(400, "Bad Request: CHAT_ADMIN_REQUIRED")
    deleting.server.admins.add(3)
    deleting.server.script("getChatMember", hidden)
    assert await deleting.writes(ADVERT, 3) == []

    deleting.server.script("getChatMember", hidden)
    assert len(await deleting.writes(ADVERT, 4)) == 1


# --- what is looked at ---------------------------------------------------------------------------

QUESTION, _, REST = ADVERT.partition("加賴")
ANSWERS = (f"加賴{REST}", "不用了")
POLL = {
    "id": "p",
    "question": QUESTION,
    "options": [{"text": text, "voter_count": 0, "persistent_id": text[:9]} for text in ANSWERS],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    **dict.fromkeys(("allows_multiple_answers", "allows_revoting", "members_only"), False),
}


@pytest.mark.parametrize(
    "message",
    [
        {"text": ADVERT, "forward_origin": FORWARDED},
        {"text": "", "photo": PICTURE, "caption": ADVERT},
        {"text": "", "poll": POLL},
        {
            "text": "大家看這個",
            "quote": {"text": ADVERT, "position": 0},
            "external_reply": {"origin": FORWARDED},
        },
        {
            "text": f"{ADVERT[:-30]} 點我",
            "entities": [
                {"type": "text_link", "offset": 0, "length": 2, "url": "https://lin.ee/EXAMPLE9"}
            ],
        },
    ],
    ids=["forwarded", "caption", "poll", "quotation from elsewhere", "link behind words"],
)
async def test_every_word_that_others_get_to_read_counts(
    group: Group, message: dict[str, Any]
) -> None:
    await group.guard("warn")

    assert len(await group.writes(**message)) == 1


async def test_to_quote_what_stands_in_the_group_is_nobodys_advert(group: Group) -> None:
    await group.guard("warn")
    advert = group.server.message(ADVERT, chat=GROUP, user=3)

    said = await group.writes(
        "這是詐騙，別理他",
        reply_to_message=advert,
        quote={"text": ADVERT, "position": 0, "is_manual": True},
    )

    assert said == []


async def test_an_honest_message_that_becomes_an_advert_is_found(deleting: Group) -> None:
    number = deleting.server._next_message + 1
    assert await deleting.writes(DIARY) == []

    deleting.server.edit(number, ADVERT, chat=GROUP, user=MEMBER)

    assert len(await deleting.hears()) == 1
    assert deleting.server.deleted == [(GROUP, number)]


async def test_an_edited_command_is_not_obeyed_again(group: Group) -> None:
    group.server.edit(5, "/guard warn", chat=GROUP, user=ADMIN)
    assert await group.hears() == []

    assert await group.writes(ADVERT) == []


async def test_who_asks_whether_it_is_an_advert_is_answered_and_not_deleted(
    deleting: Group,
) -> None:
    [answer] = await deleting.writes(f"/check {ADVERT}")

    assert answer["text"].startswith("<b>這是薦股廣告</b>")
    assert deleting.server.deleted == []


async def test_a_guard_set_in_one_topic_holds_in_all_and_answers_where_it_stood(
    group: Group,
) -> None:
    def topic(number: int) -> dict[str, Any]:
        return {"is_topic_message": True, "message_thread_id": number}

    group.server.write("/guard warn", chat=GROUP, user=ADMIN, **topic(7))
    await group.hears()

    [warning] = await group.writes(ADVERT, **topic(9))

    assert warning["message_thread_id"] == 9
    assert len(await group.writes(OTHER_ADVERT, user=3)) == 1


async def test_what_the_group_taught_counts(group: Group) -> None:
    await group.guard("warn")
    assert await group.writes(campaign(10)) == []
    first = group.server.message(campaign(0), chat=GROUP, user=3)
    await group.writes("/spam", ADMIN, reply_to_message=first)

    [warning] = await group.writes(campaign(10))

    assert "很像管理員標為廣告的內容" in warning["text"]


async def test_talk_in_a_guarded_group_asks_telegram_nothing(group: Group) -> None:
    await group.guard("warn")
    asked = len(group.server.called("getChatMember"))

    for user in range(10, 30):
        group.server.write(DIARY, chat=GROUP, user=user)
    await group.hears()

    assert len(group.server.called("getChatMember")) == asked


# --- a flood -------------------------------------------------------------------------------------


async def test_nothing_is_said_twice_of_a_text_or_a_person_within_ten_minutes(
    group: Group,
) -> None:
    await group.guard("warn")
    assert len(await group.writes(ADVERT, 2)) == 1
    assert await group.writes(ADVERT, 3) == []
    assert await group.writes(f"{ADVERT} 🚀🚀", 4) == []
    assert await group.writes(OTHER_ADVERT, 2) == []

    group.clock.advance(minutes=10)

    assert len(await group.writes(ADVERT, 3)) == 1


async def test_a_flood_is_deleted_and_not_answered_by_a_flood(deleting: Group) -> None:
    for number in range(25):
        text = f"第{number}波！{ADVERT.replace('demo888', f'demo{number}')}"
        deleting.server.write(text, chat=GROUP, user=100 + number)
    said = await deleting.hears()

    assert len(deleting.server.deleted) == 25
    assert len(said) == 10


async def test_a_delivery_that_is_repeated_has_no_second_effect(group: Group) -> None:
    await group.guard("warn")
    update = group.server.write(ADVERT, chat=GROUP, user=MEMBER)
    assert len(await group.hears()) == 1
    group.clock.advance(minutes=11)
    message = group.server.message(ADVERT, chat=GROUP, user=MEMBER)
    group.server._updates.append({"update_id": update, "message": message})

    assert await group.hears() == []


# --- what admins say of it -----------------------------------------------------------------------


async def test_an_admin_corrects_it_and_takes_that_back(group: Group) -> None:
    await group.guard("warn")
    [warning] = await group.writes(ADVERT)

    [done] = await group.presses(warning, BUTTON, ADMIN)

    assert "管理員更正" in done["text"]
    assert group.server.called("editMessageText") == [done]  # it takes the warning's place
    group.clock.advance(minutes=11)
    assert await group.writes(ADVERT, 3) == []
    assert len(await group.writes(OTHER_ADVERT, 4)) == 1
    [undone] = await group.presses(done, "取消標記", ADMIN)
    assert "已取消更正" in undone["text"]
    assert len(await group.writes(ADVERT, 5)) == 1


async def test_an_admin_may_answer_the_warning_itself(group: Group) -> None:
    await group.guard("warn")
    said = await group.writes(ADVERT)
    number = group.server._next_message - 1  # what the server called the warning
    ours = group.server.message(said[0]["text"], chat=GROUP, user=0)
    ours |= {"message_id": number, "from": BOT}

    [refused] = await group.writes("/ham", MEMBER, reply_to_message=ours)
    assert "由管理員決定" in refused["text"]
    [done] = await group.writes("/ham", ADMIN, reply_to_message=ours)
    assert "管理員更正" in done["text"]

    group.clock.advance(minutes=11)
    assert await group.writes(ADVERT, 3) == []
    [undone] = await group.writes("/spam", ADMIN, reply_to_message=ours)
    assert "恢復原來的判斷" in undone["text"]
    assert len(await group.writes(ADVERT, 4)) == 1


async def test_of_a_deleted_message_it_is_said_that_it_cannot_come_back(deleting: Group) -> None:
    [notice] = await deleting.writes(ADVERT)

    [done] = await deleting.presses(notice, BUTTON, ADMIN)

    assert "沒辦法還原" in done["text"]


async def test_members_who_press_it_change_nothing_and_cannot_make_the_bot_talk(
    group: Group,
) -> None:
    await group.guard("warn")
    [warning] = await group.writes(ADVERT)

    assert await group.presses(warning, BUTTON, MEMBER) == []

    assert "只有管理員" in group.server.called("answerCallbackQuery")[-1]["text"]
    group.clock.advance(minutes=11)
    assert len(await group.writes(ADVERT, 3)) == 1


async def test_what_is_corrected_here_changes_nothing_elsewhere(group: Group) -> None:
    await group.guard("warn")
    [warning] = await group.writes(ADVERT)
    await group.presses(warning, BUTTON, ADMIN)

    assert group.app.store.lessons.taught(0) == (0, 0)


async def test_after_a_week_nothing_is_left_to_argue_about(group: Group) -> None:
    await group.guard("warn")
    [warning] = await group.writes(ADVERT)
    group.clock.advance(days=7, seconds=1)
    await group.app._tidy()

    await group.presses(warning, BUTTON, ADMIN)

    assert "失效" in group.server.called("answerCallbackQuery")[-1]["text"]
    rows = await group.app.run(lambda: group.app.store._db.all("SELECT * FROM guard_cases"))
    assert rows == []


async def test_nothing_that_people_write_is_kept(group: Group) -> None:
    await group.guard("delete")
    await group.writes(ADVERT)
    await group.writes(DIARY)

    dump = await group.app.run(lambda: "\n".join(group.app.store._db.connection.iterdump()))
    assert "demo888" not in dump
    assert "王老師" not in dump
    assert "停損" not in dump
    assert not any(f"'{MEMBER}'" in line for line in dump.split("\n") if "guard_cases" in line)


async def test_a_correction_that_cannot_take_the_warnings_place_is_said_below_it(
    group: Group,
) -> None:
    await group.guard("warn")
    [warning] = await group.writes(ADVERT)
    refused = Reply.refused(400, "Bad Request: message can't be edited")
    group.server.script("editMessageText", refused)

    [done] = await group.presses(warning, BUTTON, ADMIN)

    assert "管理員更正" in done["text"]
    assert "message_id" not in done
    assert done["reply_parameters"]["message_id"]


@pytest.mark.parametrize("told_by", ["the old group", "the new group"])
async def test_a_group_that_becomes_a_supergroup_stays_guarded(group: Group, told_by: str) -> None:
    await group.guard("warn")
    new = -100777
    group.app.chat._allowed = group.app.guard._watch._allowed = Allowed((str(GROUP), str(new)))
    if told_by == "the old group":
        group.server.write("", chat=GROUP, user=MEMBER, migrate_to_chat_id=new)
    else:
        group.server.write("", chat=new, user=MEMBER, migrate_from_chat_id=GROUP)
    group.server.write(ADVERT, chat=new, user=MEMBER)
    said = await group.hears(chat=new)

    assert any(WARNING in text for text in texts(said))


# --- a trial -------------------------------------------------------------------------------------


async def test_a_trial_tells_the_admin_who_asked_and_nobody_else(group: Group) -> None:
    group.server.bot_rights[GROUP] = {"can_delete_messages"}
    assert "報告會私訊給你" in await group.guard("test")

    [report] = await group.writes(ADVERT)

    assert report["chat_id"] == ADMIN
    assert "守門試行" in report["text"]
    assert "Group -1005" in report["text"]
    assert "各位股友早安！" in report["text"]
    assert "https://t.me/c/5/" in report["text"]
    assert "lin.ee" not in report["text"]
    assert group.server.deleted == []


async def test_an_admin_who_never_talked_to_the_bot_is_told_through_the_group_once_a_day(
    group: Group,
) -> None:
    group.server.strangers.add(ADMIN)
    await group.guard("test")
    [told] = await group.writes(ADVERT)
    assert told["chat_id"] == GROUP
    assert "過去一天有 1 則" in told["text"]

    group.clock.advance(hours=12)
    assert await group.writes(ADVERT) == []
    group.clock.advance(hours=12, minutes=1)

    [again] = await group.writes(ADVERT)
    assert "過去一天有 2 則" in again["text"]


async def test_who_is_no_admin_any_more_gets_no_reports(group: Group) -> None:
    await group.guard("test")
    group.server.admins = {3}
    group.clock.advance(minutes=1)  # what Telegram said is believed for so long

    group.server.write(ADVERT, chat=GROUP, user=MEMBER)
    group.server.write("/lang en", chat=GROUP, user=3)
    await group.server.until("sendMessage", 4)

    assert [message["chat_id"] for message in group.server.accepted] == [GROUP] * 4
    assert "過去一天有 1 則" in group.server.texts[2]


async def test_an_anonymous_admin_is_told_through_the_group(group: Group) -> None:
    [answer] = await group.writes("/guard 試行", AS_GROUP, sender_chat=SUPERGROUP)
    assert "匿名管理員" in answer["text"]

    [told] = await group.writes(ADVERT)

    assert told["chat_id"] == GROUP


async def test_a_report_that_is_wrong_is_corrected_by_answering_the_message(group: Group) -> None:
    await group.guard("test")
    await group.writes(ADVERT)
    message = group.server.message(ADVERT, chat=GROUP, user=MEMBER)

    [answer] = await group.writes("/ham", ADMIN, reply_to_message=message)

    assert "已記下：這則不是廣告" in answer["text"]
    group.clock.advance(minutes=11)
    assert await group.writes(ADVERT) == []


# --- words ---------------------------------------------------------------------------------------


async def test_it_speaks_the_groups_language(group: Group) -> None:
    await group.guard("warn")
    group.server.write("/lang en", chat=GROUP, user=ADMIN)
    group.server.write(ADVERT, chat=GROUP, user=MEMBER)
    said = await group.hears()

    assert any("This looks like a stock-pick advert" in text for text in texts(said))


async def test_trouble_with_guarding_does_not_keep_the_bot_from_answering(group: Group) -> None:
    await group.guard("warn")
    await group.app.run(lambda: group.app.store._db.run("ALTER TABLE guards RENAME TO lost"))

    group.server.write("/list", chat=GROUP, user=ADMIN)
    said = await group.hears()

    assert len(said) == 1
