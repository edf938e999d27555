"""Figures: values, units, what they measure, and what is no figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.figures import numerals, patterns
from rules.figures.basis import cues
from rules.figures.vocabulary import roles
from rules.model import Bound
from tests.rules.reading_cases import load, read, read_case


def _is_exact(case: dict[str, object]) -> bool:
    _, found = read_case(case)
    wanted = case["figures"]
    assert isinstance(wanted, list)
    return len(found) == len(wanted) and all(
        figure.value == Decimal(want["value"])
        and figure.high == (Decimal(want["high"]) if "high" in want else None)
        and figure.unit == want["unit"]
        and want.get("currency") in {None, figure.currency}
        and want.get("kind") in {None, figure.kind}
        for figure, want in zip(found, wanted, strict=True)
    )


def _score(*, aside: bool) -> float:
    cases = load("figures.jsonl", aside=aside)
    return sum(map(_is_exact, cases)) / len(cases)


def test_the_cases_that_were_tuned_on_are_read_exactly() -> None:
    assert _score(aside=False) >= 0.99


def test_the_cases_kept_aside_are_read_exactly() -> None:
    assert _score(aside=True) >= 0.96


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("16,000", "16000"),
        ("1.4万", "14000"),
        ("十二亿五千万", "1250000000"),
        ("2千亿", "200000000000"),
        ("1万亿", "1000000000000"),
        ("兆", "1000000000000"),
        ("一百零五", "105"),
        ("两千五", "2500"),
        ("三万五", "35000"),
        ("二点五", "2.5"),
        ("三点二万", "32000"),
    ],
)
def test_a_numeral_has_its_exact_value(numeral: str, value: str) -> None:
    assert numerals.parse(numeral) == Decimal(value)


def test_a_year_in_chinese_digits_is_no_numeral() -> None:
    assert numerals.parse("二零二六") is None


@given(st.integers(min_value=1, max_value=10**9), st.sampled_from(["万", "亿", "兆"]))
@settings(max_examples=60)
def test_a_magnitude_multiplies_without_drift(count: int, unit: str) -> None:
    scale = {"万": 10**4, "亿": 10**8, "兆": 10**12}[unit]

    assert numerals.parse(f"{count / 100:.2f}{unit}") == Decimal(f"{count / 100:.2f}") * scale


@given(st.integers(min_value=10, max_value=10**7))
@settings(max_examples=60)
def test_a_headcount_is_read_back_in_every_spelling(count: int) -> None:
    for spelling in (f"{count}人", f"{count:,}人", f"{count:,}名員工"):
        _, found = read(f"公司裁員{spelling}。")

        assert [(f.value, f.unit, f.kind) for f in found] == [(count, "people", "layoff")]


@given(st.text(max_size=80))
@settings(max_examples=150)
def test_any_text_can_be_read(text: str) -> None:
    _, found = read(f"公司{text}")

    assert all(f.span.text for f in found)


def test_the_span_is_the_original_words() -> None:
    _, found = read("資本支出將超過２，０００億美元。")

    assert [f.span.text for f in found] == ["超過２，０００億美元"]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("裁員16,000人", Bound.EXACT),
        ("裁員逾16,000人", Bound.AT_LEAST),
        ("裁員1.6萬多人", Bound.AT_LEAST),
        ("裁員不到500人", Bound.AT_MOST),
        ("裁員約3萬人", Bound.ABOUT),
        ("裁員500人以上", Bound.AT_LEAST),
    ],
)
def test_a_bound_says_how_exactly_a_figure_is_meant(text: str, bound: Bound) -> None:
    _, found = read(text)

    assert [f.bound for f in found] == [bound]


def test_a_bare_yuan_is_taiwans_in_a_traditional_article() -> None:
    _, found = read(
        "該公司今年前三季的營業收入達到1,200億元，較去年同期大幅成長，創下歷史新高紀錄。"
    )

    assert found[0].currency == "TWD"


def test_a_bare_yuan_is_chinas_in_a_simplified_article() -> None:
    _, found = read(
        "该公司今年前三季度的营业收入达到1200亿元，较去年同期大幅增长，创下历史新高纪录。"
    )

    assert found[0].currency == "CNY"


def test_a_figure_belongs_to_the_company_named_before_it() -> None:
    names = {"MSFT": "微軟", "META": "Meta"}
    _, found = read("微軟裁員9000人，Meta裁員3600人。", names)

    assert [(f.owner, f.value) for f in found] == [("MSFT", 9000), ("META", 3600)]


def test_every_word_that_tells_about_figures_is_a_pattern_of_the_scanner() -> None:
    assert set(patterns()) == {*roles(), *cues()}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("電影以4000萬美元的天價售出", "amount"),
        ("聯電股價創下60元的天價", "price"),
        ("聯電收跌1%，報48.5元", "price"),
    ],
)
def test_only_what_is_said_of_shares_is_a_share_price(text: str, kind: str) -> None:
    _, found = read(text)

    assert found[-1].kind == kind


def test_figures_told_in_a_list_belong_to_the_names_of_the_list() -> None:
    names = {"2382.TW": "廣達", "3231.TW": "緯創", "2356.TW": "英業達"}
    _, found = read("廣達、緯創、英業達股價分別下跌3.6%、1.2%和0.8%", names)

    assert [(f.owner, str(f.value)) for f in found] == [
        ("2382.TW", "-3.6"),
        ("3231.TW", "-1.2"),
        ("2356.TW", "-0.8"),
    ]


def test_cents_are_hundredths_of_a_dollar() -> None:
    _, found = read("posted a loss of 21 cents per share")

    assert [(str(f.value), f.unit, f.currency) for f in found] == [("-0.21", "per_share", "USD")]


def test_a_text_without_amounts_has_none() -> None:
    _, found = read("2026年3月5日17:30，台積電(2330)第3季發表N3製程，電話02-2345-6789。")

    assert found == ()
