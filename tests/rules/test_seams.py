"""A seam is a place that no word lies across; few places that are seams are missed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.seams import Seams, neighbours
from rules.words import words

KNOWN = ["甲乙", "乙丙丁", "丁戊己庚", "t恤", "甲a乙", "丙丁"]


def crossed(text: str, place: int) -> bool:
    """Whether a known word of nothing but Chinese lies across ``place``."""
    chinese = [word for word in KNOWN if not any(char.isascii() for char in word)]
    return any(
        text.startswith(word, start)
        for word in chinese
        for start in range(max(0, place - len(word) + 1), place)
    )


@given(st.text(alphabet="甲乙丙丁戊己庚a，\U00020000", max_size=12))
def test_no_word_lies_across_a_seam(text: str) -> None:
    found = Seams(KNOWN).of(text)

    assert len(found) == len(text) + 1
    assert not [place for place in range(1, len(text)) if found[place] and crossed(text, place)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [1]),
        ("甲", [1, 1]),
        ("甲乙甲", [1, 0, 1, 1]),
        ("丁戊己庚丁", [1, 0, 0, 0, 1, 1]),
        ("乙丙", [1, 1, 1]),
        ("a甲,乙", [1, 1, 1, 1, 1]),
    ],
)
def test_places_that_no_word_could_cross_are_seams(text: str, expected: list[int]) -> None:
    assert list(Seams(KNOWN).of(text)) == expected


def test_neighbours_are_those_within_words() -> None:
    after = neighbours(KNOWN)

    assert {char: set(next_) for char, next_ in after.items()} == {
        "甲": {"乙"},
        "乙": {"丙"},
        "丙": {"丁"},
        "丁": {"戊"},
        "戊": {"己"},
        "己": {"庚"},
    }


@settings(deadline=None)
@given(st.text(alphabet="力成高通大美光在的营收努为第一群创新台积电", min_size=5, max_size=16))
def test_many_ranges_at_once_are_judged_as_one_by_one(text: str) -> None:
    book = words()
    seams = book.seams(text)
    ranges = [
        (start, end, start * 100 + end)
        for start in range(len(text) - 1)
        for end in range(start + 1, min(len(text), start + 4) + 1)
    ]
    stand = {n for s, e, n in ranges if seams[s] and seams[e] and book.sound(text[s:e])}
    unsure = [(s, e, n) for s, e, n in ranges if not (seams[s] and seams[e])]
    book.standing(text, seams, unsure, stand)

    assert {n for s, e, n in ranges if book.stands(text, s, e)} == stand
