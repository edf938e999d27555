from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat.service import BUTTONS_LIVE
from bot.knowledge import RuleLanguage
from bot.messages import Incoming, Pressed
from rules.language import RuleError
from rules.model import And, CompanyTerm, EventTerm
from storage import Store, open_store
from tests.bot.chatting import Talk, alert


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "chat.db")
    yield opened
    opened.close()


@pytest.fixture
def talk(store: Store) -> Talk:
    return Talk(store)


def test_a_newcomer_is_greeted_with_examples(talk: Talk) -> None:
    assert "/sub 台積電" in talk.say("/start").plain


def test_an_update_that_comes_twice_has_one_effect_and_one_answer(talk: Talk) -> None:
    first = talk.hear("/sub AMZN", update="u1")
    second = talk.hear("/sub NVDA", update="u1")

    assert (len(first), second) == (1, ())
    assert talk.rules() == ["AMZN"]


def test_a_press_that_comes_twice_has_one_answer(talk: Talk) -> None:
    (button,) = talk.say("/sub AMZN").buttons[0]
    pressed = Pressed("telegram", "1", "user1", button.token, update="p1")

    assert len(talk.service.pressed(pressed)) == 1
    assert talk.service.pressed(pressed) == ()


def test_a_failure_leaves_nothing_behind_so_that_the_repeat_works(store: Store) -> None:
    class Breaks:
        def parse(self, text: str) -> object:
            raise ZeroDivisionError

        explain = parse

    broken, whole = Talk(store), Talk(store)
    broken.service._engine = Breaks()  # type: ignore[assignment]
    with pytest.raises(ZeroDivisionError):
        broken.hear("/sub AMZN", update="u1")

    assert store.chats.find("telegram", "1") is None
    assert len(whole.hear("/sub AMZN", update="u1")) == 1


def test_a_chat_that_is_not_on_the_list_learns_its_id_and_nothing_is_kept(store: Store) -> None:
    talk = Talk(store, closed=frozenset({"66"}))

    answer = talk.say("/sub AMZN", "66")

    assert "telegram:66" in answer.plain
    assert answer.buttons == ()
    assert store.chats.find("telegram", "66") is None
    assert store.rules.active() == ()


def test_a_chat_that_is_not_on_the_list_cannot_press(store: Store) -> None:
    talk = Talk(store)
    (button,) = talk.say("/sub AMZN").buttons[0]
    closed = Talk(store, closed=frozenset({"1"}), updates=100)

    assert "telegram:1" in closed.send(button.token).plain
    assert talk.rules() == ["AMZN"]


def test_talk_in_a_group_is_not_answered_and_not_kept(talk: Talk) -> None:
    for text in ("大家早", "2330 要漲了", "/unknown", "取消", "訂閱台積電"):
        assert talk.hear(text, is_group=True) == ()

    assert talk.store.chats.find("telegram", "1") is None


def test_a_command_in_a_group_is_answered(talk: Talk) -> None:
    talk.hear("/sub@TickerBell_bot AMZN", is_group=True)
    talk.hear("訂閱 NVDA", is_group=True)

    assert talk.rules() == ["AMZN", "NVDA"]


def test_a_command_for_another_bot_is_left_alone(talk: Talk) -> None:
    assert talk.hear("/sub@OtherBot AMZN", is_group=True) == ()


def test_an_everyday_word_in_a_group_counts_in_answer_to_an_alert_only(talk: Talk) -> None:
    talk.say("/sub 2330")
    message = alert(talk)

    assert talk.hear("為什麼", is_group=True) == ()
    assert talk.hear("為什麼", is_group=True, reply_to="somebody else's") == ()
    assert len(talk.hear("為什麼", is_group=True, reply_to=message)) == 1


def test_a_slip_is_answered_with_the_nearest_command(talk: Talk) -> None:
    assert "/list" in talk.say("/lsit").plain


def test_a_topic_without_a_command_is_offered_as_a_subscription(talk: Talk) -> None:
    offered = talk.say("台積電 裁員")

    assert talk.rules() == []
    talk.press(offered)
    assert talk.rules() == ["台積電 裁員"]


def test_other_talk_is_answered_with_the_way_to_help(talk: Talk) -> None:
    answer = talk.say("今天天氣真好 " + "哈" * 3000)

    assert "/help" in answer.plain
    assert len(answer.plain) < 200


def test_a_forged_token_has_no_effect_and_a_short_answer(talk: Talk) -> None:
    talk.say("/sub AMZN")

    for token in ("", "x", "unsub:1", "A" * 22, "' OR 1=1 --"):
        assert talk.send(token).plain == "這個按鈕已經失效，請重新輸入指令。"
    assert talk.rules() == ["AMZN"]


def test_another_chats_button_has_no_effect(talk: Talk) -> None:
    (button,) = talk.say("/sub AMZN").buttons[0]
    talk.say("/sub AMZN", "2")

    assert "失效" in talk.send(button.token, "2").plain
    assert (talk.rules(), talk.rules("2")) == (["AMZN"], ["AMZN"])


