"""Which rules match an article, and what it costs: ours beside others, in one run.

    python -m benchmarks.rules_bench                      # 10,000, 100,000 and 1,000,000 rules
    python -m benchmarks.rules_bench --sizes 10000 --articles 200

Times are processor time on one core for an article that was read before: finding its keywords (one
pass, word boundaries judged) and matching. README.md says what each contender is given.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks import corpus
from benchmarks.contenders import Answer, Contender, peers, slow
from rules.engine import Analysis, Engine
from rules.index import RuleIndex
from rules.model import Term

PEERS_UP_TO, SLOW_UP_TO = 100_000, 10_000  # rules
FEW, FEWER = 50, 10  # articles for what takes milliseconds, and tenths of a second


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    options = parser.parse_args()
    if options.one:  # each size in a process of its own: memory is that size's alone
        print(json.dumps(measured(options.one, options.articles)))
        return
    results = []
    for size in options.sizes:
        command = [sys.executable, "-m", "benchmarks.rules_bench", "--one", str(size)]
        command += ["--articles", str(options.articles)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        results.append(json.loads(done.stdout))
        show(results[-1])
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), "utf-8")


def show(result: dict[str, object]) -> None:
    rows = result.pop("ways")
    print("\n" + ", ".join(f"{key} {value:,}" for key, value in result.items()))
    print(f"{'':<42}{'us/article':>12}{'p99':>12}{'matches':>10}{'times ours':>12}")
    assert isinstance(rows, list)
    for row in rows:
        if "note" in row:
            print(f"{row['name']:<42}{row['note']}")
            continue
        ratio = row["us"] / row["ours_us"]
        print(
            f"{row['name']:<42}{row['us']:>12,.0f}{row['p99']:>12,.0f}{row['matches']:>10,.0f}{ratio:>12.1f}"
        )
    result["ways"] = rows


def measured(size: int, count: int) -> dict[str, object]:
    """Every figure for this many rules and articles."""
    engine = Engine()
    read = [engine.analyse(article) for article in corpus.articles(count)]
    warm = RuleIndex(corpus.rules(100))  # loads the dictionary
    for analysis in read[:20]:
        warm.find(analysis.document, analysis.reading).rules()
    making = Made(corpus.rules(size))
    before, started = memory(), time.process_time()
    index = RuleIndex(making)
    index.find(read[0].document, read[0].reading).rules()  # builds the automaton
    built = time.process_time() - started - making.seconds
    bytes_per_rule = round((memory() - before) / size)
    candidates = sum(index.candidates(a.document, a.reading) for a in read[:100]) // len(read[:100])
    return {
        "rules": size,
        "articles": count,
        "characters": sum(len(a.document.text) for a in read) // len(read),
        "build seconds": round(built, 1),
        "bytes a rule": bytes_per_rule,
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "candidates": candidates,
        "us to add and remove": changes(index),
        "ways": [*ways(index, size, read)],
    }


def ways(index: RuleIndex, size: int, read: Sequence[Analysis]) -> Iterator[dict[str, object]]:
    """Each way to match with its times; ours again on the same articles beside each other one."""

    def ids(analysis: Analysis) -> int:
        return len(index.find(analysis.document, analysis.reading).rules())

    def which(analysis: Analysis) -> int:
        return len(index.find(analysis.document, analysis.reading))

    def evidence(analysis: Analysis) -> int:
        return len(index.match(analysis.document, analysis.reading))

    yield timed(Contender("ours: which rules", which), ids, read)
    yield timed(Contender("ours: their ids, in order", ids), ids, read)
    yield timed(Contender("ours: each with its evidence", evidence), ids, read[:FEW])
    if size <= PEERS_UP_TO:
        for contender in peers(size):
            yield timed(contender, ids, read[:FEW])
    if size <= SLOW_UP_TO:
        for contender in slow(size):
            yield timed(contender, ids, read[:FEWER])


def timed(contender: Contender, ours: Answer, read: Sequence[Analysis]) -> dict[str, object]:
    """Microseconds an article, and of ours on the same articles at the same time."""
    if contender.answer is None:
        return {"name": contender.name, "note": contender.note}
    contender.answer(read[0])
    matches, times, own = 0, [], 0.0
    for analysis in read:
        started = time.process_time()
        matches += contender.answer(analysis)
        between = time.process_time()
        times.append(between - started)
        ours(analysis)
        own += time.process_time() - between
    times.sort()
    return {
        "name": contender.name,
        "us": sum(times) * 1e6 / len(times),
        "p99": times[int(len(times) * 0.99)] * 1e6,
        "matches": matches / len(times),
        "ours_us": own * 1e6 / len(times),
    }


class Made:
    """Rules as they are made, with the time that their making takes."""

    def __init__(self, rules: Iterator[tuple[str, Term]]) -> None:
        self._rules = rules
        self.seconds = 0.0

    def __iter__(self) -> Iterator[tuple[str, Term]]:
        while True:
            started = time.process_time()
            some = list(islice(self._rules, 100))
            self.seconds += time.process_time() - started
            yield from some
            if not some:
                return


def changes(index: RuleIndex) -> float:
    """Microseconds to add a rule and to remove it again, over two thousand of them."""
    fresh = [(f"new{number}", term) for number, (_, term) in enumerate(corpus.rules(2_000, 99))]

    def change() -> None:
        for rule, term in fresh:
            index.add(rule, term)
        for rule, _ in fresh:
            index.remove(rule)

    return round(spent(change) * 1e6 / len(fresh), 1)


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor time that ``work`` takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def memory() -> int:
    """Bytes of memory that this process holds, without what it has freed; Linux."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main()
