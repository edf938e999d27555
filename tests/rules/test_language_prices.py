"""Figures that stand for themselves, prices in the currency of the company they are asked of."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rules.evaluate import Evaluator
from rules.language import parse
from rules.model import Basis, Figure, Reading
from tests.rules.rule_articles import article, mention, span


def holds(rule: str, *figures: Figure) -> bool:
    reading = Reading("zh", (mention("2330.TW", about=True), mention("NVDA")), figures=figures)
    return Evaluator(article("x"), reading).holds(parse(rule).term) is not None


def price(value: int, owner: str = "2330.TW", basis: Basis = Basis.ACTUAL) -> Figure:
    return Figure(Decimal(value), "money", span(), "target_price", "TWD", owner=owner, basis=basis)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("目標價>1000", "#target_price>1000TWD"),
        ("2330 目標價>1000", "2330.TW #target_price>1000TWD"),
        ("NVDA 目標價>200", "$NVDA #target_price>200USD"),
        ("(NVDA | AMD) 目標價>200", "#target_price>200USD ($AMD | $NVDA)"),
        ("(NVDA | 2330) 目標價>200", "#target_price>200TWD ($NVDA | 2330.TW)"),
        ("騰訊 股價>500", "0700.HK #price>500HKD"),
        ("NVDA (財報 | 目標價>200)", "$NVDA (#earnings | #target_price>200USD)"),
        ("NVDA 目標價>200歐元", "$NVDA #target_price>200EUR"),
    ],
)
def test_a_price_is_in_the_currency_of_the_company_beside_it(typed: str, canonical: str) -> None:
    assert canonical == parse(typed).canonical


def test_a_figure_is_asked_for_as_an_event_is() -> None:
    assert holds("目標價>1000", price(2000))
    assert not holds("目標價>1000", price(900))
    assert not holds("股價>1000", price(2000))


def test_a_figure_belongs_to_its_company() -> None:
    assert holds("2330 目標價>1000", price(2000))
    assert not holds("NVDA 目標價>1000元", price(2000))


def test_a_figure_of_nobody_belongs_to_the_company_that_the_article_is_about() -> None:
    assert holds("2330 目標價>1000", price(2000, owner=""))
    assert not holds("NVDA 目標價>1000元", price(2000, owner=""))


def test_a_figure_that_others_are_only_compared_with_does_not_count() -> None:
    assert not holds("目標價>1000", price(2000, basis=Basis.PRIOR))


@pytest.mark.parametrize(("value", "owner"), [(2_000, ""), (5_000_000_000, "2330.TW")])
def test_a_price_is_a_share_price_only_of_a_company_and_in_reason(value: int, owner: str) -> None:
    share = Figure(Decimal(1_500), "money", span(), "price", "TWD", owner="2330.TW")
    other = Figure(Decimal(value), "money", span(), "price", "TWD", owner=owner)

    assert holds("股價>1000", share)
    assert not holds("股價>1000", other)
