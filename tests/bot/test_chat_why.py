"""/why: which rules held on which words, which just missed and why, and all that was read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.knowledge import learn
from rules.decision import decide as decided
from rules.engine import Engine
from rules.evaluate import Evaluator, evidence
from rules.model import Article, Fingerprint, Match, Outcome
from rules.origins import origins
from storage import open_store
from tests.bot.chatting import Talk

LINK = "https://news.example/a1"
TITLE = "亞馬遜宣布裁員1.4萬人 企業部門約4%職位受影響"
TEXT = "電商龍頭亞馬遜（Amazon）週一宣布，將裁減約1萬4,000個企業職位。微軟同日表示資本支出不變。"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return learn().engine


@pytest.fixture
def talk() -> Iterator[Talk]:
    with closing(open_store(":memory:")) as store:
        talk = Talk(store)
        talk.service._engine = learn().language
        yield talk


def read(
    talk: Talk,
    engine: Engine,
    title: str = TITLE,
    text: str = TEXT,
    name: str = "a1",
    story: int = 0,
) -> None:
    """An article comes in half an hour ago and is decided as the pipeline does."""
    then = talk.now - timedelta(minutes=30)
    link = LINK.replace("a1", name)
    told = Article(name, title, text, "feed:x", then, "晨湖財經", url=link, published_at=then)
    told = replace(told, published_at=then - timedelta(minutes=9))
    analysis = engine.analyse(told)
    store, chat = talk.store, talk.chat()
    print_ = Fingerprint(then, *([frozenset()] * 4), keys=frozenset({name}))
    with store.transaction():
        story = story or store.stories.create(print_, then)
        id_ = store.articles.record(told, analysis.reading, (f"link:{link}",), story, then)
        found = [(o.kind, o.value, o.label) for o in origins(told, analysis.reading.promotion)]
        store.sources.note_origins(id_, found, False, then)
        evaluator = Evaluator(analysis.document, analysis.reading)
        held = {
            rule.id: spans
            for rule in store.rules.of_chat(chat)
            if (spans := evaluator.holds(talk.service._engine.parse(rule.canonical).term))
            is not None
        }
        if held:
            matches = [Match(r, evidence(f), evaluator.passing(f)) for r, f in held.items()]
            outcome = decided(told, analysis.reading, matches)
            of_rules = [(rule, evidence(found)) for rule, found in held.items()]
            store.decisions.record(
                chat, id_, story, outcome.outcome, outcome.detail, of_rules, None, then
            )


def why(talk: Talk) -> list[str]:
    return talk.say(f"/why {LINK}").plain.split("\n")


def test_each_part_of_a_rule_is_shown_with_its_words(talk: Talk, engine: Engine) -> None:
    talk.say("/sub AMZN 裁員>=1萬人")
    read(talk, engine)

    (line,) = [line for line in why(talk) if line.startswith("・符合訂閱")]

    assert line.startswith("・符合訂閱 AMZN 裁員>=1萬人：")
    assert "亞馬遜(AMZN)「亞馬遜」" in line
    assert "；裁員（10,000人以上）「亞馬遜宣布裁員1.4萬人」" in line


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("AMZN 資本支出", "有亞馬遜(AMZN)，有資本支出與擴產，但不是這家公司的"),
        ("AMZN 併購", "有亞馬遜(AMZN)，沒有併購"),
        ("AMZN 裁員>=2萬人", "有亞馬遜(AMZN)，數字不合：要裁員（20,000人以上）"),
        ("AMZN -裁員", "有亞馬遜(AMZN)，但出現了要排除的裁員"),
        ("AMZN lang:en", "有亞馬遜(AMZN)，不符合「限英文」"),
        ("about:微軟", "有提到，但主角不是這家公司"),
        ("標題:企業職位", "內文有，標題沒有"),
    ],
)
def test_a_rule_that_just_missed_says_on_which_part(
    talk: Talk, engine: Engine, rule: str, said: str
) -> None:
    talk.say(f"/sub {rule}")
    read(talk, engine)

    near = [line for line in why(talk) if line.startswith("・差一點")]

    assert near == [f"・差一點符合 {rule}：{said}"]
    assert "・結果：沒有符合你的任何一則訂閱，所以沒有推播" in why(talk)


def test_rules_that_have_nothing_to_do_with_it_are_not_mentioned(
    talk: Talk, engine: Engine
) -> None:
    for rule in ("台積電", "聯電 裁員", "低軌衛星", "#併購"):
        talk.say(f"/sub {rule}")
    read(talk, engine)

    assert [line for line in why(talk) if "差一點" in line] == []


def test_the_first_three_near_misses_are_shown_and_the_rest_by_the_button(
    talk: Talk, engine: Engine
) -> None:
    for rule in ("AMZN 併購", "AMZN 訂單", "AMZN 股利", "AMZN 財報", "AMZN 新產品"):
        talk.say(f"/sub {rule}")
    read(talk, engine)

    answer = talk.say(f"/why {LINK}")
    more = talk.press(answer).plain

    assert answer.plain.count("差一點符合 AMZN") == 3
    assert "還差一點符合另外 2 則訂閱" in answer.plain
    assert more.count("差一點符合 AMZN") == 2


def test_a_rule_that_came_later_is_said_to_match_by_now(talk: Talk, engine: Engine) -> None:
    talk.say("/list")
    read(talk, engine)
    talk.say("/sub AMZN")

    assert "・訂閱 AMZN 現在也會符合，只是讀到這篇時還沒有它（11/23 09:30 訂閱）" in why(talk)


def test_what_is_held_back_says_since_when_and_when_it_was_published(
    talk: Talk, engine: Engine
) -> None:
    talk.say("/sub 台積電")
    filler = "大盤量能不足，各類股輪動加快，法人建議觀望，投資人宜保守應對。" * 8
    read(talk, engine, "大盤收盤小漲", f"{filler}權值股台積電平盤。")

    told = why(talk)

    assert told[1] == "・晨湖財經，11/23 08:51 發布，11/23 09:00 讀取"
    assert told[2:4] == ["・結果：只是順帶提到，沒有推播", "・11/23 09:00 決定"]


def test_the_button_tells_all_that_was_read(talk: Talk, engine: Engine) -> None:
    talk.say("/sub AMZN")
    read(talk, engine)
    talk.say("/mute 晨湖財經 2h")

    more = talk.press(talk.say(f"/why {LINK}")).plain

    assert "・亞馬遜(AMZN)：標題，主角，「亞馬遜」、「亞馬遜（Amazon）」" in more
    assert "・裁員（亞馬遜(AMZN)、確定" in more
    assert "數字 1.4萬人" in more
    assert "廣告跡象（0 分，滿分 100）" in more
    assert "你靜音的來源\n1. 晨湖財經（還剩 2 小時）" in more


def test_the_storys_articles_are_told_in_their_order(talk: Talk, engine: Engine) -> None:
    talk.say("/list")
    read(talk, engine)
    (first,) = talk.store.articles.recent(5)
    read(talk, engine, name="a2", story=first.story)

    assert "同一件事（共 2 篇）" in talk.press(talk.say(f"/why {LINK}")).plain


def test_signs_of_an_advert_are_shown_with_their_words(talk: Talk, engine: Engine) -> None:
    talk.say("/sub 台積電")
    text = "想知道飆股代號請加LINE：@abc123，老師免費帶你賺，名額有限。加Line@領取隱形冠軍名單。"
    read(talk, engine, "台積電報喜", text)

    answer = talk.say(f"/why {LINK}")

    assert "結果：判定為廣告，沒有推播" in answer.plain
    assert "廣告跡象（" in talk.press(answer).plain
    assert talk.store.decisions.held(talk.chat(), [Outcome.PROMOTION], 5)


def test_a_long_answer_fits_into_one_message(talk: Talk, engine: Engine) -> None:
    talk.say("/list")
    names = "台積電、聯電、鴻海、聯發科、長榮、輝達、博通、亞馬遜、微軟、蘋果、台達電、廣達、緯創"
    text = "".join(
        f"{name}資本支出增加{n}億元，裁員{n}00人。" for n, name in enumerate(names.split("、"), 2)
    )
    read(talk, engine, "多家公司公布資本支出", text * 6)

    assert len(talk.press(talk.say(f"/why {LINK}")).plain) < 3500
