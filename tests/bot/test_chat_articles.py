from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from rules.model import Outcome
from storage import open_store
from storage.outbox import STATES
from tests.bot.chatting import Talk, alert, article, decide


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    store = open_store(tmp_path / "chat.db")
    talk = Talk(store)
    talk.say("/sub 2330")
    yield talk
    store.close()


def test_adverts_are_listed_with_their_signals_in_words_and_their_stocks(talk: Talk) -> None:
    decide(talk, article(talk, flagged=True), Outcome.PROMOTION)

    listed = talk.say("/spam").plain

    assert "台積電 a1 裁員" in listed
    assert "經濟觀察網，30 分鐘前" in listed
    assert "要人加 LINE" in listed
    assert "台積電(2330)、6488.TWO" in listed


def test_adverts_that_matched_nothing_of_this_chat_are_listed_apart(talk: Talk) -> None:
    decide(talk, article(talk, "a1", flagged=True), Outcome.PROMOTION)
    article(talk, "a2", flagged=True)

    own, others = talk.say("/spam").plain.split("其他被判為廣告的文章（不符合你的訂閱）")

    assert "1. 台積電 a1 裁員" in own
    assert "2. 台積電 a2 裁員" in others


def test_without_adverts_that_is_said(talk: Talk) -> None:
    article(talk)

    assert "最近沒有被當成廣告" in talk.say("/spam").plain


def test_an_alert_is_marked_as_an_advert_by_answering_it(talk: Talk) -> None:
    message = alert(talk)

    first = talk.say("/spam", reply_to=message)
    second = talk.say("這是廣告", reply_to=message)

    (said,) = talk.store.feedback.of(1, talk.chat())
    assert (said.verdict, said.user) == ("promotion", "user1")
    assert "已記下：這篇是廣告" in first.plain
    assert "已經標為廣告" in second.plain


def test_a_mark_can_be_taken_back(talk: Talk) -> None:
    message = alert(talk)
    talk.press(talk.say("/spam", reply_to=message))

    assert [o.verdict for o in talk.store.feedback.of(1, talk.chat())] == ["withdrawn"]
    assert "已記下：這篇是廣告" in talk.say("/spam", reply_to=message).plain


def test_answering_anything_else_marks_nothing(talk: Talk) -> None:
    alert(talk)

    assert "不是快訊" in talk.say("/spam", reply_to="m77").plain
    assert talk.store.feedback.of(1) == ()


@pytest.mark.parametrize(
    ("outcome", "detail", "said"),
    [
        (Outcome.PROMOTION, "LINE_INVITE", "判定為廣告，沒有推播"),
        (Outcome.MUTED, "某報", "「某報」已靜音，沒有推播"),
        (Outcome.MUTED, "", "來源已靜音，沒有推播"),
        (Outcome.PASSING, "", "只是順帶提到，沒有推播"),
        (Outcome.SAME_STORY, "台積電裁員", "同一件事已經推播過：「台積電裁員」"),
    ],
)
def test_what_was_held_back_is_listed_with_the_reason(
    talk: Talk, outcome: Outcome, detail: str, said: str
) -> None:
    decide(talk, article(talk), outcome, detail=detail)

    assert said in talk.say("/held").plain


@pytest.mark.parametrize("outcome", [Outcome.PUSH, Outcome.BACKLOG])
def test_what_was_sent_or_old_is_not_held_back(talk: Talk, outcome: Outcome) -> None:
    decide(talk, article(talk), outcome)

    assert "沒有被保留的文章" in talk.say("/held").plain


def test_why_tells_the_whole_trace_of_a_sent_article(talk: Talk) -> None:
    alert(talk)

    told = talk.say("/why https://news.example/a1").plain.split("\n")

    assert told == [
        "台積電 a1 裁員",
        "・經濟觀察網，11/23 09:00 讀取",
        "・結果：推播",
        "・11/23 09:30 送達",
        "・符合訂閱 2330：「台積電」",
        "・主要公司：台積電(2330)",
        "・發生的事：裁員（台積電(2330)）",
        "・不是廣告（2 分，滿分 100）",
        "・同一件事沒有其他報導",
    ]


def test_why_names_the_other_outlets_of_the_story(talk: Talk) -> None:
    _, story = article(talk, "a1")
    article(talk, "a2", outlet="某報", story=story)

    told = talk.say("/why https://news.example/a1").plain

    assert "・同一件事另有：某報" in told


def test_why_finds_the_link_among_other_words(talk: Talk) -> None:
    alert(talk)

    assert "台積電 a1 裁員" in talk.say("/why 這則 https://news.example/a1 怎麼了").plain


def test_a_bare_link_is_explained(talk: Talk) -> None:
    alert(talk)

    assert "台積電 a1 裁員" in talk.say("https://news.example/a1").plain


@pytest.mark.parametrize(
    "typed",
    [
        "看看 https://news.example/a1 謝謝",
        "/why https://news.example/a1。",
        "/why （https://news.example/a1）",
        "/why news.example/a1",
    ],
)
def test_a_link_is_found_however_people_paste_it(talk: Talk, typed: str) -> None:
    alert(talk)

    assert "台積電 a1 裁員" in talk.say(typed).plain


