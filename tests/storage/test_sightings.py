"""Contacts and touted stocks are found again, in adverts and in other articles."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.model import Promotion, Reading
from storage import Store
from storage.rows import Sighting
from tests.storage.builders import NOW, article, fingerprint


def record(
    store: Store,
    ident: str,
    *contacts: str,
    flagged: bool = False,
    touted: tuple[str, ...] = (),
    words: str = "",
    days: int = 0,
    added: bool = True,
    sketch: tuple[int, ...] = (),
) -> int:
    """An article that gives these contacts, with ``words`` to be found by."""
    at = NOW - timedelta(days=days)
    told = article(ident, at=at)
    reading = Reading("zh", promotion=Promotion(0.9, flagged, touted=touted, contacts=contacts))
    with store.transaction():
        story = store.stories.create(fingerprint(ident), at)
        id_ = store.articles.record(told, reading, (ident,), story, at)
        if flagged:
            store.sources.note_origins(id_, [("contact", c, c) for c in contacts], True, at)
        if added:
            store.search.add(id_, told.at, reading, "", words, sketch)
    return id_


def found(store: Store, value: str, words: str, but: int | None = None) -> tuple[int, int] | None:
    seen: Sighting | None = store.sightings.of_contact(value, words, but)
    return (seen.articles, seen.adverts) if seen else None


def test_adverts_are_found_by_their_contact_and_honest_articles_by_its_words(store: Store) -> None:
    record(store, "a1", "lin.ee/AbC", flagged=True)
    record(store, "a2", "lin.ee/AbC", words="加入官方 line https://lin.ee/abc 看新聞")

    assert found(store, "lin.ee/AbC", "abc") == (2, 1)


def test_the_same_words_with_another_contact_do_not_count(store: Store) -> None:
    record(store, "a1", "lin.ee/abc", words="https://lin.ee/abc")

    assert found(store, "lin.ee/AbC", "abc") is None


def test_the_latest_article_is_told(store: Store) -> None:
    record(store, "a1", "line:x1", flagged=True)
    latest = record(store, "a2", "line:x1", flagged=True)

    seen = store.sightings.of_contact("line:x1", "x1")

    assert seen is not None
    assert seen.latest.id == latest


def test_an_article_can_be_left_out(store: Store) -> None:
    own = record(store, "a1", "line:x1", flagged=True)

    assert found(store, "line:x1", "x1", own) is None


@pytest.mark.parametrize("words", ["", "-_-", '"', "a OR b", "*"])
def test_any_words_can_be_looked_for(store: Store, words: str) -> None:
    record(store, "a1", "line:x1", flagged=True)

    assert found(store, "line:x1", words) == (1, 1)


def test_adverts_that_tout_a_stock_are_found_latest_first_within_the_time(store: Store) -> None:
    old = record(store, "a1", flagged=True, touted=("3481.TW",), days=40)
    record(store, "a2", touted=("3481.TW",))
    record(store, "a3", flagged=True, touted=("2330.TW",))
    first = record(store, "a4", flagged=True, touted=("2330.TW", "3481.TW"), days=3)
    last = record(store, "a5", flagged=True, touted=("3481.TW",), days=1)

    def since(days: int) -> list[int]:
        return [a.id for a in store.sightings.touting("3481.TW", NOW - timedelta(days=days))]

    assert since(30) == [last, first]
    assert since(60) == [last, first, old]


def test_adverts_that_wait_for_the_search_tables_count_too(store: Store) -> None:
    waiting = record(store, "a1", flagged=True, touted=("3481.TW",), added=False)
    record(store, "a2")

    found = store.sightings.touting("3481.TW", NOW - timedelta(days=7))

    assert [stored.id for stored in found] == [waiting]


def test_touting_adverts_are_counted_by_stock_within_the_time(store: Store) -> None:
    record(store, "a1", flagged=True, touted=("3481.TW",), days=8)
    record(store, "a2", touted=("3481.TW",))
    record(store, "a3", flagged=True, touted=("3481.TW", "2330.TW", "3481.TW"), days=3)
    record(store, "a4", flagged=True, touted=("3481.TW",), days=1, added=False)
    denied = record(store, "a5", flagged=True, touted=("3481.TW",), days=1)

    week = NOW - timedelta(days=7)
    assert store.sightings.touts(("3481.TW", "1101.TW"), week) == {"3481.TW": 3}
    assert store.sightings.touts(("3481.TW", "2330.TW"), week, (denied,)) == {
        "3481.TW": 2,
        "2330.TW": 1,
    }


def test_articles_that_share_most_of_a_sketch_come_first_within_the_time(store: Store) -> None:
    one = record(store, "a1", sketch=(1, 2, 2**32 - 1))
    both = record(store, "a2", sketch=(1, 2, 3, 4))
    record(store, "a3", sketch=(9,))
    record(store, "a4", sketch=(1, 2, 3), days=91)

    def alike(limit: int = 9, but: int | None = None) -> list[int]:
        since = NOW - timedelta(days=90)
        return [a.id for a in store.sightings.alike({1, 2, 3, 4, 5}, since, limit, but)]

    assert alike() == [both, one]
    assert alike(limit=1) == [both]
    assert alike(but=both) == [one]


def test_an_article_that_is_added_again_has_its_new_sketch(store: Store) -> None:
    id_ = record(store, "a1", sketch=(1, 2))
    told = article("a1")
    store.search.add(id_, told.at, Reading("zh"), "", "", (3,))

    since = NOW - timedelta(days=90)
    assert store.sightings.alike({1, 2}, since, 9) == ()
    assert [a.id for a in store.sightings.alike({3}, since, 9)] == [id_]
