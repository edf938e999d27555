"""How an event is told: who says so, how far it has gone, and what the company answers."""

from __future__ import annotations

import pytest

from rules.model import Stance
from tests.rules.reading_cases import Names, read

CONFIRMED, RUMOURED, DENIED = Stance.CONFIRMED, Stance.RUMOURED, Stance.DENIED
ACER: Names = {"2353.TW": "宏碁"}
INTEL: Names = {"INTC": ["英特爾", "英特尔", "Intel"]}


def _stances(
    text: str, names: Names, kind: str, company: str = "", *, title: str = ""
) -> set[Stance]:
    found, _ = read(text, names, title)
    return {e.stance for e in found if e.kind == kind and company in {"", e.company}}


@pytest.mark.parametrize(
    "text",
    [
        "宏碁裁員一事 延到明年再決定",
        "宏碁歐洲裁員 月底前敲定",
        "宏碁歐洲裁員案 尚未拍板",
        "宏碁裁員案仍在評估",
        "宏碁將裁員?陳俊聖:看緣分",
        "宏碁是否裁員,要看下半年景氣再決定",
        "宏碁裁員與否未有結論,公司對此不予置評",
        "法人估宏碁明年裁員三百人",
        "日經:宏碁下月裁員三百人",
        "外媒報導,宏碁下月裁員三百人。",
        "熟悉內情的人士指出,宏碁下月裁員三百人。",
        "宏碁有意裁員",
        "宏碁裁員說甚囂塵上",
        "宏碁裁員?月底見分曉",
    ],
)
def test_what_is_not_decided_or_only_said_by_others_is_a_rumour(text: str) -> None:
    assert _stances(text, ACER, "layoff") == {RUMOURED}


@pytest.mark.parametrize(
    "text",
    [
        "Intel to cut 5,000 jobs, Bloomberg reported on Friday.",
        "Intel cutting 5,000 jobs - Reuters",
        "Analysts expect Intel to lay off another 5,000 people",
        "Intel has not decided whether to cut jobs",
        "Intel is evaluating job cuts",
        "Intel may cut jobs, people with knowledge of the matter said.",
    ],
)
def test_so_is_it_in_english(text: str) -> None:
    assert _stances(text, INTEL, "layoff") == {RUMOURED}


@pytest.mark.parametrize(
    "text",
    [
        "傳聞滿天飛 宏碁證實將裁員三百人",
        "外傳宏碁裁員,公司晚間宣布裁員三百人。",
        "宏碁先前否認裁員 今日認了",
        "宏碁宣布裁員三百人,地點仍在評估。",
        "宏碁董事會拍板裁員三百人 補償方案未定",
        "外媒:宏碁宣布裁員三百人",
        "宏碁裁員三百人 歐洲廠區不排除跟進",
        "宏碁裁員三百人 法人看好獲利回升",
        "宏碁擬裁員三百人",
    ],
)
def test_what_is_announced_or_owned_up_to_is_a_fact(text: str) -> None:
    assert _stances(text, ACER, "layoff") == {CONFIRMED}


@pytest.mark.parametrize(
    "text",
    [
        "裁員? 宏碁:目前沒有規劃",
        "宏碁裁員 公司:沒有這個計畫",
        "問及是否裁員,宏碁董事長直言「不會」,沒有任何打算。",
        "傳宏碁裁員 公司:假新聞",
        "宏碁沒有裁員或減薪的計畫",
        "宏碁沒有減班裁員問題",
        "傳宏碁裁員 公司:一切正常",
        "網傳宏碁裁員,公司說報導內容與事實不符。",
    ],
)
def test_what_the_company_says_is_not_so_is_denied(text: str) -> None:
    assert _stances(text, ACER, "layoff") == {DENIED}


@pytest.mark.parametrize(
    "text",
    [
        "Intel does not intend to lay off any more staff",
        "Intel says it is not in talks about job cuts",
        "There is no truth to Intel layoffs, the CEO says",
        "Intel called reports of layoffs inaccurate",
        "Intel denied a media report that it would cut jobs",
        "英特尔:网传裁员纯属谣言",
    ],
)
def test_so_is_it_in_english_and_simplified_chinese(text: str) -> None:
    assert _stances(text, INTEL, "layoff") == {DENIED}


