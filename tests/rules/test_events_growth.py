"""A growth figure measures what the sentence told of before, not whatever else grew in it."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources

import pytest

from rules.engine import Engine
from rules.evaluate import Evaluator
from rules.language import parse
from rules.model import Article

WORDS = tomllib.loads(
    resources.files("rules.data").joinpath("events", "growth.toml").read_text("utf-8")
)["words"]


@lru_cache(maxsize=1)
def engine() -> Engine:
    return Engine()


def holds(rule: str, headline: str) -> bool:
    told = Article("1", headline, "", "feed:x", datetime(2026, 2, 1, tzinfo=UTC))
    analysis = engine().analyse(told)
    return Evaluator(analysis.document, analysis.reading).holds(parse(rule).term) is not None


@pytest.mark.parametrize(
    "headline",
    [
        "台積電8月營收年增40%，創新高",
        "鴻海8月營收5,000億元，較上月成長12%，較去年同期成長33%",
        "鴻海營收為5,000億元，是歷年同期次高，年增33%",
        "聯電8月合併營收200億元，月減5.2%，年增33.1%，前8月累計營收1500億元，年增8.8%",
        "安防CIS需求旺 晶相光2月營收1.6億元 年增150%",
        "上銀6月營收寫11個月新高 Q2季增55%",
        "TSMC revenue was $10 billion, up 33% from a year earlier",
    ],
)
def test_growth_behind_the_revenue_is_the_revenues(headline: str) -> None:
    assert holds("營收年增>20%", headline)


@pytest.mark.parametrize(
    "headline",
    [
        "鴻海營收年減5%，伺服器業務成長60%",
        "特斯拉營收年增12%，交車量年增80%",
        "台積電營收創新高，AI需求年增50%",
        "TSMC revenue rose 5%, deliveries grew 80%",
        "聯電營收年減33%",
        "聯發科8月營收持平，獲利年增60%",
        "輝達營收成長，股價漲50%",
    ],
)
def test_growth_of_something_else_is_not(headline: str) -> None:
    assert not holds("營收年增>20%", headline)


def test_growth_behind_a_profit_is_the_profits() -> None:
    assert holds("獲利年增>30%", "奇力新去年純益15.92億元 年增38.4% EPS 6.17元")


def test_a_margin_is_no_profit_that_grew() -> None:
    assert not holds("獲利年增>20%", "台積電財報：毛利率達57%，EPS 12元")


@pytest.mark.parametrize("word", WORDS)
def test_no_listed_word_names_something_else_that_grew(word: str) -> None:
    assert holds("營收年增>20%", f"台積電營收2,600億元，{word} 年增33%")
