"""Names that are also words, in texts about finance and in others."""

import pytest

from rules import companies
from rules.companies.names import Name
from rules.text import folded
from tests.rules.companies_found import symbols

PACKAGED = companies.directory()


def counted() -> list[tuple[str, int, int]]:
    from importlib import resources

    text = resources.files("rules.data").joinpath("companies", "usage.txt").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return [(name, int(company), int(other)) for name, company, other in rows]


def prior(names: object, word: str) -> float:
    found = names[folded(word)]  # type: ignore[index]
    assert isinstance(found, Name)
    return found.prior


@pytest.mark.parametrize(("word", "company", "other"), counted())
def test_every_counted_name_is_a_doubtful_name_of_a_company(
    word: str, company: int, other: int
) -> None:
    assert prior(PACKAGED.names, word) < 0
    assert company > 0
    assert other >= 0


@pytest.mark.parametrize(("word", "company", "other"), counted())
def test_counts_leave_a_word_a_word(word: str, company: int, other: int) -> None:
    before, after = prior(PACKAGED.names, word), prior(PACKAGED.press_names, word)

    assert after <= 0
    assert after - before <= 2.0


def test_the_oftener_a_name_meant_the_company_the_more_it_is_trusted() -> None:
    assert prior(PACKAGED.press_names, "大同") > prior(PACKAGED.names, "大同")
    assert prior(PACKAGED.press_names, "中天") > prior(PACKAGED.press_names, "傳奇")


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("經營權之爭未歇 大同股臨會前夕市場派喊話", "2371.TW"),
        ("投資人連三天買進大同，金管會盯上", "2371.TW"),
        ("合一首季由虧轉盈，每股賺0.2元", "4743.TWO"),
        ("大樹今年再展店30家，營收看增", "6469.TWO"),
        ("漢唐最新董事名單出爐，法人樂觀", "2404.TW"),
        ("懷特新藥納健保，現增獲超額認購", "4108.TW"),
    ],
)
def test_a_word_is_the_company_in_a_text_about_finance(text: str, symbol: str) -> None:
    assert symbols(text) == {symbol}


@pytest.mark.parametrize(
    "text",
    [
        "大樹倒塌壓壞路旁機車",
        "漢唐盛世的絲路文物開展",
        "全家一起去露營",
        "工程浩大，耗費成本巨大，法人看壞",
        "傳奇基金經理人看空股市",
        "小米公司聯合創始人談股價",
    ],
)
def test_the_same_word_elsewhere_stays_a_word(text: str) -> None:
    assert not symbols(text) & {"6469.TWO", "2404.TW", "5903.TWO", "9921.TW", "4994.TW", "4129.TWO"}
