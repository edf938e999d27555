"""The scanner finds everything that its owners asked for, and only that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.scan import Hit, Scanner
from rules.text import folded

_WORDS = st.text("ab台積", min_size=1, max_size=4)


@given(st.lists(_WORDS, min_size=1, max_size=8), st.text("ab台積电 ", max_size=40))
def test_it_finds_what_a_plain_search_finds(words: list[str], text: str) -> None:
    text = folded(text)
    patterns = {folded(w) for w in words}
    expected = {
        Hit(i, i + len(p), p) for p in patterns for i in range(len(text)) if text.startswith(p, i)
    }

    found = Scanner({"mine": words}).scan(text)["mine"]

    assert set(found) == expected
    assert len(found) == len(expected)


def test_each_owner_gets_only_its_own_hits_and_shared_words_go_to_both() -> None:
    scanner = Scanner({"companies": ["台積電", "LINE"], "promotion": ["line", "飆股"]})

    found = scanner.scan(folded("台积电與飆股，LINE"))

    assert [h.pattern for h in found["companies"]] == ["台积电", "line"]
    assert [h.pattern for h in found["promotion"]] == ["飙股", "line"]


def test_a_pattern_that_folds_to_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="folds to nothing"):
        Scanner({"mine": ["\u200b"]})


def test_a_scanner_without_patterns_finds_nothing() -> None:
    assert Scanner({"mine": []}).scan("台积电") == {"mine": ()}
