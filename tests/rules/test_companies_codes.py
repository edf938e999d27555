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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("資產配置 V 12%, MA 8%, KO 6%", {"V", "MA", "KO"}),
        ("持股比重：V 20%、MA 15%、其餘現金", {"V", "MA"}),
        ("我抱 AAPL, V, MA 十年", {"AAPL", "V", "MA"}),
        ("AAPL V MA COST 都很穩", {"AAPL", "V", "MA", "COST"}),
        ("T/VZ/KO 都領息", {"T", "VZ", "KO"}),
    ],
)
def test_tickers_in_a_row_vouch_for_each_other(text: str, expected: set[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "問卷結果 A 20%、B 30%、C 50%",
        "THE NEW ALL IN ONE KEY",
        "A、B、C 三個方案",
        "AI、EV、IPO 三大題材",
        "血型 A、O 都缺血",
    ],
)
def test_letters_in_a_row_that_are_words_are_no_tickers(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize("text", ["00713/00915都抗跌", "想買0056+00713", "00713~00915"])
def test_funds_may_be_joined_by_other_signs(text: str) -> None:
    assert "00713.TW" in symbols(text)


@pytest.mark.parametrize("text", ["剛買3張2603", "目前2603 180元，要停損嗎", "2603量縮"])
def test_a_bare_code_with_a_price_or_a_count_is_its_company(text: str) -> None:
    assert symbols(text) == {"2603.TW"}


@pytest.mark.parametrize("text", ["標的：2603", "今天大盤跌停，2603也弱", "代號:2603,今天漲停"])
def test_a_code_may_follow_a_comma_or_colon(text: str) -> None:
    assert symbols(text) == {"2603.TW"}


@pytest.mark.parametrize("text", ["匯率1,2603今天", "上午9:2603集合", "編號2603的房間", "分機2603"])
def test_a_longer_number_or_another_kind_of_number_is_no_code(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize("text", ["電話 02 2603 1800", "#2025夏令營", "料號 2603 1800"])
def test_a_telephone_number_or_a_year_tag_is_no_code(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("賣掉0050改買878，殖利率比較高", {"0050.TW", "00878.TW"}),
        ("ETF我只存878跟919", {"00878.TW", "00919.TW"}),
        ("00929月配息0.2元，929的成分股換很大", {"00929.TW"}),
        ("高股息裡919的配息最穩", {"00919.TW"}),
    ],
)
def test_three_digits_are_a_fund_where_funds_are_spoken_of(text: str, expected: set[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "台積電878進場，940停利",
        "新機搭載Snapdragon 888也傳災情",
        "第940期大樂透開獎，配息無關",
        "ETF受益人數達919萬人",
        "電話0929-919-878，歡迎詢問ETF配息",
        "殖利率來到8.78%，指數漲919點",
    ],
)
def test_other_three_digits_are_no_fund(text: str) -> None:
    assert not {symbol for symbol in symbols(text) if symbol.startswith("00")}
