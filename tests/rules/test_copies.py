from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rules.copies import containment, sketch

NEWS = "台積電今天公布十月營收三千六百七十四億元月增百分之十一年增百分之十七創下單月新高"


def test_a_text_is_contained_in_one_that_adds_to_it() -> None:
    assert containment(NEWS, f"快訊！{NEWS}，加入群組看更多") == 1.0


def test_marks_and_blanks_between_the_words_do_not_matter() -> None:
    spaced = "，".join(NEWS[at : at + 6] for at in range(0, len(NEWS), 6))

    assert containment(spaced, NEWS) == 1.0


def test_the_same_form_with_other_names_and_figures_is_no_copy() -> None:
    form = "{}今天公布{}營收{}元，月增{}，年增{}，創{}新高"
    one = form.format("台積電", "十月", "3,674億", "11%", "16.9%", "單月")
    other = form.format("聯電", "九月", "212億", "3.4%", "8.8%", "近一年")

    assert containment(one, other) < 0.3


def test_a_text_shorter_than_a_run_is_contained_in_nothing() -> None:
    assert containment("台積電", "台積電") == 0.0
    assert containment("", NEWS) == 0.0


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_share_lies_between_nothing_and_all(text: str, other: str) -> None:
    assert 0.0 <= containment(text, other) <= 1.0


def test_a_sketch_survives_another_headline_and_another_ending() -> None:
    body = "".join(f"第{n}家供應商說明年第{n % 4}季出貨{n * 37}萬片，" for n in range(30))

    other = sketch(f"完全不同的標題放在前面{body}想看更多請關注本頁")

    assert len(sketch(f"原來的標題\n{body}") & other) >= 12


def test_a_sketch_has_at_most_sixteen_numbers_and_an_empty_text_none() -> None:
    assert len(sketch(NEWS * 9)) == 16
    assert sketch("台積電") == frozenset()


@given(st.text(max_size=80))
def test_a_sketch_does_not_see_marks_and_blanks(text: str) -> None:
    assert sketch(text) == sketch(" ".join(text))
