"""What lessons do to verdicts, on a real database and the project's labelled texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from bot.verdicts import Verdicts, folded_text
from rules import companies, promotion
from rules.document import prepare
from rules.model import Article, Promotion, Reading
from rules.promotion import feedback
from rules.promotion.feedback import ADVERT, HONEST
from rules.scan import Scanner
from storage import Store, open_store
from tests.bot.chatting import Talk
from tests.storage.builders import NOW, fingerprint, record

CASES = Path(__file__).parents[1] / "cases" / "promotion.jsonl"
MINE, OTHERS = 1, 2
BANKS = [
    *("甜甜", "日光", "青山", "海濱", "禾田", "晨星", "北極", "松風"),
    *("銀杏", "雲門", "梅嶺", "竹影", "月河", "石橋", "楓林"),
]
GIFTS = ("保溫瓶", "行李箱", "氣炸鍋", "咖啡券", "電影票")


def campaign(number: int) -> str:
    """One of an advertiser's texts: some of its sentences in some order, for another card."""
    bank, gift, month = BANKS[number], GIFTS[number % 5], 3 + number % 9
    sentences = (
        f"{bank}銀行與你一起迎接換季，把日常開銷都換成看得見的好處！",
        f"即日起至{month}月底，申辦{bank}御享卡並首刷，送{gift}一份，送完為止。",
        f"百貨、超市消費最高享{month}%現金回饋，每月上限{200 + 50 * number}點，海外再加碼。",
        "分期零利率最長可達十二期，大筆支出輕鬆付。",
        f"舊戶推薦親友辦卡另有好禮，推薦滿{2 + number % 4}位再抽{GIFTS[number % 4]}。",
        f"持卡到合作停車場，前兩小時免費；機場接送一年{number % 3 + 1}次。",
        "謹慎理財，信用至上，詳情請洽各分行或官網公告。",
    )
    return "".join(sentences[(number * 3 + step * 2) % 7] for step in range(5))


def touting(number: int) -> str:
    """The same of an advertiser whom the detector knows by itself."""
    bank, kept = BANKS[number], 3 + number % 5
    sentences = (
        f"{bank}老師盤後整理{kept}檔飆股，低位階即將噴出，保證獲利翻倍！",
        f"想要完整名單的朋友請加賴：bull{500 + number}，免費領取，名額只剩{number + 2}位。",
        f"會員昨天已經入袋{11 + number}%，沒跟上的朋友還在外面觀望。",
        f"法人連{kept}買、主力默默吃貨，{bank}團隊早就替你盯好進場價。",
        "看懂籌碼才看得懂股價，跟著操作就對了，錯過這次不知道要等到什麼時候。",
    )
    chosen = [1, *sorted({0, 2, 3, 4} - {(0, 2, 3, 4)[number % 4]})]
    return "".join(sentences[at] for at in (chosen if number % 2 else [*chosen[1:], 1]))


@lru_cache(maxsize=1)
def scanner() -> Scanner:
    return Scanner({"promotion": promotion.patterns(), "companies": companies.patterns()})


@lru_cache(maxsize=4096)
def read(text: str, title: str = "") -> tuple[Article, Promotion, str]:
    article = Article("a", title, text, "feed", NOW)
    document = prepare(article, scanner())
    return article, promotion.judge(document, companies.find(document)), document.text


@lru_cache(maxsize=1)
def labelled() -> Mapping[str, tuple[str, str]]:
    cases = map(json.loads, CASES.read_text("utf-8").splitlines())
    return {case["key"]: (case["text"], case.get("title", "")) for case in cases}


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(":memory:")
    for address in ("1", "2"):
        opened.chats.ensure("telegram", address, "", "zh-TW", "Asia/Taipei", NOW)
    yield opened
    opened.close()


def teach(store: Store, text: str, label: str, chat: int = MINE, points: int = 0) -> None:
    article, found, _ = read(text)
    store.lessons.learn(
        chat,
        text,
        label,
        feedback.features(folded_text(article), found),
        points=points,
        most=feedback.policy().lessons,
        user="u",
        now=NOW,
    )


def seen(store: Store, text: str, title: str = "", chat: int = MINE) -> Promotion:
    article, found, whole = read(text, title)
    verdicts = Verdicts(store)
    return verdicts.of_chat(chat, article, verdicts.shared(article, found, whole), whole).promotion


def everything(store: Store, chat: int = MINE) -> dict[str, tuple[float, bool]]:
    judged = {key: seen(store, *case, chat=chat) for key, case in labelled().items()}
    return {key: (verdict.score, verdict.flagged) for key, verdict in judged.items()}


def test_ten_corrections_change_their_neighbours_and_nothing_else(store: Store) -> None:
    before = everything(store)
    assert not any(seen(store, campaign(number)).flagged for number in range(15))

    for number in range(10):
        teach(store, campaign(number), ADVERT)

    assert all(seen(store, campaign(number)).flagged for number in range(10, 15))
    after = everything(store)
    assert [key for key in before if after[key][1] != before[key][1]] == []


