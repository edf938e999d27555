"""Counts of a publisher's lines: by source, bounded, forgotten in time."""

from __future__ import annotations

from storage import Store
from tests.storage.builders import NOW, after


def test_lines_are_counted_by_source(store: Store):
    store.furniture.note("a", [1, 2], 10, NOW)
    store.furniture.note("a", [2, 3], 10, NOW)
    store.furniture.note("b", [2], 10, NOW)

    assert store.furniture.seen("a", [1, 2, 9]) == (2, {1: 1, 2: 2})
    assert store.furniture.seen("c", [1]) == (0, {})


def test_a_source_keeps_its_most_frequent_lines(store: Store):
    for number in range(5):
        store.furniture.note("a", [7, 100 + number], 2, after(number))

    assert store.furniture.seen("a", [7, *range(100, 105)]) == (5, {7: 5, 104: 1})


def test_a_line_twice_in_an_article_counts_once(store: Store):
    store.furniture.note("a", [1, 1], 10, NOW)

    assert store.furniture.seen("a", [1]) == (1, {1: 1})


def test_what_was_not_seen_for_two_months_is_forgotten(store: Store):
    store.furniture.note("a", [1], 10, NOW)
    store.furniture.note("b", [1], 10, after(50 * 86_400))

    assert store.furniture.forget(after(61 * 86_400)) == 2  # the line and the source's number
    assert store.furniture.seen("b", [1]) == (1, {1: 1})
