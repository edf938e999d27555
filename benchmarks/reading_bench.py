"""Reading an article, step by step, beside plain jieba cutting of the same text, in one run.

    python -m benchmarks.reading_bench --articles 100 --characters 1200 --repeats 7

Processor time on one core. The steps and jieba take turns on each article, and an article counts
with the least time that a step ever took for it: what other work on the machine costs falls out,
and falls on all alike. The throughput is of the best whole pass, with nothing left out. jieba only
cuts words; reading folds, scans, finds companies, figures and events, judges promotion and writes
the summary.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import jieba

from benchmarks import corpus
from bot.garbage import kept_for_good
from rules import companies, events, figures, promotion, summary
from rules.document import prepare
from rules.engine import Engine
from rules.index import RuleIndex
from rules.model import Article
from rules.scan import Scanner
from rules.stories import fingerprint
from rules.text import fold

PREPARE, WHOLE = "fold, cut into sentences, scan", "Engine.read"
CUT = "beside it: jieba, as written"

Out = TypeVar("Out")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--characters", type=int, default=1_200)
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args()
    with kept_for_good():  # as the real program does
        bench = Bench()
        dice, lines = corpus.Dice(3), corpus.bundled()
        made = [
            corpus.article(str(number), options.characters, dice, lines)
            for number in range(options.articles)
        ]
        kinds = {"made articles": made, "forum posts": list(posts(options.articles))}
    for kind, articles in kinds.items():
        if articles:
            bench.report(kind, articles, options.repeats)


def posts(count: int) -> Iterator[Article]:
    """Real posts of at least 600 characters, where ``TICKERBELL_SHARED`` says where they are."""
    shared = os.environ.get("TICKERBELL_SHARED")
    if not shared:
        return
    file = Path(shared) / "eval/posts_with_declared_ticker.jsonl"
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    long = [row for row in rows if len(row["body"]) >= 600]
    for row in long[:: max(1, len(long) // count)][:count]:
        yield Article(str(row["id"]), row["title"], row["body"], "bench", corpus.NOW)


class Watch:
    """Takes the time of one step after another."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], Out]) -> Out:
        """What ``work`` answers; its seconds are in ``taken``."""
        started = time.process_time()
        made = work()
        self.taken[name] = time.process_time() - started
        return made


class Bench:
    """The contenders, loaded once."""

    def __init__(self) -> None:
        self.finder = companies.load()
        self.engine = Engine(self.finder)
        self.scanner = Scanner(
            {
                "companies": self.finder.patterns(),
                "events": events.patterns(),
                "figures": figures.patterns(),
                "promotion": promotion.patterns(),
            }
        )
        self.index = RuleIndex(corpus.rules(10_000))
        jieba.setLogLevel("ERROR")
        jieba.initialize()

    def times(self, article: Article) -> dict[str, float]:
        """Seconds of each step for one article."""
        step = Watch()
        text = f"{article.title}\n{article.text}"
        step.time("  fold alone", lambda: fold(text))
        document = step.time(PREPARE, lambda: prepare(article, self.scanner))
        found = step.time("companies", lambda: self.finder.find(document))
        amounts = step.time("figures", lambda: figures.find(document, found))
        happened = step.time("events", lambda: events.find(document, found, amounts))
        step.time("promotion", lambda: promotion.judge(document, found))
        step.time("summary", lambda: summary.choose(document, found, happened, amounts))
        step.time(WHOLE, lambda: self.engine.read(article))
        step.time(CUT, lambda: jieba.lcut(text))
        step.time(f"{CUT[:16]} simplified", lambda: jieba.lcut(document.text))
        step.time(f"{CUT[:16]} the same without HMM", lambda: jieba.lcut(document.text, HMM=False))
        reading = self.engine.analyse(article).reading
        step.time("then: story fingerprint", lambda: fingerprint(article, reading))
        step.time("then: 10,000 rules", lambda: self.index.find(document, reading))
        return step.taken

    def report(self, kind: str, articles: Sequence[Article], repeats: int) -> None:
        """Print what each step takes of an article, beside the whole and beside jieba's cut."""
        for article in articles:  # what is loaded or remembered when first needed
            self.times(article)
        looked = _collections()
        passes = [[self.times(article) for article in articles] for _ in range(repeats)]
        looked = _collections() - looked
        mean = {
            name: sum(min(one[n][name] for one in passes) for n in range(len(articles)))
            / len(articles)
            for name in passes[0][0]
        }
        length = sum(len(a.title) + len(a.text) for a in articles) // len(articles)
        print(f"\n{len(articles)} {kind} of {length} characters on average")
        print(f"{'':<40}{'µs':>8}{'of read':>9}{'of the cut':>12}")
        for name, value in mean.items():
            of_read, of_cut = value / mean[WHOLE], value / mean[CUT]
            print(f"{name:<40}{value * 1e6:>8,.0f}{of_read:>9.2f}{of_cut:>12.2f}")
        best = min(sum(times[WHOLE] for times in one) for one in passes)
        print(f"{len(articles) / best:,.0f} articles a second in the best whole pass of {repeats}")
        print(f"the garbage collector was on, as in the program, and ran {looked} times")


def _collections() -> int:
    return sum(generation["collections"] for generation in gc.get_stats())


if __name__ == "__main__":
    main()
