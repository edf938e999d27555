"""Which rules match an article, and what it costs: ours beside others, in one run.

    python -m benchmarks.rules_bench                      # 10,000, 100,000 and 1,000,000 rules
    python -m benchmarks.rules_bench --sizes 10000 --articles 200

Times are processor time on one core for an article that was read before. Contenders take turns, a
round of all articles each, for several rounds; each one's best round counts. The verdicts on word
boundaries that are remembered at the start of a round are those of other articles.
README.md says what each contender is given.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice, product
from pathlib import Path

from benchmarks import corpus
from benchmarks.contenders import OURS, SHARED, Answer, Contender, ours, peers, slow
from bot.garbage import kept_for_good
from rules.engine import Analysis, Engine
from rules.index import Merged, RuleIndex
from rules.model import Term
from rules.words import words

PEERS_UP_TO, SLOW_UP_TO = 100_000, 10_000  # rules
FEWER = 10  # articles for what takes tenths of a second
ROUNDS = 5
OTHERS = 200  # articles read before each round


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
    print(
        f"{'':<42}{'us/article':>12}{'articles':>10}{'matches':>10}{'times ours':>12}{'beyond':>9}"
    )
    assert isinstance(rows, list)
    for row in rows:
        if "note" in row:
            print(f"{row['name']:<42}{row['note']}")
            continue
        beyond = f"{row['beyond']:>9.1f}" if row["beyond"] > 0 else ""
        print(
            f"{row['name']:<42}{row['us']:>12,.0f}{row['articles']:>10}"
            f"{row['matches']:>10,.0f}{row['times']:>12.1f}{beyond}"
        )
    result["ways"] = rows


def measured(size: int, count: int) -> dict[str, object]:
    """Every figure for this many rules and articles."""
    engine = Engine()
    read = [engine.analyse(article) for article in corpus.articles(count)]
    warm = RuleIndex(corpus.rules(100))  # loads the dictionary
    for analysis in read[:20]:
        warm.find(analysis.document, analysis.reading).rules()
    others = [engine.analyse(article) for article in corpus.articles(OTHERS, 12)]
    making = Made(corpus.rules(size))
    before, started = memory(), time.process_time()
    index = RuleIndex(making)
    index.find(read[0].document, read[0].reading).rules()  # builds the automaton
    built = time.process_time() - started - making.seconds
    bytes_per_rule = round((memory() - before) / size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    guessed = candidates(index, read)
    learned = index.learned((a.document, a.reading) for a in others)
    index = RuleIndex(corpus.rules(size), frequencies=learned)
    found = [*ways(index, size, read, others)]
    return {
        "rules": size,
        "articles": count,
        "characters": sum(len(a.document.text) for a in read) // len(read),
        "build seconds": round(built, 1),
        "bytes a rule": bytes_per_rule,
        "peak MB": peak,
        "candidates": candidates(index, read),
        "with guessed frequencies": guessed,
        "us to add and remove": changes(index),
        **pauses(index, read),
        "ways": found,
    }


def candidates(index: RuleIndex, read: Sequence[Analysis]) -> int:
    """Clauses looked at in an article, on average."""
    return sum(index.candidates(a.document, a.reading) for a in read) // len(read)


def ways(
    index: RuleIndex, size: int, read: Sequence[Analysis], others: Sequence[Analysis]
) -> Iterator[dict[str, object]]:
    """Each way to match with its times; ours again on the same articles beside slower ones."""
    with kept_for_good():  # as the program does
        mine = [*ours(index)]
        others_too = [*mine, *peers(size)] if size <= PEERS_UP_TO else mine
        shown = Contender("ours: each with its evidence", evidence(index))

    def forget() -> None:
        words().forget()
        for analysis in others:
            index.find(analysis.document, analysis.reading)

    yield from timed(others_too, read, forget)
    yield from timed([*mine[1:], shown], read[:FEWER], forget, 2)[-1:]
    if size <= SLOW_UP_TO:
        yield from timed([*mine[1:], *slow(size)], read[:FEWER], forget, 1)[-3:]


def evidence(index: RuleIndex) -> Answer:
    return lambda analysis: len(index.match(analysis.document, analysis.reading))


def timed(
    contenders: Sequence[Contender],
    read: Sequence[Analysis],
    forget: Callable[[], None],
    rounds: int = ROUNDS,
) -> list[dict[str, object]]:
    """Each one's best round: microseconds an article, and how many times ours.

    ``beyond`` is the same ratio without what all share: finding out what the article has.
    """
    spent_on: dict[str, float] = {}
    matches: dict[str, int] = {}
    able = [(name, answer) for name, answer, _ in contenders if answer]
    for _, (name, answer) in product(range(rounds), able):
        forget()
        started = time.process_time()
        matches[name] = sum(map(answer, read))
        took = (time.process_time() - started) * 1e6 / len(read)
        spent_on[name] = min(took, spent_on.get(name, took))
    shared, own = spent_on[SHARED], spent_on[OURS]
    return [
        {"name": name, "note": note}
        if answer is None
        else {
            "name": name,
            "us": spent_on[name],
            "articles": len(read),
            "matches": matches[name] / len(read),
            "times": spent_on[name] / own,
            "beyond": (spent_on[name] - shared) / (own - shared),
        }
        for name, answer, note in contenders
    ]


class Made:
    """Rules as they are made, with the time that their making takes."""

    def __init__(self, rules: Iterator[tuple[int, Term]]) -> None:
        self._rules = rules
        self.seconds = 0.0

    def __iter__(self) -> Iterator[tuple[int, Term]]:
        while True:
            started = time.process_time()
            some = list(islice(self._rules, 100))
            self.seconds += time.process_time() - started
            yield from some
            if not some:
                return


def changes(index: RuleIndex) -> float:
    """Microseconds to add a rule and to remove it again, over two thousand of them."""
    fresh = [(-1 - number, term) for number, term in corpus.rules(2_000, 99)]

    def change() -> None:
        for rule, term in fresh:
            index.add(rule, term)
        for rule, _ in fresh:
            index.remove(rule)

    return round(spent(change) * 1e6 / len(fresh), 1)


def pauses(index: RuleIndex, read: Sequence[Analysis]) -> dict[str, float]:
    """How long the matching thread is held up while another merges all rules; clock time.

    ``ms to find``: the median and the longest of the finds during the merge.
    """
    for number, term in corpus.rules(5_000, 98):
        index.add(-1 - number, term)
    found: list[float] = []
    done: list[Merged] = []
    started = time.perf_counter()
    work = index.merge(everything=True)
    handed = time.perf_counter() - started
    assert work
    thread = threading.Thread(target=lambda: done.append(work.run()))
    thread.start()
    for analysis in cycle(read):
        if not thread.is_alive():
            break
        before = time.perf_counter()
        index.find(analysis.document, analysis.reading)
        found.append(time.perf_counter() - before)
    merged, started = time.perf_counter() - started, time.perf_counter()
    index.adopt(done[0])
    adopted = time.perf_counter() - started
    found.sort()
    return {
        "ms to find while merging": round(found[len(found) // 2] * 1e3, 1),
        "ms at most": round(found[-1] * 1e3, 1),
        "ms to hand out and adopt": round((handed + adopted) * 1e3, 1),
        "seconds to merge": round(merged, 1),
    }


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
