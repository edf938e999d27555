"""/story and the bells of subscriptions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import open_store
from tests.bot.chatting import Talk, alert, article


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    store = open_store(tmp_path / "chat.db")
    talk = Talk(store)
    talk.say("/sub 2330")
    yield talk
    store.close()


def bells(talk: Talk) -> list[str]:
    return [rule.bell for rule in talk.store.rules.of_chat(talk.chat())]


def test_a_story_is_shown_in_answer_to_its_alert(talk: Talk) -> None:
    message = alert(talk, "a1", outlet="甲報")
    _, story = talk.store.outbox.by_message(talk.chat(), message) or (None, None)
    assert story is not None
    article(talk, "a2", outlet="乙報", story=story)
    article(talk, "a3", outlet="名單報", story=story, flagged=True)

    shown = talk.say("/story", reply_to=message)

    assert "2 家媒體報導，11/23 09:00 起" in shown.plain
    assert "甲報" in shown.plain
    assert "乙報" in shown.plain
    assert "名單報" not in shown.plain


@pytest.mark.parametrize("asked", ["台積電", "https://news.example/a1"])
def test_a_story_is_found_by_company_and_by_link(talk: Talk, asked: str) -> None:
    ids = article(talk, "a1", outlet="甲報")
    stored = talk.store.articles.get(ids[0])
    assert stored is not None
    talk.store.search.add(ids[0], stored.article.at, stored.reading, stored.article.title, "")

    assert "甲報" in talk.say(f"來龍去脈 {asked}").plain


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("/story", "/story AMZN"), ("/story 明天", "沒有我認得的公司"), ("/story NVDA", "沒有找到")],
)
def test_a_story_that_cannot_be_shown_is_explained(talk: Talk, asked: str, answer: str) -> None:
    assert answer in talk.say(asked).plain


def test_a_story_of_another_chat_is_not_shown(talk: Talk) -> None:
    message = alert(talk, "a1")

    assert "不是快訊" in talk.say("/story", "2", reply_to=message).plain


def test_a_muted_story_is_listed_and_can_be_restored(talk: Talk) -> None:
    message = alert(talk, "a1")
    shown = talk.say("/story", reply_to=message)

    muted = talk.press(shown)

    assert "這件事不再通知" in muted.plain
    assert "（這件事）" in talk.say("/mutes").plain
    talk.press(muted)
    assert talk.muted() == []


def test_muting_a_story_drops_what_the_chat_is_still_owed_of_it(talk: Talk) -> None:
    message = alert(talk, "a1")
    owed = talk.store.outbox.by_message(talk.chat(), message)
    assert owed is not None
    update = talk.store.outbox.enqueue(talk.chat(), owed[0], owed[1], "update", {}, talk.now)
    assert update is not None

    talk.press(talk.say("/story", reply_to=message))

    told = talk.store.outbox.message(update)
    assert told is not None
    assert told.state == "cancelled"


@pytest.mark.parametrize("typed", ["/sub! 1", "/urgent 1", "/sub!1", "緊急訂閱 2330", "/bell 1 急"])
def test_a_kept_subscription_becomes_urgent(talk: Talk, typed: str) -> None:
    talk.say(typed)

    assert bells(talk) == ["urgent"]
    assert "⚡ 2330" in talk.say("/list").plain


def test_a_new_subscription_may_be_urgent_from_the_start(talk: Talk) -> None:
    answer = talk.say("/sub! AMZN 裁員")

    assert bells(talk) == ["on", "urgent"]
    assert "⚡" in answer.plain


def test_a_subscription_of_an_answered_alert_becomes_urgent(talk: Talk) -> None:
    message = alert(talk, "a1")

    talk.say("/sub!", reply_to=message)

    assert bells(talk) == ["urgent"]


def test_a_bell_is_undone_with_one_press(talk: Talk) -> None:
    answer = talk.say("/bell 2330 off")
    assert bells(talk) == ["off"]

    talk.press(answer)

    assert bells(talk) == ["on"]


def test_a_cancelled_subscription_comes_back_with_its_bell(talk: Talk) -> None:
    talk.say("/sub! 1")
    gone = talk.say("/unsub 1")

    talk.press(gone)

    assert bells(talk) == ["urgent"]


@pytest.mark.parametrize("typed", ["/bell", "/bell 1", "/bell 9 off", "/bell 1 大聲"])
def test_a_bell_that_is_not_understood_is_explained(talk: Talk, typed: str) -> None:
    assert "/bell 2 關" in talk.say(typed).plain
    assert bells(talk) == ["on"]


def test_a_bell_of_another_chats_subscription_is_out_of_reach(talk: Talk) -> None:
    answer = talk.say("/bell 1 off")
    talk.say("/sub AMZN", "2")

    token = answer.buttons[0][0].token

    assert "失效" in talk.send(token, "2").plain
