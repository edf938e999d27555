"""The language with the companies and event kinds that come with the project."""

from __future__ import annotations

import pytest

from rules import companies, events
from rules.language import RuleError, canonical, explain, parse
from rules.language.resolve import kind_named
from rules.language.vocabulary import vocabulary
from rules.model import CompanyTerm
from rules.text import folded


def test_the_canonical_text_of_every_packaged_company_is_that_company() -> None:
    directory = companies.directory()
    terms = [
        CompanyTerm(symbol, about)
        for symbol in {symbol for name in directory.names.values() for symbol in name.symbols}
        for about in (False, True)
    ]
    lost = [term for term in terms if parse(canonical.text(term)).term != term]

    assert len(terms) > 4_000
    assert lost == []


def test_every_packaged_event_kind_has_a_figure_meaning_and_the_other_way_round() -> None:
    assert set(events.kinds()) == set(vocabulary().kinds)


@pytest.mark.parametrize("word", sorted(vocabulary().narrower))
def test_every_narrower_word_names_a_kind(word: str) -> None:
    assert kind_named(word, events) is not None


def test_the_short_forms_do_not_contradict_the_names_of_the_packaged_kinds() -> None:
    named = {word: events.resolve(word) for word in vocabulary().kind_words}
    other = {
        word for word, kind in named.items() if kind not in {None, vocabulary().kind_words[word]}
    }

    assert other == set()


@pytest.mark.parametrize("kind", sorted(vocabulary().kinds))
def test_every_example_parses_with_the_packaged_names(kind: str) -> None:
    example = vocabulary().kinds[kind].example or f"#{kind}"

    assert parse(example).canonical.startswith(f"#{kind}")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2330", "台積電(2330)的消息"),
        (
            "(台積電 | 聯電) 擴產 -傳聞",
            "台積電(2330)或聯電(2303)的資本支出與擴產消息，排除「傳聞」",
        ),
        ("AMZN 裁員", "亞馬遜(AMZN)的裁員消息"),
        ("AMZN 裁員>=1.6萬人", "亞馬遜(AMZN)的裁員（16,000人以上）消息"),
        ("capex>1000億美元", "資本支出與擴產（超過1,000億美元）消息"),
        ("台積電 跌停", "台積電(2330)的股價漲跌消息，且提到「跌停」"),
        ("非農", "提到「非農」的消息"),
        ("輝達 -(裁員 | 財報)", "輝達(NVDA)的消息，排除裁員消息、財報消息"),
        ("輝達 財報 | 博通 併購", "以下任一：（1）輝達(NVDA)的財報消息；（2）博通(AVGO)的併購消息"),
    ],
)
def test_a_rule_is_said_as_a_person_would(typed: str, said: str) -> None:
    assert said == explain(parse(typed), "zh-TW")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("AMZN layoff", "Layoff news of Amazon (AMZN)"),
        ("2330 OR 2303", "News of TSMC (2330) or UMC (2303)"),
        ("move<=-5% -rumour", "Share price move (down 5% or more) news, excluding “rumour”"),
        ("capex>1000億美元", "Capital spending and expansion (more than USD 100 billion) news"),
    ],
)
def test_a_rule_is_said_in_english(typed: str, said: str) -> None:
    assert said == explain(parse(typed), "en")


def test_a_code_that_no_company_has_is_answered_with_near_ones() -> None:
    with pytest.raises(RuleError) as caught:
        parse("9998 裁員")

    assert caught.value.key == "unknown_code"
    assert parse(caught.value.suggestion or "")


def test_a_listed_capital_word_is_no_event() -> None:
    assert folded("GPU") in vocabulary().acronyms
    assert events.resolve("GPU") is None
