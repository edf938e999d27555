"""What people teach: features, counts and log odds, without any database."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.model import Promotion, Signal
from rules.promotion import feedback
from rules.promotion.feedback import (
    ADVERT,
    HONEST,
    Memory,
    Tally,
    alike,
    build,
    features,
    log_odds,
    overlap,
    policy,
    shift,
    shifted,
    teaches,
)
from rules.text import folded

NONE = Promotion(0.0, flagged=False)
CARD = folded("甜甜銀行推出粉紅卡，即日起刷卡滿額送保溫瓶，新戶再享百分之三回饋，活動到月底為止。")
OTHER = folded("中央氣象署說明天起東北季風增強，北部和東北部轉涼，沿海空曠地區有強陣風，請多留意。")


def memory(adverts: Iterable[str] = (), honest: Iterable[str] = (), unit: int = 1) -> Memory:
    spam = Counter(f for text in adverts for f in features(text, NONE))
    ham = Counter(f for text in honest for f in features(text, NONE))
    of = {f: Tally(unit * spam[f], unit * ham[f]) for f in spam.keys() | ham.keys()}
    return Memory(Tally(unit * len(list(adverts)), unit * len(list(honest))), of, unit)


def background() -> list[list[str]]:
    source = resources.files("rules.data.promotion").joinpath("background.tsv")
    lines = source.read_text("utf-8").splitlines()[1:]
    return [line.replace("␣", " ").split("\t") for line in lines]


def likeness(text: str, taught: Memory) -> float:
    return alike(features(text, NONE), taught)


def test_nothing_taught_says_nothing() -> None:
    assert likeness(CARD, Memory()) == 0.0
    assert shifted(NONE, 0.0) is NONE


def test_a_text_that_was_taught_is_recognised_and_another_is_not() -> None:
    taught = memory([CARD])

    assert shift(likeness(CARD, taught)) == policy().most
    assert shift(likeness(OTHER, taught)) == 0.0


def test_honest_lessons_pull_the_other_way_by_as_much() -> None:
    spam, ham = memory([CARD]), memory([], [CARD])

    assert likeness(CARD, ham) == pytest.approx(-likeness(CARD, spam))


def test_both_labels_for_the_same_text_cancel_out() -> None:
    assert likeness(CARD, memory([CARD], [CARD])) == pytest.approx(0.0)


def test_two_half_lessons_weigh_like_one_lesson() -> None:
    assert likeness(CARD, memory([CARD], unit=2)) == likeness(CARD, memory([CARD]))


def test_what_every_text_says_weighs_less_than_what_only_this_one_says() -> None:
    common = next(run for _, run in background() if len(run.strip()) == 4)

    assert 0 < likeness(common, memory([common])) < likeness("甜甜粉红", memory(["甜甜粉红"]))


def test_features_are_the_same_in_every_process() -> None:
    assert sorted(features("甜甜银行", NONE))[:2] == [1039175286, 1130580399]


def test_signals_and_contacts_are_features_too() -> None:
    signal = Signal("LINE_INVITE", "contact", 2.5, fired=True, evidence=("加賴",))
    silent = Signal("TEACHER", "teacher", 2.0, fired=False)
    with_both = Promotion(0.9, True, (signal, silent), contacts=("line:@bull",))

    more = features(CARD, with_both) - features(CARD, NONE)

    assert len(more) == policy().signal_runs + policy().contact_runs


def test_a_shift_can_flag_what_shows_no_sign_and_clear_what_shows_many() -> None:
    assert shifted(NONE, policy().most).flagged
    assert not shifted(Promotion(0.87, flagged=True), -policy().most).flagged


def test_what_was_added_is_told_and_added_up() -> None:
    once = shifted(Promotion(0.4, flagged=False), 0.3)

    assert once.taught == pytest.approx(0.3)
    assert shifted(once, 0.5).taught == pytest.approx(0.8)


@given(st.floats(0, 1), st.floats(-6, 6))
def test_score_and_verdict_agree_after_every_shift(score: float, by: float) -> None:
    moved = shifted(Promotion(round(score, 4), flagged=score >= 0.5), by)

    assert 0.0 <= moved.score <= 1.0
    assert moved.flagged == (log_odds(moved) >= 0) or abs(log_odds(moved)) < 1e-3


@given(st.floats(-2, 2), st.floats(-2, 2))
def test_more_alike_never_shifts_less(one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert shift(low) <= shift(high)


@pytest.mark.parametrize(
    ("score", "label", "expected"),
    [
        (0.0, ADVERT, True),
        (0.45, ADVERT, True),
        (0.6, ADVERT, True),  # flagged, but not surely
        (0.9, ADVERT, False),
        (0.9, HONEST, True),
        (0.45, HONEST, True),
        (0.05, HONEST, False),
    ],
)
def test_only_what_the_detector_does_not_know_is_a_lesson(
    score: float, label: str, expected: bool
) -> None:
    assert teaches(Promotion(score, flagged=score >= 0.5), label) is expected


@pytest.mark.parametrize("by", [-6.0, -2.0, 2.0, 6.0])
@pytest.mark.parametrize("score", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("label", [ADVERT, HONEST])
def test_what_is_a_lesson_does_not_depend_on_what_was_taught_before(
    score: float, label: str, by: float
) -> None:
    own = Promotion(score, flagged=score >= 0.5)

    assert teaches(shifted(own, by), label) == teaches(own, label)


def test_overlap_is_of_the_shorter_text() -> None:
    whole = features(CARD, NONE)

    assert overlap(whole, list(whole)[:50]) == 1.0
    assert overlap(whole, features(OTHER, NONE)) < 0.1
    assert overlap(whole, []) == 0.0


def test_a_policy_in_which_anybody_teaches_everybody_is_refused() -> None:
    source = resources.files("rules.data.promotion").joinpath("feedback.toml")
    data: dict[str, Any] = tomllib.loads(source.read_text("utf-8"))
    data["shared"]["other"] = 1

    with pytest.raises(ValueError, match="nobody but the owner"):
        build(data)


def test_the_background_lists_rates_of_runs_that_features_can_have() -> None:
    rows = background()

    assert len(rows) > 3000
    assert {len(run) for _, run in rows} == set(policy().runs)
    assert all(policy().rare * 1000 < int(rate) < 1000 for rate, _ in rows)
    assert all(folded(run) == run for _, run in rows)


def test_a_lesson_is_small() -> None:
    long = "甲乙丙丁戊己庚辛壬癸" * 1000

    assert len(features(long, NONE)) < 1000
    assert feedback.features("", NONE) == frozenset()
