"""What the index is made of: clauses, rows of numbers, limits, ids, words."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.index import Frequencies, RuleIndex
from rules.index.atoms import ALWAYS, Atoms
from rules.index.clauses import Clauses, compiled
from rules.index.codes import decoded, encoded
from rules.index.keywords import Keywords, Word
from rules.index.ladders import Ladders, Measures
from rules.index.registry import Registry
from rules.language import parse
from rules.model import (
    And,
    CompanyTerm,
    Comparison,
    Event,
    EventTerm,
    KeywordTerm,
    LangTerm,
    Not,
    Or,
    Reading,
    SourceTerm,
    Term,
)
from tests.rules.rule_articles import article, mention, money, span
from tests.rules.rule_terms import terms
from tests.rules.rule_words import Happenings, Names

NAMES, EVENTS = Names(), Happenings()
AMZN, NVDA, LAYOFF = CompanyTerm("AMZN"), CompanyTerm("NVDA"), EventTerm("layoff")


def clauses(rule: str, atoms: Atoms) -> Clauses:
    return compiled(parse(rule, NAMES, EVENTS).term, atoms)


# --- clauses --------------------------------------------------------------------------------------


def test_a_rule_is_filed_under_its_rarest_part() -> None:
    atoms = Atoms()
    ((under, *others),) = clauses("AMZN lang:zh 低軌衛星", atoms).clauses

    assert KeywordTerm("低轨卫星") == atoms.atom(under)
    assert [2 * atoms.number(AMZN), 2 * atoms.number(LangTerm("zh"))] == others


def test_frequencies_that_were_learned_decide_what_is_rare() -> None:
    atoms = Atoms(Frequencies(100, {"低轨卫星": 40, AMZN: 1}))
    ((under, _),) = clauses("AMZN 低軌衛星", atoms).clauses

    assert atoms.atom(under) == AMZN


def test_what_was_seen_often_outweighs_what_was_expected() -> None:
    learned = Frequencies(1_000, {"often": 300, "seldom": 1})

    assert 0.29 < learned.share("often") < 0.31
    assert learned.share("never") < learned.share("seldom") < 0.002
    assert Frequencies().share("never") == learned.share("never")


def test_an_index_learns_how_often_what_its_rules_ask_for_is_met() -> None:
    index = RuleIndex({1: parse("AMZN hbm", NAMES, EVENTS).term, 2: KeywordTerm("ai")})
    texts = ["hbm and ai", "hbm", "none"]
    learned = index.learned((article(text), Reading("en", (mention("AMZN"),))) for text in texts)

    assert learned == Frequencies(3, {AMZN: 3, "hbm": 2, "ai": 1})


def test_an_event_of_a_company_is_one_atom() -> None:
    atoms = Atoms()

    assert clauses("AMZN 裁員", atoms).clauses == ((atoms.bound(AMZN, LAYOFF),),)


def test_a_choice_of_companies_makes_a_clause_of_each_ones_event() -> None:
    atoms = Atoms()
    rumour = 2 * atoms.number(KeywordTerm("传闻")) + 1

    assert {
        (atoms.bound(AMZN, LAYOFF), rumour),
        (atoms.bound(NVDA, LAYOFF), rumour),
    } == set(clauses("(AMZN | NVDA) 裁員 -傳聞", atoms).clauses)


def test_what_excludes_only_is_filed_under_what_every_article_has() -> None:
    atoms = Atoms()

    assert compiled(Not(AMZN), atoms).clauses == ((ALWAYS, 2 * atoms.number(AMZN) + 1),)


def test_a_contradiction_is_filed_nowhere() -> None:
    assert compiled(And((AMZN, Not(AMZN))), Atoms()) == Clauses((), True)


def test_what_multiplies_out_to_too_much_is_to_be_evaluated() -> None:
    choices = tuple(
        Or(tuple(KeywordTerm(f"{letter}{number}") for number in range(6))) for letter in "abc"
    )
    form = compiled(And(choices), Atoms())

    assert not form.exact
    assert len(form.clauses) == 6


def test_a_long_and_is_to_be_evaluated() -> None:
    words = tuple(KeywordTerm(f"word{number}") for number in range(6))

    assert not compiled(And(words), Atoms()).exact
    assert compiled(And(words[:5]), Atoms()).exact


# --- rows of numbers ------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(st.lists(terms(), min_size=1, max_size=5))
def test_a_term_comes_back_from_its_row(found: list[Term]) -> None:
    atoms = Atoms()
    rows = [encoded(term, atoms) for term in found]

    assert found == [decoded(row, atoms) for row in rows]


def test_a_keyword_without_text_is_refused_and_changes_nothing() -> None:
    index = RuleIndex({1: AMZN})
    for empty in (KeywordTerm(""), SourceTerm(""), And((NVDA, KeywordTerm("")))):
        with pytest.raises(ValueError, match="found everywhere"):
            index.add(1, empty)

    assert len(index) == 1


# --- limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("op", "expected"),
    [(">", {1}), (">=", {1, 2}), ("<", {3}), ("<=", {2, 3}), ("=", {2})],
)
def test_a_figure_finds_the_limits_that_it_passes(op: str, expected: set[int]) -> None:
    ladders = Ladders()
    for number, limit in ((2, 20), (1, 10), (3, 30)):
        ladders.add(Comparison(op, Decimal(limit), "money", "USD"), number)
    ladders.add(Comparison(op, Decimal(20), "people"), 4)
    passed: set[int] = set()
    ladders.passed(Measures(Event("capex", span(), figures=(money("20"),))), passed)

    assert expected == passed


# --- ids and words --------------------------------------------------------------------------------


def sorted_in(registry: Registry, *, closing: bool = False) -> int:
    """Do the registry's work at once; how far later slots moved."""
    work = registry.sorting(closing=closing)
    assert work

    return registry.adopt(work.run())


