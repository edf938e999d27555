from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage import open_store
from tests.bot.chatting import Talk, alert, article


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    store = open_store(tmp_path / "chat.db")
    talk = Talk(store)
    talk.say("/start")
    article(talk, "a1", outlet="經濟觀察網")
    article(talk, "a2", outlet="經濟日報")
    yield talk
    store.close()


def test_a_source_is_muted_by_name_for_good(talk: Talk) -> None:
    answer = talk.say("/mute 經濟日報")

    assert talk.muted() == ["經濟日報"]
    assert "不再推播" in answer.plain
    talk.later(days=4000)
    assert talk.muted() == ["經濟日報"]


@pytest.mark.parametrize("typed", ["2h", "2小時", "２ 小時", "兩小時"])
def test_a_mute_ends_when_its_time_is_over(talk: Talk, typed: str) -> None:
    talk.say(f"/mute 經濟日報 {typed}")

    talk.later(hours=1, minutes=59)
    assert talk.muted() == ["經濟日報"]
    talk.later(minutes=1)
    assert talk.muted() == []


def test_the_end_of_a_mute_is_said_in_the_readers_time(talk: Talk) -> None:
    assert "到 11/23 11:30 為止" in talk.say("/mute 經濟日報 2h").plain


def test_simplified_and_full_width_names_find_the_source(talk: Talk) -> None:
    talk.say("/mute 经济日报")

    assert talk.muted() == ["經濟日報"]


def test_several_sources_are_told_apart_by_buttons_and_keep_the_time(talk: Talk) -> None:
    asked = talk.say("/mute 經濟 3天")

    assert talk.muted() == []
    talk.press(asked, 2)
    (mute,) = talk.store.mutes.active(talk.chat(), talk.now)
    assert mute.until == talk.now + timedelta(days=3)


def test_mute_alone_offers_the_known_sources(talk: Talk) -> None:
    asked = talk.say("/mute")

    assert {b.label for row in asked.buttons for b in row} == {"靜音 經濟觀察網", "靜音 經濟日報"}


def test_an_alert_is_muted_by_answering_it(talk: Talk) -> None:
    message = alert(talk, "a3", outlet="某某晚報")

    talk.say("/mute 1w", reply_to=message)

    assert talk.muted() == ["某某晚報"]


def test_answering_something_else_mutes_nothing(talk: Talk) -> None:
    answer = talk.say("/mute", reply_to="m999")

    assert "沒有可以靜音的來源" in answer.plain
    assert talk.muted() == []


def test_an_unknown_source_is_said_to_be_unknown(talk: Talk) -> None:
    answer = talk.say("/mute 沒這家")

    assert "沒這家" in answer.plain
    assert "/sources" in answer.plain
    assert talk.muted() == []


def test_a_time_that_makes_no_sense_is_refused(talk: Talk) -> None:
    assert "10 年" in talk.say("/mute 經濟日報 0m").plain
    assert talk.muted() == []


def test_a_mute_is_undone_by_its_button(talk: Talk) -> None:
    talk.press(talk.say("/mute 經濟日報"))

    assert talk.muted() == []


def test_an_undone_mute_comes_back_for_the_time_that_was_left(talk: Talk) -> None:
    muted = talk.say("/mute 經濟日報 2h")
    talk.later(hours=1)
    talk.press(talk.press(muted))

    (mute,) = talk.store.mutes.active(talk.chat(), talk.now)
    assert mute.until == talk.now + timedelta(hours=1)


def test_muting_again_replaces_the_earlier_time(talk: Talk) -> None:
    talk.say("/mute 經濟日報 2h")
    talk.say("/mute 經濟日報 3天")

    assert "還剩 3 天" in talk.say("/mutes").plain
    assert talk.muted() == ["經濟日報"]


def test_the_mutes_are_listed_with_the_time_left_and_a_button_each(talk: Talk) -> None:
    talk.say("/mute 經濟日報 3天")
    talk.say("/mute 經濟觀察網")
    talk.later(hours=19)

    listed = talk.say("靜音清單")

    assert "1. 經濟日報（還剩 2 天 5 小時）" in listed.plain
    assert "2. 經濟觀察網（直到你解除為止）" in listed.plain
    talk.press(listed, 1)
    assert talk.muted() == ["經濟觀察網"]


@pytest.mark.parametrize("named", ["2", "經濟觀察網", "经济观察网"])
def test_a_mute_ends_by_number_or_name(talk: Talk, named: str) -> None:
    talk.say("/mute 經濟日報")
    talk.say("/mute 經濟觀察網")

    assert "照常推播" in talk.say(f"解除靜音 {named}").plain
    assert talk.muted() == ["經濟日報"]


def test_what_is_not_muted_cannot_be_unmuted(talk: Talk) -> None:
    assert "目前沒有任何靜音" in talk.say("/unmute 1").plain
    talk.say("/mute 經濟日報")
    assert "/mutes" in talk.say("/unmute 9").plain
    assert talk.muted() == ["經濟日報"]


def test_the_button_of_an_ended_mute_says_so(talk: Talk) -> None:
    muted = talk.say("/mute 經濟日報 1h")
    talk.later(hours=2)

    assert "目前沒有靜音" in talk.press(muted).plain


def test_an_outlet_comes_before_an_author_of_the_same_name(talk: Talk) -> None:
    id_, _ = article(talk, "a4", outlet="鉅亨網")
    talk.store.sources.note_origins(id_, [("author", "鉅亨網", "鉅亨網")], False, talk.now)

    talk.say("/mute 鉅亨網")

    (mute,) = talk.store.mutes.active(talk.chat(), talk.now)
    assert mute.kind == "outlet"


@pytest.mark.parametrize("typed", ["@bull168", "lin.ee/DEMO1", "example.com"])
def test_no_address_of_an_advertiser_comes_back_as_something_to_tap(talk: Talk, typed: str) -> None:
    said = [talk.say(f"/mute {typed}"), talk.say("/mutes"), talk.say("/unmute 1")]

    for message in said:
        assert typed not in message.plain
    assert "＠bull168" in said[0].plain or "[.]" in said[0].plain
    assert talk.press(said[2]).plain == said[0].plain
