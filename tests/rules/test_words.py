"""A word boundary is judged by what the rest of the text becomes."""

import math
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.text import folded
from rules.words import Words, words


def margin(sentence: str, name: str) -> float:
    text, key = folded(sentence), folded(name)
    start = text.index(key)
    return words().margin(text, start, start + len(key))


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("努力成為第一", "力成"),
        ("最大成交量", "大成"),
        ("因應材料短缺", "應材"),
        ("高通膨時代", "高通"),
        ("完美光影", "美光"),
        ("族群創新高", "群創"),
        ("亞馬遜河流域", "亞馬遜"),
        ("中美光電合作", "美光"),
    ],
)
def test_a_name_across_two_words_does_not_stand(sentence: str, name: str) -> None:
    assert margin(sentence, name) < -2


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("封測廠力成第三季獲利", "力成"),
        ("與高通合作", "高通"),
        ("面板廠群創獲利", "群創"),
        ("看好國巨後市", "國巨"),
        ("當天鴻海股價大漲", "鴻海"),
        ("今年穩懋獲利可期", "穩懋"),
    ],
)
def test_a_name_between_whole_words_stands(sentence: str, name: str) -> None:
    assert margin(sentence, name) > -1


def test_a_name_that_no_chinese_touches_needs_no_judgement() -> None:
    assert words().margin("(力成)", 1, 3) == 0.0


def test_latin_letters_that_go_on_are_no_boundary() -> None:
    assert not words().stands("training", 2, 4)
    assert words().stands("台股ai概念", 2, 4)


def test_digits_that_go_on_are_no_boundary() -> None:
    assert not words().stands("12330", 1, 5)


def test_a_keyword_inside_a_longer_chinese_word_does_not_stand() -> None:
    text = folded("族群創新高")
    assert not words().stands(text, 1, 3)


def test_taiwans_words_are_added_to_the_dictionary() -> None:
    assert words().count(folded("當沖")) > 0
    assert words().count(folded("通膨")) >= 2000


def test_an_unknown_word_counts_nothing() -> None:
    assert words().count("穩懋穩懋") == 0


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="力成高通大美光在的營收a1 ，", max_size=14), st.data())
def test_every_range_of_every_text_gets_the_same_answer_twice(
    sentence: str, data: st.DataObject
) -> None:
    text = folded(sentence) + "。"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    assert words().margin(text, start, end) == words().margin(text, start, end)


def test_the_likelier_cut_decides() -> None:
    small = Words({"甲乙": 1000, "丙丁": 1000, "乙丙": 2, "甲": 5, "丁": 5})
    assert small.margin("甲乙丙丁", 1, 3, count=2) < 0
    assert small.margin("甲乙丙丁", 0, 2, count=2) > 0


def every_cut(text: str) -> list[tuple[str, ...]]:
    """All ways to cut ``text`` into words of up to six characters."""
    if not text:
        return [()]
    return [
        (text[:length], *rest)
        for length in range(1, min(6, len(text)) + 1)
        for rest in every_cut(text[length:])
    ]


SMALL = {
    "甲乙": 90,
    "乙丙": 40,
    "丙丁": 500,
    "甲乙丙": 7,
    "丁": 30,
    "甲": 12,
    "戊甲": 3,
    "丙丁戊": 8,
}


def log(word: str) -> float:
    count = SMALL.get(word, 1 if len(word) == 1 else 0)
    return math.log(count / sum(SMALL.values())) if count else -math.inf


def likeliest(text: str, banned: tuple[int, int] = (0, 0)) -> float:
    """The best cut's log probability, one range forbidden as a word of several characters."""
    return max(
        sum(map(log, cut))
        for cut in every_cut(text)
        if banned not in pairwise(accumulate(map(len, cut), initial=0))
    )


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="甲乙丙丁戊", min_size=3, max_size=8), st.data())
def test_the_margin_is_that_of_trying_every_cut(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text) - (start == 0)))
    own = max(math.log(4 / sum(SMALL.values())), log(text[start:end]))
    given_the_name = likeliest(text[:start]) + own + likeliest(text[end:])

    assert Words(SMALL).margin(text, start, end, count=4) == pytest.approx(
        given_the_name - likeliest(text, (start, end))
    )
