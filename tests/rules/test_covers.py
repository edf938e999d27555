"""A rule is said to be contained in another only where it is, and where people see it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rules.covers import covers
from rules.document import Document
from rules.evaluate import Evaluator
from rules.language import canonical, parse
from rules.model import (
    And,
    Atom,
    CompanyTerm,
    Comparison,
    Event,
    EventTerm,
    Figure,
    KeywordTerm,
    LangTerm,
    Not,
    Or,
    Reading,
    Term,
)
from tests.rules.rule_articles import article, mention, span
from tests.rules.rule_words import Happenings, Names

Narrowing = Callable[[Term, Term], tuple[Term, Term]]

NAMES, EVENTS = Names(), Happenings()
PAIRS = [
    ("台積電", "台積電 裁員"),
    ("台積電", "about:台積電"),
    ("台積電 | 聯電", "台積電"),
    ("台積電 | 聯電", "聯電 裁員 -傳聞"),
    ("裁員", "裁員>=10000"),
    ("裁員", "AMZN 裁員"),
    ("AMZN", "AMZN 裁員"),
    ("裁員>=5000", "AMZN 裁員>10000"),
    ("股價<=-5%", "股價<-7%"),
    ("台積電 -傳聞", "台積電 -(傳聞 | 裁員)"),
    ("台積電 -(傳聞 裁員)", "台積電 -傳聞"),
    ("(台積電 | 聯電) 裁員", "聯電 裁員"),
    ("台積電 -lang:en", "台積電 lang:zh"),
    ("「低軌」", "「低軌衛星」"),
    ("「低軌衛星」", "低軌衛星"),
    ("低軌衛星", "title:低軌衛星"),
    ("來源:經濟", "來源:經濟日報"),
    ("/台積/", "台積電 /台積/"),
]


def meant(text: str) -> Term:
    return parse(text, NAMES, EVENTS).term


@pytest.mark.parametrize(("wide", "narrow"), PAIRS)
def test_a_rule_that_asks_for_more_is_contained(wide: str, narrow: str) -> None:
    assert covers(meant(wide), meant(narrow))


@pytest.mark.parametrize(("wide", "narrow"), PAIRS)
def test_a_rule_that_asks_for_less_is_not(wide: str, narrow: str) -> None:
    assert not covers(meant(narrow), meant(wide))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AMZN 裁員", "AMZN (裁員 | 財報)"),
        ("台積電 裁員", "(台積電 | 聯電) 裁員"),
        ("AI", "AI伺服器"),
        ("「AI」", "「AI伺服器」"),
        ("capex>100億美元", "capex>1000億台幣"),
        ("裁員>=10000", "裁員<=20000"),
        ("台積電 -傳聞", "台積電"),
        ("台積電 -(台積電 裁員)", "台積電 -(聯電 裁員)"),
    ],
)
def test_what_is_not_certain_is_not_said(one: str, other: str) -> None:
    assert not covers(meant(one), meant(other))


def test_a_rule_with_very_many_ways_is_not_looked_at() -> None:
    many = " ".join(f"(甲{n} | 乙{n})" for n in range(12))

    assert not covers(meant("甲0 | 乙0"), meant(many))
    assert covers(meant(many), meant(many))


# Few atoms and articles of nothing else, so that what holds for one rule often concerns the other.
CHIPS, SHOP = CompanyTerm("2330.TW"), CompanyTerm("AMZN")
FEW: list[Atom] = [
    CHIPS,
    SHOP,
    CompanyTerm("2330.TW", about=True),
    EventTerm("layoff"),
    EventTerm("layoff", Comparison(">=", Decimal(10_000), "people")),
    EventTerm("layoff", Comparison(">", Decimal(20_000), "people")),
    EventTerm("capex"),
    KeywordTerm("台积电"),
    KeywordTerm("台积", exact=True),
    LangTerm("zh"),
]
mentions = st.lists(
    st.builds(mention, st.sampled_from(["2330.TW", "AMZN"]), about=st.booleans()),
    max_size=2,
    unique_by=lambda found: found.company.symbol,
).map(tuple)
figures = st.sampled_from([5_000, 10_000, 30_000]).map(
    lambda people: (Figure(Decimal(people), "people", span()),)
)
events = st.builds(
    Event,
    st.sampled_from(["layoff", "capex"]),
    st.just(span()),
    companies=st.sampled_from([(), ("2330.TW",), ("AMZN",), ("2330.TW", "AMZN")]),
    figures=st.just(()) | figures,
)
readings = st.builds(
    Reading, st.sampled_from(["zh", "en"]), mentions, st.lists(events, max_size=3).map(tuple)
)
TEXTS = [article(text) for text in ("台積電", "台積電路板", "x")]
articles = st.lists(st.tuples(st.sampled_from(TEXTS), readings), min_size=40, max_size=40)
few = st.sampled_from(FEW)
clauses = st.lists(few | st.builds(Not, few), min_size=1, max_size=3).map(tuple)
ands = st.builds(And, clauses)
small = st.one_of(few, ands, st.builds(And, st.tuples(few, st.builds(Or, clauses))))
narrowings = st.sampled_from(
    [
        lambda a, b: (a, b),
        lambda a, b: (a, And((a, b))),
        lambda a, b: (Or((a, b)), a),
        lambda a, b: (Not(And((CHIPS, a))), Not(And((SHOP, a)))),
        lambda a, b: (And((CHIPS, a)), And((CHIPS, SHOP, a))),
        lambda a, b: (And((CHIPS, a)), And((SHOP, a, CHIPS, b))),
        lambda a, b: (And((Or((CHIPS, SHOP)), a)), And((CHIPS, a))),
    ]
)


@settings(max_examples=500, deadline=None)
@given(small, small, narrowings, articles)
def test_where_a_contained_rule_holds_the_other_does(
    one: Term, other: Term, narrowed: Narrowing, found: list[tuple[Document, Reading]]
) -> None:
    wide, narrow = map(canonical.normal, narrowed(one, other))
    assume(wide != narrow)
    assume(covers(wide, narrow))
    for document, reading in found:
        evaluator = Evaluator(document, reading, lambda *_: True)
        if evaluator.holds(narrow) is not None:
            assert evaluator.holds(wide) is not None
