"""Stock codes and tickers, and the numbers and words that look like them."""

import pytest

from tests.rules.companies_found import symbols


@pytest.mark.parametrize(
    "text",
    [
        "台積電(2330)法說",
        "2330.TW 收盤",
        "2330-TW 收盤",
        "(2330-TW) 除息",
        "$2330 量縮",
        "2330今天漲停",
        "股票代號2330",
        "我抱2330十年了",
    ],
)
def test_a_code_is_its_company(text: str) -> None:
    assert symbols(text) == {"2330.TW"}


@pytest.mark.parametrize(
    "text",
    [
        "成交2330億元",
        "售價2,330元",
        "殖利率2.330%",
        "售價2330元",
        "下跌2330點",
        "2330人報名",
        "共2330張",
        "2330股",
        "電話02-2330-1234",
        "時間是23:30，地點在2330室外",
        "編號12330",
        "NT$2330",
        "目標價2330",
        "營收達2330",
        "1101/05/02",
    ],
)
def test_a_number_is_not_a_code(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize("text", ["2027年完工", "預計2027完工", "到2025為止", "東京奧運(2020)"])
def test_a_year_is_not_a_code(text: str) -> None:
    assert symbols(text) == set()


def test_a_year_beside_its_company_is_the_code() -> None:
    assert symbols("大成鋼(2027)股價創高") == {"2027.TW"}


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("00878配息", "00878.TW"),
        ("手上的00764B套牢", "00764B.TWO"),
        ("0050定期定額，股價創高", "0050.TW"),
        ("00631L正二", "00631L.TW"),
    ],
)
def test_funds_are_known_by_their_codes(text: str, symbol: str) -> None:
    assert symbol in symbols(text)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("AMZN裁員", "AMZN"),
        ("$CAT 大漲", "CAT"),
        ("$ALL earnings", "ALL"),
        ("onsemi (NASDAQ: ON) beats", "ON"),
        ("onsemi (ON-US) 大漲", "ON"),
        ("安森美（ON）大漲", "ON"),
        ("AT&T (NYSE: T) dividend", "T"),
        ("0700.HK 大漲", "0700.HK"),
        ("9984.T 大跌", "9984.T"),
        ("005930.KS 創高", "005930.KS"),
        ("BRK.B 持股", "BRK.B"),
    ],
)
def test_a_marked_ticker_is_its_company(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


@pytest.mark.parametrize(
    "text",
    [
        "ALL KEY NOW ON A",
        "AI、IT、PC與ETF",
        "EPS、CEO、GDP、CPI",
        "人工智慧(AI)與個人電腦(PC)",
        "執行長(CEO)說明EPS",
        "THE TARGET IS FAST",
        "mRNA技術獲獎",
    ],
)
def test_capital_words_are_not_tickers(text: str) -> None:
    assert symbols(text) == set()


def test_codes_in_a_list_vouch_for_each_other() -> None:
    assert symbols("分別壓6547, 6875, 6589") >= {"6547.TWO", "6589.TW"}


def test_every_company_of_an_advertisements_list_is_a_mention() -> None:
    text = "隱藏版名單🔴2330台積電:穩🔴2317鴻海:低🔴3481群創:轉機🔴6285啟碁:天線"
    assert symbols(text) == {"2330.TW", "2317.TW", "3481.TW", "6285.TW"}
