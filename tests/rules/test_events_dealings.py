"""Whose an event is where several are named, and what is told of a deal."""

from __future__ import annotations

import pytest

from tests.rules.reading_cases import Names, read

ALL: Names = {
    "2330.TW": "台積電",
    "2303.TW": "聯電",
    "2317.TW": ["鴻海", "Foxconn"],
    "3711.TW": "日月光",
    "QCOM": ["高通", "Qualcomm"],
    "AAPL": ["蘋果", "Apple"],
    "INTC": ["英特爾", "Intel"],
    "2891.TW": "中信金",
    "2888.TW": "新光金",
    "2882.TW": "國泰金",
    "6139.TW": "亞翔",
    "NVDA": ["輝達", "Nvidia"],
    "BA": "Boeing",
    "7201.T": "Nissan",
    "7267.T": "Honda",
}


def _owners(text: str, kind: str) -> set[str]:
    found, _ = read(text, ALL)
    return {s for e in found if e.kind == kind and not e.background for s in e.companies or ("",)}


@pytest.mark.parametrize(
    ("text", "kind", "owner"),
    [
        ("日月光客戶高通砍單", "order", "3711.TW"),
        ("英特爾痛失輝達訂單", "order", "INTC"),
        ("亞翔承攬聯電新加坡新廠工程 訂單逾百億", "order", "6139.TW"),
        ("中信金退出新光金併購戰", "mna", "2891.TW"),
        ("輝達收購英特爾案獲准", "mna", "NVDA"),
        ("A takeover of Nissan by Honda is off", "mna", "7267.T"),
        ("Apple denies talk of an Intel takeover", "mna", "AAPL"),
        ("Asked about the acquisition of Intel, Qualcomm declined to comment", "mna", "QCOM"),
        ("鴻海配合蘋果 取消印度建廠", "capex", "2317.TW"),
        ("聯電新加坡新廠明年投產", "capex", "2303.TW"),
        ("Boeing supplier Spirit Aero lays off 350 workers", "layoff", ""),
        ("金管會重罰國泰金1200萬元", "legal", "2882.TW"),
    ],
)
def test_the_event_is_whose_the_words_around_say(text: str, kind: str, owner: str) -> None:
    assert _owners(text, kind) == {owner}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("鴻海收購新創16%股份", "investment"),
        ("鴻海收購新創逾六成股權", "mna"),
        ("鴻海收購新創全數股份", "mna"),
        ("鴻海考慮出售南科四廠", "mna"),
        ("國泰金擬併新光金", "mna"),
        ("國泰金與新光金合併", "mna"),
    ],
)
def test_a_stake_is_an_investment_and_the_whole_a_takeover(text: str, kind: str) -> None:
    found, _ = read(text, ALL)

    assert {e.kind for e in found} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "台商在越南設廠逾千家",
        "美國提高設廠誘因 台積電受矚目",
        "台積電擴廠七成訂單由亞翔吃下",
        "聯電南科廠本月啟用再生水",
        "聯電新廠首季轉盈",
        "聯電新增產能已全被預訂光",
        "聯電憂同業瘋狂擴產",
        "台積電大擴產設備供應鏈歡呼",
        "鴻海打造智慧工廠",
    ],
)
def test_words_of_building_that_only_describe_tell_of_none(text: str) -> None:
    assert _owners(text, "capex") == set()


@pytest.mark.parametrize(
    "text",
    [
        "聯電新廠啟用",
        "聯電新廠啟用典禮今登場",
        "聯電增設第二座廠",
        "聯電第二座廠 明年動工",
        "聯電擴產迎商機",
        "聯電新增產能明年開出",
        "Intel resumes construction of its Ohio plant",
    ],
)
def test_a_plant_that_is_built_or_opened_is_told(text: str) -> None:
    assert len(_owners(text, "capex")) == 1


def test_a_plant_that_is_invested_in_by_one_and_built_by_another_is_both_their_news() -> None:
    text = "蘋果宣布未來四年在美投資6000億美元，鴻海將在德州擴產。"

    assert _owners(text, "investment") == {"AAPL"}
    assert _owners(text, "capex") == {"2317.TW"}


def test_a_headline_s_tag_says_whose_report_its_parts_are_of() -> None:
    text = "〈日月光法說〉蘋果需求旺 產能滿載將擴產"

    assert _owners(text, "capex") == {"3711.TW"}


def test_a_trade_that_builds_is_no_company_named_in_the_next_part() -> None:
    assert "6139.TW" not in _owners("被動元件廠大擴產 亞翔在手訂單衝高", "capex")


def test_a_trade_before_a_name_is_only_what_that_company_is() -> None:
    assert _owners("晶圓代工廠聯電擴產", "capex") == {"2303.TW"}


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("聯電印度擴產計畫 延至明年完工", "down"),
        ("聯電越南廠投產 面板報價下滑5%", "up"),
        ("聯電今年資本支出150億美元 再改寫新高", "up"),
        ("Intel delays construction of its Ohio plant", "down"),
    ],
)
def test_which_way_a_building_goes_is_said_of_it_and_not_of_the_next_thing(
    text: str, way: str
) -> None:
    found, _ = read(text, ALL, title=text)

    assert {e.direction and e.direction.value for e in found if e.kind == "capex"} == {way}


def test_a_round_that_a_company_puts_its_money_in_is_not_its_own() -> None:
    assert _owners("輝達領投新創「嶺光智算」 本輪募資45億美元", "offering") == set()
    assert _owners("輝達領投新創「嶺光智算」 本輪募資45億美元", "investment") == {"NVDA"}
    assert _owners("聯電完成募資45億元", "offering") == {"2303.TW"}


def test_who_keeps_the_right_to_sue_sues_nobody() -> None:
    assert _owners("聯電表示傳言不實，已保留法律追訴權", "legal") == set()
