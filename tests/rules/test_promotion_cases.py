"""The project's own labelled texts: floors on recall and false alarms.

A third of the texts, chosen by a hash of their key, is kept aside: while words and weights were
chosen, its misses were counted by kind but not read. Long posts that share a part stand on the same
side.

The batches from 3 on, but for 4, were each written as unlike the others as their writer could, and
measured before anything was changed for them: adverts for every channel, hook and disguise, and
honest texts that are worded like them. What was flagged at that first measurement, of adverts and
of honest texts: batch 3, 10 of 150 and 10 of 144; batch 5, 32 of 60 and 6 of 120; batch 6, 40 of
141 and 5 of 162; batch 7, 73 of 120 and 3 of 140; batch 8, 18 of 40 and 8 of 127; batch 9, 36 of 66
and 10 of 102; batch 10, 53 of 100 and 5 of 125; batch 11, 106 of 161 and 6 of 178. Their third kept
aside says how well the judge does on texts that nobody prepared it for; its floors are lower for
that. Batch 4 is of ordinary adverts and news; at first 17 of 18 and 1 of 18 were flagged.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.rules.promoting import judge

ORDINARY, THIRD, LATER = frozenset({0, 4}), frozenset({3}), frozenset({5, 6, 7, 8, 9, 10, 11})
CASES = Path(__file__).parents[1] / "cases" / "promotion.jsonl"


@lru_cache(maxsize=1)
def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def kept_aside(case: dict[str, Any]) -> bool:
    return int(hashlib.sha256(case["key"].encode()).hexdigest()[:8], 16) % 3 == 0


@lru_cache(maxsize=16)
def flagged_share(label: str, aside: bool, batches: frozenset[int]) -> float:
    chosen = [
        c
        for c in cases()
        if c["label"] == label and kept_aside(c) == aside and c.get("batch", 0) in batches
    ]
    found = sum(judge(c["text"], c.get("title", "")).flagged for c in chosen)
    return found / len(chosen)


def test_the_set_is_large_and_half_of_it_long():
    for label, least in (("advert", 150), ("honest", 300)):
        chosen = [c for c in cases() if c["label"] == label and c.get("batch", 0) in ORDINARY]
        kinds = [c["kind"] for c in chosen]

        assert len(kinds) >= least
        assert kinds.count("long") >= len(kinds) / 2


def test_no_text_stands_in_the_set_twice():
    texts = [(c.get("title"), c["text"]) for c in cases()]

    assert len(texts) == len(set(texts))


def test_about_a_third_is_kept_aside():
    share = sum(map(kept_aside, cases())) / len(cases())

    assert 0.25 <= share <= 0.45


def test_every_case_is_of_a_known_batch():
    assert {c.get("batch", 0) for c in cases()} == ORDINARY | THIRD | LATER


KINDS = ["seen", "kept aside", "third, seen", "third, kept aside", "later, seen", "later, kept"]


@pytest.mark.parametrize(
    ("aside", "batches", "least"),
    [
        (False, ORDINARY, 0.98),
        (True, ORDINARY, 0.95),
        (False, THIRD, 0.95),
        (True, THIRD, 0.75),
        (False, LATER, 0.88),
        (True, LATER, 0.6),
    ],
    ids=KINDS,
)
def test_adverts_are_flagged(aside: bool, batches: frozenset[int], least: float):
    assert flagged_share("advert", aside, batches) >= least


@pytest.mark.parametrize(
    ("aside", "batches", "most"),
    [
        (False, ORDINARY, 0.005),
        (True, ORDINARY, 0.005),
        (False, THIRD, 0.005),
        (True, THIRD, 0.03),
        (False, LATER, 0.005),
        (True, LATER, 0.03),
    ],
    ids=KINDS,
)
def test_honest_texts_are_not(aside: bool, batches: frozenset[int], most: float):
    assert flagged_share("honest", aside, batches) <= most
