"""/search and /latest: what was published, found by a rule, newest first, adverts left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.backfill import fill
from bot.chat import lookup
from bot.chat.commands import Command, parse
from bot.chat.context import Context
from bot.chat.lookup import Walk, as_subject, page
from bot.knowledge import RuleLanguage
from bot.messages import Message
from rules.model import (
    And,
    CompanyTerm,
    EventTerm,
    Figure,
    KeywordTerm,
    Mention,
    Not,
    Or,
    Outcome,
    Part,
    PromoTerm,
    Reading,
    Salience,
    Span,
)
from storage import open_store
from tests.bot.chatting import NOW, TSMC, Talk, article, context_of, decide

PASSING = Reading("zh", (Mention(TSMC, Salience.PASSING, False, (Span(Part.TEXT, 0, 2, "內文"),)),))


@pytest.fixture
def talk() -> Iterator[Talk]:
    with closing(open_store(":memory:")) as store:
        yield Talk(store, now=NOW - timedelta(days=9))


@pytest.fixture
def fluent() -> Iterator[Talk]:
    """A talk in the real rule language."""
    with closing(open_store(":memory:")) as store:
        yield Talk(store, now=NOW - timedelta(days=9), engine=RuleLanguage())


def hourly(talk: Talk, count: int, **more: object) -> None:
    """An article an hour from the talk's time on, named by their number; all can be found."""
    for number in range(1, count + 1):
        article(talk, f"n{number}", **more)  # type: ignore[arg-type]
        talk.later(hours=1)
    while fill(talk.store):
        pass


def headlines(message: Message) -> list[str]:
    """The numbered lines of an answer."""
    return [line for line in message.plain.split("\n") if line.split(".")[0].isdigit()]


def labels(message: Message) -> list[str]:
    return [button.label for row in message.buttons for button in row]


def context(talk: Talk) -> Context:
    return context_of(talk)


def test_a_figure_on_its_own_is_found_and_tried(fluent: Talk) -> None:
    span = Span(Part.TITLE, 2, 7, "市值2兆元")
    cap = Figure(Decimal(2 * 10**12), "money", span, kind="market_cap", currency="TWD")
    hourly(fluent, 1, title="某廠市值2兆元", read=Reading("zh", figures=(cap,)))

    assert headlines(fluent.say("/search 市值>1兆")) == ["1. 某廠市值2兆元"]
    assert headlines(fluent.say("/search 市值>3兆")) == []
    assert headlines(fluent.say("/test 市值>1兆")) == ["1. 某廠市值2兆元"]


def test_the_newest_five_come_first_and_a_button_shows_older_ones(talk: Talk) -> None:
    hourly(talk, 12)

    first = talk.say("/search 台積電 裁員")
    second = talk.press(first)
    third = talk.press(second)

    assert headlines(first) == [f"{n}. 台積電 n{13 - n} 裁員" for n in range(1, 6)]
    assert headlines(second) == [f"{n}. 台積電 n{13 - n} 裁員" for n in range(6, 11)]
    assert headlines(third) == [f"{n}. 台積電 n{13 - n} 裁員" for n in (11, 12)]
    assert labels(first) == ["更早的新聞", "之後有消息就通知我"]
    assert labels(third) == []


def test_pages_do_not_shift_when_news_comes_in_between(talk: Talk) -> None:
    hourly(talk, 7)
    first = talk.say("/search 台積電")

    hourly(talk, 3, title="台積電 剛剛")

    assert headlines(talk.press(first)) == ["6. 台積電 n2 裁員", "7. 台積電 n1 裁員"]


def test_a_last_page_that_is_just_full_offers_no_empty_one(talk: Talk) -> None:
    hourly(talk, 5)

    assert labels(talk.say("/search 台積電")) == ["之後有消息就通知我"]


def test_articles_of_the_same_moment_are_all_shown(talk: Talk) -> None:
    for number in range(7):
        article(talk, f"n{number}")

    first = talk.say("/search 台積電")
    seen = headlines(first) + headlines(talk.press(first))

    assert [line.split("台積電 ")[1] for line in seen] == [f"n{6 - n} 裁員" for n in range(7)]


def test_each_has_outlet_date_and_a_linked_headline_with_the_words_in_bold(talk: Talk) -> None:
    hourly(talk, 1)

    message = talk.say("/search 台積電")
    (line,) = [line for line in message.lines if "n1" in "".join(run.text for run in line)]

    assert [run.text for run in line if run.bold] == ["台積電"]
    assert "".join(run.text for run in line if not run.url) == "1. "
    assert {run.url for run in line if run.url} == {"https://news.example/n1"}
    assert "經濟觀察網，11/14 09:00" in message.plain


def test_a_word_that_stands_in_the_text_only_is_shown_around_its_place(fluent: Talk) -> None:
    hourly(fluent, 1)

    message = fluent.say("/search 內文")

    assert "　 內文\n" in message.plain
    assert any(run.bold and run.text == "內文" for line in message.lines for run in line)


