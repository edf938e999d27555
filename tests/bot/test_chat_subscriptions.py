from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.chat.handlers.subscriptions import MOST_RULES, only_companies
from bot.knowledge import RuleLanguage
from rules.model import And, CompanyTerm, EventTerm, KeywordTerm, LangTerm, Not, Or
from storage import open_store
from tests.bot.chatting import Talk, alert, article


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    store = open_store(tmp_path / "chat.db")
    yield Talk(store)
    store.close()


def test_a_subscription_is_kept_and_explained(talk: Talk) -> None:
    answer = talk.say("/sub AMZN 裁員")

    assert talk.rules() == ["AMZN 裁員"]
    assert "已訂閱 AMZN 裁員" in answer.plain
    assert "AMZN #layoff" in answer.plain
    assert talk.changes == 1


def test_a_subscription_can_be_taken_back_at_once(talk: Talk) -> None:
    talk.press(talk.say("/sub AMZN"))

    assert talk.rules() == []
    assert talk.changes == 2


def test_sub_alone_asks_and_changes_nothing(talk: Talk) -> None:
    answer = talk.say("/sub")

    assert answer.plain.count("/sub ") >= 3
    assert (talk.rules(), talk.changes) == ([], 0)


def test_the_same_subscription_in_other_words_is_not_kept_twice(talk: Talk) -> None:
    talk.say("/sub 台積電")
    answer = talk.say("/sub 2330")

    assert talk.rules() == ["台積電"]
    assert "已經訂閱過" in answer.plain
    assert "第 1 則" in answer.plain


def test_a_rule_that_cannot_be_understood_is_refused_with_place_and_example(talk: Talk) -> None:
    answer = talk.say("/sub AMZN layoff>=")

    assert talk.rules() == []
    assert "AMZN layoff▶>=◀" in answer.plain
    assert "/sub AMZN 裁員" in answer.plain


def test_the_corrected_rule_is_one_press_away(talk: Talk) -> None:
    talk.press(talk.say("/sub AMZN layoff>="))

    assert talk.rules() == ["AMZN 裁員"]


@pytest.mark.parametrize(
    ("lang", "example"), [("zh", "/sub 台積電 裁員"), ("en", "/sub TSMC layoff")]
)
def test_where_nothing_can_be_kept_an_example_is_shown_and_not_offered(
    talk: Talk, lang: str, example: str
) -> None:
    real = Talk(talk.store, engine=RuleLanguage())
    real.say(f"/lang {lang}")
    answer = real.say('/sub ""')

    assert example in answer.plain
    assert answer.buttons == ()


def test_a_sign_with_two_meanings_is_settled_by_a_button(talk: Talk) -> None:
    real = Talk(talk.store, engine=RuleLanguage())
    asked = real.say("/sub 台積電+聯電")

    assert [b.label for row in asked.buttons for b in row] == [
        "訂閱 台積電或聯電",
        "訂閱 台積電 聯電",
    ]
    real.press(asked, 2)
    assert real.rules() == ["台積電 聯電"]


def test_the_place_is_not_shown_where_it_is_everything_that_was_typed(talk: Talk) -> None:
    assert "▶" not in Talk(talk.store, engine=RuleLanguage()).say("/sub 9998").plain


def test_a_cancellation_sent_to_the_wrong_command_is_offered(talk: Talk) -> None:
    real = Talk(talk.store, engine=RuleLanguage())
    real.say("/sub 台積電")
    answer = real.say("/sub 退訂 2330")

    assert "/unsub" in answer.plain
    real.press(answer)
    assert real.rules() == []


@pytest.mark.parametrize("typed", ["取消 台積電", "刪除 1", "退訂 台積電"])
def test_words_that_end_a_subscription_do_not_begin_one(talk: Talk, typed: str) -> None:
    real = Talk(talk.store, engine=RuleLanguage())
    real.say("/sub 台積電")
    answer = real.say(f"/sub {typed}")

    assert real.rules() == ["台積電"]
    real.press(answer)
    assert real.rules() == []


def test_a_word_for_ending_is_a_word_where_nothing_is_there_to_end(talk: Talk) -> None:
    real = Talk(talk.store, engine=RuleLanguage())
    real.say("/sub 取消 訂單")

    assert real.rules() == ["取消 訂單"]


# --- what may be meant otherwise ------------------------------------------------------------------


