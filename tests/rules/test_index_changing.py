"""An index answers as the reference does while rules come and go and are merged, in any order."""

from __future__ import annotations

import threading
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from rules.document import Document
from rules.index import Merge, Merged, RuleIndex, index
from rules.model import CompanyTerm, KeywordTerm, Reading, Term
from tests.rules.rule_articles import article, documents, mention, readings
from tests.rules.rule_terms import terms
from tests.rules.test_index_same_answer import anywhere, one_by_one

IDS = st.integers(0, 24)


class Changing(RuleBasedStateMachine):
    """Rules in a dictionary, in the order in which they were added, and the same in an index."""

    compared: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.rules: dict[int, Term] = {}
        self.index = RuleIndex((), anywhere)
        self.work: Merge | None = None
        self.done: Merged | None = None

    @rule(found=st.lists(terms(), max_size=12))
    def load(self, found: list[Term]) -> None:
        self.rules = dict(enumerate(found))
        self.index = RuleIndex(self.rules, anywhere)
        self.work = self.done = None

    @rule(number=IDS, term=terms())
    def add(self, number: int, term: Term) -> None:
        self.rules.pop(number, None)
        self.rules[number] = term
        self.index.add(number, term)

    @rule(number=IDS)
    def remove(self, number: int) -> None:
        self.rules.pop(number, None)
        self.index.remove(number)

    @rule(everything=st.booleans())
    def give_work_out(self, everything: bool) -> None:
        self.work = self.index.merge(everything=everything)

    @precondition(lambda self: self.work)
    @rule()
    def do_the_work(self) -> None:
        assert self.work
        self.done = self.work.run()

    @precondition(lambda self: self.done)
    @rule()
    def adopt(self) -> None:
        assert self.done
        self.index.adopt(self.done)

    @rule()
    def settle(self) -> None:
        self.index.settle()

    @rule(document=documents, reading=readings)
    def match(self, document: Document, reading: Reading) -> None:
        expected = one_by_one([*self.rules.items()], document, reading)

        assert expected == self.index.match(document, reading)
        Changing.compared += 1

    @invariant()
    def knows_its_rules(self) -> None:
        assert len(self.index) == len(self.rules)
        assert all((n in self.index) == (n in self.rules) for n in range(25))


@pytest.fixture(autouse=True)
def everything_is_worth_a_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, least in (("_BATCH", 3), ("_WORDS", 2), ("_GROWTH", 2)):
        monkeypatch.setattr(index, limit, least)


def compared(steps: int, examples: int) -> int:
    """Run random changes; how many times the index was asked and answered as the reference."""
    before = Changing.compared
    chosen = settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(Changing, settings=chosen)
    return Changing.compared - before


def test_an_index_that_changes_answers_as_the_reference() -> None:
    assert compared(30, 25) > 25


@pytest.mark.long
@pytest.mark.skipif("'long' not in config.getoption('markexpr')", reason="run by `make soak`")
def test_an_index_that_changes_answers_as_the_reference_for_long() -> None:
    assert compared(60, 1_000) > 1_000


# --- what the work does and does not do -----------------------------------------------------------


def keywords(first: int, last: int) -> dict[int, Term]:
    return {number: KeywordTerm(f"word{number}") for number in range(first, last)}


def test_there_is_no_work_before_there_are_changes() -> None:
    assert RuleIndex(keywords(0, 50)).merge() is None


def test_work_is_given_out_again_until_it_is_adopted() -> None:
    changed = RuleIndex(keywords(0, 50))
    for number, term in keywords(50, 90).items():
        changed.add(number, term)
    work = changed.merge()
    assert work
    again = changed.merge()
    changed.adopt(work.run())

    assert again is work
    assert changed.merge() is None


def test_a_result_that_was_overtaken_changes_nothing() -> None:
    changed = RuleIndex({1: CompanyTerm("AMZN")})
    changed.add(2, CompanyTerm("AMZN"))
    work = changed.merge(everything=True)
    assert work
    late = work.run()
    changed.settle()
    changed.remove(1)
    changed.settle()
    changed.adopt(late)
    found = changed.match(article("text"), Reading("zh", (mention("AMZN"),)))

    assert [match.rule for match in found] == [2]


def test_rules_come_and_go_while_another_thread_merges() -> None:
    changed = RuleIndex(keywords(0, 3_000))
    for number, term in keywords(3_000, 4_000).items():
        changed.add(number, term)
    work, done = changed.merge(), list[Merged]()
    assert work
    thread = threading.Thread(target=lambda: done.append(work.run()))
    thread.start()
    changed.remove(10)
    changed.remove(3_500)
    changed.add(9_999, KeywordTerm("word3501"))
    document = article("word10 word11 word3500 word3501")
    during = changed.find(document, Reading("en")).rules()
    thread.join()
    changed.adopt(done[0])

    assert during == [11, 3_501, 9_999]
    assert changed.find(document, Reading("en")).rules() == during