def test_words_of_two_characters_phrases_either_and_exclusions_are_found(fluent: Talk) -> None:
    for title in ("央行降息有望", "低軌衛星升空", "降息傳聞再起", "低軌的衛星"):
        hourly(fluent, 1, title=title, read=Reading("zh"))

    assert headlines(fluent.say("搜尋 降息")) == ["1. 降息傳聞再起", "2. 央行降息有望"]
    assert headlines(fluent.say("搜尋 降息 -傳聞")) == ["1. 央行降息有望"]
    assert headlines(fluent.say('/search "低軌衛星"')) == ["1. 低軌衛星升空"]
    either = headlines(fluent.say("/search 降息 OR 低軌衛星"))
    assert either == ["1. 降息傳聞再起", "2. 低軌衛星升空", "3. 央行降息有望"]


def test_a_company_is_found_by_code_name_and_event_in_either_script(fluent: Talk) -> None:
    hourly(fluent, 2)

    for typed in ("2330", "台积电", "台積電 裁員", "about:2330"):
        assert len(headlines(fluent.say(f"/search {typed}"))) == 2, typed
    assert headlines(fluent.say("/search 聯發科")) == []


def test_adverts_are_left_out_and_counted(talk: Talk) -> None:
    hourly(talk, 2)
    hourly(talk, 2, flagged=True, title="台積電 飆股 加 Line@")

    message = talk.say("/search 台積電")

    assert headlines(message) == ["1. 台積電 n2 裁員", "2. 台積電 n1 裁員"]
    assert "（另有 2 則疑似廣告，沒有列出。）" in message.plain


def test_an_advert_is_counted_on_one_page_only(talk: Talk) -> None:
    hourly(talk, 2)
    hourly(talk, 1, flagged=True, title="台積電 飆股")
    hourly(talk, 5)

    first = talk.say("/search 台積電")

    assert ("另有" in first.plain) + ("另有" in talk.press(first).plain) == 1


def test_a_rule_that_asks_for_adverts_gets_them(talk: Talk) -> None:
    hourly(talk, 2, flagged=True)
    term = And((CompanyTerm("2330.TW"), PromoTerm(True)))

    found = page(context(talk), term, None, 5)

    assert len(found.hits) == 2
    assert found.adverts == 0


def test_adverts_can_be_asked_for_in_words(fluent: Talk) -> None:
    hourly(fluent, 1, flagged=True)

    assert headlines(fluent.say("/search 2330 promo:yes")) == ["1. 台積電 n1 裁員"]


def test_a_passing_mention_is_found_by_search_but_is_no_latest_news(talk: Talk) -> None:
    hourly(talk, 1, read=PASSING)

    assert headlines(talk.say("/search 台積電")) == ["1. 台積電 n1 裁員"]
    assert "沒有找到以它為主角的新聞" in talk.say("/latest 台積電").plain


def test_what_is_found_may_be_subscribed_to(talk: Talk) -> None:
    hourly(talk, 1)
    answer = talk.say("/search 台積電 裁員")

    assert talk.rules() == []
    talk.press(answer)
    assert talk.rules() == ["台積電 裁員"]
    assert labels(talk.say("/search 台積電 裁員")) == []


def test_nothing_found_says_which_part_is_missing_and_offers_to_subscribe(talk: Talk) -> None:
    hourly(talk, 2)

    answer = talk.say("/search 台積電 火星")

    assert "沒有找到。我從 11/14 09:00 開始讀新聞" in answer.plain
    assert "2330.TW找得到" in answer.plain
    assert "火星找不到" in answer.plain
    talk.press(answer)
    assert talk.rules() == ["台積電 火星"]


def test_a_bot_that_has_read_nothing_says_so(talk: Talk) -> None:
    assert "還沒有讀過任何新聞" in talk.say("/search 台積電").plain
    assert "還沒有讀過任何新聞" in talk.say("/latest 台積電").plain


def test_a_wrong_rule_is_answered_with_the_corrected_one(talk: Talk) -> None:
    hourly(talk, 1)

    refused = talk.say("/search AMZN layoff>=")

    assert "看不懂要找什麼" in refused.plain
    assert "可以改成：/search AMZN 裁員" in refused.plain
    assert talk.press(refused).plain.startswith("搜尋：AMZN 裁員")


def test_a_name_of_several_companies_is_asked_back_as_a_search(talk: Talk) -> None:
    for command in ("search", "latest"):
        asked = talk.say(f"/{command} 長榮")

        assert len(labels(asked)) == 2
        assert "2603.TW" in talk.press(asked).plain
    assert talk.rules() == []


@pytest.mark.parametrize("command", ["/search", "/latest", "搜尋", "最新"])
def test_a_command_alone_is_answered_with_examples(talk: Talk, command: str) -> None:
    assert "例如" in talk.say(command).plain


def test_a_rule_that_is_too_long_is_refused(talk: Talk) -> None:
    answer = talk.say("/search " + "台" * 501)

    assert "上限是 500 個字" in answer.plain
    assert answer.buttons == ()


