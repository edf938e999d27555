"""/spam 3481: how often a stock is touted, where, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from rules.model import Promotion, Reading
from storage import open_store
from tests.bot.chatting import Talk, alert, article

IDS = ("line:@demo1", "lin.ee/DEMO2")


@pytest.fixture
def talk() -> Iterator[Talk]:
    with closing(open_store(":memory:")) as store:
        yield Talk(store)


def advert(
    talk: Talk, name: str, days: float, *, outlet: str = "飆股站", touted: str = "2330.TW"
) -> None:
    """An advert that came in so many days ago (and half an hour)."""
    talk.later(days=-days)
    read = Reading("zh", promotion=Promotion(0.9, True, touted=(touted,), contacts=IDS[:1]))
    article(talk, name, flagged=True, outlet=outlet, read=read, title=f"{name} 飆股名單")
    talk.later(days=days)


def test_adverts_of_seven_and_of_thirty_days_are_counted(talk: Talk) -> None:
    for name, days in (("a1", 1), ("a2", 6), ("a3", 8), ("a4", 29), ("a5", 31)):
        advert(talk, name, days)

    said = talk.say("/spam 2330").plain

    assert "近 7 天 2 篇，近 30 天 4 篇。" in said


def test_sources_and_contacts_are_named_with_their_counts(talk: Talk) -> None:
    advert(talk, "a1", 1)
    advert(talk, "a2", 2)
    advert(talk, "a3", 3, outlet="某群組")

    said = talk.say("/spam 台積電").plain

    assert "・來源：飆股站 2 篇、某群組 1 篇" in said
    assert "・聯絡方式：LINE：＠demo1 3 篇（別點、別加）" in said


def test_the_latest_are_listed_and_explained_by_a_button(talk: Talk) -> None:
    advert(talk, "a1", 2)
    advert(talk, "a2", 1)

    said = talk.say("/spam 2330")

    assert "1. a2 飆股名單（飆股站，1 天前）" in said.plain
    assert "a2 飆股名單" in talk.press(said, 1).plain


def test_other_stocks_and_honest_articles_do_not_count(talk: Talk) -> None:
    advert(talk, "a1", 1, touted="NVDA")
    article(talk, "a2")

    assert talk.say("/spam 2330").plain.startswith("近 30 天沒有讀到點名")


def test_since_when_is_said_where_it_is_less_than_a_month(talk: Talk) -> None:
    advert(talk, "a1", 2)
    assert "才開始讀新聞" in talk.say("/spam 2330").plain

    talk.later(days=29)
    assert "才開始讀新聞" not in talk.say("/spam 2330").plain


def test_a_store_without_any_article_says_so(talk: Talk) -> None:
    assert talk.say("/spam 2330").plain.startswith("我還沒有讀過任何新聞")


@pytest.mark.parametrize("typed", ["火星電子", "9999", "裁員", "2330 >=", "x" * 500])
def test_what_is_no_company_is_answered_with_an_example(talk: Talk, typed: str) -> None:
    said = talk.say(f"/spam {typed}").plain

    assert "找不到" in said
    assert "/spam 3481" in said


def test_several_companies_are_one_too_many(talk: Talk) -> None:
    assert "一次只能查一家" in talk.say("/spam 2330 NVDA").plain


def test_a_name_of_two_companies_is_settled_by_a_button(talk: Talk) -> None:
    advert(talk, "a1", 1, touted="2603.TW")

    asked = talk.say("/spam 長榮")

    assert [b.label for row in asked.buttons for b in row] == ["查 長榮(2603)", "查 長榮航(2618)"]
    assert "2603.TW" in talk.press(asked).plain


def test_a_company_in_answer_to_an_alert_marks_nothing(talk: Talk) -> None:
    talk.say("/sub 2330")
    sent = alert(talk)

    talk.say("/spam 2330", reply_to=sent)

    assert "已記下" in talk.say("/spam", reply_to=sent).plain


def test_what_the_chat_called_honest_does_not_count(talk: Talk) -> None:
    advert(talk, "a1", 2)
    advert(talk, "a2", 1)
    talk.say("/ham https://news.example/a1")

    assert "近 7 天 1 篇，近 30 天 1 篇。" in talk.say("/spam 2330").plain


def test_a_link_after_spam_still_marks_its_article(talk: Talk) -> None:
    article(talk, "a1")

    talk.say("/spam https://news.example/a1")

    assert talk.store.feedback.word(talk.chat(), 1) == "promotion"
