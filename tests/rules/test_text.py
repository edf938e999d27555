"""Folding: what a reader takes for the same becomes the same, and its place can be found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.text import fold, folded

_TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("台臺積电電ＮＶＤА\u200b\u202e👨‍👩‍👧ﬃ㍿ßİ①½🅻🄻é か゚"),
    ),
    max_size=60,
)


@given(_TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = folded(text)

    assert folded(once) == once


def test_folding_any_single_character_twice_changes_nothing() -> None:
    changed = [
        hex(point)
        for point in range(0x20000)  # beyond lie rare ideographs only
        if not 0xD800 <= point < 0xE000 and folded(folded(chr(point))) != folded(chr(point))
    ]

    assert changed == []


@given(_TEXTS)
def test_the_map_is_total_and_never_goes_backwards(text: str) -> None:
    result = fold(text)

    assert len(result.origins) == len(result.text)
    assert all(a <= b for a, b in zip(result.origins, result.origins[1:], strict=False))
    assert all(0 <= origin < len(text) for origin in result.origins)


@given(_TEXTS, st.data())
def test_a_place_folds_to_the_words_that_it_came_from(text: str, data: st.DataObject) -> None:
    result = fold(text)
    if not result.text:
        return
    start = data.draw(st.integers(0, len(result.text) - 1))
    end = data.draw(st.integers(start + 1, len(result.text)))

    first, last = result.place(start, end)

    assert result.text[start:end] in folded(text[first:last])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("臺積電", "台積電"),
        ("台積電", "台积电"),
        ("ＮＶＤＡ", "nvda"),
        ("NVDА", "NVDA"),  # the last letter is Cyrillic
        ("Τesla", "Tesla"),  # the first letter is Greek
        ("L\u200bI\u2060N\u00adE", "line"),
        ("🅛🄸🅽Ⓔ", "LINE"),
        ("𝐋𝐈𝐍𝐄", "line"),
        ("L̶I̶N̶E̶", "LINE"),
        ("Nestlé", "nestle"),
        ("（２３３０）", "(2330)"),
        ("後臺", "后台"),
        ("裡", "裏"),
        ("啟動", "啓動"),
        ("為什麼", "爲什麽"),
        ("a\u3164b", "ab"),
    ],
)
def test_what_looks_the_same_folds_to_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("輝達", "揮達"), ("0", "o"), ("2330", "2380")])
def test_what_looks_different_stays_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_evidence_points_at_the_original_characters_around_dropped_ones() -> None:
    text = "加\u200b入 Ｌ\u200bＩＮＥ 群"
    result = fold(text)
    start = result.text.index("line")

    first, last = result.place(start, start + 4)

    assert text[first:last] == "Ｌ\u200bＩＮＥ"


def test_an_empty_range_has_no_place() -> None:
    with pytest.raises(ValueError, match="no such range"):
        fold("台積電").place(2, 2)


def test_line_breaks_survive_because_they_separate_statements() -> None:
    assert folded("甲\n乙\t丙\u3000丁") == "甲\n乙 丙 丁"
