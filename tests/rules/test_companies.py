"""Names of companies in running text: what counts and what only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.model import Part
from tests.rules.companies_found import document, mentions, symbols, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("長榮航與長榮同日公布營收", {"2618.TW", "2603.TW"}),
        ("南亞科漲價，南亞第三季虧損", {"2408.TW", "1303.TW"}),
        ("中鋼構取得大單", {"2013.TW"}),
        ("台塑化歲修", {"6505.TW"}),
        ("統一超展店", {"2912.TW"}),
        ("聯華食十月營收創高", {"1231.TW"}),
    ],
)
def test_the_longer_name_wins(text: str, expected: set[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "努力成為第一",
        "今日最大成交量",
        "因應材料短缺",
        "高通膨時代來臨",
        "完美光影的演出",
        "航運族群創新高",
        "長榮大學學生",
        "台塑生醫展店",
    ],
)
def test_a_name_inside_a_longer_word_is_not_a_mention(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    "text",
    ["全新產品上市", "全世界都在看", "統一發票開獎", "大同區公所", "蘋果汁好喝", "亞馬遜雨林大火"],
)
def test_a_word_of_the_language_is_not_its_namesake(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("〈全新法說〉明年展望樂觀", "2455.TW"),
        ("大同董事長請辭", "2371.TW"),
        ("統一11月營收創新高", "1216.TW"),
        ("世界(5347)第三季毛利率下滑", "5347.TWO"),
        ("蘋果執行長庫克訪印度", "AAPL"),
    ],
)
def test_the_same_word_with_company_context_is_the_company(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


def test_a_doubtful_name_joined_to_a_sure_one_is_a_company_too() -> None:
    assert symbols("台積電、全新、穩懋") == {"2330.TW", "2455.TW", "3105.TWO"}


def test_a_doubtful_word_in_a_list_that_goes_on_is_not() -> None:
    assert symbols("台積電、全新產品與穩懋") == {"2330.TW", "3105.TWO"}


def test_a_surname_before_a_name_makes_it_a_persons() -> None:
    assert symbols("里長陳泰銘呼籲民眾") == set()
    assert symbols("泰銘十月營收創高") == {"9927.TW"}


@pytest.mark.parametrize("text", ["台積電TSMC的產能", "看好TSMC，加碼", "tsmc的產能"])
def test_latin_names_end_where_chinese_begins(text: str) -> None:
    assert symbols(text) == {"2330.TW"}


@pytest.mark.parametrize("text", ["the metaverse", "metal prices", "pineapple", "Amazonian tribes"])
def test_a_latin_name_inside_a_longer_word_is_not_a_mention(text: str) -> None:
    assert symbols(text) == set()


def test_a_latin_name_that_is_a_word_needs_its_capital() -> None:
    assert symbols("他的meta分析") == set()
    assert symbols("Meta裁員") == {"META"}


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("輝達市值創高", "NVDA"),
        ("英偉達市值創高", "NVDA"),
        ("英伟达市值创新高", "NVDA"),
        ("臺積電法說", "2330.TW"),
        ("台积电法说会", "2330.TW"),
        ("Ｎｖｉｄｉａ財報", "NVDA"),
        ("台\u200b積電法說", "2330.TW"),
    ],
)
def test_every_spelling_is_the_same_company(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


def test_two_share_classes_are_one_company() -> None:
    assert symbols("GOOG、GOOGL與Google") == {"GOOGL"}


def test_a_name_and_its_code_are_one_piece_of_evidence() -> None:
    assert words("亞馬遜(AMZN)裁員，亞馬遜股價下跌") == ["亞馬遜(AMZN)", "亞馬遜"]
    assert words("🔴3481群創:面板") == ["3481群創"]


def test_evidence_is_the_exact_words_of_the_original() -> None:
    (mention,) = mentions("ＡＭＤ下修財測", "超微財測保守")

    title, body = mention.evidence
    assert (title.part, title.text) == (Part.TITLE, "超微")
    assert (body.part, body.text) == (Part.TEXT, "ＡＭＤ")


@settings(max_examples=80, deadline=None)
@given(
    st.text(alphabet="台積電全新鴻海(2330)$AMZN 、，。\n營收Meta元創群🔴1", max_size=40),
    st.text(alphabet="台積電Meta2330()、營收", max_size=12),
)
def test_evidence_points_at_its_words_in_any_text(text: str, title: str) -> None:
    if not (text.strip() or title.strip()):
        return
    article = document(text, title).article
    for mention in mentions(text, title):
        for span in mention.evidence:
            part = article.title if span.part is Part.TITLE else article.text
            assert part[span.start : span.end] == span.text
        assert list(mention.evidence) == sorted(mention.evidence, key=_place)


def _place(span: object) -> tuple[bool, int]:
    return (span.part is Part.TEXT, span.start)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大戶放空3張廣達", {"2382.TW"}),
        ("剛買10張陽明", {"2609.TW"}),
        ("抱著兩張聯電", {"2303.TW"}),
        ("印出一張大量報表", set()),
        ("三檔全新基金募集", set()),
    ],
)
def test_counted_shares_are_a_companys(text: str, expected: set[str]) -> None:
    assert symbols(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "遠東新興服飾店熄燈",
        "半導體光罩需求升溫",
        "兩家公司聯合發表聲明",
        "他對世界最大的貢獻",
        "機車從五福路口左轉",
        "外資撤出新興亞洲",
    ],
)
def test_a_common_word_between_companies_and_verbs_stays_a_word(text: str) -> None:
    assert symbols(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Strategy Analytics：智慧手錶出貨年增兩成",
        "奪Beats Flex電池大單",
        "工廠口罩日產2000萬片",
        "煉油廠日產30萬桶原油",
        "工程浩大，耗費成本巨大，法人看壞",
    ],
)
def test_a_word_that_goes_on_or_ends_its_clause_is_no_company(text: str) -> None:
    assert symbols(text) == set()


def test_a_doubtful_latin_name_joined_by_and_is_a_company_too() -> None:
    assert symbols("Visa and Mastercard settle swipe-fee case") == {"V", "MA"}


@pytest.mark.parametrize(
    ("text", "symbol"),
    [("窗簾股與老大億豐稱霸市場", "8464.TW"), ("正隆大園廠增設產線", "1904.TW")],
)
def test_of_two_names_that_overlap_the_one_that_stands_better_wins(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


def test_an_abbreviation_counts_only_in_a_text_about_finance() -> None:
    assert symbols("全校師生改用SAP系統選課") == set()
    assert symbols("〈SAP財報〉雲端營收優於預期") == {"SAP"}


def test_a_date_before_a_name_takes_its_first_character() -> None:
    assert symbols("今(8)日立法院初審條例") == set()
    assert symbols("日立法說會登場") == {"6501.T"}
