"""A code or name of nobody is answered with the companies that may be meant, and no others."""

from __future__ import annotations

import pytest

from rules import companies, events
from rules.language.known import Known
from rules.language.nearby import nearby, slip, steps
from rules.text import folded

KNOWN = Known(companies.directory(), events)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("AMNZ", "AMZN"),  # two letters changed places: likelier than ANZ, which lacks one
        ("AAPPL", "AAPL"),
        ("TSMCC", "2330.TW"),
        ("NVDAA", "NVDA"),
        ("23330", "2330.TW"),
        ("0700.TW", "00700.TW"),
        ("台積電氣", "2330.TW"),
        ("輝達科技", "NVDA"),
        ("環球", "6488.TWO"),
        ("大利光", "3008.TW"),
    ],
)
def test_the_likeliest_company_comes_first(typed: str, first: str) -> None:
    assert nearby(folded(typed), KNOWN)[0].symbol == first


def test_the_same_number_on_another_market_may_be_meant() -> None:
    assert "0700.HK" in [company.symbol for company in nearby("0700.tw", KNOWN)]


@pytest.mark.parametrize("typed", ["傳聞", "9998", "QWXZ", "小道消息"])
def test_what_merely_looks_a_little_alike_is_no_answer(typed: str) -> None:
    assert nearby(folded(typed), KNOWN) == ()


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("amzn", "amzn", 0),
        ("amnz", "amzn", 1),
        ("amz", "amzn", 1),
        ("amzzn", "amzn", 1),
        ("amxn", "amzn", 1),
        ("", "ab", 2),
        ("abc", "cab", 2),
    ],
)
def test_a_letter_missing_added_wrong_or_swapped_is_one_step(
    one: str, other: str, count: int
) -> None:
    assert steps(one, other) == steps(other, one) == count


@pytest.mark.parametrize(
    ("typed", "code", "likely"),
    [
        ("2330", "2330", True),
        ("3230", "2330", True),
        ("23330", "2330", True),
        ("230", "2330", True),
        ("2331", "2330", False),
        ("2303", "2317", False),
    ],
)
def test_a_number_is_a_slip_for_one_digit_or_a_change_of_places(
    typed: str, code: str, likely: bool
) -> None:
    assert slip(typed, code) is likely
