"""Finding an article's story among 100,000 stored ones. Beside it: MinHash LSH of datasketch.

    python -m benchmarks.stories_bench [--articles 100000] [--days 30]

Both are given the same articles, one after the other, then changed copies of some of them and
articles that are nobody's copy. Ours takes the fingerprint of the reading, looks its candidates up
in SQLite and judges them; datasketch signs the character 4-grams (128 permutations), asks its index
in memory and keeps what it estimates at half alike or more. Processor time, without the reading of
the article, which the alerts need anyway. Then both group the labelled stories of ``tests/cases``:
copies are the easy part, one happening in the words of several outlets is what readers see.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from datasketch import MinHash, MinHashLSH

from benchmarks import corpus
from bot.garbage import kept_for_good
from rules import stories
from rules.engine import Engine
from rules.model import Article, Fingerprint, Reading
from rules.text import folded
from storage import Store, open_store
from tests.rules.story_cases import b_cubed, cases

PERMUTATIONS, ALIKE, GRAM = 128, 0.5, 4
QUERIES = 500  # of each kind
HAPPENINGS = (
    "單月營收{n}億元",
    "資本支出上看{n}億美元",
    "傳裁員{m}人",
    "{n}億美元收購",
    "目標價調升至{n}元",
    "獲{n}億元訂單",
    "將建新廠",
    "股價大漲",
    "股價重挫",
    "法說會登場",
    "挨告侵權",
    "調漲價格",
    "產品延後",
    "配息",
    "董事長換人",
    "停工",
    "攜手",
    "進軍",
    "展望樂觀",
    "遭調查",
)


def main() -> None:
    """Store the articles in both, look the queries up in both, and print what it took."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--days", type=float, default=30, help="over which they are spread")
    chosen = options.parse_args()
    with (
        kept_for_good(),
        tempfile.TemporaryDirectory() as folder,
        closing(open_store(Path(folder) / "bench.db")) as store,
    ):
        engine = Engine()
        contenders: tuple[Contender, ...] = (Ours(store), Sketches())
        press = Press()
        base = list(spread(press, chosen.articles, timedelta(days=chosen.days)))
        print(f"{len(base):,} articles over {chosen.days:g} days, µs of processor time each")
        filled = fill(contenders, engine, base)
        for one, seconds in zip(contenders, filled, strict=True):
            print(f"{one.name:12} {'find its story and keep it':32} {seconds * 1e6:>8,.0f}")
        for kind, queries in asked(press, base).items():
            read = [(article, engine.read(article), wanted) for article, wanted in queries]
            for one in contenders:
                print(f"{one.name:12} {kind:32} {report(one, read)}")
        labelled(engine)


class Contender(Protocol):
    """Keeps articles and finds what tells the same. ``spent`` are its seconds so far."""

    name: str
    spent: float

    def keep(self, article: Article, reading: Reading) -> None:
        """Remember the article, in a story that is known or a new one."""

    def find(self, article: Article, reading: Reading) -> set[str]:
        """The ids of the articles that tell the same story."""


Query = tuple[Article, Reading, str]


class Press:
    """Makes articles of some 500 characters that only their copies are like.

    Companies, kinds of events and round figures recur as they do in the press; the rest is drawn
    evenly from the dictionary: ready sentences would make all articles copies of each other, and
    so would a few favourite words. No company does the same twice within two days.
    """

    def __init__(self) -> None:
        self._dice = corpus.Dice(29)
        self._last: dict[tuple[str, str], datetime] = {}

    def article(self, name: str, at: datetime) -> Article:
        """The next article."""
        who, what = self._happening(at)
        (_, other), pick = self._dice.company(), self._dice.random
        told = what.format(n=pick.randint(2, 900), m=pick.randint(2, 300) * 100)
        lines = [f"{who}{self._words(1)}{told}"] + [self._words(16) for _ in range(14)]
        lines[2] = other + lines[2]
        title, text = f"{who}{told} {self._words(3)}", "。".join(lines) + "。"
        outlet = pick.choice(corpus.OUTLETS)
        return Article(name, title, text, "bench", at, outlet, published_at=at)

    def _happening(self, at: datetime) -> tuple[str, str]:
        pick = self._dice.random
        for turn in itertools.count():
            _, who = self._dice.company() if turn < 5 else pick.choice(corpus.followed())
            what = pick.choice(HAPPENINGS)
            last = self._last.get((who, what))
            if last is None or at - last > stories.WINDOW:
                self._last[who, what] = at
                return who, what
        raise AssertionError  # itertools.count does not end

    def _words(self, count: int) -> str:
        return "".join(self._dice.random.choice(corpus.tail()) for _ in range(count))


def spread(press: Press, count: int, over: timedelta) -> Iterator[Article]:
    """Made articles, evenly spread until now."""
    for number in range(count):
        yield press.article(str(number), corpus.NOW - over * (1 - number / count))


def fill(
    contenders: Sequence[Contender], engine: Engine, base: Sequence[Article]
) -> Sequence[float]:
    """Give every article to every contender; the seconds that one article took each."""
    for article in base:
        reading = engine.read(article)
        for one in contenders:
            one.keep(article, reading)
    return [one.spent / len(base) for one in contenders]


