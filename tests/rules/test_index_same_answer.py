"""The index gives exactly the answer of the reference: every rule tried on every article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.document import Document
from rules.evaluate import Evaluator, evidence
from rules.index import RuleIndex
from rules.model import Match, Reading, Term
from tests.rules.rule_articles import documents, readings
from tests.rules.rule_terms import terms

Rules = Sequence[tuple[int, Term]]
Articles = Sequence[tuple[Document, Reading]]
articles = st.lists(st.tuples(documents, readings), min_size=8, max_size=8)


def anywhere(text: str, start: int, end: int) -> bool:
    """A boundary judge that lets every Chinese word stand."""
    return True


def named(found: Iterable[Term]) -> list[tuple[int, Term]]:
    return [*enumerate(found)]


def one_by_one(rules: Rules, document: Document, reading: Reading) -> tuple[Match, ...]:
    """What holds, without an index."""
    evaluator = Evaluator(document, reading, anywhere)
    found = ((rule, evaluator.holds(term)) for rule, term in rules)
    return tuple(
        Match(rule, evidence(held), evaluator.passing(held))
        for rule, held in found
        if held is not None
    )


def settled(rules: Rules) -> RuleIndex:
    """An index that keeps its rules in a segment, however few they are."""
    index = RuleIndex(rules, anywhere)
    index.settle()
    return index


def assert_same_answer(rules: Rules, found: Articles) -> None:
    """A batch and a segment of these rules both answer as the reference does."""
    loose, fixed = RuleIndex(rules, anywhere), settled(rules)
    for document, reading in found:
        expected = one_by_one(rules, document, reading)

        assert expected == loose.match(document, reading)
        assert expected == fixed.match(document, reading)
        assert [match.rule for match in expected] == fixed.find(document, reading).rules()
        assert [match.rule for match in expected] == loose.find(document, reading).ids().tolist()


@settings(max_examples=20, deadline=None)
@given(st.lists(terms(), min_size=12, max_size=20), articles)
def test_the_index_finds_what_trying_every_rule_finds(found: list[Term], them: Articles) -> None:
    assert_same_answer(named(found), them)


@pytest.mark.long
@pytest.mark.skipif("'long' not in config.getoption('markexpr')", reason="run by `make soak`")
@settings(max_examples=600, deadline=None)
@given(st.lists(terms(), min_size=20, max_size=24), articles)
def test_the_index_finds_what_trying_every_rule_finds_a_hundred_thousand_times(
    found: list[Term], them: Articles
) -> None:
    assert_same_answer(named(found), them)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(terms(), min_size=4, max_size=16),
    articles,
    st.lists(st.tuples(st.integers(0, 15), st.sampled_from(["remove", "replace", "settle"]))),
)
def test_an_index_that_changed_answers_as_one_built_at_once(
    found: list[Term], them: Articles, changes: list[tuple[int, str]]
) -> None:
    rules = dict(named(found))
    index = RuleIndex(rules, anywhere)
    for number, change in changes:
        rule = number % len(found)
        rules.pop(rule, None) if change != "settle" else None
        if change == "remove":
            index.remove(rule)
        elif change == "replace":
            rules[rule] = found[-1 - number % len(found)]
            index.add(rule, rules[rule])
        else:
            index.settle()

    for document, reading in them:
        assert one_by_one([*rules.items()], document, reading) == index.match(document, reading)
    assert len(rules) == len(index)
    assert all((number in index) == (number in rules) for number in range(len(found)))
