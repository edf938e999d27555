"""What a rule that nearly held was missing."""

from __future__ import annotations

import pytest

from rules.engine import Engine
from rules.evaluate import Evaluator
from rules.language import canonical, parse
from rules.model import Article, KeywordTerm
from rules.shortfall import Lack, NearMiss, near_miss
from tests.rules.rule_articles import NOW


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def missed(engine: Engine, rule: str, title: str, text: str = "內文。") -> NearMiss | None:
    analysis = engine.analyse(Article("1", title, text, "s", NOW, outlet="經濟日報"))
    evaluator = Evaluator(analysis.document, analysis.reading)
    term = parse(rule).term
    assert evaluator.holds(term) is None
    return near_miss(term, evaluator)


NEAR = [
    ("AMZN 資本支出", "亞馬遜宣布裁員1.4萬人", "absent", "#capex", ["$AMZN"]),
    ("AMZN 裁員", "亞馬遜財報亮眼，英特爾裁員1.5萬人", "others", "#layoff", ["$AMZN"]),
    ("AMZN 裁員>=2萬人", "亞馬遜宣布裁員1.4萬人", "figure", "#layoff>=20000人", ["$AMZN"]),
    ("裁員>=2萬人", "亞馬遜宣布裁員1.4萬人", "figure", "#layoff>=20000人", []),
    ("標題:散熱", "台積電擴產", "text_only", "title:散熱", []),
    ("群創", "族群創新高", None, "", []),
    ("台積電 -裁員", "台積電裁員一千人", "excluded", "#layoff", ["2330.TW"]),
    ("台積電 lang:en", "台積電裁員一千人", "condition", "lang:en", ["2330.TW"]),
    ("台積電 來源:工商", "台積電裁員一千人", "condition", "source:工商", ["2330.TW"]),
    ("台積電 (降息 | 火星)", "台積電擴產", "absent", "word:火星 | word:降息", ["2330.TW"]),
    ("(台積電 擴產) | (聯電 擴產)", "聯電裁員", "absent", "#capex", ["2303.TW"]),
    ("火星 月球", "火星發現水", "absent", "word:月球", ["word:火星"]),
]


@pytest.mark.parametrize(("rule", "title", "lack", "part", "held"), NEAR)
def test_the_missing_part_is_named_with_what_is_wrong_with_it(
    engine: Engine, rule: str, title: str, lack: str | None, part: str, held: list[str]
) -> None:
    text = "散熱廠商受惠。" if rule.startswith("標題") else "內文。"

    miss = missed(engine, rule, title, text)

    if lack is None:
        assert miss is None
        return
    assert miss is not None
    assert (miss.lack, canonical.text(miss.part)) == (Lack(lack), part)
    assert [canonical.text(each) for each in miss.held] == held


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        ("台積電", "聯電擴產"),
        ("台積電 裁員", "聯電裁員"),
        ("台積電 裁員 降息", "台積電擴產"),
        ("火星", "台積電擴產"),
        ("lang:zh 火星", "台積電擴產"),
    ],
)
def test_a_rule_that_is_far_from_holding_is_no_near_miss(
    engine: Engine, rule: str, title: str
) -> None:
    assert missed(engine, rule, title) is None


def test_a_company_that_is_named_in_passing_is_no_subject(engine: Engine) -> None:
    text = "大盤收盤上漲，各類股表現不一，投資人觀望。" * 10 + "權值股台積電平盤。"

    miss = missed(engine, "about:2330", "大盤收盤小漲", text)

    assert miss is not None
    assert miss.lack is Lack.PASSING


def test_a_word_within_another_word_is_said_to_be_that(engine: Engine) -> None:
    analysis = engine.analyse(Article("1", "族群創新高", "內文。", "s", NOW))

    miss = near_miss(KeywordTerm("群创"), Evaluator(analysis.document, analysis.reading))

    assert miss == NearMiss((), KeywordTerm("群创"), Lack.WITHIN)


def test_an_old_event_is_no_news(engine: Engine) -> None:
    miss = missed(engine, "AMZN 裁員", "亞馬遜財報亮眼", "亞馬遜2023年曾裁員2.7萬人。")

    assert miss is not None
    assert miss.lack is Lack.OLD