def test_why_in_answer_to_an_alert_means_that_alert(talk: Talk) -> None:
    assert "台積電 a1 裁員" in talk.say("為什麼", reply_to=alert(talk)).plain


def test_why_of_an_advert_names_the_signals(talk: Talk) -> None:
    decide(talk, article(talk, flagged=True), Outcome.PROMOTION, detail="LINE_INVITE")

    told = talk.say("/why https://news.example/a1").plain

    assert "判定為廣告（90 分，滿分 100）：要人加 LINE" in told
    assert "結果：判定為廣告，沒有推播" in told


def test_why_says_which_words_each_rule_held_on(talk: Talk) -> None:
    talk.say("/sub AMZN")
    alert(talk)

    told = talk.say("/why https://news.example/a1").plain.split("\n")

    assert "・符合訂閱 2330：「台積電」" in told
    assert "・符合訂閱 AMZN" in told


@pytest.mark.parametrize("command", ["/held", "/spam"])
def test_what_was_held_back_is_explained_by_its_button(talk: Talk, command: str) -> None:
    decide(talk, article(talk, "a1", flagged=True), Outcome.PROMOTION)
    decide(talk, article(talk, "a2", flagged=True), Outcome.PROMOTION)

    told = talk.press(talk.say(command), 2).plain

    assert told.startswith("台積電 a1 裁員")
    assert "結果：判定為廣告，沒有推播" in told


def test_why_of_an_article_that_matched_nothing_says_so(talk: Talk) -> None:
    article(talk)

    assert "沒有符合你的任何一則訂閱" in talk.say("/why https://news.example/a1").plain


def test_why_of_an_unknown_link_says_so(talk: Talk) -> None:
    told = talk.say("/why https://news.example/other").plain

    assert told.startswith("我沒有讀到過這個連結的文章：https://news.example/other\n")
    assert "/sources" in told


def test_why_alone_asks_for_a_link(talk: Talk) -> None:
    assert "貼上新聞連結" in talk.say("/why").plain
    assert "不是快訊" in talk.say("/why", reply_to="m5").plain


def test_why_of_an_alert_on_its_way_tells_how_far_it_is(talk: Talk) -> None:
    ids = article(talk)
    owed = talk.store.outbox.enqueue(talk.chat(), ids[1], ids[0], "alert", {}, talk.now)
    decide(talk, ids, Outcome.PUSH, outbox=owed)

    assert "傳送狀態：排隊等待傳送" in talk.say("/why https://news.example/a1").plain


def test_every_state_of_the_outbox_has_words(talk: Talk) -> None:
    from bot.texts import LANGUAGES, texts

    assert [s for s in STATES for lang in LANGUAGES if f"outbox.{s}" not in texts(lang)] == []


def test_sources_tell_their_last_success_and_failure(talk: Talk) -> None:
    sources, now = talk.store.sources, talk.now
    url = "https://example.com/rss"
    sources.visited("a", "甲台", url, "live", "", "", now - timedelta(hours=2), now, True)
    sources.visited("b", "乙台", url, "live", "", "", now - timedelta(days=1), now, True)
    sources.failed("b", "乙台", url, "live", "source.timeout", now, now)
    sources.failed("c", "丙台", url, "live", "source.something_new", now, now)

    told = talk.say("/sources").plain

    assert "甲台：2 小時前更新成功" in told
    assert "乙台：連續失敗 1 次（逾時沒有回應），上次成功：1 天前" in told
    assert "丙台：連續失敗 1 次（無法讀取），從未成功過" in told


def test_outlets_tell_their_share_of_adverts_and_can_be_muted(talk: Talk) -> None:
    for number in range(4):
        article(talk, f"a{number}", flagged=number == 0, outlet="農場文網")
    article(talk, "b1", outlet="正經報")

    answer = talk.say("/sources")
    talk.press(answer)

    assert "農場文網：4 篇，其中 1 篇是薦股廣告" in answer.plain
    assert "正經報：1 篇" in answer.plain
    assert talk.muted() == ["農場文網"]


def test_an_origin_of_many_articles_shows_its_latest(talk: Talk) -> None:
    for number in range(42):
        article(talk, f"a{number}", flagged=number > 39, outlet="農場文網")

    assert "農場文網：42 篇，近 40 篇有 2 篇是薦股廣告" in talk.say("/sources").plain


def test_the_share_of_a_few_articles_is_counted_out(talk: Talk) -> None:
    article(talk, flagged=True, outlet="某社團")

    assert "某社團：1 篇，其中 1 篇是薦股廣告" in talk.say("/sources").plain


def test_without_sources_that_is_said(talk: Talk) -> None:
    assert "還沒有任何新聞來源" in talk.say("/sources").plain


def test_a_headline_is_a_link_and_never_markup(talk: Talk) -> None:
    decide(talk, article(talk, title="**粗** {name} <b>\n第二行"), Outcome.PASSING)

    listed = talk.say("/held")

    linked = [run for line in listed.lines for run in line if run.url]
    assert [(run.text, run.bold) for run in linked] == [("**粗** {name} <b> 第二行", False)]
