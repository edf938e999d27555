"""Floors on real texts that are not part of the project (see TICKERBELL_SHARED)."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.rules.promoting import judge

SHARED = os.environ.get("TICKERBELL_SHARED", "")
pytestmark = pytest.mark.skipif(not SHARED, reason="TICKERBELL_SHARED names no folder of texts")

# The share of each subset that must be flagged, at least or at most.
LEAST = {"stock_pick_group": 0.95, "advertorial_headline": 0.8, "gov_adjudicated": 0.8}
MOST = {"news": 0.0, "news_hard": 0.0, "factcheck_reply": 0.0, "gov_warning": 0.0}
MOST |= {"ptt": 0.005, "ptt_hard": 0.005, "other": 0.005, "line": 0.005, "finance": 0.005}


def rows(name: str) -> list[dict[str, Any]]:
    lines = (Path(SHARED) / "eval" / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def share(subset: str) -> float:
    texts = [row["text"] for row in rows("promotion_texts.jsonl") if row["subset"] == subset]
    return sum(judge(text).flagged for text in texts) / len(texts)


@pytest.mark.parametrize("subset", LEAST)
def test_real_adverts_are_flagged(subset: str):
    assert share(subset) >= LEAST[subset]


@pytest.mark.parametrize("subset", MOST)
def test_real_honest_texts_are_not(subset: str):
    assert share(subset) <= MOST[subset]


def test_forum_posts_that_name_a_stock_are_not_flagged():
    posts = rows("posts_with_declared_ticker.jsonl")
    flagged = [row["title"] for row in posts if judge(row["body"], row["title"]).flagged]

    assert len(flagged) <= len(posts) * 0.005
