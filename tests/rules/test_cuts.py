"""What a text can be cut into: no word of the dictionary is overlooked."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.cuts import LONGEST, Cutter
from rules.words import words


def spelled_out(text: str) -> list[tuple[int, int]]:
    """Every place of ``text`` where a word of two characters and more stands, by looking."""
    known = words().count
    return [
        (start, end)
        for start in range(len(text))
        for end in range(start + 2, min(start + LONGEST, len(text)) + 1)
        if known(text[start:end])
    ]


@lru_cache(maxsize=1)
def cutter() -> Cutter:
    """One of the whole dictionary, in which all words are as likely."""
    return Cutter(dict.fromkeys(words().known(), -1.0), unknown=-2.0)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="中国人民银行股份有限公司董事长台积电t恤a1，🙂", max_size=12))
def test_every_word_is_found_where_it_stands(text: str) -> None:
    assert [word[:2] for word in cutter().pieces(text).words] == spelled_out(text)


def test_a_character_that_no_dictionary_holds_counts_as_an_unknown_one() -> None:
    assert cutter().pieces("中🙂").characters == [-1.0, -2.0]


def test_the_best_cut_does_without_the_word_that_is_forbidden() -> None:
    pieces = Cutter({"甲乙": -1.0, "乙丙": -1.5, "甲": -4.0, "丙": -4.0}, -9.0).pieces("甲乙丙")

    assert pieces.best()[-1] == -5.0
    assert pieces.best(banned=(0, 2))[-1] == -5.5
    assert pieces.best(1)[1:] == [0.0, -9.0, -1.5]
