"""Figures that leave something to the words around them: a unit, a currency, the end of a line."""

from __future__ import annotations

import pytest

from rules.model import Bound
from tests.rules.reading_cases import read


def _said(text: str, names: dict[str, str] | None = None) -> list[str]:
    _, found = read(text, names)
    return [f"{f.value} {f.unit} {f.currency}".strip() for f in found]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("三大法人賣超48.42億，創單日新高", ["4842000000 money TWD"]),
        ("尾盤狂敲百億", ["10000000000 money TWD"]),
        ("平均年薪85萬，高於同業", ["850000 money TWD"]),
        ("拖欠其100萬貨款長達13個月", ["1000000 money TWD"]),
        ("裁員人數高達120萬，比預期多", ["1200000 people"]),
        ("死亡人數破3萬", ["30000 people"]),
        ("用戶突破1.3億", []),
        ("一年喝掉28億杯咖啡", []),
        ("兆豐與億光雙雙走高", []),
        ("影片瀏覽量達2.7億", []),
        ("累計用戶上看10億，換機潮正熱", []),
    ],
)
def test_a_large_number_without_a_unit_is_money_unless_it_counts_something(
    text: str, said: list[str]
) -> None:
    assert _said(text) == said


@pytest.mark.parametrize(
    ("text", "names", "currency"),
    [
        ("蘋果市值破兆", {"AAPL": "蘋果"}, "USD"),
        ("鴻海市值破兆", {"2317.TW": "鴻海"}, "TWD"),
        ("豐田研發費用追加上千億", {"7203.T": "豐田"}, "JPY"),
        ("美國眾議院通過1.9兆紓困案", {}, "USD"),
        ("南韓將砸450兆發展晶片", {}, "KRW"),
    ],
)
def test_a_number_without_a_currency_is_in_its_companys_or_its_countrys(
    text: str, names: dict[str, str], currency: str
) -> None:
    _, found = read(text, names)

    assert [f.currency for f in found] == [currency]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("上海一名民警表示，該公司今年虧損15萬元，已向人民法院提告，平臺尚未回應。", "CNY"),
        ("台北一名店家表示，今年虧損15萬元，人民幣匯率與上海的訂單都是原因。", "TWD"),
        ("今年虧損15萬元，店家表示無力再撐。", "TWD"),
    ],
)
def test_a_bare_yuan_is_chinas_where_only_the_mainland_is_spoken_of(
    text: str, currency: str
) -> None:
    _, found = read(text)

    assert [f.currency for f in found] == [currency]


_FULL_LINE = "公司董事會昨日通過去年度財務報告並公布今年第一季的營運展望，去年營收年增"


def test_a_line_that_a_program_broke_may_end_inside_a_number() -> None:
    assert _said(f"{_FULL_LINE}46.\n2%，創新高。") == ["46.2 percent"]
    assert _said(f"{_FULL_LINE}來到503.67\n億元。") == ["50367000000 money TWD"]


def test_numbers_of_lines_that_a_person_broke_stay_apart() -> None:
    assert _said("營收成長5\n%是百分號") == []
    assert _said("1.\n5000元") == ["5000 money TWD"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("和解金從9億降到6億美元", ["900000000 money USD", "600000000 money USD"]),
        ("員工從1.2萬減至9,500人", ["12000 people", "9500 people"]),
        ("從2019年降到6億美元", ["600000000 money USD"]),
    ],
)
def test_the_start_of_a_change_has_the_unit_of_its_end(text: str, said: list[str]) -> None:
    assert _said(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("股價從高點12X就一直跌", []),
        ("振興三倍券開領，五倍券接棒", []),
        ("擠進全球前10名", []),
        ("目前10家分行", ["10 count"]),
        ("兩者就走一塊了", []),
        ("標普500部位逼近低點", []),
        ("虧損5.5億元 每股虧0.68元", ["550000000 money TWD", "-0.68 per_share TWD"]),
        ("利潤為(173億元-126億元)", ["17300000000 money TWD", "12600000000 money TWD"]),
        ("野戰防空系統21億餘萬元", ["2100000000 money TWD"]),
        ("營收2.22億元年增4.74%", ["222000000 money TWD", "4.74 percent"]),
        ("陽性率僅萬分之8.3", ["0.083 percent"]),
        ("新台幣1,234仟元", ["1234000 money TWD"]),
        ("買進10元大投信ETF", []),
        ("外資匯出 台幣連3貶收29.216元", []),
        ("人民幣匯價貶到7.25元", []),
        ("新台幣現金股利每股發2.25元", ["2.25 per_share TWD"]),
        ("應屆畢業生起薪突破37K", ["37000 money TWD"]),
        ("新推出4K電視", []),
        ("展覽吸引1.2萬人次", ["12000 people"]),
        ("年薪18萬感覺良好，她虧去50多萬", ["180000 money TWD", "500000 money TWD"]),
    ],
)
def test_what_only_looks_like_an_amount_or_runs_into_the_next_word(
    text: str, said: list[str]
) -> None:
    assert _said(text) == said


@pytest.mark.parametrize(
    ("text", "words", "bound"),
    [
        ("外資買超78億元", "78億元", Bound.EXACT),
        ("簽下合約10億元", "10億元", Bound.EXACT),
        ("市值跌破8兆元", "跌破8兆元", Bound.AT_MOST),
        ("外資買超逾78億元", "買超逾78億元", Bound.AT_LEAST),
    ],
)
def test_a_word_that_ends_like_a_bound_bounds_nothing(text: str, words: str, bound: Bound) -> None:
    _, found = read(text)

    assert [(f.span.text, f.bound) for f in found] == [(words, bound)]


@pytest.mark.parametrize(
    "text",
    [
        "The chipmaker expects revenue of $14.2 billion, plus or minus $300 million",
        "It guides to revenue of $14.2 billion, give or take $300 million",
        "It sees revenue of $14.2 billion, +/- $300 million",
        "預估本季營收142億美元，正負3億美元",
        "本季營收約142億美元（±3億美元）",
        "本季營收142億美元，上下3億美元",
    ],
)
def test_how_far_an_amount_may_be_off_measures_nothing_itself(text: str) -> None:
    _, found = read(text)

    assert [(f.value, f.kind) for f in found] == [
        (14_200_000_000, "revenue"),
        (300_000_000, "amount"),
    ]


def test_a_margin_of_error_in_percent_is_no_growth_and_has_no_sign() -> None:
    _, found = read("預估本季營收季增10%，毛利率55%+/-1%")

    assert [(f.value, f.kind) for f in found] == [(10, "revenue"), (55, "margin"), (1, "amount")]


def test_about_a_hundred_is_an_amount_of_its_own() -> None:
    _, found = read("營收約100億元上下")

    assert [(f.value, f.kind) for f in found] == [(10_000_000_000, "revenue")]
