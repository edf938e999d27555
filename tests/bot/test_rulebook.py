"""Which chats' rules hold follows the database, change by change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog.testing

from bot import rulebook
from bot.knowledge import Knowledge, learn
from bot.rulebook import Rulebook
from rules.engine import Analysis
from rules.index import RuleIndex, index
from rules.model import Article
from rules.stories import fingerprint
from storage import Store, open_store

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return learn()


@pytest.fixture(scope="module")
def layoff(knowledge: Knowledge) -> Analysis:
    text = "亞馬遜(AMZN)今天宣布，全球將裁員1.6萬人，以精簡管理層級。"
    return knowledge.engine.analyse(Article("1", "亞馬遜宣布裁員1.6萬人", text, "feed", NOW))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "bot.db")
    yield opened
    opened.close()


def chat(store: Store, name: str) -> int:
    return store.chats.ensure("console", name, "", "zh-TW", "Asia/Taipei", NOW).id


def subscribe(store: Store, to: int, canonical: str) -> int:
    return store.rules.add(to, canonical, canonical, NOW)[0].id


def holding(book: Rulebook, analysis: Analysis) -> dict[int, list[str]]:
    """The canonical text of what holds, by chat."""
    found = book.match(analysis)
    return {chat: [m.rule.canonical for m in matches] for chat, matches in found.items()}


def test_rules_that_come_and_go_are_followed(
    store: Store, knowledge: Knowledge, layoff: Analysis
) -> None:
    one, two = chat(store, "one"), chat(store, "two")
    book = Rulebook(store, knowledge.language.parse)
    first = subscribe(store, one, "$AMZN")
    subscribe(store, one, "2330.TW")
    book.reload()
    before = holding(book, layoff)
    subscribe(store, two, "#layoff")
    book.reload()
    both = holding(book, layoff)
    store.rules.remove(one, first)
    store.chats.suspend(two, "blocked", NOW)
    book.reload()
    none = holding(book, layoff)
    store.chats.restore(two, NOW)
    book.reload()

    assert before == {one: ["$AMZN"]}
    assert both == {one: ["$AMZN"], two: ["#layoff"]}
    assert none == {}
    assert holding(book, layoff) == {two: ["#layoff"]}


def test_what_is_indexed_stays_when_another_rule_comes(
    store: Store, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = chat(store, "me")
    for word in ("甲醇", "乙烯", "丙烷"):
        subscribe(store, me, f"word:{word}")
    book = Rulebook(store, knowledge.language.parse)
    book.reload()
    built: list[object] = []
    monkeypatch.setattr(rulebook, "RuleIndex", lambda *given, **more: built.append(given))
    subscribe(store, me, "word:丁烷")
    book.reload()

    assert built == []


def test_many_new_rules_are_merged_beside_the_old(
    store: Store, knowledge: Knowledge, layoff: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_BATCH", 3)
    me = chat(store, "me")
    for rule in ("$AMZN", "word:甲醇", "word:乙烯", "word:丙烷", "2330.TW"):
        subscribe(store, me, rule)
    book = Rulebook(store, knowledge.language.parse)
    book.reload()
    for rule in ("word:丁烷", "#layoff", "$AMZN #layoff"):
        subscribe(store, me, rule)
    book.reload()
    work = book.merge()
    assert work
    during = holding(book, layoff)
    book.adopt(work.run())

    assert during == {me: ["$AMZN", "#layoff", "$AMZN #layoff"]}
    assert holding(book, layoff) == during
    assert book.merge() is None


def test_what_is_rare_is_learned_from_stored_articles(
    store: Store, knowledge: Knowledge, layoff: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rulebook, "_MANY", 2)
    me = chat(store, "me")
    for number in range(30):
        article = layoff.document.article
        story = store.stories.create(fingerprint(article, layoff.reading), NOW)
        store.articles.record(article, layoff.reading, [f"key{number}"], story, NOW)
    # Guessing, a company is met more often than a long word.
    for word in ("管理", "精簡", "層級"):
        subscribe(store, me, f"2330.TW word:{word}")
    book = Rulebook(store, knowledge.language.parse)
    book.reload()
    parse = knowledge.language.parse
    guessing = RuleIndex((r.id, parse(r.canonical).term) for r in store.rules.active())
    document, reading = layoff.document, layoff.reading

    assert guessing.candidates(document, reading) > 0
    assert book._index.candidates(document, reading) == 0


def test_a_rule_that_is_not_understood_any_more_is_logged_and_the_others_hold(
    store: Store, knowledge: Knowledge, layoff: Analysis
) -> None:
    me = chat(store, "me")
    subscribe(store, me, "(((")
    subscribe(store, me, "$AMZN")
    book = Rulebook(store, knowledge.language.parse)
    with structlog.testing.capture_logs() as logs:
        book.reload()

    assert [entry["event"] for entry in logs] == ["rule.unreadable"]
    assert holding(book, layoff) == {me: ["$AMZN"]}
