"""Addresses, bylines and footers name companies without telling of them."""

import pytest

from tests.rules.companies_found import symbols


@pytest.mark.parametrize(
    "text",
    [
        "走勢圖在 https://example.com/chart/2330/daily 這裡",
        "截圖 https://i.example.net/2317.jpg 大家參考",
        "網址 www.example.org/q?code=3008 自己看",
        "有問題請寫信到 service@google.com 詢問",
        "記者王聯合／台北報導 勞動部公布失業率",
        "（特派記者陳統一新竹報導）竹科人潮湧現",
        "資料來源：Google財經、三竹資訊",
        "圖片來源：Facebook",
        "更多消息請追蹤Facebook粉絲專頁",
    ],
)
def test_furniture_holds_no_mention(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("https://example.com/a/2603 長榮運價回升", "2603.TW"),
        ("記者會上台積電說明擴產計畫", "2330.TW"),
        ("資料來源：證交所\n台積電今天漲停", "2330.TW"),
        ("資料來源：證交所。台積電今天漲停", "2330.TW"),
        ("中華電信有自己的官方帳號", "2412.TW"),
        ("Facebook裁員，粉絲團炸鍋", "META"),
    ],
)
def test_what_stands_beside_it_is_one(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


@pytest.mark.parametrize("text", ["部長在臉書發文致歉", "話題在微博持續發熱", "推特帳號遭盜"])
def test_a_platform_on_which_somebody_writes_is_no_company(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    ("text", "symbol"), [("臉書廣告營收創高", "META"), ("微博上市首日破發", "WB")]
)
def test_what_a_platform_does_itself_is_told_of_the_company(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


def test_a_brokers_branch_is_no_news_of_the_broker() -> None:
    assert symbols("主力券商宏遠-中和連買三天德晉") == {"3466.TWO"}
    assert symbols("宏遠紡織訂單回升") == {"1460.TW"}
