"""Words of a company's own trade beside its everyday name, short forms, subjects of figures."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from rules import companies
from rules.companies.industries import industry_of
from rules.companies.records import Record, merge, packaged
from rules.text import folded
from tests.rules.companies_found import symbols

OWN = """symbol,name,industry,weak
7777.TWO,晨光,金融保險業,晨光:-2
8888.TWO,晨光航,航運業,晨光:-2.5
"""


def rows() -> list[dict[str, str]]:
    text = resources.files("rules.data").joinpath("companies", "industries.toml")
    found: list[dict[str, str]] = tomllib.loads(text.read_text("utf-8"))["industry"]
    return found


def records() -> dict[str, Record]:
    return merge(packaged())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.get("industries") or row["symbols"])
def test_every_word_of_a_trade_is_seen_on_either_side_of_a_name(row: dict[str, str]) -> None:
    listed, symbol = row.get("industries", " ").split(" ")[0], row.get("symbols", " ").split(" ")[0]
    industry = industry_of("晨光", symbol, listed)

    assert industry is not None
    for word in map(folded, row["words"].split()):
        before, after = f"{word} 说晨光", f"晨光说 {word} "
        place = len(before) - 2
        assert industry.near(before, place, len(before), (0, len(before))), word
        assert industry.near(after, 0, 2, (0, len(after))), word


def test_every_trade_is_that_of_some_listed_company() -> None:
    known, listed = records(), {record.industry for record in records().values()}
    for row in rows():
        assert set(row.get("industries", "").split()) <= listed
        assert set(row.get("symbols", "").split()) <= set(known)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("兆豐紐約分行再遭罰", "2886.TW"),
        ("秋雨文創股東常會改選董事", "9929.TW"),
        ("龍巖陽宅案入帳，單季翻正", "5530.TWO"),
        ("京站週年慶專櫃業績報喜", "2942.TWO"),
        ("合一明將停牌 傳新藥啟動國際授權", "4743.TWO"),
        ("大樹攜手日本連鎖藥局", "6469.TWO"),
        ("正德與日本商社簽約訂船 運價看俏", "2641.TWO"),
    ],
)
def test_a_word_of_its_trade_makes_the_company_of_an_everyday_name(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


@pytest.mark.parametrize(
    "text",
    [
        "瑞雪兆豐年，銀行存款利率創高",
        "入夜秋雨綿綿，印刷廠趕工",
        "天然大樹倒下，壓垮藥局招牌",
        "綠電蓬勃發展，太陽能案場激增",
        "國內再生塑料價格走揚",
        "街頭巨大單車雕塑揭幕",
    ],
)
def test_no_word_of_a_trade_makes_a_company_of_what_is_none(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("恆大明年衝口罩外銷 推空氣清淨濾材", "1325.TW"),
        ("恆大地產爆發債務違約", "3333.HK"),
        ("恆大停牌", "3333.HK"),
    ],
)
def test_the_trade_tells_namesakes_apart(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


def test_the_trade_of_ones_own_listing_counts_too() -> None:
    finder = companies.load(OWN)

    assert symbols("晨光分行遭罰", finder=finder) == {"7777.TWO"}
    assert symbols("晨光增開兩條航線 客運回溫", finder=finder) == {"8888.TWO"}
    assert symbols("晨光灑在田間", finder=finder) == set()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("興櫃股王昇佳6月上旬掛牌", "6732.TWO"),
        ("倚強暫停交易 將公告重大訊息", "3219.TWO"),
        ("〈沛爾攻CAR-T〉啟動臨床試驗", "6949.TW"),
    ],
)
def test_the_press_leaves_out_what_a_listed_name_ends_in(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


@pytest.mark.parametrize(
    "text",
    [
        "台鋼雄鷹今晚主場開打",  # blocked
        "三洋家電特賣",  # two companies begin so
        "大學招生名額公告",  # a word
        "東方風災重建",  # cuts one
        "倚強凌弱遭起訴",  # alone, a short form needs a company's words
    ],
)
def test_a_short_form_that_is_a_word_or_several_companies_is_none(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("巨大歐洲市場銷售不振 3月營收46億元年減逾2成", "9921.TW"),
        ("〈財報〉巨大歐洲市場銷售不振 3月營收46億元", "9921.TW"),
    ],
)
def test_figures_that_a_company_must_have_are_those_of_the_name_that_opens(
    text: str, symbol: str
) -> None:
    assert symbols(text) == {symbol}


def test_figures_of_somebody_named_say_nothing_of_a_word() -> None:
    assert symbols("巨大變局中 台積電3月營收創高") == {"2330.TW"}


def test_who_opens_a_clause_before_a_colon_speaks() -> None:
    assert symbols("林姓前董座背信案上訴 東洋：對三審判決有信心") == {"4105.TWO"}
    assert symbols("高鐵延駛爭議 材料：兩顆蛋") == set()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("UPS to close 24 buildings", "UPS"),
        ("Travelers beats on lower catastrophe losses", "TRV"),
        ("PNC agrees to buy a regional lender", "PNC"),
        ("Southwest drops open seating", "LUV"),
    ],
)
def test_what_an_english_company_does_tells_it_from_the_word(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


@pytest.mark.parametrize(
    "text",
    [
        "Travelers stranded as storm grounds flights",
        "Target practice starts at noon",
        "Southwest winds will pick up tonight",
        "Zebra crossing to be repainted",
        "Charter schools to open in August",
        "Governor Abbott signs border bill",
    ],
)
def test_the_english_word_stays_one(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("存56十年了", {"0056.TW"}),
        ("從學生時代就存50到現在", {"0050.TW"}),
        ("先存50萬頭期款", set()),
        ("存56張郵票", set()),
        ("倉庫庫存50箱", set()),
    ],
)
def test_funds_that_people_save_in_by_two_digits(text: str, found: set[str]) -> None:
    assert symbols(text) == found


def test_a_name_alone_in_quotes_behind_what_it_is_called_is_the_company() -> None:
    assert symbols("戶外運動品牌“探路者”屬於傳統企業") == {"300005.SZ"}
    assert symbols("全球分為半導體「設備」和「材料」兩類") == set()


def test_a_small_ticker_counts_where_something_is_said_of_its_price() -> None:
    assert symbols("昨天收盤前tlt跌破年線") == {"TLT"}
    assert symbols("檔名是tlt的文件打不開") == set()


def test_what_the_exchange_writes_behind_a_name_makes_it_one() -> None:
    assert symbols("宏偉-KY模具接單回溫") == {"4565.TWO"}
