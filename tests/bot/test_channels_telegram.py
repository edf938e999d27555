"""Telegram's client against our fake Bot API over HTTP: what is sent, and what each error means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.channels.errors import ChannelError
from bot.channels.telegram import Telegram
from bot.channels.telegram_client import Timeouts
from bot.messages import (
    Answer,
    Broken,
    Button,
    Gone,
    Incoming,
    Later,
    Message,
    Moved,
    Pressed,
    Refused,
    Run,
    Sent,
    Uncertain,
)
from tests.fakes.telegram_server import TOKEN, Reply, TelegramServer

TIMEOUTS = Timeouts(connect=1, read=0.5, write=1, pool=1, poll=5)
HELLO = Message(
    ((Run("台積電 & <b>", bold=True),), (Run("headline", url="https://e.org/?a=1&b=2"),))
)


class Listener:
    """Keeps what came in and answers each with the messages it was given."""

    def __init__(self, *replies: Message) -> None:
        self.replies = replies
        self.heard: list[Incoming | Pressed] = []
        self.news = asyncio.Event()

    async def __call__(self, heard: Incoming | Pressed) -> tuple[Message, ...]:
        self.heard.append(heard)
        self.news.set()
        return self.replies

    async def wait(self, count: int = 1) -> None:
        async with asyncio.timeout(5):
            while len(self.heard) < count:
                self.news.clear()
                await self.news.wait()


async def _nothing(_heard: object) -> tuple[Message, ...]:
    return ()


def _say(*lines: str) -> Message:
    return Message(tuple((Run(line),) for line in lines))


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running
        assert running.invalid == []


@pytest.fixture
async def telegram(server: TelegramServer) -> AsyncIterator[Telegram]:
    channel = _channel(server)
    await channel.start(_nothing, _nothing)
    yield channel
    await channel.stop()


def _channel(server: TelegramServer, token: str = TOKEN, **more: object) -> Telegram:
    return Telegram(token, base_url=server.url, timeouts=TIMEOUTS, start_pauses=(), **more)


# --- sending ------------------------------------------------------------------------------------


async def test_a_message_is_sent_as_escaped_html_without_a_preview(
    server: TelegramServer, telegram: Telegram
) -> None:
    answer = await telegram.send("7", HELLO, "k")

    [sent] = server.called("sendMessage")
    assert isinstance(answer, Sent)
    assert sent["text"] == (
        '<b>台積電 &amp; &lt;b&gt;</b>\n<a href="https://e.org/?a=1&amp;b=2">headline</a>'
    )
    assert sent["parse_mode"] == "HTML"
    assert sent["link_preview_options"] == {"is_disabled": True}


async def test_buttons_carry_their_token_or_their_link(
    server: TelegramServer, telegram: Telegram
) -> None:
    row = (Button("mute", token="t1"), Button("read", url="https://e.org/1"))
    await telegram.send("7", Message(((Run("x"),),), buttons=(row,)), "k")

    [sent] = server.called("sendMessage")
    assert sent["reply_markup"]["inline_keyboard"] == [
        [{"text": "mute", "callback_data": "t1"}, {"text": "read", "url": "https://e.org/1"}]
    ]


async def test_an_address_with_a_thread_goes_to_that_topic(
    server: TelegramServer, telegram: Telegram
) -> None:
    await telegram.send("-100123:45", _say("x"), "k")

    [sent] = server.called("sendMessage")
    assert (sent["chat_id"], sent["message_thread_id"]) == (-100123, 45)


NEVER = Refused("")
ANSWERS: list[tuple[str, Reply, Answer]] = [
    (
        "429 with hours to wait",
        Reply.refused(429, "Too Many Requests: retry after 43838", retry_after=43838),
        Later(43838.0, ""),
    ),
    ("429 without a wait", Reply.refused(429, "Too Many Requests"), Later(30.0, "")),
    (
        "429 with a wait of nothing",
        Reply.refused(429, "Too Many Requests", retry_after=0),
        Later(30.0, ""),
    ),
    ("429 as a page", Reply.page(429), Later(30.0, "")),
    ("blocked", Reply.refused(403, "Forbidden: bot was blocked by the user"), Gone("")),
    ("deactivated", Reply.refused(403, "Forbidden: user is deactivated"), Gone("")),
    ("kicked", Reply.refused(403, "Forbidden: bot was kicked from the group chat"), Gone("")),
    (
        "kicked from a supergroup",
        Reply.refused(403, "Forbidden: bot was kicked from the supergroup chat"),
        Gone(""),
    ),
    (
        "not a member",
        Reply.refused(403, "Forbidden: bot is not a member of the channel chat"),
        Gone(""),
    ),
    (
        "never started",
        Reply.refused(403, "Forbidden: bot can't initiate conversation with a user"),
        Gone(""),
    ),
    ("chat not found", Reply.refused(400, "Bad Request: chat not found"), Gone("")),
    (
        "no right to write",
        Reply.refused(400, "Bad Request: not enough rights to send text messages to the chat"),
        Gone(""),
    ),
    (
        "have no rights",
        Reply.refused(400, "Bad Request: have no rights to send a message"),
        Gone(""),
    ),
    (
        "upgraded to a supergroup",
        Reply.refused(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=-1009,
        ),
        Moved("-1009"),
    ),
    ("too long", Reply.refused(400, "Bad Request: message is too long"), NEVER),
    ("empty", Reply.refused(400, "Bad Request: message text is empty"), NEVER),
    ("not modified", Reply.refused(400, "Bad Request: message is not modified"), NEVER),
    (
        "to edit not found",
        Reply.refused(400, "Bad Request: message to edit not found"),
        Refused(""),
    ),
    ("too large", Reply.page(413), NEVER),
    (
        "topic closed in the chat itself",
        Reply.refused(400, "Bad Request: TOPIC_CLOSED"),
        Refused(""),
    ),
    ("token revoked", Reply.refused(401, "Unauthorized"), Broken("")),
    ("token unknown", Reply.refused(404, "Not Found"), Broken("")),
    ("server error", Reply.refused(500, "Internal Server Error"), Later(10.0, "", False)),
    ("restarting", Reply.refused(503, "Service Unavailable"), Later(10.0, "", False)),
    ("second consumer", Reply.refused(409, "Conflict: terminated"), Later(10.0, "", False)),
    ("bad gateway", Reply.page(502), Uncertain("")),
    ("bad gateway, described", Reply.refused(502, "Bad Gateway"), Uncertain("")),
    ("gateway time-out", Reply.page(504), Uncertain("")),
    ("no answer in time", Reply(delay=1.0), Uncertain("")),
    ("cut after it was taken in", Reply(cut="after", accepted=True), Uncertain("")),
    (
        "cut half-way through the answer",
        Reply(body=b'{"ok": true, "result": {}}', cut="middle", accepted=True),
        Uncertain(""),
    ),
    ("an answer that is no JSON", Reply(body=b"<html>"), Uncertain("")),
]


@pytest.mark.parametrize(
    ("reply", "expected"), [a[1:] for a in ANSWERS], ids=[a[0] for a in ANSWERS]
)
async def test_each_error_of_telegram_has_its_one_meaning(
    server: TelegramServer, telegram: Telegram, reply: Reply, expected: Answer
) -> None:
    server.script("sendMessage", reply)

    answer = await telegram.send("7", HELLO, "k")

    assert type(answer) is type(expected)
    match answer, expected:
        case Later(), Later():
            assert (answer.seconds, answer.chat_only) == (expected.seconds, expected.chat_only)
        case Moved(), Moved():
            assert answer == expected
    assert len(server.called("sendMessage")) == 1
    assert TOKEN not in repr(answer)


async def test_a_refused_connection_is_certainly_not_sent(server: TelegramServer) -> None:
    channel = _channel(server)
    await channel.start(_nothing, _nothing)
    await server.__aexit__()

    answer = await channel.send("7", HELLO, "k")
    await channel.stop()

    assert isinstance(answer, Later)
    assert not answer.chat_only


async def test_markup_that_cannot_be_parsed_is_sent_once_as_plain_text(
    server: TelegramServer, telegram: Telegram
) -> None:
    server.script(
        "sendMessage", Reply.refused(400, "Bad Request: can't parse entities: unclosed tag")
    )

    answer = await telegram.send("7", HELLO, "k")

    assert isinstance(answer, Sent)
    assert server.texts == ["台積電 & <b>\nheadline"]
    assert "parse_mode" not in server.accepted[0]


async def test_markup_trouble_with_plain_text_too_refuses_the_message(
    server: TelegramServer, telegram: Telegram
) -> None:
    server.script("sendMessage", *[Reply.refused(400, "Bad Request: can't parse entities")] * 2)

    answer = await telegram.send("7", HELLO, "k")

    assert isinstance(answer, Refused)
    assert len(server.called("sendMessage")) == 2


async def test_a_link_button_that_telegram_refuses_costs_the_button_and_not_the_alert(
    server: TelegramServer, telegram: Telegram
) -> None:
    why = "Bad Request: inline keyboard button URL 'http://x' is invalid: Wrong HTTP URL"
    server.script("sendMessage", Reply.refused(400, why))
    row = (Button("mute", token="t"), Button("read", url="http://x"))

    answer = await telegram.send("7", Message(((Run("x"),),), (row,)), "k")

    assert isinstance(answer, Sent)
    assert server.accepted[0]["reply_markup"]["inline_keyboard"] == [
        [{"text": "mute", "callback_data": "t"}]
    ]


@pytest.mark.parametrize("why", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"])
async def test_a_dead_topic_does_not_cost_the_chat_its_message(
    server: TelegramServer, telegram: Telegram, why: str
) -> None:
    server.script("sendMessage", Reply.refused(400, f"Bad Request: {why}"))

    answer = await telegram.send("-1005:3", _say("x"), "k")

    assert isinstance(answer, Sent)
    assert "message_thread_id" not in server.accepted[0]


async def test_a_long_message_that_fails_in_its_second_piece_goes_on_from_there(
    server: TelegramServer, telegram: Telegram
) -> None:
    long = _say("a" * 4000, "b" * 4000, "c" * 4000)
    first = Reply(
        body=b'{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":7,"type":"private"}}}',
        accepted=True,
    )
    server.script("sendMessage", first, Reply.refused(429, "wait", retry_after=3))

    failed = await telegram.send("7", long, "k")
    again = await telegram.send("7", long, "k")

    assert isinstance(failed, Later)
    assert isinstance(again, Sent)
    assert [text[0] for text in server.texts] == ["a", "b", "c"]


async def test_an_address_of_another_network_is_refused(telegram: Telegram) -> None:
    assert isinstance(await telegram.send("console", HELLO, "k"), Refused)


# --- starting -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("token", "key"),
    [
        ("", "channel.no_token"),
        ("  ", "channel.no_token"),
        ("my token", "channel.token_malformed"),
        ("123456789", "channel.token_malformed"),
        ("123456789:AAEwrongwrongwrongwrongwrongwrong", "channel.token_refused"),
    ],
)
async def test_a_missing_or_wrong_token_is_named_and_never_shown(
    server: TelegramServer, token: str, key: str
) -> None:
    with pytest.raises(ChannelError) as failed:
        await _channel(server, token).start(_nothing, _nothing)

    assert failed.value.key == key
    assert not token.strip() or token not in str(failed.value)


async def test_a_network_that_is_down_at_the_start_is_tried_again() -> None:
    async with TelegramServer() as server:
        server.script("getMe", Reply.page(502), Reply.page(502))
        channel = Telegram(TOKEN, base_url=server.url, timeouts=TIMEOUTS, start_pauses=(0.01, 0.01))
        await channel.start(_nothing, _nothing)
        await channel.stop()

    assert len(server.called("getMe")) == 3


async def test_a_network_that_stays_down_ends_the_start_with_a_reason(
    server: TelegramServer,
) -> None:
    server.script("getMe", Reply.page(502))

    with pytest.raises(ChannelError) as failed:
        await _channel(server).start(_nothing, _nothing)

    assert failed.value.key == "channel.unreachable"


async def test_the_menu_is_set_in_both_languages_and_for_everybody_else(
    server: TelegramServer,
) -> None:
    channel = _channel(server, commands={"zh-TW": [("sub", "訂閱")], "en": [("sub", "subscribe")]})
    await channel.start(_nothing, _nothing)
    await channel.stop()

    menus = [
        (call.get("language_code"), call["commands"][0]["description"])
        for call in server.called("setMyCommands")
    ]
    assert menus == [("zh", "訂閱"), (None, "訂閱"), ("en", "subscribe")]


# --- listening ----------------------------------------------------------------------------------


async def test_what_somebody_writes_is_heard_and_answered_in_the_same_chat(
    server: TelegramServer,
) -> None:
    listener = Listener(_say("好"))
    channel = _channel(server)
    await channel.start(listener, _nothing)
    update = server.write("/sub 2330")
    await server.until("sendMessage")
    await channel.stop()

    assert listener.heard == [
        Incoming("telegram", "7", "7", "/sub 2330", update=str(update), chat_title="Person 7")
    ]
    assert [(m["chat_id"], m["text"]) for m in server.accepted] == [(7, "好")]


FORWARDED = {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "助理小雅"}
PICTURE = [{"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9}]


async def _heard(server: TelegramServer, *messages: dict[str, Any]) -> list[Incoming | Pressed]:
    """What is heard of these messages; one more is written after them to know the end."""
    listener = Listener()
    channel = _channel(server)
    await channel.start(listener, _nothing)
    for message in messages:
        server.write(**{"text": "", **message})
    server.write("end")
    async with asyncio.timeout(5):
        while not any(isinstance(h, Incoming) and h.text == "end" for h in listener.heard):
            await listener.wait(len(listener.heard) + 1)
    await channel.stop()
    return [h for h in listener.heard if isinstance(h, Incoming) and h.text != "end"]


async def test_a_forwarded_message_is_known_as_one_with_the_links_behind_its_words(
    server: TelegramServer,
) -> None:
    hidden = {"type": "text_link", "offset": 0, "length": 2, "url": "https://lin.ee/DEMO1"}
    button = {"text": "加入", "url": "https://t.me/demo"}
    [heard] = await _heard(
        server,
        {
            "text": "點我領名單",
            "forward_origin": FORWARDED,
            "entities": [hidden],
            "reply_markup": {"inline_keyboard": [[button]]},
        },
    )

    assert isinstance(heard, Incoming)
    assert heard.forwarded
    assert heard.text == "點我領名單\nhttps://lin.ee/DEMO1\nhttps://t.me/demo"


async def test_the_words_of_an_answered_message_are_quoted(server: TelegramServer) -> None:
    other = server.message("飆股名單", chat=7, user=8)
    picture = server.message("", chat=7, user=8, photo=PICTURE, caption="圖說")
    found = await _heard(
        server,
        {"text": "/check", "reply_to_message": other},
        {"text": "/check", "reply_to_message": picture},
        {"text": "/check", "quote": {"text": "別處的話", "position": 0}},
    )

    quoted = [heard.quoted for heard in found if isinstance(heard, Incoming)]
    assert quoted == ["飆股名單", "圖說", "別處的話"]


async def test_a_picture_without_words_is_heard_in_private_and_an_album_under_one_id(
    server: TelegramServer,
) -> None:
    found = await _heard(
        server,
        {"photo": PICTURE},
        {"photo": PICTURE, "media_group_id": "g1"},
        {"photo": PICTURE, "media_group_id": "g1"},
        {"photo": PICTURE, "caption": "有字"},
    )

    heard = [one for one in found if isinstance(one, Incoming)]
    assert [(one.text, one.wordless) for one in heard] == [*[("", True)] * 3, ("有字", False)]
    assert heard[1].update == heard[2].update == "album:g1"


@pytest.mark.parametrize(
    "message",
    [
        {"photo": PICTURE, "chat": -5},
        {"text": "/sub@OtherBot 2330", "chat": -5, "forward_origin": FORWARDED},
    ],
)
async def test_pictures_and_other_bots_commands_in_groups_are_left_alone(
    server: TelegramServer, message: dict[str, Any]
) -> None:
    assert await _heard(server, message) == []


async def test_in_a_group_only_admins_may_change_things(server: TelegramServer) -> None:
    server.admins = {1}
    listener = Listener()
    channel = _channel(server)
    await channel.start(listener, _nothing)
    for user in (1, 2):
        server.write("/sub 2330", chat=-1005, user=user)
    await listener.wait(2)
    await channel.stop()

    assert [(h.user, h.is_group, h.is_admin) for h in listener.heard] == [
        ("1", True, True),
        ("2", True, False),
    ]


async def test_one_who_writes_as_the_group_itself_is_an_admin(server: TelegramServer) -> None:
    listener = Listener()
    channel = _channel(server)
    await channel.start(listener, _nothing)
    group = {"id": -1005, "type": "supergroup", "title": "Group"}
    other = {"id": -1009, "type": "channel", "title": "Elsewhere"}
    server.write("/mute", chat=-1005, user=1087968824, sender_chat=group)
    server.write("/mute", chat=-1005, user=136817688, sender_chat=other)
    await listener.wait(2)
    await channel.stop()

    assert [heard.is_admin for heard in listener.heard] == [True, False]
    assert server.called("getChatMember") == []


async def test_where_rights_cannot_be_asked_nobody_has_any(server: TelegramServer) -> None:
    server.script("getChatMember", Reply.refused(400, "Bad Request: user not found"))
    listener = Listener()
    channel = _channel(server)
    await channel.start(listener, _nothing)
    server.write("/sub 2330", chat=-1005, user=1)
    await listener.wait()
    await channel.stop()

    assert [heard.is_admin for heard in listener.heard] == [False]


async def test_a_command_for_another_bot_is_not_ours(server: TelegramServer) -> None:
    listener = Listener()
    channel = _channel(server)
    await channel.start(listener, _nothing)
    server.write("/list@other_bot", chat=-1005, user=1)
    server.write("/list@TickerBell_bot all", chat=-1005, user=1)
    await listener.wait()
    await channel.stop()

    assert [heard.text for heard in listener.heard] == ["/list all"]


async def test_a_topic_is_part_of_the_address(server: TelegramServer) -> None:
    listener = Listener(_say("ok"))
    channel = _channel(server)
    await channel.start(listener, _nothing)
    server.write("hi", chat=-1005, user=1, is_topic_message=True, message_thread_id=9)
    await server.until("sendMessage")
    await channel.stop()

    assert [heard.address for heard in listener.heard] == ["-1005:9"]
    assert server.accepted[0]["message_thread_id"] == 9
    assert server.accepted[0]["reply_parameters"]["message_id"] > 0


async def test_a_pressed_button_is_heard_and_always_answered(server: TelegramServer) -> None:
    listener = Listener(_say("已靜音", "more"))
    channel = _channel(server)
    await channel.start(_nothing, listener)
    server.press("token-1")
    await server.until("sendMessage")
    await channel.stop()

    [press] = listener.heard
    assert isinstance(press, Pressed)
    assert (press.token, press.address, press.user) == ("token-1", "7", "7")
    assert [call["text"] for call in server.called("answerCallbackQuery")] == ["已靜音"]


async def test_a_handler_that_fails_is_owned_up_to_and_the_next_message_is_heard(
    server: TelegramServer,
) -> None:
    listener = Listener()

    async def fails_once(heard: Incoming) -> tuple[Message, ...]:
        await listener(heard)
        if len(listener.heard) == 1:
            raise RuntimeError("a bug")
        return (_say("fine"),)

    channel = _channel(server)
    await channel.start(fails_once, _nothing)
    server.write("one")
    server.write("two")
    await server.until("sendMessage", 2)
    await channel.stop()

    assert server.texts[0].startswith("處理時出了錯")
    assert server.texts[1] == "fine"


async def test_a_press_whose_handler_fails_is_answered_too(server: TelegramServer) -> None:
    async def fails(_press: Pressed) -> tuple[Message, ...]:
        raise RuntimeError("a bug")

    channel = _channel(server)
    await channel.start(_nothing, fails)
    server.press("token-1")
    await server.until("answerCallbackQuery")
    await channel.stop()

    assert server.called("answerCallbackQuery")[0]["text"].startswith("處理時出了錯")


async def test_an_answer_that_must_wait_a_moment_is_sent_after_it(server: TelegramServer) -> None:
    server.script("sendMessage", Reply.refused(429, "wait", retry_after=1))
    channel = _channel(server)
    await channel.start(Listener(_say("好")), _nothing)
    server.write("hi")
    await server.until("sendMessage", 2)
    await channel.stop()

    assert server.texts == ["好"]


async def test_stopping_confirms_what_was_heard_so_that_it_is_not_heard_again(
    server: TelegramServer,
) -> None:
    listener = Listener()
    channel = _channel(server)
    await channel.start(listener, _nothing)
    update = server.write("hi")
    await listener.wait()
    await channel.stop()

    assert server.called("getUpdates")[-1]["offset"] == update + 1


async def test_stopping_does_not_wait_for_a_network_that_hangs(server: TelegramServer) -> None:
    channel = Telegram(
        TOKEN, base_url=server.url, timeouts=Timeouts(read=30, poll=5, stop=0.1), start_pauses=()
    )
    await channel.start(_nothing, _nothing)
    await server.until("getUpdates")
    server.script("getUpdates", Reply(delay=60))
    async with asyncio.timeout(5):
        await channel.stop()

    assert isinstance(await channel.send("7", HELLO, "k"), Later)


@pytest.mark.parametrize(
    "trouble",
    [Reply.page(502), Reply.page(404), Reply.refused(401, "Unauthorized")],
    ids=["bad gateway", "not found", "refused"],
)
async def test_polling_survives_trouble_on_the_way(server: TelegramServer, trouble: Reply) -> None:
    server.script("getUpdates", trouble)
    listener = Listener()
    channel = _channel(server)
    await channel.start(listener, _nothing)
    server.write("hi")
    await listener.wait()
    await channel.stop()

    assert [heard.text for heard in listener.heard] == ["hi"]
    assert channel.silent_seconds is not None


async def test_an_update_that_the_library_cannot_read_does_not_end_the_listening(
    server: TelegramServer,
) -> None:
    listener, channel = Listener(), _channel(server)
    await channel.start(listener, _nothing)

    server.push(message={"nonsense": 1})
    server.write("/list")
    await listener.wait()
    await channel.stop()

    assert [h.text for h in listener.heard if isinstance(h, Incoming)] == ["/list"]


# --- changing what was sent ----------------------------------------------------------------------


async def test_a_message_is_changed_in_its_place(
    server: TelegramServer, telegram: Telegram
) -> None:
    answer = await telegram.edit("-100:5", "42", HELLO)

    (call,) = server.called("editMessageText")
    assert (call["chat_id"], call["message_id"]) == (-100, 42)
    assert call["text"].startswith("<b>台積電 &amp; &lt;b&gt;</b>")
    assert answer == Sent("42")


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        (
            "Bad Request: message is not modified: specified new message content and reply markup"
            " are exactly the same as a current content and reply markup of the message",
            Sent,
        ),
        ("Bad Request: message to edit not found", Refused),
        ("Bad Request: message can't be edited", Refused),
        ("Bad Request: MESSAGE_ID_INVALID", Refused),
        ("Bad Request: chat not found", Gone),
    ],
)
async def test_each_refusal_of_a_change_has_its_meaning(
    server: TelegramServer, telegram: Telegram, description: str, expected: type[Answer]
) -> None:
    server.script("editMessageText", Reply.refused(400, description))

    assert isinstance(await telegram.edit("7", "42", HELLO), expected)
    assert len(server.called("editMessageText")) == 1


async def test_a_change_whose_markup_is_refused_is_made_as_plain_text(
    server: TelegramServer, telegram: Telegram
) -> None:
    server.script("editMessageText", Reply.refused(400, "Bad Request: can't parse entities"))

    assert await telegram.edit("7", "42", HELLO) == Sent("42")
    assert "parse_mode" not in server.called("editMessageText")[1]


async def test_a_change_of_a_message_that_telegram_cannot_know_is_refused(
    server: TelegramServer, telegram: Telegram
) -> None:
    assert isinstance(await telegram.edit("7", "", HELLO), Refused)
    assert server.called("editMessageText") == []


async def test_a_message_answers_another_and_is_sent_also_where_that_is_gone(
    server: TelegramServer, telegram: Telegram
) -> None:
    await telegram.send("7", replace(HELLO, answers="42"), "k")

    (call,) = server.called("sendMessage")
    assert call["reply_parameters"] == {"message_id": 42, "allow_sending_without_reply": True}
