"""Write rules/data/promotion/background.tsv: how many texts at large have a run of characters.

    TICKERBELL_SHARED=… python benchmarks/data/make_feedback_background.py

Counts runs in the project's own cases without the third that is kept aside, and in the folder's
real texts: adverts and honest ones, forum posts, headlines. Only runs that at least one text in 200
has are written, as texts in 1,000, so that nothing of a single text can be read back.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rules.promotion.feedback import policy
from rules.promotion.learned import edges
from rules.text import folded

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "rules" / "data" / "promotion" / "background.tsv"
LEAST = 1 / 200
HEADLINES_STEP = 20  # they are short and many
HEADER = (
    "# Written by benchmarks/data/make_feedback_background.py: texts in 1,000, run of characters.\n"
)


def kept_aside(key: str) -> bool:
    """Whether the tests keep the case aside (as in tests/rules/test_promotion_cases.py)."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 3 == 0


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def texts(shared: Path) -> Iterator[str]:
    for case in lines(ROOT / "tests" / "cases" / "promotion.jsonl"):
        if not kept_aside(case["key"]):
            yield f"{case.get('title', '')}\n{case['text']}"
    for case in lines(shared / "promotion_texts.jsonl"):
        yield f"\n{case['text']}"
    for post in lines(shared / "posts_with_declared_ticker.jsonl"):
        yield f"{post['title']}\n{post['body']}"
    for line in lines(shared / "headlines_2020_2021.jsonl")[::HEADLINES_STEP]:
        yield f"{line['title']}\n"


def runs(text: str) -> set[str]:
    read = edges(folded(text))
    return {read[at : at + n] for n in policy().runs for at in range(len(read) - n + 1)}


def main() -> None:
    counts: Counter[str] = Counter()
    total = 0
    for text in texts(Path(os.environ["TICKERBELL_SHARED"]) / "eval"):
        counts.update(runs(text))
        total += 1
    common = [(round(1000 * n / total), run) for run, n in counts.items() if n >= total * LEAST]
    rows = sorted(common, key=lambda row: (-row[0], row[1]))
    body = "".join(f"{rate}\t{run.replace(' ', '␣')}\n" for rate, run in rows)
    TARGET.write_text(HEADER + body, "utf-8")
    print(f"{total} texts, {len(rows)} runs")


if __name__ == "__main__":
    main()
