"""Figures as readers in Taiwan and readers of English write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.amounts import amount
from bot.delivery.wording import clean, shorten
from bot.texts import texts
from rules.model import Bound
from tests.bot.cards import figure

CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("200e9", {}, "2,000億美元", "US$200 billion"),
    ("1.5e12", {"currency": "TWD"}, "1.5兆元", "NT$1.5 trillion"),
    ("180169000000", {}, "1,801.69億美元", "US$180.17 billion"),
    ("35000000", {}, "3,500萬美元", "US$35 million"),
    ("500000", {"currency": "TWD"}, "50萬元", "NT$500,000"),
    ("12345", {"currency": "TWD"}, "12,345元", "NT$12,345"),
    ("1801.69", {}, "1,801.69美元", "US$1,801.69"),
    ("-3e9", {}, "-30億美元", "-US$3 billion"),
    ("9999996000", {"currency": "JPY"}, "100億日圓", "¥10 billion"),
    ("5e9", {"currency": "XAU"}, "50億XAU", "XAU5 billion"),
    ("16000", {"unit": "people"}, "16,000人", "16,000 people"),
    ("1580000", {"unit": "people"}, "158萬人", "1.58 million people"),
    ("5.20", {"unit": "percent"}, "5.2%", "5.2%"),
    ("2.5", {"unit": "multiple"}, "2.5倍", "2.5x"),
    ("15.36", {"unit": "per_share", "kind": "eps", "currency": "TWD"}, "15.36元", "NT$15.36"),
    ("5", {"unit": "per_share", "kind": "dividend"}, "每股5美元", "US$5 per share"),
    ("100e8", {"high": Decimal("120e8")}, "100億美元–120億美元", "US$10 billion–US$12 billion"),
    ("16000", {"unit": "people", "bound": Bound.AT_LEAST}, "逾16,000人", "over 16,000 people"),
    ("16000", {"unit": "people", "bound": Bound.AT_MOST}, "不到16,000人", "under 16,000 people"),
    ("2e11", {"bound": Bound.ABOUT}, "約2,000億美元", "about US$200 billion"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "more", "zh", "en"), CASES)
def test_an_amount_reads_as_people_write_it(
    value: str, more: dict[str, Any], zh: str, en: str
) -> None:
    given = {"unit": "money", **more}
    shown = figure(value, given.pop("unit"), given.pop("kind", "capex"), **given)

    assert amount(shown, texts("zh-TW")) == zh
    assert amount(shown, texts("en")) == en


def test_an_absurd_amount_is_shown_as_it_was_printed() -> None:
    assert amount(figure("1e400"), texts("zh-TW")) == "1.6萬人"


@settings(max_examples=80, deadline=None)
@given(st.decimals(-(10**17), 10**17, allow_nan=False, places=3), st.sampled_from(["zh-TW", "en"]))
def test_no_amount_grows_long_or_loses_its_digits(value: Decimal, lang: str) -> None:
    shown = amount(figure(str(value)), texts(lang))

    assert len(shown) <= 30
    assert any(char.isdigit() for char in shown)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("資本支出將達2,000億美元以上", 11, "資本支出將達…"),
        ("資本支出將達2,000億美元以上", 15, "資本支出將達2,000億美元…"),
        ("Amazon announced layoffs today", 12, "Amazon…"),
        ("前半句話，後半句話很長很長很長", 9, "前半句話…"),
        ("不用切", 3, "不用切"),
    ],
)
def test_a_cut_falls_between_words_and_never_inside_a_figure(
    text: str, limit: int, short: str
) -> None:
    assert shorten(text, limit) == short


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.integers(2, 40))
def test_what_is_shortened_fits_and_begins_as_the_text_does(text: str, limit: int) -> None:
    short = shorten(text, limit)

    assert len(short) <= limit
    assert text.startswith(short.removesuffix("…").rstrip())


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
