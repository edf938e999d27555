"""What the data files of stories promise: every word is used, every weight has its evidence."""

import pytest

from rules.stories import evidence, knowledge, marks, wording
from rules.text import folded
from tests.rules.story_cases import mark

WORDS = [(name, word) for name, words in knowledge.table("words").items() for word in words]
TOPICS = [(topic, name) for topic, names in knowledge.table("topics").items() for name in names]
# Marks under other names than their lists; which way prices went is asked only of prices.
MARKED = {"up": "went:up", "down": "went:down"}


@pytest.mark.parametrize(("name", "word"), WORDS, ids=[f"{n} {w}" for n, w in WORDS])
def test_every_word_marks_a_headline_that_holds_it(name: str, word: str) -> None:
    found = mark(f"甲公司收盤 {word} 乙公司" if name in MARKED else f"甲公司 {word} 乙公司").marks

    assert MARKED.get(name, name) in {found_mark.partition(":beside")[0] for found_mark in found}


@pytest.mark.parametrize(("topic", "name"), TOPICS, ids=[f"{t} {n}" for t, n in TOPICS])
def test_every_topic_is_known_by_its_names(topic: str, name: str) -> None:
    assert marks.topics(folded(f"今天{name}走勢")) == {topic}


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
