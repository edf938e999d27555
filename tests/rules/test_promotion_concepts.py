"""Concepts: what a text speaks of, whatever the words, and the signals that read them closely."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Any

import pytest

from rules.promotion import concepts
from rules.text import folded
from tests.rules.promoting import fired, judge

SMALL: dict[str, Any] = {
    "slots": {"want": ["想要", "有興趣"], "call": ["私我", "dm"], "many": ["~[0-9]檔"]},
    "signal": [{"test": "asks", "pairs": ["want→call"]}],
}


def packaged() -> dict[str, Any]:
    source = resources.files("rules.data.promotion").joinpath("concepts.toml")
    return tomllib.loads(source.read_text("utf-8"))


def said(text: str) -> set[str]:
    return set(concepts.features(folded(text)))


def test_a_concept_is_found_in_any_of_its_words():
    assert "want" in said("想要的話")
    assert "want" in said("有興趣嗎")


def test_a_pair_says_which_concept_follows_which():
    assert "want→contactverb" in said("想要的私我")
    assert "contactverb→want" not in said("想要的私我")


@pytest.mark.parametrize(
    "text", ["想要。私我", "想要\n私我", "想要一二三四五六七八九十一二三四五六私我"]
)
def test_what_stands_in_another_sentence_or_too_far_away_is_no_pair(text: str):
    assert "want→contactverb" not in said(text)


def test_a_latin_word_stands_alone():
    assert "tool" in said("ai 選股")
    assert "tool" not in said("he said so")


def test_what_is_quoted_is_not_said():
    assert '"want' in said("她唸給我聽「想要的朋友快來報名」")
    assert "want" not in said("她唸給我聽「想要的朋友快來報名」")


def test_a_word_in_quotation_marks_is_an_answer_and_no_quotation():
    assert "want" in said("留言「想要」就給")


def test_what_is_denied_is_not_said():
    assert "!pick" in said("本社不報明牌")
    assert "pick" not in said("本社不報明牌")


def test_a_place_is_that_of_the_words():
    text = folded("今天想要的私我")
    start, end = concepts.features(text)["want→contactverb"]

    assert text[start:end] in folded("想要的私我")
    assert text[start:end].startswith(folded("想要"))


def test_a_pair_of_an_unknown_concept_is_refused():
    with pytest.raises(ValueError, match="nowhere"):
        concepts.build(SMALL | {"signal": [{"test": "asks", "pairs": ["want→nowhere"]}]})


def test_a_faulty_expression_is_refused():
    with pytest.raises(re.error):
        concepts.build({"slots": {"many": ["~["]}})


def test_no_concept_lists_a_word_twice():
    for name, words in packaged()["slots"].items():
        assert len(words) == len(set(words)), name


@pytest.mark.parametrize("name", packaged()["slots"])
def test_every_word_finds_its_concept(name: str):
    for word in packaged()["slots"][name]:
        if not word.startswith("~"):
            assert name in said(word), word


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("今晚十點股票代號放在會員區，三檔一次給你", "OFFERS_PICKS"),
        ("股票名單想要的私我，想跟的底下留言", "ASKS_READER"),
        ("老師帶你買股票，跟著做的學員都賺了", "LEADS_TRADING"),
        ("只開放十位，明天漲停那支我只在房間裡講，要跟的先密我", "LEARNED_CERTAIN"),
        ("名單今晚只給報到的人，想跟的來敲我，明天開盤前收", "UNNAMED_STOCKS"),
    ],
)
def test_a_signal_of_close_reading_fires_with_its_evidence(text: str, signal: str):
    [found] = [s for s in judge(text).signals if s.name == signal]

    assert found.fired
    assert all(words in text for words in found.evidence)


def test_wording_that_is_warned_of_is_seen_but_does_not_fire():
    text = "飆股名單今晚公布。小心有人要你想要的私我"
    [found] = [s for s in judge(text).signals if s.name == "ASKS_READER"]

    assert found.evidence
    assert not found.fired


@pytest.mark.parametrize(
    "text",
    [
        "哥，昨天跟你講的那檔電影今天上了吧？要不要一起去看，我訂票",
        "房仲阿德精選三間低於行情的物件，有興趣的加我賴看屋",
        "收到簡訊「老師送你一檔，點連結領取」，這種可以去哪裡檢舉？",
        "我上個月被拉進股票群，助理先報三檔，再叫我匯款抽新股，結果出不了金",
        "股票社團版規：禁止代操、帶單、報明牌與私訊拉客，違者踢出",
        "「加LINE領飆股」的廣告一天跳十次，平台到底有沒有在審核",
        "外資換股名單出爐，新增七檔、剔除五檔，完整名單一次看",
    ],
    ids=["a film", "a house", "a question", "a victim", "rules of a group", "a complaint", "news"],
)
def test_what_only_speaks_like_an_advert_is_none(text: str):
    assert not judge(text).flagged


def test_nothing_is_read_closely_where_nobody_is_called():
    assert not {name for name in fired(judge("三大法人買超台股一百億元")) if "LEARNED" in name}