def test_what_may_be_meant_otherwise_takes_the_place_of_the_rule_with_one_press(talk: Talk) -> None:
    answer = talk.say("/sub 台機電")

    assert "你是不是要寫：台積電" in answer.plain
    assert talk.rules() == ["台機電"]
    answer = talk.press(answer)
    assert talk.rules() == ["台積電"]
    assert "已取消訂閱 台機電" in answer.plain
    assert "已訂閱 台積電" in answer.plain


def test_of_an_ended_rule_only_the_other_meaning_is_subscribed_to(talk: Talk) -> None:
    answer = talk.say("/sub 台機電")
    talk.say("/unsub 1")
    talk.press(answer)

    assert talk.rules() == ["台積電"]


def test_what_the_meaning_says_already_is_no_remark(talk: Talk) -> None:
    assert "※" not in talk.say("/sub 台積電 新聞").plain


def test_two_remarks_at_most_are_made(talk: Talk) -> None:
    answer = talk.say("/sub 台機電 的 大同").plain

    assert answer.count("※") == 2


def test_each_meaning_of_a_name_has_its_button(talk: Talk) -> None:
    labels = [b.label for row in talk.say("/sub 大同").buttons for b in row]

    assert labels == ["改成 大同一", "改成 大同二", "取消這則訂閱"]


def test_a_name_of_several_companies_is_settled_by_a_button(talk: Talk) -> None:
    asked = talk.say("/sub 長榮")

    assert talk.rules() == []
    talk.press(asked, 2)
    assert talk.rules() == ["2618.TW"]


def test_a_thousand_characters_are_refused_with_the_limit(talk: Talk) -> None:
    answer = talk.say("/sub " + "長" * 1000)

    assert "1000 個字" in answer.plain
    assert "500 個字" in answer.plain
    assert talk.rules() == []


def test_only_so_many_subscriptions_fit_a_chat(talk: Talk) -> None:
    talk.say("/start")
    for number in range(MOST_RULES):
        talk.store.rules.add(talk.chat(), f"w{number}", f"w{number}", talk.now)

    answer = talk.say("/sub AMZN")

    assert str(MOST_RULES) in answer.plain
    assert len(talk.rules()) == MOST_RULES


def test_a_company_alone_says_that_passing_mentions_are_held_back(talk: Talk) -> None:
    assert "/held" in talk.say("/sub NVDA").plain
    assert "/held" not in talk.say("/sub NVDA 裁員").plain


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (CompanyTerm("NVDA"), True),
        (CompanyTerm("NVDA", about=True), False),
        (Or((CompanyTerm("NVDA"), CompanyTerm("AVGO"))), True),
        (Or((CompanyTerm("NVDA"), EventTerm("layoff"))), True),
        (And((CompanyTerm("NVDA"), LangTerm("zh"))), True),
        (And((CompanyTerm("NVDA"), Not(KeywordTerm("rumour")))), True),
        (And((CompanyTerm("NVDA"), KeywordTerm("hbm"))), False),
        (And((Or((CompanyTerm("NVDA"), CompanyTerm("AMD"))), EventTerm("capex"))), False),
        (And((CompanyTerm("NVDA"), Or((EventTerm("layoff"), EventTerm("capex"))))), False),
        (And((CompanyTerm("NVDA"), Or((EventTerm("layoff"), LangTerm("zh"))))), True),
        (KeywordTerm("hbm"), False),
    ],
)
def test_whether_a_name_alone_makes_a_rule_hold(term: object, expected: bool) -> None:
    assert only_companies(term) is expected  # type: ignore[arg-type]


def test_the_list_is_numbered_and_in_words(talk: Talk) -> None:
    talk.say("/sub AMZN 裁員")
    talk.say("/sub NVDA")

    listed = talk.say("清單").plain

    assert "1. AMZN 裁員" in listed
    assert "2. NVDA" in listed
    assert "[zh-TW] AMZN #layoff" in listed


def test_a_long_list_is_turned_page_by_page(talk: Talk) -> None:
    for number in range(12):
        talk.say(f"/sub w{number}")

    first = talk.say("/list")
    second = talk.press(first)

    assert "w11" not in first.plain
    assert "w11" in second.plain
    assert "w11" in talk.say("/list 2").plain
    assert "w11" in talk.say("/list 99").plain


@pytest.mark.parametrize("named", ["2", "２", "NVDA 裁員", "裁員 NVDA"])
def test_a_subscription_ends_by_number_or_words(talk: Talk, named: str) -> None:
    talk.say("/sub AMZN")
    talk.say("/sub NVDA 裁員")

    answer = talk.say(f"/unsub {named}")

    assert "不再推播" in answer.plain
    assert talk.rules() == ["AMZN"]


