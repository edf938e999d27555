"""Articles are found by what is in them: never too few, and hardly too many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.document import Document
from rules.evaluate import Evaluator
from rules.model import (
    And,
    Article,
    Company,
    CompanyTerm,
    Comparison,
    Event,
    EventTerm,
    Figure,
    KeywordTerm,
    LangTerm,
    Mention,
    Not,
    Or,
    PromoTerm,
    Promotion,
    Reading,
    Salience,
    SourceTerm,
    Term,
)
from rules.origins import origins
from rules.text import folded
from storage import Store, open_store
from storage.database import Database, connect
from storage.migrations import APPLICATION_ID, steps
from storage.search import Cursor
from tests.rules.rule_articles import documents, readings
from tests.rules.rule_terms import terms
from tests.storage.builders import NOW, SPAN, after, article, fingerprint, record

AGO = NOW - timedelta(days=30)
TSMC = Mention(Company("2330.TW", "台積電"), Salience.HEADLINE, True, (SPAN,))
PASSING = replace(TSMC, salience=Salience.PASSING, about=False)


def stored(store: Store, told: Article, read: Reading | None = None) -> int:
    """An article that can be found, with its origins: its id."""
    read = read or Reading("zh")
    with store.transaction():
        story = store.stories.create(fingerprint(told.id), NOW)
        id_ = store.articles.record(told, read, [f"{told.id} {story}"], story, NOW)
        found = [(o.kind, o.value, o.label) for o in origins(told, read.promotion)]
        store.sources.note_origins(id_, found, False, NOW)
        store.search.add(id_, told.at, read, folded(told.title), folded(told.text))
    return id_


def found(store: Store, *wanted: Term) -> list[int]:
    return list(store.search.candidates(wanted[0] if len(wanted) == 1 else And(wanted), AGO))


def told(title: str, text: str = "內文。") -> Article:
    return replace(article(title, title), text=text)


@pytest.fixture
def memory() -> Iterator[Store]:
    with closing(open_store(":memory:")) as opened:
        yield opened


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(documents, readings), min_size=4, max_size=8), st.lists(terms()))
def test_no_article_for_which_a_rule_holds_is_missing(
    them: list[tuple[Document, Reading]], rules: list[Term]
) -> None:
    with closing(open_store(":memory:")) as store:
        ids = [stored(store, document.article, read) for document, read in them]
        for rule in rules:
            holding = {
                id_
                for id_, (document, read) in zip(ids, them, strict=True)
                if Evaluator(document, read, lambda *_: True).holds(rule) is not None
            }

            assert holding <= set(store.search.candidates(rule, AGO - timedelta(days=99)))


def test_words_of_two_characters_are_found_wherever_they_stand(memory: Store) -> None:
    id_ = stored(memory, told("鴻海擴產", "市場預期降息後股利增加,AI需求強。"))

    for word in ("鸿海", "降息", "股利", "ai", "降息后股利"):
        assert found(memory, KeywordTerm(word)) == [id_], word


def test_a_latin_word_is_not_found_within_another(memory: Store) -> None:
    stored(memory, told("training 2026", "maintain"))

    assert found(memory, KeywordTerm("ai")) == []


def test_a_word_of_the_headline_is_looked_for_there_only(memory: Store) -> None:
    stored(memory, told("別的事", "鴻海擴產"))
    id_ = stored(memory, told("鴻海擴產"))

    assert found(memory, KeywordTerm("鸿海", title=True)) == [id_]


def test_marks_alone_rule_nothing_out(memory: Store) -> None:
    id_ = stored(memory, told("成長50%"))

    assert found(memory, KeywordTerm("%", exact=True)) == [id_]


def test_companies_kinds_language_and_adverts_narrow_the_search(memory: Store) -> None:
    layoff = Event("layoff", SPAN)
    id_ = stored(memory, told("一"), Reading("zh", (TSMC,), (layoff,)))
    stored(memory, told("二"), Reading("en", (PASSING,), (replace(layoff, background=True),)))
    advert = stored(memory, told("三"), Reading("zh", promotion=Promotion(0.9, True)))

    assert found(memory, CompanyTerm("2330.TW", about=True)) == [id_]
    assert found(memory, EventTerm("layoff")) == [id_]
    assert found(memory, CompanyTerm("2330.TW"), LangTerm("zh")) == [id_]
    assert found(memory, PromoTerm(True)) == [advert]
    assert found(memory, Not(CompanyTerm("2330.TW"))) == [advert]
    assert found(memory, Or((PromoTerm(True), EventTerm("layoff")))) == [advert, id_]


def test_a_figure_that_stands_for_itself_narrows_the_search(memory: Store) -> None:
    cap = Figure(Decimal(2 * 10**12), "money", SPAN, kind="market_cap", currency="TWD")
    margin = Figure(Decimal(53), "percent", SPAN, kind="margin")
    id_ = stored(memory, told("市值破2兆元"), Reading("zh", figures=(cap,)))
    stored(memory, told("毛利率53%"), Reading("zh", figures=(margin,)))
    stored(memory, told("一"))

    assert found(memory, EventTerm("market_cap", Comparison(">", Decimal(10**12)))) == [id_]


def test_an_outlet_is_found_by_a_part_of_its_name(memory: Store) -> None:
    id_ = stored(memory, replace(told("一"), outlet="經濟 日報"))
    stored(memory, told("二"))

    assert found(memory, SourceTerm("经济 日")) == [id_]


def test_the_latest_come_first_and_older_ones_than_asked_for_not_at_all(memory: Store) -> None:
    old = stored(memory, article("a", at=AGO - timedelta(days=1)))
    first, second = stored(memory, article("b")), stored(memory, article("c", at=after(60)))

    ids = memory.search.candidates(KeywordTerm("台积电"), AGO)

    assert ids == (second, first)
    assert [s.article.id for s in memory.search.load([first, 99, old])] == ["b", "a"]
    assert memory.search.count(AGO) == 2
    assert memory.search.began() == NOW


def test_what_was_not_added_yet_is_always_a_candidate(memory: Store) -> None:
    id_, _ = record(memory)

    assert found(memory, KeywordTerm("火星")) == [id_]
    assert [s.id for s in memory.search.waiting(5)] == [id_]


def test_adding_an_article_twice_changes_nothing(memory: Store) -> None:
    id_ = stored(memory, told("鴻海擴產"))
    memory.search.add(id_, NOW, Reading("zh", (TSMC,)), "鸿海扩产", "")
    memory.search.add(id_, NOW, Reading("zh", (TSMC,)), "鸿海扩产", "")

    assert found(memory, KeywordTerm("鸿海")) == [id_]
    assert memory.search.waiting(5) == ()


def test_a_deleted_article_leaves_nothing_behind(memory: Store) -> None:
    id_ = stored(memory, told("鴻海擴產"), Reading("zh", (TSMC,), (Event("layoff", SPAN),)))
    for table in ("article_keys", "article_origins"):
        memory._db.run(f"DELETE FROM {table} WHERE article = :id", id=id_)
    memory._db.run("DELETE FROM articles WHERE id = :id", id=id_)

    for table in ("search_articles", "article_companies", "article_events", "article_words"):
        assert memory._db.all(f"SELECT * FROM {table}") == [], table
    memory._db.run("INSERT INTO article_words (article_words) VALUES ('integrity-check')")


def test_what_an_older_version_stored_waits_to_be_added() -> None:
    connection = connect(":memory:", 1)
    with closing(connection):
        db = Database(connection, ":memory:")
        steps().apply(db.utils, stop_before="006_search")
        db.run("INSERT INTO stories VALUES (1, 0)")
        db.run(
            "INSERT INTO articles VALUES (7, 'a', '鴻海', '', 's', '', '', '', 1, NULL,"
            ' \'{"lang": "zh"}\', 0, 1, 1)'
        )
        steps().apply(sqlite_utils.Database(connection))
        db.run(f"PRAGMA application_id = {APPLICATION_ID}")

        assert [s.id for s in Store(db).search.waiting(5)] == [7]


def test_the_newest_are_given_a_few_at_a_time_and_none_twice(memory: Store) -> None:
    same = [stored(memory, article(name)) for name in "abc"]
    late, _ = record(memory, "d")  # waits to be added
    other = stored(memory, replace(article("e", "火星", at=after(120)), text="內文"))
    old = stored(memory, article("f", at=after(-60)))

    seen: list[int] = []
    place: Cursor | None = None
    while ids := memory.search.newest(KeywordTerm("台积电"), place, 2):
        assert len(ids) <= 2
        seen += ids
        (last,) = memory.search.load(ids[-1:])
        place = Cursor(last.article.at, last.id)

    assert seen == [late, *reversed(same), old]
    assert other not in seen
