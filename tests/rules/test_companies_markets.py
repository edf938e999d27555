"""Codes beside their market, and the digits that are none."""

from __future__ import annotations

import pytest

from tests.rules.companies_found import symbols, words


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("TWSE:2330", "2330.TW"),
        ("TWSE：2330 收紅", "2330.TW"),
        ("TPEx: 6488", "6488.TWO"),
        ("2330 TT", "2330.TW"),
        ("2330:TT 評等買進", "2330.TW"),
        ("6488 TWO", "6488.TWO"),
        ("2330.TPE", "2330.TW"),
        ("700.HK", "0700.HK"),
        ("700 HK", "0700.HK"),
        ("00700.HK", "0700.HK"),
        ("HKEX:700", "0700.HK"),
        ("港股00700收高", "0700.HK"),
        ("騰訊（00700）", "0700.HK"),
        ("005930 KS", "005930.KS"),
        ("7203 JP", "7203.T"),
        ("TYO:7203", "7203.T"),
        ("sh600519", "600519.SS"),
        ("SZ000858", "000858.SZ"),
    ],
)
def test_a_market_beside_it_vouches_for_a_code(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


def test_the_evidence_of_a_code_holds_its_market() -> None:
    assert words("目標價調升 TWSE：2330") == ["TWSE：2330"]


@pytest.mark.parametrize(
    "text",
    [
        "Pay 700 HK dollars at the door",
        "花了700 HK$買門票",
        "push 2330 to the branch",
        "2330 two years later",
        "flash2330 的韌體",
        "rsh600519",
        "1301 ss 步槍",
    ],
)
def test_letters_beside_digits_are_not_always_a_market(text: str) -> None:
    assert symbols(text) == set()


def test_codes_with_strokes_between_them_are_a_list_from_three_on() -> None:
    assert symbols("2330/2317/2454 怎麼選") == {"2330.TW", "2317.TW", "2454.TW"}
    assert symbols("會議改到2024/1101舉行") == set()
    assert symbols("2330/9999/2454") == set()


def test_codes_with_commas_between_them_are_a_list() -> None:
    assert symbols("觀察名單2330,2317,2454") == {"2330.TW", "2317.TW", "2454.TW"}
    assert symbols("漲了2,330點") == set()


@pytest.mark.parametrize(
    "text", ["2330股價", "2330的股價", "請問2603還能抱嗎", "2330月營收", "2330 vs 2454"]
)
def test_words_of_stocks_are_no_units(text: str) -> None:
    assert text[:4] + ".TW" in symbols(text) or "2603.TW" in symbols(text)


@pytest.mark.parametrize(
    "text",
    [
        "特價4999買到很划算",
        "4999的筆電夠用了",
        "我們住1702房",
        "房間1702在走廊盡頭",
        "顯卡HD 4570跑得動",
        "凌晨0050出發",
        "電話0050",
        "Fixed bug #2330 in the parser",
        "It costs $2330 per seat",
        "since grep 3.5 (2020) the market has moved on",
        "認為2024的營運不佳",
    ],
)
def test_prices_rooms_models_tickets_and_years_are_no_codes(text: str) -> None:
    assert symbols(text) == set()


def test_two_codes_that_are_as_likely_vouch_for_each_other() -> None:
    assert symbols("2382的人笑了，3231的人也笑了") == {"2382.TW", "3231.TW"}
    assert symbols("2382的人笑了") == set()


def test_a_time_of_day_is_no_code_but_another_number_behind_it_may_be_one() -> None:
    assert symbols("今晚2330開播") == set()
    assert symbols("今晚2382公布財報") == {"2382.TW"}
