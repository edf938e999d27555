"""/automute and what /mute takes: a column, an author, an account, a domain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import open_store
from tests.bot.chatting import Talk, article


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    store = open_store(tmp_path / "chat.db")
    talk = Talk(store)
    talk.say("/sub 2330")
    yield talk
    store.close()


@pytest.mark.parametrize(("on", "off"), [("on", "off"), ("開", "關"), ("开启", "关闭")])
def test_it_is_switched_on_and_off(talk: Talk, on: str, off: str) -> None:
    assert "目前是關的" in talk.say("/automute").plain
    talk.say(f"/automute {on}")
    assert talk.store.chats.automute(talk.chat())
    assert "目前是開的" in talk.say("自動靜音").plain
    talk.say(f"/automute {off}")
    assert not talk.store.chats.automute(talk.chat())


def test_anything_else_changes_nothing_and_says_how(talk: Talk) -> None:
    talk.say("/automute on")

    assert "/automute 開" in talk.say("/automute maybe").plain
    assert talk.store.chats.automute(talk.chat())


def test_in_a_group_only_admins_switch_it(talk: Talk) -> None:
    talk.say("/automute on", is_group=True, is_admin=False)

    assert not talk.store.chats.automute(talk.chat())


@pytest.mark.parametrize(
    "typed", ["【新台股龍捲風】", "新台股龍捲風", "新台股龙卷风", "[新台股龍捲風]"]
)
def test_a_column_is_muted_as_headlines_show_it(talk: Talk, typed: str) -> None:
    article(talk, "a1", title="【新台股龍捲風】AI 伺服器大解密", outlet="理財周刊")

    talk.say(f"/mute {typed} 3d")

    (mute,) = talk.store.mutes.active(talk.chat(), talk.now)
    assert (mute.kind, mute.label) == ("column", "新台股龍捲風")
    assert "新台股龍捲風（專欄）（還剩 3 天）" in talk.say("/mutes").plain


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("@Bull168", "contact", "line:@bull168"),
        ("line:@bull168", "contact", "line:@bull168"),
        ("LINE @bull168", "contact", "line:@bull168"),
        ("lin.ee/AbC12", "contact", "lin.ee/AbC12"),
        ("https://t.me/stockking", "contact", "t.me/stockking"),
        ("spam.example.com", "domain", "spam.example.com"),
        ("https://www.spam.example/a/b?c=1", "domain", "spam.example"),
    ],
)
def test_an_account_or_a_domain_is_muted_before_it_was_ever_seen(
    talk: Talk, typed: str, kind: str, value: str
) -> None:
    talk.say(f"/mute {typed}")

    (mute,) = talk.store.mutes.active(talk.chat(), talk.now)
    assert (mute.kind, mute.value) == (kind, value)


@pytest.mark.parametrize("typed", ["沒這家", "lin.ee", "經濟.日報", "3.5"])
def test_other_words_are_names_and_must_be_known(talk: Talk, typed: str) -> None:
    assert "找不到" in talk.say(f"/mute {typed}").plain
    assert talk.muted() == []
