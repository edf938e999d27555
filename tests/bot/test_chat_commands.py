from __future__ import annotations

import tomllib
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.commands import Command, names, nearest, parse, whole_number
from bot.chat.handlers import HANDLERS

TABLE = tomllib.loads(resources.files("bot.chat").joinpath("commands.toml").read_text("utf-8"))
WORDS = [
    (word, name, kind)
    for name, entry in TABLE.items()
    for kind in ("slash", "words", "everyday")
    for word in entry.get(kind, [])
]


@pytest.mark.parametrize(("word", "name", "kind"), WORDS)
def test_every_word_with_a_slash_is_its_command(word: str, name: str, kind: str) -> None:
    assert parse(f"/{word}") == Command(name)


@pytest.mark.parametrize(("word", "name", "kind"), WORDS)
def test_every_word_alone_is_its_command_in_a_private_chat(word: str, name: str, kind: str) -> None:
    assert parse(word) == Command(name, everyday=kind == "everyday")


def test_no_word_stands_for_two_commands() -> None:
    words = [word for word, _, _ in WORDS]

    assert len(words) == len(set(words))


def test_every_command_has_a_handler_and_every_handler_a_command() -> None:
    assert set(names()) == set(HANDLERS)


@pytest.mark.parametrize(
    ("typed", "argument"),
    [
        ("/sub AMZN 裁員", "AMZN 裁員"),
        ("/SUB AMZN", "AMZN"),
        ("／ｓｕｂ　２３３０", "２３３０"),
        ("訂閱 台積電 裁員", "台積電 裁員"),
        ("订阅 台积电", "台积电"),
        ("訂閱台積電", "台積電"),
        ("訂閱：台積電", "台積電"),
        ("/sub@TickerBell_bot AMZN", "AMZN"),
        ("  /sub   AMZN  ", "AMZN"),
        ("/sub\nAMZN", "AMZN"),
        ("/sub !傳聞 台積電", "!傳聞 台積電"),
        ("/sub -傳聞 台積電", "-傳聞 台積電"),
        ("/sub \u200bAMZN", "AMZN"),
    ],
)
def test_what_follows_the_command_is_kept_as_typed(typed: str, argument: str) -> None:
    command = parse(typed)

    assert command is not None
    assert (command.name, command.argument) == ("sub", argument)


def test_the_longest_word_wins() -> None:
    assert parse("靜音清單") == Command("mutes")
    assert parse("取消靜音 2") == Command("unmute", "2")
    assert parse("取消訂閱 2") == Command("unsub", "2")


def test_a_question_mark_after_a_command_is_no_argument() -> None:
    assert parse("/why?") == Command("why")
    assert parse("為什麼？") == Command("why", everyday=True)


def test_a_longer_latin_word_is_no_command() -> None:
    assert parse("/subway") is None
    assert parse("listing") is None


def test_the_addressed_bot_is_told() -> None:
    assert parse("/sub@OtherBot AMZN") == Command("sub", "AMZN", bot="otherbot")


@pytest.mark.parametrize("text", ["sub AMZN", "list", "訂閱台積電", "大家好", "靜音的人", "/", ""])
def test_talk_in_a_group_is_no_command(text: str) -> None:
    assert parse(text, is_group=True) is None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("/sbu", "sub"),
        ("/mutess", "mutes"),
        ("/hlep", "help"),
        ("/sorces", "sources"),
        ("退订", "unsub"),
    ],
)
def test_a_slip_is_near_its_command(typed: str, name: str) -> None:
    assert nearest(typed) == name


@pytest.mark.parametrize("typed", ["今天天氣真好", "/xyzzy", "", "🙂"])
def test_nothing_is_near_to_other_talk(typed: str) -> None:
    assert nearest(typed) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2", 2), ("２", 2), ("-2", None), ("2.0", None), ("²", None), ("9" * 5000, None), ("", None)],
)
def test_a_number_is_whole_and_short(typed: str, number: int | None) -> None:
    assert whole_number(typed) == number


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.booleans())
def test_any_text_is_understood_or_left_alone(text: str, is_group: bool) -> None:
    command = parse(text, is_group=is_group)

    assert command is None or command.argument in text


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["/sub", "訂閱", "／ＳＵＢ"]),
    st.text(st.characters(categories=["L", "N"]), min_size=1),
)
def test_an_argument_after_a_space_comes_through_whole(word: str, argument: str) -> None:
    command = parse(f"{word} {argument}")

    assert command is not None
    assert command.argument in (argument, "")
