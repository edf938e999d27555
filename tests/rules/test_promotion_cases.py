"""The project's own labelled texts: floors on recall and false alarms.

A third of the texts, chosen by a hash of their key, is kept aside: while words and weights were
chosen, its misses were counted by kind but not read. Long posts that share a part stand on the same
side.

Batch 3 was written as unlike the others as its writer could, and measured once before anything was
changed for it: 10 of 150 adverts and 10 of 144 honest texts were flagged. Its third kept aside says
how well the judge does on adverts that nobody prepared it for; its floors are lower for that.
Batch 4 is of ordinary adverts and news; at its first measurement 17 of 18 and 1 of 18 were flagged.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.rules.promoting import judge

UNLIKE = 3
CASES = Path(__file__).parents[1] / "cases" / "promotion.jsonl"


@lru_cache(maxsize=1)
def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def kept_aside(case: dict[str, Any]) -> bool:
    return int(hashlib.sha256(case["key"].encode()).hexdigest()[:8], 16) % 3 == 0


@lru_cache(maxsize=8)
def flagged_share(label: str, aside: bool, unlike: bool) -> float:
    chosen = [
        c
        for c in cases()
        if c["label"] == label and kept_aside(c) == aside and (c.get("batch") == UNLIKE) == unlike
    ]
    found = sum(judge(c["text"], c.get("title", "")).flagged for c in chosen)
    return found / len(chosen)


def test_the_set_is_large_and_half_of_it_long():
    for label, least in (("advert", 150), ("honest", 300)):
        kinds = [c["kind"] for c in cases() if c["label"] == label and c.get("batch") != UNLIKE]

        assert len(kinds) >= least
        assert kinds.count("long") >= len(kinds) / 2


def test_no_text_stands_in_the_set_twice():
    texts = [(c.get("title"), c["text"]) for c in cases()]

    assert len(texts) == len(set(texts))


def test_about_a_third_is_kept_aside():
    share = sum(map(kept_aside, cases())) / len(cases())

    assert 0.25 <= share <= 0.45


@pytest.mark.parametrize(
    ("aside", "unlike", "least"),
    [(False, False, 0.98), (True, False, 0.95), (False, True, 0.87), (True, True, 0.5)],
    ids=["seen", "kept aside", "unlike, seen", "unlike, kept aside"],
)
def test_adverts_are_flagged(aside: bool, unlike: bool, least: float):
    assert flagged_share("advert", aside, unlike) >= least


@pytest.mark.parametrize(
    ("aside", "unlike", "most"),
    [(False, False, 0.005), (True, False, 0.005), (False, True, 0.005), (True, True, 0.03)],
    ids=["seen", "kept aside", "unlike, seen", "unlike, kept aside"],
)
def test_honest_texts_are_not(aside: bool, unlike: bool, most: float):
    assert flagged_share("honest", aside, unlike) <= most
