"""How long does /test take with a month of articles stored? Beside it: trying every article.

    python -m benchmarks.preview_bench [--articles 30000]

The store is made in a temporary folder. Times are processor time, the least of several turns.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks import corpus
from bot.chat.context import Context
from bot.chat.preview import WINDOW, preview, searchable
from bot.knowledge import Knowledge, learn
from rules.backtest import Past, backtest
from rules.model import Fingerprint, Term
from rules.text import folded
from rules.words import words
from storage import Store, open_store

DISTINCT = 1_000  # articles that are really read; the store repeats them
TURNS = 5
SAMPLE = 1_000  # articles that "every article" is extrapolated from


def main() -> None:
    """Build the store and print a line a rule."""
    options = argparse.ArgumentParser()
    options.add_argument("--articles", type=int, default=30_000)
    count = options.parse_args().articles
    knowledge = learn()
    words()  # loaded once for all
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_store(Path(folder) / "bench.db")) as store,
    ):
        added = fill(store, knowledge, count)
        size = (Path(folder) / "bench.db").stat().st_size / 1e6
        print(f"{count:,} articles, {size:,.0f} MB; to be found: {added * 1e3:.2f} ms an article")
        heads = ("candidates", "tried", "search ms", "/test ms", "times")
        print(f"{'rule':24}", *(f"{head:>10}" for head in heads))
        for typed in rules():
            print(line(store, knowledge, typed))


def rules() -> Iterator[str]:
    """Common and rare, by company, event and word, and with nothing to search by."""
    (_, common), (_, rare) = corpus.followed()[0], corpus.followed()[150]
    yield from (common, rare, f"{common} 裁員", "#資本支出", "需求 -傳聞", "低軌衛星")
    yield from (
        "lang:zh 營收",
        f"來源:{corpus.OUTLETS[0]}",
        "/需求.{1,9}成長/",
        "/[0-9]+%/",
        "毛利率>50%",
    )


def fill(store: Store, knowledge: Knowledge, count: int) -> float:
    """Store articles of the last thirty days, evenly spread; seconds that the search costs each."""
    distinct = list(corpus.articles(DISTINCT))
    read = [knowledge.engine.analyse(article) for article in distinct]
    seconds = 0.0
    for start in range(0, count, 500):
        with store.transaction():
            for number in range(start, min(start + 500, count)):
                at = corpus.NOW - WINDOW * (1 - number / count)
                place = number * 7 % DISTINCT
                analysis = read[place]
                told = replace(distinct[place], id=str(number), fetched_at=at, published_at=at)
                mark = Fingerprint(at, *([frozenset()] * 4), frozenset({str(number)}))
                story = store.stories.create(mark, at)
                id_ = store.articles.record(told, analysis.reading, [str(number)], story, at)
                found = [("outlet", folded(told.outlet), told.outlet)]
                store.sources.note_origins(id_, found, flagged=False, now=at)
                text, end = analysis.document.text, analysis.document.title_end
                before = time.process_time()
                store.search.add(id_, at, analysis.reading, text[:end], text[end:])
                seconds += time.process_time() - before
    return seconds / count


def line(store: Store, knowledge: Knowledge, typed: str) -> str:
    """What one rule takes: the search, the whole preview, and how much less that is than all."""
    term = knowledge.language.parse(typed).term
    now = corpus.NOW + timedelta(minutes=1)
    chat = store.chats.ensure("bench", "1", "", "zh-TW", "Asia/Taipei", now)
    context = Context(
        store,
        knowledge.language,
        lambda _: (),
        chat,
        "",
        now,
        reader=knowledge.engine,
        say_changes=lambda *_: "",
    )
    seen = preview(context, term)
    search = least(lambda: store.search.candidates(searchable(term), now - WINDOW))
    whole = least(lambda: preview(context, term))
    all_ids = [s.id for s in store.articles.recent(SAMPLE)]
    every = least(lambda: everything(store, all_ids, term), 1) * store.search.count(now - WINDOW)
    times = every / SAMPLE / whole
    row = (f"{seen.candidates:,}", seen.tried, f"{search * 1e3:.1f}", f"{whole * 1e3:.1f}")
    return " ".join([f"{typed:24}", *(f"{value:>10}" for value in (*row, f"{times:.0f}"))])


def everything(store: Store, ids: list[int], term: Term) -> None:
    """The rule tried on these articles, without any search."""
    backtest(term, [Past(s.id, s.article, s.reading, s.story) for s in store.search.load(ids)])


def least(job: Callable[[], object], turns: int = TURNS) -> float:
    """The least processor time of several turns, in seconds."""
    times = []
    for _ in range(turns):
        before = time.process_time()
        job()
        times.append(time.process_time() - before)
    return min(times)


if __name__ == "__main__":
    main()
