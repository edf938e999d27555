"""/test: what a rule would have sent, counted as it would have been sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.backfill import fill
from bot.chat.context import Context
from bot.chat.forecast import in_full, in_short
from bot.chat.handlers import testing
from bot.chat.highlights import excerpt, headline
from bot.chat.preview import MOST, Budget, Preview, preview, searchable
from bot.chat.replies import render, reply
from bot.messages import Run
from bot.texts import texts
from rules.model import (
    And,
    Article,
    KeywordTerm,
    Mention,
    Not,
    Outcome,
    Part,
    Reading,
    RegexTerm,
    Rule,
    Salience,
    Span,
)
from storage import open_store
from tests.bot.chatting import NOW, TSMC, Talk, Words, article, context_of

PASSING = Reading("zh", (Mention(TSMC, Salience.PASSING, False, (Span(Part.TEXT, 0, 2, "內文"),)),))


@pytest.fixture
def talk() -> Iterator[Talk]:
    with closing(open_store(":memory:")) as store:
        yield Talk(store, now=NOW - timedelta(days=29))


def daily(talk: Talk, count: int, **more: object) -> None:
    """An article a day from the talk's day on."""
    for _ in range(count):
        article(talk, f"d{talk.now:%m%d}", **more)  # type: ignore[arg-type]
        talk.later(days=1)


def context(talk: Talk) -> Context:
    return context_of(talk)


def test_alerts_are_counted_as_they_would_be_sent(talk: Talk) -> None:
    daily(talk, 10)
    _, story = article(talk, "b1")
    article(talk, "b2", story=story)
    article(talk, "b3", flagged=True)
    article(talk, "b4", read=PASSING)
    talk.now = NOW

    said = talk.say("/test 台積電").plain

    assert "近 29 天會收到 11 則快訊（平均每天 0.4 則）。" in said
    assert "符合的文章有 14 篇" in said
    assert "1 篇是同一件事的後續報導、1 篇疑似廣告、1 篇只是順帶提到" in said


def test_what_the_chat_muted_is_counted_as_held_back(talk: Talk) -> None:
    daily(talk, 3, outlet="某報")
    talk.say("/mute 某報")

    assert "3 篇的來源已靜音" in talk.say("/test 台積電").plain


def test_three_latest_examples_show_the_words_in_bold(talk: Talk) -> None:
    daily(talk, 5)
    talk.now = NOW

    message = talk.say("/test 台積電 裁員")

    assert [line for line in message.plain.split("\n") if line[:2] in {"1.", "2.", "3.", "4."}] == [
        "1. 台積電 d1029 裁員",
        "2. 台積電 d1028 裁員",
        "3. 台積電 d1027 裁員",
    ]
    assert any(run.bold and run.text == "台積電" for line in message.lines for run in line)
    assert "經濟觀察網，10/29 09:00" in message.plain


def test_nothing_is_subscribed_until_the_button_is_pressed(talk: Talk) -> None:
    daily(talk, 2)
    answer = talk.say("/test 台積電")

    assert talk.rules() == []
    talk.press(answer)
    assert talk.rules() == ["台積電"]


def test_a_subscription_is_tried_by_its_number(talk: Talk) -> None:
    daily(talk, 2)
    talk.say("/sub 台積電")

    answer = talk.say("/test 1")

    assert "試跑：台積電（你的第 1 則訂閱）" in answer.plain
    assert answer.buttons == ()


def test_a_refused_rule_may_be_tried_as_corrected(talk: Talk) -> None:
    daily(talk, 2)
    refused = talk.say("/test AMZN layoff>=")

    assert "可以改成：/test AMZN 裁員" in refused.plain
    assert talk.press(refused).plain.startswith("試跑：AMZN 裁員")
    assert talk.rules() == []


def test_parts_that_never_meet_are_counted_one_by_one(talk: Talk) -> None:
    daily(talk, 4)

    said = talk.say("/test 台積電 capex").plain

    assert "近 4 天沒有符合的新聞。" in said
    assert "2330.TW 4 篇、#capex 0 篇；但沒有同時符合的" in said


def test_a_bot_that_began_today_says_so_instead_of_a_rate(talk: Talk) -> None:
    article(talk, "a1")

    said = talk.say("/test 台積電").plain

    assert "我今天才開始讀新聞，目前讀過的 1 篇裡會收到 1 則快訊。" in said
    assert "平均" not in said


def test_with_nothing_stored_there_is_nothing_to_try(talk: Talk) -> None:
    assert "還沒有讀過任何新聞" in talk.say("/test 台積電").plain
    assert "新聞" not in talk.say("/sub 台積電").plain


def test_a_new_subscription_says_in_one_line_what_it_would_have_sent(talk: Talk) -> None:
    daily(talk, 10)
    talk.now = NOW

    answer = talk.say("/sub 台積電")

    assert "近 29 天會收到 10 則快訊（平均每天 0.3 則）。" in answer.plain
    assert "最近的例子" in talk.press(answer, 2).plain