def test_a_button_expires(talk: Talk) -> None:
    sent = talk.say("/sub AMZN")
    talk.later(seconds=BUTTONS_LIVE.total_seconds())

    assert "失效" in talk.press(sent).plain
    assert talk.rules() == ["AMZN"]


def test_an_action_of_an_unknown_kind_has_no_effect(talk: Talk) -> None:
    talk.say("/start")
    token = talk.store.actions.create(talk.chat(), "later", {}, talk.now, talk.now + BUTTONS_LIVE)

    assert "失效" in talk.send(token).plain


def test_not_relevant_is_noted_and_can_be_taken_back(talk: Talk) -> None:
    talk.say("/sub 2330")
    alert(talk)
    until = talk.now + BUTTONS_LIVE
    token = talk.store.actions.create(
        talk.chat(), "not_relevant", {"article": "1"}, talk.now, until
    )

    noted = talk.send(token)
    before = [o.verdict for o in talk.store.feedback.of(1)]
    talk.press(noted)

    assert before == ["irrelevant"]
    assert [o.verdict for o in talk.store.feedback.of(1)] == ["withdrawn"]


def test_the_alerts_mute_button_mutes_its_origin(talk: Talk) -> None:
    talk.say("/start")
    args = {"kind": "outlet", "value": "某報", "label": "某報"}
    until = talk.now + BUTTONS_LIVE
    token = talk.store.actions.create(talk.chat(), "mute_origin", args, talk.now, until)

    talk.send(token)

    assert talk.muted() == ["某報"]


def test_a_suspended_chat_that_writes_is_back_with_its_rules(talk: Talk) -> None:
    talk.say("/sub AMZN")
    talk.store.chats.suspend(talk.chat(), "blocked", talk.now)
    before = talk.changes

    answer = talk.say("/start")

    assert "歡迎回來" in answer.plain
    assert [rule.typed for rule in talk.store.rules.active()] == ["AMZN"]
    assert talk.changes == before + 1


def test_a_language_is_kept_for_this_chat_alone(talk: Talk) -> None:
    assert "English" in talk.say("/lang en").plain
    assert "Subscriptions" in talk.say("/help").plain
    assert "指令" in talk.say("/help", "2").plain


@pytest.mark.parametrize(("typed", "lang"), [("中文", "zh-TW"), ("zh_tw", "zh-TW"), ("EN", "en")])
def test_a_language_is_known_by_several_names(talk: Talk, typed: str, lang: str) -> None:
    talk.say(f"/lang {typed}")

    found = talk.store.chats.find("telegram", "1")
    assert found is not None
    assert found.lang == lang


def test_an_unknown_language_changes_nothing(talk: Talk) -> None:
    assert "zh-TW" in talk.say("/lang klingon").plain
    assert "指令" in talk.say("/help").plain


def test_a_language_is_chosen_by_button(talk: Talk) -> None:
    talk.press(talk.say("/lang"), 2)

    assert "Subscriptions" in talk.say("/help").plain


def test_what_somebody_typed_is_never_markup(talk: Talk) -> None:
    answer = talk.say("/sub **粗** {rule} <b>")

    typed = [run for line in answer.lines for run in line if "粗" in run.text]
    assert typed[0].text == "**粗** {rule} <b>"


def test_an_empty_text_is_answered_in_private(talk: Talk) -> None:
    assert "/help" in talk.say("").plain


def test_an_update_without_an_id_is_answered_every_time(talk: Talk) -> None:
    text = Incoming("console", "1", "me", "/help")

    assert len(talk.service.incoming(text)) == len(talk.service.incoming(text)) == 1


def test_the_real_rule_language_is_behind_the_door() -> None:
    rules = RuleLanguage()

    rule = rules.parse("AMZN 裁員")

    assert rule.term == And((CompanyTerm("AMZN"), EventTerm("layoff")))
    assert "裁員" in rules.explain(rule, "zh-TW")
    with pytest.raises(RuleError):
        rules.parse("(台積電")


@pytest.mark.parametrize("text", ["/sub AMZN", "/unsub 1", "/mute 甲報", "/unmute 1", "/lang en"])
def test_in_a_group_only_admins_change_things(talk: Talk, text: str) -> None:
    member = Incoming("telegram", "-9", "77", text, is_group=True, is_admin=False)

    (answer,) = talk.service.incoming(member)

    assert "管理員" in answer.plain
    assert talk.store.rules.active() == ()


def test_in_a_group_anybody_may_look(talk: Talk) -> None:
    member = Incoming("telegram", "-9", "77", "/list", is_group=True, is_admin=False)

    (answer,) = talk.service.incoming(member)

    assert "管理員" not in answer.plain


def test_in_a_group_a_members_press_changes_nothing(talk: Talk) -> None:
    admin = Incoming("telegram", "-9", "1", "/sub AMZN", is_group=True)
    (done,) = talk.service.incoming(admin)
    token = done.buttons[0][0].token
    press = Pressed("telegram", "-9", "77", token, is_group=True, is_admin=False)

    (answer,) = talk.service.pressed(press)

    assert "管理員" in answer.plain
    assert len(talk.store.rules.active()) == 1
