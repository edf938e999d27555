"""Words beside a place are found as an anchored pattern would find them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from rules.companies.beside import BLANKS, Before, Behind, alternation

WORDS = ["營收", "法說", "法說會", "買", "買進", "AI"]
TEXTS = st.text(alphabet="營收法說會買進ai (),\n的台", max_size=14)


@given(TEXTS, st.integers(0, 14))
def test_words_behind_a_place_are_those_that_the_pattern_matches(text: str, place: int) -> None:
    between = r"(?:\([^()]{1,4}\))?\s?"
    expected = re.compile(between + alternation(WORDS)).match(text, place)

    assert Behind(WORDS, between, BLANKS + "(").at(text, place) is (expected is not None)


@given(TEXTS, st.integers(0, 14), st.integers(1, 6))
def test_words_before_a_place_are_those_that_the_pattern_finds(
    text: str, place: int, reach: int
) -> None:
    place = min(place, len(text))
    stretch = text[max(0, place - reach) : place]
    expected = re.search(alternation(WORDS) + r"\s?\Z", stretch)

    assert Before(WORDS, reach).at(text, place) is (expected is not None)