def test_beyond_what_there_is_time_for_numbers_are_estimated_and_said_to_be(talk: Talk) -> None:
    for number in range(120):
        article(talk, f"a{number}", read=Reading("zh") if number % 2 else None)
    talk.later(days=10)
    seconds = iter([0.0, 0.1, 99.0])

    term = Words().parse("台積電").term
    seen = preview(context(talk), term, Budget(lambda: next(seconds)))

    assert (seen.candidates, seen.tried, seen.exact) == (120, 45, False)
    assert (seen.matched, seen.sent) == (59, 59)
    parts = in_full(context(talk), Rule(term, "2330.TW", "台積電"), seen)
    said = render(reply(*parts), texts("zh-TW"), lambda _: "").plain
    assert "近 10 天大約會收到 59 則快訊（平均每天 5.9 則）" in said
    assert "平均抽出 45 篇細看" in said


def test_what_is_tried_is_spread_over_the_whole_time(talk: Talk) -> None:
    for number in range(MOST * 2):  # only the older half is about the company
        article(talk, f"a{number}", read=None if number < MOST else Reading("zh"))
    talk.later(days=10)

    seen = preview(context(talk), Words().parse("台積電").term)

    assert (seen.candidates, seen.tried) == (MOST * 2, MOST)
    assert abs(seen.matched - MOST) <= MOST / 10


def test_an_estimate_has_two_digits() -> None:
    seen = Preview(30, 30_000, 8_696, 300, ())

    assert replace(seen, tried=8_696).exact
    assert [seen._scaled(count) for count in (0, 1, 77)] == [0, 29, 2200]


@pytest.mark.parametrize(
    ("rate", "said"), [(1, "近 30 天會收到 1 則快訊。"), (15, "每天 0.5 則"), (600, "每天 20 則")]
)
def test_a_rate_is_told_where_it_says_something(talk: Talk, rate: int, said: str) -> None:
    (trial,) = preview_of_one(talk).trials
    told = render(
        reply(in_short(Preview(30, 900, rate, rate, (trial,) * rate))), texts("zh-TW"), str
    )

    assert said in told.plain


def preview_of_one(talk: Talk) -> Preview:
    article(talk, "a1")
    return preview(context(talk), Words().parse("台積電").term)


def test_a_rule_that_nearly_everything_matches_is_warned_of(talk: Talk) -> None:
    for number in range(100):
        article(talk, f"a{number}")
    while fill(talk.store):
        pass
    talk.later(days=20)

    assert "100% 都符合" in talk.say("/sub 台積電").plain


def test_an_exclusion_that_spares_alerts_is_offered(talk: Talk) -> None:
    for number in range(8):
        article(talk, f"g{number}", title=f"散熱廠第{number}季接單", read=Reading("zh"))
    for number in range(6):
        told = article(talk, f"n{number}", title=f"電競開箱{number}：散熱", read=Reading("zh"))
        talk.say("/list")
        talk.store.feedback.record(talk.chat(), told[0], testing.IRRELEVANT, "u", talk.now)
    talk.later(days=2)

    class Quoting(Words):
        def parse(self, text: str) -> Rule:
            from rules.language import parse

            return parse(text)

    talk.service._engine = Quoting()
    answer = talk.say("/test 散熱")

    assert "建議排除「開箱」：會少 6 則" in answer.plain
    assert "其他 8 則都沒有這個詞" in answer.plain
    talk.press(answer, 2)
    assert talk.rules() == ['散熱 -"開箱"']


def test_words_are_bold_in_the_headline_and_what_is_not_there_in_an_excerpt() -> None:
    text = "前一句說別的事。公司今天宣布裁員一萬人，員工很驚訝。"
    told = Article("1", "台積電新消息", text, "s", NOW)
    name = Span(Part.TITLE, 0, 3, "台積電")
    start = text.index("裁員")
    layoff = Span(Part.TEXT, start, start + 2, "裁員")

    assert headline(told, [name, layoff]) == (Run("台積電", bold=True), Run("新消息"))
    around = excerpt(told, {"2330": (name,), "#layoff": (layoff,)})
    assert around is not None
    assert "".join(run.text for run in around) == "…公司今天宣布裁員一萬人，員工很驚訝。"
    assert [run.text for run in around if run.bold] == ["裁員"]
    assert excerpt(told, {"2330": (name, layoff)}) is None


def test_the_word_for_trying_is_no_part_of_another_word(talk: Talk) -> None:
    assert "看不懂" in talk.say("試用期").plain
    assert "還沒有讀過任何新聞" in talk.say("試 台積電").plain


def test_keyword_boundaries_count_in_a_preview(talk: Talk) -> None:
    article(talk, "a1", title="族群創新高", read=Reading("zh"))
    article(talk, "a2", title="群創報喜", read=Reading("zh"))
    while fill(talk.store):
        pass

    seen = preview(context(talk), KeywordTerm("群创"))

    assert [t.past.article.id for t in seen.trials] == ["a2"]
    assert seen.count(Outcome.PUSH) == 1


def test_a_regular_expression_is_looked_for_by_its_chinese_words() -> None:
    term = And((RegexTerm("裁(员|撤).{0,5}万人$"), Not(RegexTerm("a.c"))))

    assert searchable(term) == And((KeywordTerm("万人", exact=True), Not(RegexTerm("a.c"))))
    assert searchable(RegexTerm("a|b")) == RegexTerm("a|b")
