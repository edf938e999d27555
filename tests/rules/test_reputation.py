"""What a source is known for: who is offered for muting, who is muted, and who never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.origins import KINDS
from rules.reputation import above, deserves_automute, deserves_offer, policy, share


@pytest.mark.parametrize(
    ("limit", "adverts", "honest", "expected"),
    [  # by hand: Beta(1, n) is above x with (1 - x)^n, Beta(n, 1) with 1 - x^n
        (0.5, 1, 1, 0.5),
        (0.25, 1, 2, 0.5625),
        (0.5, 3, 1, 0.875),
        (0.1, 1, 9, 0.9**9),
        (0.25, 2, 2, 1 - (3 * 0.25**2 - 2 * 0.25**3)),
    ],
)
def test_the_probability_is_that_of_the_beta_distribution(
    limit: float, adverts: int, honest: int, expected: float
):
    assert above(limit, adverts, honest) == pytest.approx(expected)


def test_a_beta_distribution_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        above(0.5, 0, 3)


@pytest.mark.parametrize("kind", ["outlet", "column", "author", "contact", "domain"])
def test_six_adverts_of_eight_are_a_reason_to_ask(kind: str):
    assert deserves_offer(kind, 8, 6)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("articles", "adverts"), [(40, 0), (40, 1), (40, 4), (2, 2), (1, 1)])
def test_an_honest_or_unknown_source_is_left_alone(kind: str, articles: int, adverts: int):
    assert not deserves_offer(kind, articles, adverts)
    assert not deserves_automute(kind, articles, adverts)


def test_a_feed_is_never_judged_as_one():
    assert not deserves_offer("feed", 40, 40)
    assert not deserves_automute("feed", 40, 40)


@given(st.sampled_from(sorted(policy().prior)), st.integers(1, 40), st.integers(0, 40))
def test_what_is_muted_would_also_be_offered(kind: str, articles: int, adverts: int):
    adverts = min(adverts, articles)

    assert not deserves_automute(kind, articles, adverts) or deserves_offer(kind, articles, adverts)


@given(st.sampled_from(sorted(policy().prior)), st.integers(1, 40), st.integers(0, 40))
def test_nothing_with_fewer_adverts_than_honest_articles_is_muted(
    kind: str, articles: int, adverts: int
):
    adverts = min(adverts, articles)

    assert not deserves_automute(kind, articles, adverts) or adverts > articles - adverts


def test_the_expected_share_begins_at_its_kinds_and_ends_at_the_sources_own():
    assert share("outlet", 0, 0) == pytest.approx(1 / 9)
    assert share("outlet", 4000, 2000) == pytest.approx(0.5, abs=0.01)
