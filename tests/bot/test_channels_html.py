"""Telegram's HTML, lengths as Telegram counts them, and long messages in pieces."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.html import LIMIT, split, to_html, units
from bot.messages import Button, Message, Run

HOSTILE = '</b><a href="javascript:alert(1)">&amp;"'


def test_text_is_inert_whatever_it_holds() -> None:
    html = to_html(Message(((Run(HOSTILE, bold=True),),)))

    assert html == '<b>&lt;/b&gt;&lt;a href="javascript:alert(1)"&gt;&amp;amp;"</b>'


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    html = to_html(Message(((Run("x", url='https://e.org/?q="><b>'),),)))

    assert html == '<a href="https://e.org/?q=&quot;&gt;&lt;b&gt;">x</a>'


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "tg://user?id=1", "file:///x", "https://a b", "https://a\nb", ""]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert to_html(Message(((Run("x", url=url),),))) == "x"


def test_length_is_counted_in_utf16_units() -> None:
    assert units("台積電🚀") == 5


def test_a_message_that_fits_stays_as_it_is() -> None:
    message = Message(((Run("a" * LIMIT),),), ((Button("b", token="t"),),))

    assert split(message) == (message,)


def test_two_thousand_and_forty_nine_emoji_are_two_messages() -> None:
    pieces = split(Message(((Run("🚀" * 2049),),)))

    assert [units(piece.plain) for piece in pieces] == [4096, 2]


def test_a_long_message_is_cut_between_lines_and_keeps_its_buttons_at_the_end() -> None:
    lines = tuple((Run(f"{n:03} " + "x" * 96),) for n in range(100))
    pieces = split(Message(lines, ((Button("b", token="t"),),)))

    assert [line for piece in pieces for line in piece.lines] == list(lines)
    assert [bool(piece.buttons) for piece in pieces] == [False, False, True]


RUNS = st.builds(Run, st.text(st.sampled_from("ab漢🚀 <&"), max_size=40), st.booleans())
MESSAGES = st.builds(
    Message, st.lists(st.lists(RUNS, max_size=4).map(tuple), max_size=12).map(tuple)
)


@settings(max_examples=80, deadline=None)
@given(MESSAGES, st.integers(2, 50))
def test_pieces_fit_and_together_say_everything(message: Message, limit: int) -> None:
    pieces = split(message, limit)

    assert all(units(piece.plain) <= limit for piece in pieces)
    assert all(piece.plain.strip() for piece in pieces)
    whole = "".join(piece.plain for piece in pieces)
    assert re.sub(r"\s", "", whole) == re.sub(r"\s", "", message.plain)


@settings(max_examples=80, deadline=None)
@given(MESSAGES)
def test_html_shows_exactly_the_plain_text(message: Message) -> None:
    shown = unescape(re.sub(r"</?b>", "", to_html(message)))

    assert shown == message.plain
