"""``tickerbell cluster`` from outside: order of time inside, order of input outside."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.running import objects, tickerbell

CASES = Path(__file__).parents[1] / "cases" / "stories.jsonl"


def _article(name: str, title: str, published: str = "2026-02-06T09:00:00+08:00") -> str:
    return json.dumps({"id": name, "title": title, "published": published}, ensure_ascii=False)


def test_a_story_is_named_after_its_earliest_article_whatever_the_order_of_the_file() -> None:
    given = [
        _article("late", "亞馬遜證實裁員16,000人", "2026-01-28T21:00:00+08:00"),
        _article("other", "台積電1月營收創新高", "2026-01-28T12:00:00+08:00"),
        _article("early", "亞馬遜宣布裁員1.6萬人", "2026-01-28T20:00:00+08:00"),
    ]

    done = tickerbell("cluster", "--articles", "-", stdin="\n".join(given))

    assert objects(done.stdout) == [
        {"id": "late", "story": "early"},
        {"id": "other", "story": "other"},
        {"id": "early", "story": "early"},
    ]


def test_the_labelled_cases_come_back_one_line_each_in_their_order() -> None:
    given = [json.loads(line)["id"] for line in CASES.read_text("utf-8").splitlines()]

    done = tickerbell("cluster", "--articles", str(CASES))

    assert done.returncode == 0
    assert [o["id"] for o in objects(done.stdout)] == given
    assert {o["story"] for o in objects(done.stdout)} <= set(given)


@pytest.mark.skipif(
    "TICKERBELL_SHARED" not in os.environ, reason="TICKERBELL_SHARED names no shared data"
)
def test_the_posts_of_one_real_page_are_stories_of_their_own() -> None:
    page = next(Path(os.environ["TICKERBELL_SHARED"], "seeds").glob("*.txt"))
    posts = [line.strip() for line in page.read_text("utf-8").splitlines() if len(line) > 80]
    given = [json.dumps({"id": str(n), "text": post}) for n, post in enumerate(posts)]

    done = tickerbell("cluster", "--articles", "-", stdin="\n".join(given))

    assert len({o["story"] for o in objects(done.stdout)}) == len(posts)
