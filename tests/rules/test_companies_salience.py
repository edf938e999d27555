"""How prominent a company is, and whether the article is about it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import companies
from rules.companies.prominence import signs
from rules.model import Salience
from tests.rules.companies_found import mentions


def standing(text: str, title: str = "") -> dict[str, tuple[Salience, bool]]:
    return {m.company.symbol: (m.salience, m.about) for m in mentions(text, title)}


FILLER = "主管機關表示將持續關注後續發展並提醒投資人留意風險。" * 8


def test_a_company_of_the_headline_is_what_the_article_is_about() -> None:
    found = standing("輝達也受影響。", "台積電法說會登場")

    assert found["2330.TW"] == (Salience.HEADLINE, True)
    assert found["NVDA"][0] is Salience.LEAD


def test_the_first_sentences_are_the_lead() -> None:
    found = standing(f"鴻海公布營收。{FILLER}鴻海與緯創同步看好。", "本周大事")

    assert found["2317.TW"] == (Salience.LEAD, True)
    assert found["3231.TW"] == (Salience.PASSING, False)


def test_without_a_title_the_text_has_a_lead_too() -> None:
    assert standing(f"台積電上修財測。{FILLER}")["2330.TW"] == (Salience.LEAD, True)


def test_one_name_among_many_in_the_lead_is_not_what_it_is_about() -> None:
    found = standing("台積電、鴻海、聯發科、廣達、緯創、輝達股價同步走高。", "台股收盤")

    assert not any(about for _, about in found.values())


def test_a_company_that_dominates_the_body_is_not_in_passing() -> None:
    found = standing(f"{FILLER}國巨漲價。國巨擴產。國巨併購。國巨營收創高。", "漲價潮")

    assert found["2327.TW"] == (Salience.LEAD, True)


def test_headline_comes_first_then_lead_then_passing() -> None:
    found = standing(f"鴻海公布營收。{FILLER}聯電也有訂單。", "台積電擴產")

    assert list(found) == ["2330.TW", "2317.TW", "2303.TW"]


def test_within_the_lead_the_subject_comes_first() -> None:
    found = standing(f"輝達供應鏈升溫，緯創出貨增。緯創擴產，緯創訂單滿。{FILLER}")

    assert next(iter(found)) == "3231.TW"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("切入輝達供應鏈的題材最近很熱。嘉澤毛利率超過五成，特別看好嘉澤今年。", "3533.TW"),
        ("當然要買母公司矽格也可以。只是我認為台星科多接到單，台星科明年擴產。", "3265.TWO"),
        ("隔壁十銓第一季賺四塊。\n相信威剛不會輸太多，威剛今年有機會創高。", "3260.TWO"),
        ("前陣子推的邁達特翻倍了。\n沒人提凡甲，凡甲營收過半來自伺服器。", "3526.TWO"),
        ("身為美光爸爸的小老弟，南亞科理當受惠。", "2408.TW"),
        ("蘋果宣布新功能將用Affirm付款。Affirm這檔今年跌很慘，看好Affirm反彈。", "AFRM"),
    ],
)
def test_a_company_that_explains_another_comes_after_it(text: str, subject: str) -> None:
    assert next(iter(standing(text))) == subject


def test_the_subject_of_a_body_is_not_in_passing_though_it_comes_late() -> None:
    found = standing(f"{FILLER}看好威剛，威剛營收創高，威剛這檔值得留意。", "記憶體漲價")

    assert found["3260.TWO"] == (Salience.LEAD, True)


def test_one_mention_far_down_stays_in_passing() -> None:
    found = standing(f"{FILLER}居民多在園區上班，包括台積電等公司的員工。", "房價續漲")

    assert found["2330.TW"] == (Salience.PASSING, False)


def test_a_headline_that_lists_many_is_about_none_of_them() -> None:
    found = standing("電子權值股齊揚。", "台積電、鴻海、聯發科、廣達、緯創同創高")

    assert {salience for salience, _ in found.values()} == {Salience.HEADLINE}
    assert not any(about for _, about in found.values())


def test_every_company_of_the_background_is_known() -> None:
    known = companies.directory()

    assert [s for s in signs().background if not known.resolve(s)] == []


@given(st.lists(st.sampled_from(["台積電", "威剛", "看好", "，", "。", "供應鏈"]), max_size=12))
@settings(max_examples=60)
def test_any_text_has_at_most_three_subjects(parts: list[str]) -> None:
    about = [about for _, about in standing("".join(parts) + "台").values()]

    assert sum(about) <= 3


FORM = "標的：(例 2330.TW 台積電)\nex [標的] TSLA.US 特斯拉 長期多\n"


def test_a_forms_example_is_in_passing_and_never_the_subject() -> None:
    found = standing(f"{FORM}分析：五鼎血糖機接單轉強。")

    assert next(iter(found)) == "1733.TW"
    assert found["2330.TW"] == (Salience.PASSING, False)
    assert found["TSLA"] == (Salience.PASSING, False)


def test_a_company_of_the_example_that_the_text_speaks_of_may_be_its_subject() -> None:
    assert standing(f"{FORM}分析：特斯拉交車創高，看好特斯拉。")["TSLA"] == (Salience.LEAD, True)