def test_a_search_that_was_cut_short_says_how_far_it_came_and_goes_on(
    fluent: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "SECONDS", -1.0)  # every walk ends after its first articles
    hourly(fluent, 1)
    hourly(fluent, 30, title="晶圓雙雄", read=Reading("zh"))

    cut = fluent.say("/search /晶.|裁./")
    empty = fluent.say("/search /n1.裁./")

    assert len(headlines(cut)) == 5
    assert "找到 11/14 15:00 為止還沒有符合的，再往前可能還有。" in empty.plain
    assert labels(empty)[0] == "再往前找"
    assert headlines(fluent.press(empty)) == ["1. 台積電 n1 裁員"]


def test_time_ends_a_walk_between_two_chunks_and_nothing_is_lost(talk: Talk) -> None:
    hourly(talk, 60)
    ticks = iter([0.0, *[99.0] * 9])
    walk = Walk(context(talk), CompanyTerm("2330.TW"), timer=lambda: next(ticks))

    first = [hit.stored.id for hit in walk]
    rest = [hit.stored.id for hit in Walk(context(talk), CompanyTerm("2330.TW"), walk.place)]

    assert not walk.ended
    assert len(first) == 25
    assert first + rest == sorted(first + rest, reverse=True)
    assert len({*first, *rest}) == 60


def test_latest_has_a_line_a_story_with_the_number_of_outlets(talk: Talk) -> None:
    _, story = article(talk, "a1", outlet="甲報")
    talk.later(hours=1)
    article(talk, "a2", outlet="乙報", story=story)
    article(talk, "a3", outlet="廣告報", story=story, flagged=True)
    talk.later(hours=1)
    article(talk, "b1", outlet="丙報")

    message = talk.say("/latest 台積電")

    assert headlines(message) == ["1. 台積電 b1 裁員", "2. 台積電 a2 裁員"]
    assert "丙報，30 分鐘前" in message.plain
    assert "乙報 等 2 家媒體，1 小時前" in message.plain
    assert "另有 1 則疑似廣告" in message.plain


def test_latest_ends_after_five_stories_and_leads_to_the_search(talk: Talk) -> None:
    hourly(talk, 7)

    message = talk.say("/latest 台積電")

    assert len(headlines(message)) == 5
    assert talk.press(message).plain.startswith("搜尋：台積電")


def test_latest_without_a_company_offers_the_search(fluent: Talk) -> None:
    hourly(fluent, 1)

    message = fluent.say("/latest 內文")

    assert "沒有我認得的公司" in message.plain
    assert headlines(fluent.press(message)) == ["1. 台積電 n1 裁員"]


def test_companies_become_the_subject_and_exclusions_stay() -> None:
    tsmc, layoff, rumour = CompanyTerm("2330.TW"), EventTerm("layoff"), KeywordTerm("傳聞")
    subject = CompanyTerm("2330.TW", about=True)

    assert as_subject(And((tsmc, layoff, Not(CompanyTerm("AMZN"))))) == And(
        (subject, layoff, Not(CompanyTerm("AMZN")))
    )
    assert as_subject(Or((tsmc, tsmc))) == Or((subject, subject))
    assert as_subject(Or((tsmc, rumour))) is None
    assert as_subject(Not(tsmc)) is None


def test_members_of_a_group_may_search_and_turn_pages_but_not_subscribe(talk: Talk) -> None:
    hourly(talk, 6)

    (found,) = talk.hear("/search 台積電", is_group=True, is_admin=False)

    assert len(headlines(found)) == 5
    assert talk.hear("搜尋 台積電", is_group=True) == ()


def test_another_chats_button_shows_nothing(talk: Talk) -> None:
    hourly(talk, 6)
    found = talk.say("/search 台積電", "2")

    assert "已經失效" in talk.press(found, 1, "1").plain


def test_what_chats_muted_and_decided_does_not_show(talk: Talk) -> None:
    hourly(talk, 1, outlet="某報")
    plain = talk.say("/search 台積電").plain
    talk.say("/sub 台積電", "2")
    ids = article(talk, "x", read=Reading("zh"))
    decide(talk, ids, Outcome.MUTED, "2", detail="某報")
    for address in ("1", "2"):
        talk.say("/mute 某報", address)

        assert talk.say("/search 台積電", address).plain == plain


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/search 台積電 擴產", Command("search", "台積電 擴產")),
        ("/find 台積電", Command("search", "台積電")),
        ("搜尋台積電", Command("search", "台積電", everyday=True)),
        ("搜寻 台积电", Command("search", "台积电", everyday=True)),
        ("找 台積電", Command("search", "台積電", everyday=True)),
        ("找不到台積電", None),
        ("最新消息 台積電", Command("latest", "台積電")),
        ("/latest@TickerBell_bot AMZN", Command("latest", "AMZN", "tickerbell_bot")),
        ("查證", Command("check", everyday=True)),
    ],
)
def test_commands_are_understood(text: str, command: Command | None) -> None:
    assert parse(text) == command
