"""An owner's file of companies is known everywhere, and a wrong one is named at the start."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.knowledge import learn
from bot.settings import SettingsError
from rules.model import Article, CompanyTerm

OWN = """symbol,name,english,strong,weak
7777.TWO,星河光電,Galaxy Opto,星河光電,
2330.TW,,,神龍積電,
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(OWN, "utf-8")
    return path


def test_a_company_of_ones_own_is_read_in_articles_and_understood_in_rules(own: Path) -> None:
    knowledge = learn(own)
    article = Article(
        "1", "星河光電擴產", "神龍積電跟進。", "x", datetime(2026, 11, 23, tzinfo=UTC)
    )

    reading = knowledge.engine.read(article)

    assert {m.company.symbol for m in reading.mentions} == {"7777.TWO", "2330.TW"}
    assert knowledge.language.parse("星河光電").term == CompanyTerm("7777.TWO")
    assert "星河光電(7777)" in knowledge.language.explain(
        knowledge.language.parse("7777.TWO"), "zh-TW"
    )


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        learn(tmp_path / "nowhere.csv")

    assert list(caught.value.problems) == ["COMPANIES_FILE"]


@pytest.mark.parametrize("text", ["name\n星河", "symbol,nonsense\nA,b\n", "\ufffe\x00"])
def test_a_file_of_another_shape_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text, "utf-8")

    with pytest.raises(SettingsError, match="COMPANIES_FILE"):
        learn(path)
