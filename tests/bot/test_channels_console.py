"""The terminal as a chat: printing, typing, choosing by number, ending."""

from __future__ import annotations

import asyncio
import io
import os
from typing import TextIO

import pytest

from bot.channels.console import Console
from bot.messages import Broken, Button, Incoming, Message, Pressed, Run, Sent

CARD = Message(
    ((Run("亞馬遜｜裁員", bold=True),), (Run("headline", url="https://e.org/1"),)),
    (
        (Button("靜音", token="t1"), Button("不相關", token="t2")),
        (Button("原文", url="https://e.org/1"),),
    ),
)


class Chat:
    """What was heard, and the answers to give."""

    def __init__(self, *replies: Message) -> None:
        self.heard: list[Incoming | Pressed] = []
        self.replies = replies
        self.news = asyncio.Event()

    async def __call__(self, heard: Incoming | Pressed) -> tuple[Message, ...]:
        self.heard.append(heard)
        self.news.set()
        return self.replies


async def _play(text: str, chat: Chat, *cards: Message, out: TextIO | None = None) -> str:
    shown = out or io.StringIO()
    console = Console(io.StringIO(text), shown)
    for card in cards:
        await console.send("console", card, "k")
    await console.start(chat, chat)
    async with asyncio.timeout(5):
        await console.ended.wait()
    await console.stop()
    assert isinstance(shown, io.StringIO)
    return shown.getvalue()


async def test_a_message_is_printed_with_numbered_choices() -> None:
    shown = await _play("", Chat(), CARD)

    assert shown == ("亞馬遜｜裁員\nheadline\n[1] 靜音  [2] 不相關\n[3] 原文 https://e.org/1\n\n")


async def test_bold_is_shown_where_the_terminal_can() -> None:
    out = io.StringIO()
    answer = await Console(None, out, color=True).send("console", CARD, "k")

    assert out.getvalue().startswith("\x1b[1m亞馬遜｜裁員\x1b[0m\n")
    assert answer == Sent("1")


async def test_a_number_presses_the_button_of_that_number_also_of_an_older_message() -> None:
    chat = Chat()
    await _play("2\n5\n", chat, CARD, CARD)

    presses = [(press.token, press.message) for press in chat.heard if isinstance(press, Pressed)]
    assert presses == [("t2", "1"), ("t2", "2")]


async def test_a_share_code_is_a_message_and_no_choice() -> None:
    chat = Chat()
    await _play("2330\n0050\n9\n", chat, CARD)

    assert [h.text for h in chat.heard if isinstance(h, Incoming)] == ["2330", "0050", "9"]


async def test_a_link_button_shows_its_address() -> None:
    assert (await _play("3\n", Chat(), CARD)).endswith("https://e.org/1\n\n")


async def test_what_is_typed_is_answered_and_empty_lines_are_not() -> None:
    chat = Chat(Message(((Run("好"),),)))
    shown = await _play("/sub 台積電\n\n/list", chat)

    assert [h.text for h in chat.heard if isinstance(h, Incoming)] == ["/sub 台積電", "/list"]
    assert shown == "好\n\n好\n\n"


async def test_escape_sequences_in_a_headline_do_not_steer_the_terminal() -> None:
    out = io.StringIO()
    await Console(None, out).send("console", Message(((Run("a\x1b[2Jb"),),)), "k")

    assert out.getvalue() == "a [2Jb\n\n"


async def test_a_terminal_that_knows_no_chinese_gets_question_marks_and_no_crash() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    await Console(None, out).send("console", CARD, "k")
    out.seek(0)

    assert out.read().startswith("??????\nheadline")


async def test_an_output_that_nobody_reads_any_more_ends_the_sending() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with pytest.raises(BrokenPipeError), os.fdopen(writing, "w", encoding="utf-8") as out:
        answer = await Console(None, out).send("console", CARD, "k")

    assert isinstance(answer, Broken)


async def test_a_handler_that_fails_is_owned_up_to_and_the_next_line_is_heard() -> None:
    chat = Chat(Message(((Run("fine"),),)))

    async def fails_once(heard: Incoming) -> tuple[Message, ...]:
        answer = await chat(heard)
        if len(chat.heard) == 1:
            raise RuntimeError("a bug")
        return answer

    out = io.StringIO()
    console = Console(io.StringIO("one\ntwo\n"), out)
    await console.start(fails_once, chat)
    async with asyncio.timeout(5):
        await console.ended.wait()

    assert out.getvalue().startswith("處理時出了錯")
    assert out.getvalue().endswith("fine\n\n")


@pytest.mark.skipif(os.name != "posix", reason="waits on a descriptor, as POSIX allows")
async def test_stopping_ends_the_reading_of_a_terminal_where_nobody_types() -> None:
    reading, writing = os.pipe()
    chat = Chat()
    with os.fdopen(reading, encoding="utf-8") as source:
        console = Console(source, io.StringIO())
        await console.start(chat, chat)
        os.write(writing, "台積".encode()[:4])
        os.write(writing, "台積".encode()[4:] + b"\n")
        async with asyncio.timeout(5):
            await chat.news.wait()
            await console.stop()
        await asyncio.sleep(0.25)  # the thread looks five times a second whether it should end
    os.close(writing)

    assert [h.text for h in chat.heard if isinstance(h, Incoming)] == ["台積"]
    assert console.ended.is_set()