def test_ids_are_found_before_and_after_they_are_sorted_in() -> None:
    registry = Registry()
    for number in range(10_000):
        registry.add(-3 * number)
    registry.remove(-24)
    before = registry.find(-21), registry.find(-24), registry.find(-29_997)
    sorted_in(registry)
    registry.remove(-21)

    assert before == (7, None, 9_999)
    assert [registry.find(rule) for rule in (-21, -24, -29_997, 1)] == [None, None, 9_999, None]


def test_ids_that_come_and_go_while_others_are_sorted_in_are_right_afterwards() -> None:
    registry = Registry()
    for rule in range(5):
        registry.add(rule)
    registry.remove(1)
    work = registry.sorting(closing=True)
    assert work
    registry.remove(3)
    registry.add(3)
    registry.remove(0)
    during = [registry.find(rule) for rule in range(5)]
    moved = registry.adopt(work.run())
    after = [registry.find(rule) for rule in range(5)]

    assert during == [None, None, 2, 5, 4]
    assert moved == -1
    assert after == [None, None, 1, 4, 3]
    assert len(registry) == 3


def test_closing_gaps_keeps_the_order_of_ids() -> None:
    registry = Registry()
    for rule in range(5):
        registry.add(rule)
    registry.remove(1)
    registry.remove(3)
    sorted_in(registry, closing=True)

    assert registry.ids(np.arange(3, dtype=np.int32)).tolist() == [0, 2, 4]
    assert [registry.find(rule) for rule in range(5)] == [0, None, 1, None, 2]


def test_words_are_found_within_others_and_wherever_they_stand() -> None:
    words = ["ab", "abc", "bc", *(f"word{number}" for number in range(300))]
    keywords = Keywords(lambda number: Word(words[number]))
    found = []
    for number in range(len(words)):
        keywords.add(number)
        if number in {2, 150, 302}:
            found.append(sorted(keywords.find("abc word299")))
        if number == 140:
            work = keywords.gathering(100)
        if number == 200 and work:
            keywords.adopt(work, work.run())

    start = [(0, 2, 0), (0, 3, 1), (1, 3, 2)]
    late = [(4, 9, 5), (4, 10, 32), (4, 11, 302)]
    assert [start, [*start, late[0], late[1]], [*start, *late]] == found


# --- growing --------------------------------------------------------------------------------------


def test_equal_rules_added_far_apart_become_one_term() -> None:
    index = RuleIndex({-1: AMZN})
    for number in range(2_000):
        index.add(number, KeywordTerm(f"word{number % 700}"))
    index.add(2_000, AMZN)
    index.settle()

    assert index.terms == 701
    assert len(index) == 2_002
