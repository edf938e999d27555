"""Folding undoes what people do to a text to slip past a filter; what it cannot undo it keeps."""

from __future__ import annotations

import unicodedata

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.text import fold, folded

# One alphabet in many dresses: each string spells a to z, then 0 to 9 where there are digits.
_DRESSES = (
    "".join(chr(0x1D400 + i) for i in range(26)),  # mathematical bold capitals
    "".join(chr(0x1D41A + i) for i in range(26)),  # mathematical bold
    "".join(chr(0x1D4D0 + i) for i in range(26)),  # bold script capitals
    "".join(chr(0x1D5D4 + i) for i in range(26)),  # sans-serif bold capitals
    "".join(chr(0x1D670 + i) for i in range(26)),  # monospace capitals
    "".join(chr(0x24B6 + i) for i in range(26)),  # circled capitals
    "".join(chr(0x24D0 + i) for i in range(26)),  # circled
    "".join(chr(0x1F130 + i) for i in range(26)),  # squared
    "".join(chr(0x1F150 + i) for i in range(26)),  # negative circled
    "".join(chr(0x1F170 + i) for i in range(26)),  # negative squared
    "".join(chr(0xFF21 + i) for i in range(26)),  # full-width capitals
)
_DIGITS = (
    "".join(chr(0x1D7CE + i) for i in range(10)),  # mathematical bold
    "".join(chr(0x1D7E2 + i) for i in range(10)),  # sans-serif
    "".join(chr(0x1D7F6 + i) for i in range(10)),  # monospace
    "".join(chr(0xFF10 + i) for i in range(10)),  # full-width
    "⓪①②③④⑤⑥⑦⑧⑨",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "₀₁₂₃₄₅₆₇₈₉",
)
_CYRILLIC = dict(zip("aceopxyijs", "асеорхуіјѕ", strict=True))
_GREEK_CAPITALS = dict(zip("abehikmnoptxyz", "ΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", strict=True))
_UNSEEN = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202e\u2066\u2069\u034f\ufe0f\u3164"
)
_MARKS = "\u0301\u0308\u0336\u0338\u20dd\u0489"
_SIMPLIFY = opencc.OpenCC("t2s")
_TAIWANESE = "台灣積體電路製造與聯發科在新竹裡擴產為應對關稅後將發債買機臺舊價揭開啟動線索"

_ODD = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cs"]),
        st.characters(categories=["Mn", "Me", "Cf", "Sk", "Lm"]),
        st.sampled_from("".join(_DRESSES) + "".join(_DIGITS) + _UNSEEN + _MARKS),
        st.sampled_from("👨‍👩‍👧👍🏽🇹🇼臺台裏裡爲為㊙㈱㍿㎏ﬃŒßŉİıǆΐ\u1e9e\u0345\uffa0\u115f\ufdfa"),
    ),
    max_size=40,
)


def _disguises(char: str) -> list[str]:
    """What ``char`` (a folded one) looks like, without it changing for a reader."""
    found = [char, char.upper()]
    if char.isascii() and char.isalpha():
        found += [dress[ord(char) - ord("a")] for dress in _DRESSES]
        found += [table[char] for table in (_CYRILLIC, _GREEK_CAPITALS) if char in table]
        found += [char + mark for mark in _MARKS]
    if char.isascii() and char.isdigit():
        found += [digits[int(char)] for digits in _DIGITS]
    return found


@st.composite
def _disguised(draw: st.DrawFn) -> tuple[str, str]:
    plain = draw(
        st.text("abcdefghijklmnopqrstuvwxyz0123456789加入群組领取飆股", min_size=1, max_size=20)
    )
    hidden = "".join(
        draw(st.text(_UNSEEN, max_size=2)) + draw(st.sampled_from(_disguises(char)))
        for char in plain
    )
    return plain, hidden


@given(_disguised())
@settings(max_examples=300)
def test_a_text_in_any_disguise_folds_to_what_the_plain_one_folds_to(pair: tuple[str, str]) -> None:
    plain, hidden = pair

    assert folded(hidden) == folded(plain)


@given(_disguised())
def test_the_evidence_of_a_disguised_word_is_the_disguise_itself(pair: tuple[str, str]) -> None:
    plain, hidden = pair
    result = fold(f"前{hidden}後")
    first, last = result.place(1, 1 + len(folded(plain)))

    assert folded(result.original[first:last]) == folded(plain)
    assert result.original[first - 1 : last].startswith(("前", *_UNSEEN))


@given(_ODD)
@settings(max_examples=300)
def test_folding_anything_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(_ODD)
@settings(max_examples=300)
def test_the_map_of_anything_is_total_and_monotone_and_points_at_its_own_character(
    text: str,
) -> None:
    result = fold(text)

    assert len(result.origins) == len(result.text)
    assert sorted(result.origins) == list(result.origins)
    pieces = [folded(char) for char in text]
    assert "".join(pieces) == result.text
    assert [i for i, piece in enumerate(pieces) for _ in piece] == list(result.origins)


def test_every_character_that_there_is_folds_once_and_for_all() -> None:
    changed = [
        hex(point)
        for point in (*range(0x34000), *range(0xE0000, 0xE0200))  # the rest is unassigned
        if folded(folded(chr(point))) != folded(chr(point))
    ]

    assert changed == []


def test_nothing_unseen_is_left() -> None:
    left = [
        hex(point)
        for point in range(0x20000)
        for char in folded(chr(point))
        if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp"}
    ]

    assert left == []


@given(st.text(_TAIWANESE, min_size=1, max_size=30))
def test_a_traditional_text_and_its_simplified_form_are_one(text: str) -> None:
    simplified = "".join(map(_SIMPLIFY.convert, text))

    assert folded(simplified) == folded(text)


@pytest.mark.parametrize(
    "variants",
    [
        "臺台",
        "裏裡里",
        "爲為为",
        "啓啟启",
        "麽麼么",
        "峯峰",
        "羣群",
        "衆眾众",
        "綫線线",
        "牀床",
        "説說说",
    ],
)
def test_variants_of_a_character_are_one(variants: str) -> None:
    assert len({folded(char) for char in variants}) == 1


@pytest.mark.parametrize("text", ["👍🏽", "👨‍👩‍👧", "🇹🇼"])
def test_a_picture_stays_a_picture_and_makes_no_letters(text: str) -> None:
    assert not any(char.isalnum() for char in folded(text))


def test_a_lone_half_of_a_character_is_dropped_and_breaks_nothing() -> None:
    assert folded("台積\ud83d電\udc00") == folded("台積電")


def test_the_mark_that_folding_uses_inside_may_stand_in_a_text() -> None:
    result = fold("甲\ue000…乙")

    assert result.text == "甲\ue000...乙"
    assert list(result.origins) == [0, 1, 2, 2, 2, 3]
