"""The real tag page that the bot was built for, end to end (see TICKERBELL_SHARED)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.running import tickerbell

SHARED = os.environ.get("TICKERBELL_SHARED", "")
pytestmark = pytest.mark.skipif(not SHARED, reason="TICKERBELL_SHARED names no folder of texts")
RULES = ("AMZN 裁員", "AMZN 資本支出", "NVDA")
TOUTED = ("3481.TW", "2419.TW", "4916.TW", "6163.TWO", "6271.TW", "2313.TW", "2367.TW", "6285.TW")


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """What the page brings the first time, and when it is read again."""
    database = str(tmp_path_factory.mktemp("page") / "tickerbell.db")
    pages = sorted(str(page) for page in (Path(SHARED) / "seeds").glob("*.txt"))
    rules = [part for rule in RULES for part in ("--sub", rule)]
    runs = [tickerbell("ingest", *pages, *rules, DATABASE=database) for _ in range(2)]
    return runs[0].stdout, runs[1].stdout


def test_six_alerts_are_sent_and_each_says_the_amount_of_its_own_company(
    twice: tuple[str, str],
) -> None:
    heads = [line for line in twice[0].splitlines() if "｜" in line]

    assert heads == [
        "亞馬遜(AMZN)｜資本支出 ↑ 逾2,000億美元、裁員 16,000人",
        "輝達(NVDA)｜傳投資 200億美元、傳籌資 1,000億美元",
        "輝達(NVDA)｜股價下跌 逾2%",
        "亞馬遜(AMZN)｜裁員 16,000人",
        "輝達(NVDA)；亞馬遜(AMZN)｜資本支出 ↑ 6,020億美元",
        "亞馬遜(AMZN)｜裁員 30,000人",
    ]


def test_the_one_advert_is_held_back_with_its_eight_tickers(twice: tuple[str, str]) -> None:
    lines = twice[0].splitlines()
    touted = next(line for line in lines if "點名：" in line)

    assert sum(line.startswith("　廣告　") for line in lines) == 1
    assert touted.partition("：")[2].split(", ") == list(TOUTED)


def test_the_same_page_again_sends_nothing(twice: tuple[str, str]) -> None:
    assert "｜" not in twice[1]
