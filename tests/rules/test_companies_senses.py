"""Names that are words: what else they mean, and how a text shows what is meant."""

from __future__ import annotations

import pytest

from tests.rules.companies_found import symbols


@pytest.mark.parametrize(
    "text",
    [
        "市售蘋果、香蕉、芭樂都漲價",
        "水果盤商說，蘋果今年到貨少",
        "那曲、阿里、日喀則降雪",
        "雨林面積縮小，亞馬遜的部落求助",
        "溫度升到一百度",
        "五百度近視",
        "商朝的甲骨文一片難求",
    ],
)
def test_words_of_another_sense_in_the_sentence_speak_against_the_company(text: str) -> None:
    assert symbols(text) == set()


def test_another_sense_elsewhere_changes_nothing() -> None:
    assert symbols("蘋果發表新款iPhone。水果行情看漲。") == {"AAPL"}


@pytest.mark.parametrize(
    "text",
    [
        "大量外資進入泰國市場",
        "全新產能開出",
        "新建廠房啟用",
        "新興供應鏈崛起",
        "國產晶片自給率提高",
        "材料供應商缺貨",
        "聯合收購農地",
    ],
)
def test_an_adjective_before_a_thing_is_no_company(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("全新營收創高", "2455.TW"),
        ("大量股價創高", "3167.TW"),
        ("國產股東會通過配息案", "2504.TW"),
        ("高端目標價遭降", "6547.TWO"),
        ("聯合董事長請辭", "4129.TWO"),
    ],
)
def test_the_same_word_before_what_only_a_company_has_is_one(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("請問大家創意還能追嗎", "3443.TW"),
        ("全新可以買嗎", "2455.TW"),
        ("請益 冠軍後市如何", "1806.TW"),
        ("統一現在可以抱嗎", "1216.TW"),
    ],
)
def test_what_is_asked_of_stocks_alone_makes_a_stock_of_a_word(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


def test_a_name_begins_behind_an_order_wherever_the_dictionary_would_cut() -> None:
    assert symbols("外資賣超和大、中鋼") == {"1536.TW", "2002.TW"}


def test_a_name_may_stand_behind_what_its_kind_is_called() -> None:
    assert symbols("自行車雙雄巨大、美利達庫存去化") == {"9921.TW", "9914.TW"}


def test_a_code_before_its_name_is_no_number_of_it() -> None:
    assert symbols("2615萬海開高") == {"2615.TW"}
    assert symbols("Q3萬海股息入袋") == {"2615.TW"}


@pytest.mark.parametrize(
    "text",
    [
        "Snap election called in Japan",
        "Snap decision costs team the game",
        "Unity in diversity, president urges",
        "Arm yourself with facts",
        "Zoom in for detail",
        "Grab your coat",
        "Sharp decline in births",
        "Upstart candidate shocks party",
        "Waste management is a civic duty",
        "Tesla coil exhibits wow kids",
        "Apple picking season opens",
    ],
)
def test_an_english_sentence_may_open_with_a_word_that_is_a_name(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Snap shares slide", "SNAP"),
        ("Sharp to exit LCD business", "6753.T"),
        ("Zoom raises annual forecast", "ZM"),
        ("Arm seeks to raise chip prices", "ARM"),
        ("Waste Management beats estimates", "WM"),
    ],
)
def test_a_name_that_acts_like_a_company_opens_one_too(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


def test_tickers_joined_by_and_vouch_for_each_other() -> None:
    assert symbols("GE, GM and F led gainers on Tuesday") == {"GE", "GM", "F"}


@pytest.mark.parametrize(
    "text", ["推特用戶抱怨改版", "川普推特發文", "官方推特公告延賽", "UPS不斷電系統缺貨"]
)
def test_where_somebody_writes_and_what_is_only_called_the_same_is_no_company(text: str) -> None:
    assert symbols(text) == set()


def test_names_that_touch_without_a_joint_are_a_list() -> None:
    assert symbols("台塑南亞台化台塑化") == {"1301.TW", "1303.TW", "1326.TW", "6505.TW"}
    assert symbols("統一統一超齊揚") == {"1216.TW", "2912.TW"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三弟 二哥台燿近期追漲空間更大", {"6274.TWO"}),
        ("推案有冠德安沐居、冠德信義", {"2520.TW"}),
        ("台積2024 EPS 35元", {"2330.TW"}),
    ],
)
def test_nicknames_buildings_and_years_that_touch_a_name_are_none(
    text: str, found: set[str]
) -> None:
    assert symbols(text) == found


@pytest.mark.parametrize("text", ["突尼西亞總統本·阿里訪中", "英相鮑里斯‧強生宣布辭職"])
def test_part_of_a_foreign_name_is_no_company(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    "text", ["封測大廠華東宣布擴產", "製造廠虎山將斥12億元", "【典範】展望樂觀", "統領季報出爐"]
)
def test_what_only_companies_are_called_or_have_makes_one_of_a_word(text: str) -> None:
    assert len(symbols(text)) == 1


def test_two_popular_funds_side_by_side_need_no_word_of_funds() -> None:
    assert symbols("想問878跟919") == {"00878.TW", "00919.TW"}
    assert symbols("公車701、702改道") == set()


@pytest.mark.parametrize(
    "text",
    [
        "陳東元表示，將繼續努力",
        "警方逮捕嫌犯陳東元",
        "新任局長林致茂到職",
        "佳格牙醫開到十點",
        "欣興機車行遭竊",
        "中鋼路口發生車禍",
        "中鋼路9號失火",
    ],
)
def test_persons_shops_and_streets_are_no_companies_however_the_name_is_trusted(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    "text", ["股王信驊破萬", "EPS王信驊", "何時買信驊", "上周信驊大漲", "3張信驊"]
)
def test_a_surname_that_is_something_else_makes_no_person(text: str) -> None:
    assert symbols(text) == {"5274.TWO"}
