"""What an article costs as rules become more: a picture, and the figures behind it.

    python -m benchmarks.growth docs/pictures/rules.svg

Two lines for each of time and matches. *As people write them*: all rules are drawn as in
``corpus``, so matches grow with them. *Ten thousand that concern the articles*: those and, for the
rest, rules of the same shapes on words and companies that no article here has, so matches do not.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from benchmarks import corpus
from benchmarks.chart import Line, drawn
from rules.engine import Analysis, Engine
from rules.index import RuleIndex
from rules.model import And, CompanyTerm, EventTerm, KeywordTerm, Not, Or, Term

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
CONCERNED = 10_000
ROUNDS = 5
WRITTEN, IDLE = "as people write them", "only 10,000 concern the articles"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("picture", type=Path, help="the SVG file to write")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--idle", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options.one, options.articles, idle=options.idle)))
        return
    found = {
        name: [_apart(size, options, name) for size in options.sizes] for name in (WRITTEN, IDLE)
    }
    for name, points in found.items():
        print(name, *points, sep="\n  ")
    options.picture.write_text(picture(options.sizes, found), "utf-8")


def _apart(size: int, options: argparse.Namespace, name: str) -> tuple[float, float]:
    """Microseconds and matches an article, measured in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.growth", str(options.picture), "--one", str(size)]
    command += ["--articles", str(options.articles), *(["--idle"] if name == IDLE else [])]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    took, matches = json.loads(done.stdout)
    return took, matches


def measured(size: int, count: int, *, idle: bool) -> tuple[float, float]:
    """The best round's microseconds an article to know which rules match, and how many do."""
    engine = Engine()
    read = [engine.analyse(article) for article in corpus.articles(count)]
    others = [engine.analyse(article) for article in corpus.articles(count, 12)]
    some = corpus.rules(min(size, CONCERNED))
    rules = chain(some, unconcerned(size - CONCERNED)) if idle else corpus.rules(size)
    index = RuleIndex(rules)

    def matches(analyses: Sequence[Analysis]) -> int:
        return sum(len(index.find(a.document, a.reading)) for a in analyses)

    best = float("inf")
    matches(others)
    for _ in range(ROUNDS):
        started = time.process_time()
        found = matches(read)
        best = min(best, time.process_time() - started)
    return best * 1e6 / count, found / count


def unconcerned(count: int) -> Iterator[tuple[int, Term]]:
    """Rules that hold for no article of the corpus: their words and companies are in none."""
    for number, term in corpus.rules(max(0, count), seed=8):
        yield CONCERNED + number, elsewhere(term)


def elsewhere(term: Term) -> Term:
    """The same rule about companies and words of another world."""
    match term:
        case And(parts):
            moved = tuple(dict.fromkeys(map(elsewhere, parts)))
            return moved[0] if len(moved) == 1 else And(moved)
        case Or(parts):
            return Or(tuple(map(elsewhere, parts)))
        case Not(part):
            return Not(elsewhere(part))
        case CompanyTerm(symbol):
            return replace(term, symbol=f"{symbol}.XX")
        case KeywordTerm(text):
            return replace(term, text=f"{text}{text[::-1]}星")
        case EventTerm(kind):
            return And((CompanyTerm(f"{kind}.XX"), term))
    return term


def picture(sizes: Sequence[int], found: dict[str, list[tuple[float, float]]]) -> str:
    """The two charts, one above the other, as SVG."""
    colours = {WRITTEN: "#b5452c", IDLE: "#2c6e8f"}
    time_, matches = (
        [
            Line(name, colours[name], [point[what] for point in points])
            for name, points in found.items()
        ]
        for what in (0, 1)
    )
    return drawn(
        sizes,
        "rules in the index",
        (("microseconds an article", time_), ("rules that match an article", matches)),
    )


if __name__ == "__main__":
    main()
