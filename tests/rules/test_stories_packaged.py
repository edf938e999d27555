"""What the data files of stories promise: every word is used, every weight has its evidence."""

import pytest

from rules.stories import evidence, knowledge, marks, wording
from rules.text import folded
from tests.rules.story_cases import mark

WORDS = [(name, word) for name, words in knowledge.table("words").items() for word in words]
# These two look ahead together: what is presented, and that it will be.
TOGETHER = {"soon": "{} 登場", "presents": "今晚{}"}
TOPICS = [(topic, name) for topic, names in knowledge.table("topics").items() for name in names]
# Marks under other names than their lists; which way prices went is asked only of prices.
MARKED = {"soon": "preview", "presents": "preview", "up": "went:up", "down": "went:down"}


@pytest.mark.parametrize(("name", "word"), WORDS, ids=[f"{n} {w}" for n, w in WORDS])
def test_every_word_marks_a_headline_that_holds_it(name: str, word: str) -> None:
    told = TOGETHER.get(name, "{}").format(word)
    found = mark(
        f"甲公司收盤 {told} 乙公司" if name in ("up", "down") else f"甲公司 {told} 乙公司"
    ).marks

    assert MARKED.get(name, name) in {found_mark.partition(":beside")[0] for found_mark in found}


@pytest.mark.parametrize(("topic", "name"), TOPICS, ids=[f"{t} {n}" for t, n in TOPICS])
def test_every_topic_is_known_by_its_names(topic: str, name: str) -> None:
    assert marks.topics(folded(f"今天{name}走勢")) == {topic}


@pytest.mark.parametrize(
    "headline",
    [
        "聯發科財報今晚登場 市場看三大重點",
        "輝達明凌晨公布財報 分析師估營收近550億",
        "台積電下周召開法說會 法人聚焦資本支出",
        "Intel set to report third-quarter earnings on Thursday",
    ],
)
def test_a_headline_that_says_what_will_be_presented_looks_ahead(headline: str) -> None:
    assert "preview" in mark(headline).marks


@pytest.mark.parametrize(
    "headline",
    ["明基材法說 稼動率維持滿載", "聯發科公布財報 明年營運看增", "發明專利統計出爐 台積電居冠"],
)
def test_a_headline_that_tells_what_was_presented_does_not(headline: str) -> None:
    assert "preview" not in mark(headline).marks


def test_a_latin_topic_is_not_found_inside_a_word() -> None:
    assert marks.topics("federal fedex golden") == frozenset()


def test_every_weight_has_its_evidence_and_every_evidence_its_weight() -> None:
    table, one = knowledge.table("weights"), mark("亞馬遜宣布裁員1.6萬人")

    assert table["wording"].keys() == evidence.wordings(one, one).keys()
    assert table["matter"].keys() == evidence.matter(one, one).keys()
    assert table["contradictions"].keys() == evidence.contradictions(one, one).keys()


def test_contradictions_only_speak_against_and_wording_only_for() -> None:
    table = knowledge.table("weights")

    assert all(weight <= 0 for weight in table["contradictions"].values())
    assert all(weight >= 0 for weight in table["wording"].values())


def test_every_common_pair_is_two_folded_characters_listed_once() -> None:
    pairs = [pair for line in knowledge.lines("bigrams.txt") for pair in line.split()[1:]]

    assert len(pairs) == len(set(pairs)) == 5000
    assert all(len(pair) == 2 and folded(pair) == pair for pair in pairs)


def test_a_rare_pair_tells_more_than_a_common_one_and_a_common_english_word_nothing() -> None:
    assert wording.total(wording.terms("营收")) < wording.total(wording.terms("布袋"))
    assert wording.terms("the company said") == frozenset()