def test_a_code_is_a_code_and_not_a_number(talk: Talk) -> None:
    talk.say("/sub AMZN")
    talk.say("/sub 台積電")

    talk.say("/unsub 2330")

    assert talk.rules() == ["AMZN"]


def test_an_ended_subscription_comes_back_with_one_press(talk: Talk) -> None:
    talk.say("/sub AMZN 裁員")
    talk.press(talk.say("/unsub 1"))

    assert talk.rules() == ["AMZN 裁員"]


def test_unsub_alone_offers_a_button_for_each(talk: Talk) -> None:
    talk.say("/sub AMZN")
    talk.say("/sub NVDA")

    asked = talk.say("/unsub")
    talk.press(asked, 2)

    assert talk.rules() == ["AMZN"]


def test_pressing_the_same_button_again_says_that_it_is_done(talk: Talk) -> None:
    talk.say("/sub AMZN")
    asked = talk.say("/unsub")
    talk.press(asked)

    assert "先前就取消" in talk.press(asked).plain


def test_unsub_in_answer_to_an_alert_ends_the_rule_that_matched(talk: Talk) -> None:
    talk.say("/sub AMZN")
    message = alert(talk)
    talk.say("/sub NVDA")

    talk.say("/unsub", reply_to=message)

    assert talk.rules() == ["NVDA"]


def test_an_alert_of_several_rules_asks_which_one(talk: Talk) -> None:
    talk.say("/sub AMZN")
    talk.say("/sub NVDA")
    message = alert(talk)
    talk.say("/sub 2330")

    asked = talk.say("/unsub", reply_to=message)

    assert len(asked.buttons) == 2
    assert len(talk.rules()) == 3


@pytest.mark.parametrize("named", ["7", "0", "火箭", "9" * 4400])
def test_an_unknown_subscription_is_said_to_be_unknown(talk: Talk, named: str) -> None:
    talk.say("/sub AMZN")

    answer = talk.say(f"/unsub {named}")

    assert "/list" in answer.plain
    assert len(answer.plain) < 200
    assert talk.rules() == ["AMZN"]


def test_without_subscriptions_the_way_to_one_is_shown(talk: Talk) -> None:
    for command in ("/list", "/unsub", "/unsub 1"):
        assert "/sub 台積電" in talk.say(command).plain


def test_a_pasted_list_is_one_subscription_a_line(talk: Talk) -> None:
    answer = talk.say("/sub 2330\n\nAMZN 裁員\nlayoff>=oops").plain

    assert [rule.typed for rule in talk.store.rules.active()] == ["2330", "AMZN 裁員"]
    assert answer.count("已訂閱") == 2
    assert "layoff>=oops\n還沒訂閱：" in answer


@pytest.mark.parametrize("mark", ["{n}. ", "{n}、", "{n}) ", "- ", "• ", "·"])
def test_the_marks_of_a_list_are_no_part_of_its_lines(talk: Talk, mark: str) -> None:
    rules = ["2330", "AMZN 裁員"]
    talk.say("/sub " + "\n".join(mark.format(n=n) + rule for n, rule in enumerate(rules, 1)))

    assert talk.rules() == rules


def test_a_pasted_list_has_buttons_for_what_should_be_corrected(talk: Talk) -> None:
    answer = talk.say("/sub 2330\n台機電\nlayoff>=oops")

    assert [b.label for row in answer.buttons for b in row] == ["改成 台積電", "訂閱 AMZN 裁員"]


def test_the_lines_of_a_list_share_the_time_for_trying_them(talk: Talk) -> None:
    article(talk)
    seconds = iter(range(1_000))  # each look at the clock takes a second
    hurried = Talk(talk.store, timer=lambda: next(seconds))
    answer = hurried.say("/sub 2330\nAMZN\nNVDA").plain

    assert len(hurried.rules()) == 3
    assert "後面 3 則還沒估算" in answer.splitlines()[-1]


def test_a_list_that_is_too_long_says_what_was_left_out(talk: Talk) -> None:
    answer = talk.say("/sub " + "\n".join(f"word{n}" for n in range(25))).plain

    assert len(talk.store.rules.active()) == 20
    assert "5" in answer.splitlines()[-1]


def test_without_subscriptions_nothing_is_said_to_have_been_sent(talk: Talk) -> None:
    assert talk.say("/held").plain == talk.say("/list").plain
