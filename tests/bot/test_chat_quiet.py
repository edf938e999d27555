"""/quiet, /snooze, /pause, /resume and /timezone: what is asked for, and how it is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.hours import split_hours
from storage import open_store
from storage.rows import StoredQuiet
from tests.bot.chatting import Talk, alert


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    store = open_store(tmp_path / "chat.db")
    talk = Talk(store)
    talk.say("/sub 2330")
    talk.say("/sub AMZN 裁員")
    yield talk
    store.close()


def hours(talk: Talk) -> StoredQuiet | None:
    return talk.store.quiet.of(talk.chat())


def put_off(talk: Talk) -> list[tuple[str, str]]:
    active = talk.store.mutes.active(talk.chat(), talk.now)
    return [(mute.kind, mute.value) for mute in active]


# --- hours ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "understood", "rest"),
    [
        ("23:00-07:00", "23:00–07:00", ""),
        ("23-7", "23:00–07:00", ""),
        ("２３：００～７：００", "23:00–07:00", ""),
        ("晚上11點到早上7點", "23:00–07:00", ""),
        ("晚上11点半至凌晨6点", "23:30–06:00", ""),
        ("11pm - 7:30 am", "23:00–07:30", ""),
        ("12am to 6am", "00:00–06:00", ""),
        ("下午1點到2點半", "13:00–14:30", ""),
        ("半夜11點到2點", "23:00–02:00", ""),
        ("24:00-8:00 除了 #裁員", "00:00–08:00", "除了 #裁員"),
    ],
)
def test_hours_are_understood_as_people_write_them(typed: str, understood: str, rest: str) -> None:
    found = split_hours(typed)

    assert found is not None
    assert (str(found[0]), found[1]) == (understood, rest)


@pytest.mark.parametrize("typed", ["", "晚上", "25-7", "23:60-7", "7-7", "2330", "23:00", "很晚"])
def test_what_are_no_hours_is_not_taken_for_some(typed: str) -> None:
    assert split_hours(typed) is None


# --- quiet hours ---------------------------------------------------------------------------------


def test_quiet_hours_are_set_said_and_ended(talk: Talk) -> None:
    answer = talk.say("/quiet 23:00-07:00")
    assert hours(talk) == StoredQuiet(23 * 60, 7 * 60)
    assert "23:00–07:00" in answer.plain
    assert "07:00 整理成一則" in answer.plain
    assert "23:00–07:00" in talk.say("勿擾").plain
    assert "23:00–07:00" in talk.say("/mutes").plain

    talk.say("/quiet 關")

    assert hours(talk) is None
    assert "沒有設定" in talk.say("/quiet").plain


@pytest.mark.parametrize(
    ("typed", "urgent", "rule"),
    [
        ("23-7 除了 裁員", False, "裁員"),
        ("23-7 except 裁員", False, "裁員"),
        ("23-7 裁員除外", False, "裁員"),
        ("23-7 除了 急", True, ""),
        ("23-7 except urgent", True, ""),
        ("23-7 except urgent 裁員", True, "裁員"),
    ],
)
def test_something_may_be_heard_all_the_same(
    talk: Talk, typed: str, urgent: bool, rule: str
) -> None:
    talk.say(f"/quiet {typed}")

    kept = hours(talk)
    assert kept is not None
    assert (kept.urgent, kept.typed) == (urgent, rule)
    assert bool(kept.canonical) == bool(rule)


def test_a_change_of_quiet_hours_is_undone_to_what_was(talk: Talk) -> None:
    talk.say("/quiet 23:00-07:00 除了 裁員")
    before = hours(talk)
    changed = talk.say("/quiet 22:00-06:00")

    talk.press(changed)
    assert hours(talk) == before
    first = talk.say("/quiet off")
    talk.press(first)

    assert hours(talk) == before


@pytest.mark.parametrize("typed", ["/quiet 很晚", "/quiet 23-7 除了 x>=1"])
def test_quiet_hours_that_are_not_understood_change_nothing(talk: Talk, typed: str) -> None:
    answer = talk.say(typed)

    assert hours(talk) is None
    assert "看不懂" in answer.plain


# --- snooze, pause, resume -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("/snooze 2330 2h", "company", "2330.TW"),
        ("暫停 台積電 2小時", "company", "2330.TW"),
        ("/pause 2330 2h", "company", "2330.TW"),
        ("/snooze 2 1d", "rule", "2"),
        ("/snooze AMZN 裁員 1d", "rule", "2"),
    ],
)
def test_a_company_or_a_subscription_is_put_off(
    talk: Talk, typed: str, kind: str, value: str
) -> None:
    answer = talk.say(typed)

    assert put_off(talk) == [(kind, value)]
    assert "整理成一則" in answer.plain
    assert "（暫停）" in talk.say("/mutes").plain
    talk.press(answer)
    assert put_off(talk) == []


def test_the_subscription_of_an_answered_alert_is_put_off(talk: Talk) -> None:
    talk.say("/unsub 2")
    message = alert(talk, "a1")

    talk.say("/snooze 3h", reply_to=message)

    assert put_off(talk) == [("rule", "1")]


def test_how_long_is_asked_where_it_is_not_said(talk: Talk) -> None:
    asked = talk.say("/snooze 2330")
    assert put_off(talk) == []

    talk.press(asked, 2)

    (mute,) = talk.store.mutes.active(talk.chat(), talk.now)
    assert mute.until == talk.now + timedelta(hours=8)


@pytest.mark.parametrize("typed", ["/snooze", "/snooze 明天的事 2h", "/snooze 9 2h"])
def test_what_cannot_be_put_off_is_explained(talk: Talk, typed: str) -> None:
    assert "/snooze 2330 2h" in talk.say(typed).plain
    assert put_off(talk) == []


@pytest.mark.parametrize("typed", ["/pause", "暫停", "/pause 2h"])
def test_everything_is_put_off_until_resumed(talk: Talk, typed: str) -> None:
    talk.say(typed)
    assert put_off(talk) == [("pause", "")]
    assert "全部（暫停）" in talk.say("/mutes").plain

    resumed = talk.say("/resume")
    assert put_off(talk) == []
    talk.press(resumed)
    assert put_off(talk) == [("pause", "")]


def test_resume_without_a_pause_offers_what_is_snoozed(talk: Talk) -> None:
    assert "沒有暫停" in talk.say("/resume").plain
    talk.say("/snooze 2330 2h")

    talk.press(talk.say("/resume"))

    assert put_off(talk) == []


def test_in_a_group_only_admins_put_things_off(talk: Talk) -> None:
    for typed in ("/pause", "/quiet 23-7", "/snooze 2330 2h", "/timezone UTC"):
        answer = talk.say(typed, "1", is_group=True, is_admin=False)
        assert "管理員" in answer.plain
    assert put_off(talk) == []
    assert hours(talk) is None


# --- time zone -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("/timezone America/New_York", "America/New_York"),
        ("/timezone new york", "America/New_York"),
        ("時區 東京", "Asia/Tokyo"),
        ("/tz 美西", "America/Los_Angeles"),
        ("/timezone utc", "UTC"),
    ],
)
def test_a_time_zone_is_known_by_its_name_its_city_and_as_people_say(
    talk: Talk, typed: str, zone: str
) -> None:
    answer = talk.say(typed)

    chat = talk.store.chats.get(talk.chat())
    assert chat is not None
    assert chat.zone == zone
    assert zone in answer.plain


def test_a_zone_that_is_none_is_refused_with_an_example(talk: Talk) -> None:
    assert "/timezone 東京" in talk.say("/timezone 火星").plain
    assert "Asia/Taipei" in talk.say("/timezone").plain
