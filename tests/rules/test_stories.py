"""Same happening, same story, whatever the words; another happening, another story."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.model import Fingerprint
from rules.stories import WINDOW, same
from tests.rules.story_cases import Case, cases, mark, marks

CUTS = "亞馬遜宣布裁員1.6萬人"
TEXT = "中央氣象署今天發布海上颱風警報，預估明天晚間暴風圈將觸陸布袋，各地嚴防豪雨。"


def test_one_act_with_one_amount_is_one_story_whatever_the_words() -> None:
    assert same(mark(CUTS), mark("電商巨頭亞馬遜砍職位 16,000名員工遭裁員", hours=3))


def test_traditional_simplified_and_english_tell_one_story() -> None:
    assert same(mark(CUTS), mark("亚马逊将裁员16000人", hours=1))
    assert same(mark(CUTS), mark("Amazon to lay off 16,000 employees", hours=1))


def test_amounts_that_contradict_each_other_are_two_stories() -> None:
    assert not same(mark(CUTS), mark("亞馬遜宣布裁員3萬人"))


def test_amounts_that_are_rounded_differently_agree() -> None:
    assert same(mark(CUTS), mark("亞馬遜證實裁員16,200人"))


def test_another_company_doing_the_same_is_another_story() -> None:
    assert not same(mark(CUTS), mark("微軟宣布裁員1.6萬人"))


def test_another_act_of_the_same_company_is_another_story() -> None:
    assert not same(mark(CUTS), mark("亞馬遜今年資本支出上看2000億美元"))


def test_what_happens_again_after_the_window_is_another_story() -> None:
    hours = WINDOW.total_seconds() / 3600

    assert same(mark(CUTS), mark(CUTS, hours=hours - 6))
    assert not same(mark(CUTS), mark(CUTS, hours=hours + 0.1))


def test_revenue_of_two_months_is_two_stories() -> None:
    assert not same(mark("台積電1月營收創新高"), mark("台積電2月營收創新高"))


def test_a_look_ahead_and_the_result_are_two_stories() -> None:
    assert not same(
        mark("台積電法說會前瞻 聚焦資本支出"), mark("台積電法說會 資本支出創新高", hours=20)
    )


def test_a_happening_and_what_the_market_made_of_it_are_two_stories() -> None:
    assert not same(mark("台積電資本支出上調至560億美元"), mark("台積電股價大漲5% 登新高"))


def test_prices_of_two_days_are_two_stories() -> None:
    assert not same(
        mark("盤中速報 - 南亞科(2408)股價拉至漲停"),
        mark("盤中速報 - 南亞科(2408)股價拉至漲停", hours=24),
    )


def test_two_happenings_of_one_company_with_a_rare_name_are_two_stories() -> None:
    assert not same(
        mark("伊雲谷攜手AWS 推生成式AI方案", "伊雲谷宣布與AWS簽署策略合作，推出導入方案。"),
        mark("伊雲谷將買回庫藏股500張", "伊雲谷董事會決議買回庫藏股500張，轉讓員工。", hours=1),
    )


def test_the_same_column_about_another_company_is_another_story() -> None:
    assert not same(
        mark("盤中速報 - 南亞科(2408)股價拉至漲停"), mark("盤中速報 - 華邦電(2344)股價拉至漲停")
    )


def test_target_prices_of_two_brokers_are_two_stories() -> None:
    assert not same(
        mark("大摩調升聯發科目標價至2288元"), mark("小摩調升聯發科目標價至1900元", hours=1)
    )


def test_a_rumour_and_its_denial_are_one_story() -> None:
    assert same(
        mark("聯電傳與格芯合併", "日媒報導聯電與格羅方德探索合併可能。"),
        mark("傳與格芯合併 聯電否認", "聯電今晚否認與格羅方德洽談合併。", hours=2),
    )


def test_parts_of_a_series_are_stories_of_their_own() -> None:
    assert not same(mark("全球解封後該如何投資電子股(一)"), mark("全球解封後該如何投資電子股(二)"))


def test_nearly_the_same_wording_is_one_story_without_any_company() -> None:
    assert same(mark("颱風警報發布", TEXT), mark("【快訊】颱風警報發布！", TEXT[:-4]))


def test_an_edited_article_is_the_same_story() -> None:
    edited = TEXT.replace("豪雨", "豪雨與強風").replace("今天", "")

    assert same(mark("颱風警報發布 明晚觸陸", TEXT), mark("更新／颱風警報發布", edited, hours=5))


def test_a_side_remark_far_down_the_text_ties_no_stories_together() -> None:
    aside = "亞馬遜公布財報，營收優於預期。" + "雲端業務成長。" * 60 + "亞馬遜先前裁員1.6萬人。"

    assert not same(mark(CUTS), mark("亞馬遜財報亮眼", aside))


@pytest.mark.parametrize("case", cases()[::9], ids=lambda case: case.id)
def test_the_keys_of_an_article_are_few(case: Case) -> None:
    assert 0 < len(marks()[case.id].keys) <= 24


_ANY = st.deferred(lambda: st.sampled_from(list(marks().values())))


@given(_ANY, _ANY)
@settings(max_examples=60)
def test_being_the_same_story_is_mutual(one: Fingerprint, other: Fingerprint) -> None:
    assert same(one, other) == same(other, one)


@given(st.text("台積電裁員擴產12a ", min_size=1, max_size=12).filter(str.strip))
@settings(max_examples=30)
def test_an_article_tells_its_own_story(title: str) -> None:
    assert same(mark(title), mark(title))


@given(st.text("0123456789,.億萬元%-美", min_size=1, max_size=400).filter(str.strip))
@settings(max_examples=60)
def test_any_number_however_long_has_a_fingerprint(title: str) -> None:
    assert len(mark(f"亞馬遜裁員{title}人").keys) <= 24
