"""How the time of reading grows with the length of a text, for natural and for hostile ones.

    python -m benchmarks.growth_bench

Prints milliseconds of processor time per 1,000 characters: a row that stays level grows with the
length, one that rises grows faster. Hostile texts are what makes a reader slow that looks at
everything together with everything: no end of sentence, only names, only brackets.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from collections.abc import Iterator

from benchmarks import corpus
from bot.garbage import kept_for_good
from rules import companies
from rules.engine import Engine
from rules.model import Article

LENGTHS = (300, 1_200, 5_000, 20_000, 100_000)
REPEATED = {
    "one character": "的",
    "one digit": "1",
    "digits": "1234567890",
    "opening brackets": "(",
    "pairs of brackets": "()",
    "opening quotes": "「",
    "percent signs": "%",
    "commas": "，",
    "line breaks": "\n台",
    "codes": "2330 ",
    "one Latin letter": "a",
    "dots in a word": "l.i.n.e.",
    "blanks in a word": "加 賴 ",
    "emoji": "🔥飆",
    "ids of LINE": "加line id",
    "one event": "裁員",
    "one figure": "營收100億元",
}
ENGLISH = (
    "Nvidia Corp. said on Monday it would spend $3.5 billion on data centers, ahead of Amazon.com "
    "Inc. and Microsoft. Shares of Apple fell 3.2% after it cut its outlook, and Tesla announced "
    "layoffs of 1,200 workers. Analysts raised their price target to $250 from $210. "
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--longest", type=int, default=LENGTHS[-1], help="characters")
    longest = parser.parse_args().longest
    with kept_for_good():
        engine = Engine()
        lengths = [length for length in LENGTHS if length <= longest]
        rows = {name: [text[:length] for length in lengths] for name, text in texts(longest)}
    print(f"{'ms per 1,000 characters of':<28}" + "".join(f"{length:>9,}" for length in lengths))
    for name, row in rows.items():
        print(f"{name:<28}" + "".join(f"{_milliseconds(engine, text):>9.2f}" for text in row))


def texts(length: int) -> Iterator[tuple[str, str]]:
    """A name and a text of at least ``length`` characters of each kind."""
    article = corpus.article("1", length, corpus.Dice(9), corpus.bundled()).text
    yield "made articles", article
    yield "English articles", _repeated(ENGLISH, length)
    yield "articles without any mark", _repeated("".join(filter(str.isalnum, article)), length)
    names = [company.name for company in companies.directory()]
    drawn = random.Random(1).choices(names, k=length)
    yield "companies' names", "".join(drawn)
    yield "a list of companies", "、".join(drawn)
    for name, piece in REPEATED.items():
        yield name, _repeated(piece, length)


def _repeated(piece: str, length: int) -> str:
    return "".join(itertools.repeat(piece, length // len(piece) + 1))


def _milliseconds(engine: Engine, text: str) -> float:
    """Of the best of several readings, per 1,000 characters."""
    article = Article("1", "台積電裁員 Nvidia cuts jobs", text, "bench", corpus.NOW)
    best = float("inf")
    for _ in range(3 if len(text) <= 20_000 else 1):
        started = time.process_time()
        engine.read(article)
        best = min(best, time.process_time() - started)
    return best * 1e6 / len(text)


if __name__ == "__main__":
    main()