def test_ten_corrections_clear_their_neighbours_and_nothing_else(store: Store) -> None:
    before = everything(store)
    assert all(seen(store, touting(number)).flagged for number in range(15))

    for number in range(10):
        teach(store, touting(number), HONEST)

    assert not any(seen(store, touting(number)).flagged for number in range(10, 15))
    after = everything(store)
    assert [key for key in before if after[key][1] != before[key][1]] == []


def test_one_correction_is_enough_for_a_close_neighbour(store: Store) -> None:
    teach(store, campaign(0), ADVERT)

    assert seen(store, campaign(0)).flagged
    assert seen(store, campaign(10)).flagged


def test_unlearning_restores_every_score_bit_for_bit(store: Store) -> None:
    teach(store, campaign(14), ADVERT, points=2)
    before = everything(store)
    for number in range(10):
        teach(store, campaign(number), ADVERT, points=number % 3)
        teach(store, touting(number), HONEST)
    assert everything(store) != before

    for number in (3, 1, 4, 0, 5, 9, 2, 6, 8, 7):
        for text in (campaign(number), touting(number)):
            store.lessons.forget(MINE, text, most=feedback.policy().lessons)

    assert everything(store) == before


def test_what_the_owner_teaches_reaches_every_chat(store: Store) -> None:
    teach(store, campaign(0), ADVERT, points=feedback.policy().shared["owner"])

    assert seen(store, campaign(0), chat=OTHERS).flagged


def test_what_somebody_else_teaches_reaches_nobody_else(store: Store) -> None:
    before = everything(store, OTHERS)
    for number in range(15):
        teach(store, campaign(number), ADVERT, points=feedback.policy().shared["other"])

    assert everything(store, OTHERS) == before
    assert not seen(store, campaign(0), chat=OTHERS).flagged


def test_many_lessons_still_tell_neighbours_from_others(store: Store) -> None:
    """All adverts of the set as one chat's lessons: no honest text of it is flagged for that."""
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    before = everything(store)
    for case in cases:
        if case["label"] == ADVERT:
            teach(store, case["text"], ADVERT)

    after = everything(store)
    honest = [case["key"] for case in cases if case["label"] == HONEST]
    wrong = [key for key in honest if after[key][1] and not before[key][1]]
    assert len(wrong) <= 2, wrong


def test_the_lesson_that_made_the_difference_is_named(store: Store) -> None:
    article, found, whole = read(campaign(11))
    with store.transaction():
        ids, _ = record(store)
    store.lessons.learn(
        MINE,
        str(ids),
        ADVERT,
        feedback.features(whole, found),
        points=0,
        most=9,
        user="u",
        now=NOW,
        article=ids,
    )

    verdict = Verdicts(store).of_chat(MINE, article, found, whole)
    assert (verdict.like, verdict.taught > 0) == (ids, True)


def hostile(store: Store, talk: Talk, number: int, **more: object) -> None:
    """One article of the set, changed a little, and somebody's word against what it is."""
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    case = cases[number % len(cases)]
    told, found, _ = read(f"{case['text']}（第{number // len(cases)}版）", case.get("title", ""))
    link = f"https://news.example/{number}"
    with store.transaction():
        story = store.stories.create(fingerprint(f"k{number}"), NOW)
        article = replace(told, id=f"n{number}", url=link)
        reading = Reading("zh", promotion=found)
        store.articles.record(article, reading, (f"link:{link}",), story, NOW)
    word = "/ham" if case["label"] == ADVERT else "/spam"
    (answer,) = talk.hear(f"{word} {link}", "666", **more)
    assert "已記下" in answer.plain


def test_a_thousand_hostile_verdicts_of_one_untrusted_chat_move_nobody_elses(
    store: Store,
) -> None:
    teach(store, campaign(0), ADVERT, chat=OTHERS)
    teach(store, campaign(1), ADVERT, points=feedback.policy().shared["owner"])
    before = everything(store, OTHERS)
    talk = Talk(store, owner="boss")

    for number in range(1000):
        hostile(store, talk, number, user=f"troll{number % 7}", is_group=True)

    assert everything(store, OTHERS) == before
    troll = store.chats.find("telegram", "666")
    assert troll is not None
    assert sum(store.lessons.taught(troll.id)) > 200


def test_hostile_verdicts_on_messages_move_nobody_elses(store: Store) -> None:
    teach(store, campaign(1), ADVERT, points=feedback.policy().shared["owner"])
    before = everything(store, OTHERS)
    talk = Talk(store, owner="boss", reader=_Reads())

    for number in range(200):
        text = f"{campaign(number % 15)}第{number}次"
        talk.say("/ham" if number % 2 else "/spam", "666", reply_to="m1", quoted=text)

    assert everything(store, OTHERS) == before


class _Reads:
    """Reads what the detector sees, and nothing else."""

    def read(self, article: Article) -> Reading:
        return Reading("zh", promotion=read(article.text)[1])
