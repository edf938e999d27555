"""Reading an article, step by step, beside plain jieba cutting of the same text, in one run.

    python -m benchmarks.reading_bench --articles 200 --characters 1200

Times are processor time on one core. jieba only cuts words; reading folds, scans, finds companies,
figures and events, judges promotion and writes the summary.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import jieba

from benchmarks import corpus
from rules import events, figures, promotion, summary
from rules.companies import load
from rules.document import prepare
from rules.engine import Engine
from rules.index import RuleIndex
from rules.model import Article
from rules.scan import Scanner
from rules.stories import fingerprint
from rules.text import fold

Out = TypeVar("Out")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--characters", type=int, default=1_200)
    options = parser.parse_args()
    dice = corpus.Dice(3)
    lines = corpus.bundled()
    texts = [
        corpus.article(str(number), options.characters, dice, lines)
        for number in range(options.articles)
    ]
    steps = measured(texts)
    length = sum(len(a.title) + len(a.text) for a in texts) // len(texts)
    print(f"{len(texts)} articles of {length} characters, microseconds each")
    whole = steps["Engine.read"]
    for name, micros in steps.items():
        print(f"{name:<44}{micros:>10,.0f}{micros / whole:>8.2f}")


def measured(articles: Sequence[Article]) -> dict[str, float]:
    """Microseconds an article of each step, and of the whole."""
    engine, finder = Engine(), load()
    scanner = Scanner(
        {
            "companies": finder.patterns(),
            "events": events.patterns(),
            "figures": figures.patterns(),
            "promotion": promotion.patterns(),
        }
    )
    index = RuleIndex(corpus.rules(10_000))
    for article in articles[:20]:  # loads what is loaded when first needed
        engine.read(article)
    steps: dict[str, float] = {}

    def step(name: str, work: Callable[[int], Out]) -> list[Out]:
        started = time.process_time()
        made = [work(number) for number in range(len(articles))]
        steps[name] = (time.process_time() - started) * 1e6 / len(articles)
        return made

    step("  fold alone", lambda n: fold(f"{articles[n].title}\n{articles[n].text}"))
    read = step("fold, cut into sentences, scan", lambda n: prepare(articles[n], scanner))
    found = step("companies", lambda n: finder.find(read[n]))
    amounts = step("figures", lambda n: figures.find(read[n], found[n]))
    happened = step("events", lambda n: events.find(read[n], found[n], amounts[n]))
    step("promotion", lambda n: promotion.judge(read[n], found[n]))
    step("summary", lambda n: summary.choose(read[n], found[n], happened[n], amounts[n]))
    readings = step("Engine.read", lambda n: engine.analyse(articles[n]))
    step("then: story fingerprint", lambda n: fingerprint(articles[n], readings[n].reading))
    step("then: 10,000 rules", lambda n: index.find(readings[n].document, readings[n].reading))
    texts = [f"{article.title}\n{article.text}" for article in articles]
    simplified = [document.text for document in read]
    jieba.initialize()
    step("beside it: jieba.lcut, as written", lambda n: jieba.lcut(texts[n]))
    step("beside it: jieba.lcut, simplified", lambda n: jieba.lcut(simplified[n]))
    step(
        "beside it: jieba.lcut, simplified, no HMM", lambda n: jieba.lcut(simplified[n], HMM=False)
    )
    return steps


if __name__ == "__main__":
    main()