def test_who_denies_a_charge_does_not_deny_that_he_is_sued() -> None:
    found = _stances("美司法部控告英特爾歧視員工 英特爾喊冤", INTEL, "legal")

    assert found == {CONFIRMED}


def test_who_denies_the_talk_of_a_charge_denies_it() -> None:
    found = _stances("傳英特爾遭美司法部起訴 公司:並無此事", INTEL, "legal")

    assert found == {DENIED}


@pytest.mark.parametrize(
    "text", ["家登受惠台積電擴產", "家登搭台積電擴產順風車", "家登迎台積電高雄建廠"]
)
def test_what_somebody_else_gains_by_is_not_told_as_news(text: str) -> None:
    names = {"2330.TW": "台積電", "3680.TWO": "家登"}

    assert _stances(text, names, "capex") == set()


def test_what_a_company_gains_by_its_own_building_is_told() -> None:
    assert _stances("宏碁受惠新廠投產 營收創高", ACER, "capex") == {CONFIRMED}


def test_an_order_that_somebody_hopes_for_is_a_rumour() -> None:
    assert _stances("宏碁可望受惠轉單", ACER, "order") == {RUMOURED}


def test_a_house_speaks_of_others_and_of_itself() -> None:
    names = {"GS": "高盛", "INTC": "英特爾"}

    assert _stances("高盛:英特爾將裁員", names, "layoff", "INTC") == {RUMOURED}
    assert _stances("高盛:裁員計畫已完成過半", names, "layoff", "GS") == {CONFIRMED}


def test_results_that_beat_what_the_market_expected_are_no_talk() -> None:
    assert _stances("英特爾訂單成長 優於市場預期", INTEL, "order") == {CONFIRMED}


def test_what_the_press_says_goes_on_where_nobody_else_is_named() -> None:
    assert _stances("彭博:英特爾正商討投資百億美元 在美建廠", INTEL, "capex") == {RUMOURED}


def test_a_part_of_the_world_that_is_left_out_denies_nothing() -> None:
    assert _stances("英特爾非中國產能擴增三成", INTEL, "capex") == {CONFIRMED}


def test_a_headline_that_says_in_short_what_the_text_has_by_hearsay_is_a_rumour() -> None:
    text = "知情人士透露,英特爾本周將裁員五千人。"

    assert _stances(text, INTEL, "layoff", title="英特爾再裁員五千人") == {RUMOURED}


def test_a_headline_is_a_fact_where_the_text_is() -> None:
    text = "英特爾宣布裁員五千人。知情人士透露,下半年可能再裁員。"

    assert _stances(text, INTEL, "layoff", title="英特爾再裁員五千人") == {CONFIRMED}


@pytest.mark.parametrize("word", ["外傳", "據了解", "市場臆測"])
def test_talk_of_a_kind_is_talk_for_every_kind_of_event(word: str) -> None:
    for event, kind in (("併購宏碁", "mna"), ("增資", "offering"), ("換董事長", "leadership")):
        assert RUMOURED in _stances(f"{word}英特爾{event}", INTEL, kind), (word, event)


def test_a_denial_of_what_is_rumoured_after_an_event_denies_that_alone() -> None:
    text = "英特爾擴產計畫照常推進,外傳縮減規模一事並非事實。"

    assert DENIED not in _stances(text, INTEL, "capex")


def test_what_was_done_is_a_fact_whatever_is_weighed_next() -> None:
    text = "英特爾的擴產案已暫停,待關稅明朗後再評估。"

    assert _stances(text, INTEL, "capex") == {CONFIRMED}


@pytest.mark.parametrize(
    "text",
    ["Intel has not ruled out job cuts", "Intel didn't deny job cuts", "英特爾不否認將裁員"],
)
def test_what_is_not_denied_is_a_rumour(text: str) -> None:
    assert _stances(text, INTEL, "layoff") == {RUMOURED}
