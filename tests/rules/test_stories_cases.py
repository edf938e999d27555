"""How well labelled stories are told apart and brought together, over the real engine."""

from collections import Counter
from itertools import combinations

import pytest

from tests.rules.story_cases import b_cubed, cases, grouped


@pytest.mark.parametrize("aside", [False, True], ids=["tuned on", "kept aside"])
def test_stories_are_found_across_outlets_and_near_misses_stay_apart(aside: bool) -> None:
    chosen = [case for case in cases() if case.aside == aside]

    precision, recall = b_cubed({case.id: case.story for case in chosen}, grouped(chosen))

    assert precision >= 0.97
    assert recall >= 0.93


def test_there_are_enough_stories_and_near_misses() -> None:
    sizes = Counter(case.story for case in cases())
    families = [story.partition("/")[0] for story in sizes]
    misses = sum(one == other for one, other in combinations(families, 2))

    assert sum(size > 1 for size in sizes.values()) >= 70
    assert max(sizes.values()) <= 5
    assert misses >= 70
    assert 0.25 < sum(case.aside for case in cases()) / len(cases()) < 0.45


def test_the_measure_knows_a_wrong_merge_from_a_wrong_split() -> None:
    gold = {"a": 1, "b": 1, "c": 2}

    assert b_cubed(gold, {"a": 1, "b": 1, "c": 1}) == pytest.approx((5 / 9, 1.0))
    assert b_cubed(gold, {"a": 1, "b": 2, "c": 3}) == pytest.approx((1.0, 2 / 3))
