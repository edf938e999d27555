"""A new subscription is kept whatever it repeats, with a note of what could go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.chat.handlers.subscriptions import MOST_REGEXES
from bot.knowledge import learn
from storage import open_store
from tests.bot.chatting import Talk


@pytest.fixture
def talk() -> Iterator[Talk]:
    with closing(open_store(":memory:")) as store:
        talk = Talk(store)
        talk.service._engine = learn().language
        yield talk


def test_a_rule_that_another_contains_is_kept_and_said_to_add_nothing(talk: Talk) -> None:
    talk.say("/sub 2330 | 2303")
    answer = talk.say("/sub 台積電 裁員")

    assert "第 1 則訂閱（2330 | 2303）本來就會通知" in answer.plain
    assert talk.rules() == ["2330 | 2303", "台積電 裁員"]
    talk.press(answer)
    assert talk.rules() == ["2330 | 2303"]


def test_rules_that_the_new_one_contains_can_be_dropped_by_a_button(talk: Talk) -> None:
    talk.say("/sub 聯電 財報")
    talk.say("/sub 台積電 裁員>=1000人")
    answer = talk.say("/sub 台積電")

    assert "已經包含你的第 2 則訂閱（台積電 裁員>=1000人）" in answer.plain
    assert "第 1 則" not in answer.plain
    talk.press(answer)
    assert talk.rules() == ["聯電 財報", "台積電"]


def test_rules_that_have_nothing_in_common_get_no_note(talk: Talk) -> None:
    talk.say("/sub 台積電 裁員")

    assert "第 1 則" not in talk.say("/sub 台積電 財報").plain


def test_regular_expressions_are_bounded_for_each_chat(talk: Talk) -> None:
    for number in range(MOST_REGEXES):
        talk.say(f"/sub /裁員{number}.*萬人/")

    refused = talk.say("/sub /擴產.*億/ 台積電")
    other = talk.say('/sub "a/b" 台積電')

    assert f"最多 {MOST_REGEXES} 則" in refused.plain
    assert "已訂閱" in other.plain
    assert len(talk.rules()) == MOST_REGEXES + 1