def asked(press: Press, base: Sequence[Article]) -> Mapping[str, Sequence[tuple[Article, str]]]:
    """Queries by their kind, each with the id of the article that tells the same, "" for none.

    Copies are of articles of the last day, so that they are inside the window of stories.
    """
    late = [one for one in base if one.at > corpus.NOW - timedelta(days=1)]
    some = late[:: max(1, len(late) // QUERIES)][:QUERIES]
    new = [press.article(f"new{number}", corpus.NOW) for number in range(QUERIES)]
    return {
        "another title": [(retitled(one), one.id) for one in some],
        "a fifth of the sentences gone": [(shortened(one), one.id) for one in some],
        "nobody's copy": [(one, "") for one in new],
    }


def retitled(article: Article) -> Article:
    """The article under a headline that another outlet made of its first sentence."""
    return replace(article, id=f"t{article.id}", title=article.text.partition("。")[0][:24])


def shortened(article: Article) -> Article:
    """The article without every fifth sentence."""
    lines = article.text.split("。")
    kept = [line for number, line in enumerate(lines) if number % 5 != 4]
    return replace(article, id=f"s{article.id}", text="。".join(kept))


def report(one: Contender, queries: Sequence[Query]) -> str:
    """What a look-up takes, how often it finds what it should, and how often another story."""
    before = one.spent
    answers = [one.find(article, reading) for article, reading, _ in queries]
    wanted = [want for _, _, want in queries]
    pairs = list(zip(answers, wanted, strict=True))
    right = sum(want in answer if want else not answer for answer, want in pairs)
    wrong = sum(bool(answer) and want not in answer for answer, want in pairs)
    each = (one.spent - before) / len(queries)
    return f"{each * 1e6:>8,.0f}  right {right} of {len(queries)}, another story {wrong}"


class Ours:
    """The stored index, as the pipeline asks it; the fingerprint is paid for here."""

    name = "ours"

    def __init__(self, store: Store) -> None:
        self.spent = 0.0
        self._store = store
        self._articles: dict[int, set[str]] = {}

    def keep(self, article: Article, reading: Reading) -> None:
        store = self._store
        with store.transaction():
            with clock(self):
                mark = stories.fingerprint(article, reading)
                known = self._story(mark)
                story = store.stories.create(mark, mark.at) if known is None else known
            id_ = store.articles.record(article, reading, [article.id], story, mark.at)
            with clock(self):
                store.stories.join(story, id_, mark, mark.at)
        self._articles.setdefault(story, set()).add(article.id)

    def find(self, article: Article, reading: Reading) -> set[str]:
        with clock(self):
            story = self._story(stories.fingerprint(article, reading))
        return set() if story is None else self._articles[story]

    def _story(self, mark: Fingerprint) -> int | None:
        since = mark.at - stories.WINDOW
        found = self._store.stories.candidates(
            mark.keys, since, stories.CANDIDATES, stories.MEMBERS
        )
        return stories.assign(mark, ((one.id, one.fingerprints) for one in found))


class Sketches:
    """datasketch: signatures of character 4-grams, in an index in memory."""

    name = "datasketch"

    def __init__(self) -> None:
        self.spent = 0.0
        self._index = MinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS)
        self._signed: dict[str, MinHash] = {}

    def keep(self, article: Article, reading: Reading) -> None:
        del reading
        with clock(self):
            signed = _signature(article)
            self._index.query(signed)
            self._index.insert(article.id, signed)
            self._signed[article.id] = signed

    def find(self, article: Article, reading: Reading) -> set[str]:
        del reading
        with clock(self):
            signed = _signature(article)
            found = self._index.query(signed)
            return {one for one in found if signed.jaccard(self._signed[one]) >= ALIKE}


def _signature(article: Article) -> MinHash:
    text = folded(f"{article.title}\n{article.text}")
    signed = MinHash(num_perm=PERMUTATIONS)
    signed.update_batch([text[i : i + GRAM].encode() for i in range(len(text) - GRAM + 1)])
    return signed


@contextmanager
def clock(contender: Contender) -> Iterator[None]:
    """What happens inside is on this contender's account."""
    started = time.process_time()
    try:
        yield
    finally:
        contender.spent += time.process_time() - started


def labelled(engine: Engine) -> None:
    """B³ precision and recall of both on the labelled stories: one happening, several outlets."""
    known = cases()
    gold = {case.id: case.story for case in known}
    memory: stories.Stories[str] = stories.Stories()
    sketches, ours, theirs = Sketches(), dict[str, str](), dict[str, str]()
    for case in known:
        reading = engine.read(case.article)
        ours[case.id] = memory.add(stories.fingerprint(case.article, reading), case.id)
        like = sketches.find(case.article, reading)
        theirs[case.id] = theirs[min(like)] if like else case.id
        sketches.keep(case.article, reading)
    for name, found in (("ours", ours), ("datasketch", theirs)):
        precision, recall = b_cubed(gold, found)
        told = f"precision {precision:.1%}, recall {recall:.1%}"
        print(f"{name:12} {f'{len(known)} labelled articles, B³':32} {told}")


if __name__ == "__main__":
    main()
