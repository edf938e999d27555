"""The catalogue of signals and the policy: complete, consistent, and apart from each other."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from rules.model import Signal
from rules.promotion import frames, groups, policy, records, vocabulary
from rules.promotion.checks import CHECKS, read_closely


def packaged(name: str) -> dict[str, Any]:
    source = resources.files("rules.data.promotion").joinpath(name)
    return tomllib.loads(source.read_text("utf-8"))


def signal(name: str, group: str, weight: float) -> Signal:
    return Signal(name, group, weight, fired=True, evidence=("字",))


def small(**changes: Any) -> policy.Policy:
    data = {
        "half": 4.0,
        "threshold": 0.5,
        "ceiling": 0.4,
        "caps": {"contact": 3.0, "lure": 6.0},
        "route": [
            {
                "name": "invitation",
                "needs": [
                    {"groups": ["contact"], "least": 2.0},
                    {"groups": ["lure"], "least": 1.0},
                ],
            },
            {"name": "bait alone", "needs": [{"groups": ["lure"], "least": 6.0}]},
        ],
        "weights": {},
    }
    return policy.build(data | changes)


def test_every_signal_has_a_weight_and_every_weight_a_signal():
    assert set(policy.load().weights) == {record.name for record in records()}


def test_every_group_has_a_cap_and_every_need_names_groups():
    assert set(policy.load().caps) == set(groups())
    needs = [need for route in policy.load().routes for need in route.needs]

    assert all(need.groups <= set(groups()) for need in needs)


def test_no_route_is_open_to_the_learned_signals_alone():
    points = {"learned": policy.load().caps["learned"], "context": 0.0}
    learned_alone = [signal(group, group, amount) for group, amount in points.items()]

    assert not policy.load().decide(learned_alone)[1]


def test_learned_signals_add_less_than_what_flags():
    rules = policy.load()

    assert rules.caps["learned"] / (rules.caps["learned"] + rules.half) < rules.threshold


@pytest.mark.parametrize("record", records(), ids=lambda record: record.name)
def test_a_signal_is_described_in_both_languages(record):
    assert record.description("zh")
    assert record.description("en").isascii()
    assert record.name == record.name.upper()


def test_every_computed_test_that_a_signal_names_exists_and_is_used():
    assert {record.test for record in records() if record.test} == set(CHECKS) | read_closely()


def test_every_signal_with_frames_says_so_and_no_other():
    assert {record.name for record in records() if record.framed} == {
        row.signal for row in frames.load().rows
    }


def test_no_signal_lists_a_word_twice():
    for entry in packaged("signals.toml")["signal"]:
        words = entry.get("words", [])
        assert len(words) == len(set(words)), entry["name"]


def test_every_word_of_the_catalogue_is_looked_for():
    wanted = set(vocabulary.patterns())

    assert set(vocabulary.load().single) <= wanted


def test_a_word_with_choices_stands_for_all_of_them():
    data = packaged("signals.toml")
    data["signal"] = [
        {"name": "X", "group": "lure", "zh": "字", "en": "x", "words": ["甲|乙…丙|丁"]}
    ]

    gapped = vocabulary.build(data).gapped

    assert set(gapped["丙"]) == {"甲", "乙"}
    assert set(gapped["丁"]) == {"甲", "乙"}


@pytest.mark.parametrize(
    "entry",
    [
        {"name": "X", "group": "no such group", "zh": "字", "en": "x", "words": ["甲"]},
        {"name": "X", "group": "lure", "zh": "字", "en": "x"},
        {"name": "X", "group": "lure", "zh": "字", "en": "x", "words": ["甲…"]},
    ],
    ids=["unknown group", "neither words nor a test", "nothing after the gap"],
)
def test_a_faulty_signal_is_refused(entry: dict[str, Any]):
    with pytest.raises(ValueError, match="X"):
        vocabulary.build(packaged("signals.toml") | {"signal": [entry]})


def test_a_signal_named_twice_is_refused():
    entry = {"name": "X", "group": "lure", "zh": "字", "en": "x", "words": ["甲"]}

    with pytest.raises(ValueError, match="twice"):
        vocabulary.build(packaged("signals.toml") | {"signal": [entry, entry]})


def test_a_groups_points_stop_at_its_cap():
    signals = [signal("A", "contact", 2.5), signal("B", "contact", 2.5), signal("C", "lure", 1.0)]

    assert small().decide(signals) == (0.5, True)


def test_where_no_route_is_open_the_score_stays_below_the_threshold():
    assert small().decide([signal("C", "lure", 5.0)]) == (0.4, False)


def test_one_open_route_is_enough():
    assert small().decide([signal("C", "lure", 6.0)]) == (0.6, True)


def test_points_that_a_group_could_still_get_are_worth_asking_for():
    weak = [signal("C", "lure", 1.0)]

    assert small().could_flag(weak, ["contact"]) is True
    assert small().could_flag([], ["contact"]) is False


def test_a_need_with_too_few_points_is_not_met():
    signals = [signal("A", "contact", 1.0), signal("C", "lure", 5.0)]

    assert small().decide(signals) == (0.4, False)


def test_a_signal_that_did_not_fire_has_no_points():
    silent = Signal("A", "contact", 2.5, fired=False)

    assert small().decide([silent, signal("C", "lure", 2.0)])[1] is False


def test_a_ceiling_that_reaches_the_threshold_is_refused():
    with pytest.raises(ValueError, match="ceiling"):
        small(ceiling=0.5)
