"""Finding stored articles by what is in them: companies, kinds of events, words.

``candidates`` answers a whole rule with a superset: every article for which the rule holds is
among them, and whoever asks evaluates those exactly. Words are looked up in SQLite's full-text
index. Its tokenizers cut Chinese badly, so the text is cut here: every character from U+2E80 on is
a token of its own, and so is each run of other letters and digits; a keyword is then a phrase.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rules.model import (
    MEASURES,
    And,
    CompanyTerm,
    EventTerm,
    KeywordTerm,
    LangTerm,
    Not,
    Or,
    PromoTerm,
    Reading,
    SourceTerm,
    Term,
)
from storage.articles import COLUMNS, article_of
from storage.codec import load_reading_for_rules
from storage.database import Database, Value
from storage.rows import StoredArticle
from storage.times import micros, moment_or_none

_TOKENS = re.compile("[^\\W_\u2e80-\U0010ffff]+|[^\\W_]")  # \\W is what str.isalnum denies, and _
_ANY = "1"
_LAST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the articles from the newest to the oldest: that of this one."""

    at: datetime
    article: int


@dataclass(slots=True)
class _Query:
    """A term as SQL over ``search_articles AS s`` that holds at least where the term does."""

    values: dict[str, Value] = field(default_factory=dict)

    def of(self, term: Term) -> str:
        match term:
            case And(parts):
                return f"({' AND '.join(map(self.of, parts))})"
            case Or(parts):
                return f"({' OR '.join(map(self.of, parts))})"
            case Not(part):
                exact = isinstance(part, CompanyTerm | LangTerm | PromoTerm)
                return f"NOT {self.of(part)}" if exact else _ANY
        return self._atom(term)

    def _atom(self, term: Term) -> str:
        match term:
            case CompanyTerm(symbol, about):
                which = f"symbol = {self._put(symbol)}" + (" AND about = 1" if about else "")
                return f"s.article IN (SELECT article FROM article_companies WHERE {which})"
            case EventTerm(kind):
                which = f"kind = {self._put(kind)}"
                return f"s.article IN (SELECT article FROM article_events WHERE {which})"
            case KeywordTerm(text, _, title):
                return self._words(text, title)
            case SourceTerm(text):
                return self._source(text)
            case LangTerm(lang):
                return f"s.lang = {self._put(lang)}"
            case PromoTerm(flagged):
                return f"s.flagged = {self._put(int(flagged))}"
        return _ANY  # a kind of term that came later: nothing is ruled out

    def _words(self, text: str, title: bool) -> str:
        phrase = cut(text)
        if not phrase or "\n" in text:  # marks only, or across title and text: no such phrase
            return _ANY
        wanted = self._put(f'{"title : " if title else ""}"{phrase}"')
        match = f"article_words MATCH {wanted} AND rowid >= :first"
        return f"s.article IN (SELECT rowid FROM article_words WHERE {match})"

    def _source(self, text: str) -> str:
        return (
            "s.article IN (SELECT article FROM article_origins WHERE (kind, value) IN"
            " (SELECT kind, value FROM origins WHERE kind IN ('outlet', 'author', 'feed')"
            f" AND instr(value, {self._put(' '.join(text.split()))})))"
        )

    def _put(self, value: Value) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"


class Search:
    """What stored articles are found by. ``add`` fills it, in the transaction of the recording."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self,
        article: int,
        at: datetime,
        reading: Reading,
        title: str,
        text: str,
        sketch: Collection[int] = (),
    ) -> None:
        """The article is found from now on; ``title`` and ``text`` are folded. Twice is once.

        ``at`` is when it was published (``Article.at``), ``sketch`` by what texts that say the same
        are found.
        """
        with self._db.transaction():
            self._db.run(
                "INSERT OR REPLACE INTO search_articles (article, at, lang, flagged)"
                " VALUES (:article, :at, :lang, :flagged)",
                article=article,
                at=micros(at),
                lang=reading.lang,
                flagged=int(reading.promotion.flagged),
            )
            self._db.run("DELETE FROM article_words WHERE rowid = :article", article=article)
            self._db.run(
                "INSERT INTO article_words (rowid, title, text) VALUES (:article, :title, :text)",
                article=article,
                title=cut(title),
                text=cut(text),
            )
            self._add_sketch(article, sketch)
            self._add_companies(article, reading)
            self._add_events(article, reading)
            self._db.run("DELETE FROM search_queue WHERE article = :article", article=article)

    def _add_sketch(self, article: int, sketch: Collection[int]) -> None:
        self._db.run("DELETE FROM article_sketches WHERE article = :article", article=article)
        self._db.run(
            "INSERT INTO article_sketches (run, article)"
            " SELECT value, :article FROM json_each(:sketch)",
            article=article,
            sketch=json.dumps(sorted(set(sketch))),
        )

    def _add_companies(self, article: int, reading: Reading) -> None:
        about = {m.company.symbol: int(m.about) for m in reading.mentions}
        self._db.run(
            "INSERT OR REPLACE INTO article_companies (symbol, article, about)"
            " SELECT key, :article, value FROM json_each(:about)",
            article=article,
            about=json.dumps(about),
        )

    def _add_events(self, article: int, reading: Reading) -> None:
        kinds = {event.kind for event in reading.events if not event.background}
        kinds |= {figure.kind for figure in reading.figures if figure.kind in MEASURES}
        self._db.run(
            "INSERT OR REPLACE INTO article_events (kind, article)"
            " SELECT value, :article FROM json_each(:kinds)",
            article=article,
            kinds=json.dumps(sorted(kinds)),
        )

    def waiting(self, limit: int) -> tuple[StoredArticle, ...]:
        """The latest articles that were stored and not added yet, newest first."""
        rows = self._db.all(
            f"SELECT {COLUMNS} FROM articles AS a WHERE a.id IN"
            " (SELECT article FROM search_queue ORDER BY article DESC LIMIT :limit)"
            " ORDER BY a.id DESC",
            limit=limit,
        )
        return tuple(article_of(row) for row in rows)

    def candidates(self, term: Term, since: datetime) -> tuple[int, ...]:
        """The ids of all articles published since then for which ``term`` may hold, newest first.

        None for which it holds is missing: one that was not added yet is always among them.
        """
        query = _Query()
        where = query.of(term)
        rows = self._db.all(
            f"SELECT article, at FROM search_articles AS s WHERE at >= :since AND {where}"
            " UNION SELECT q.article, coalesce(a.published_at, a.fetched_at) AS at"
            " FROM search_queue AS q JOIN articles AS a ON a.id = q.article WHERE at >= :since"
            " ORDER BY at DESC, article DESC",
            since=micros(since),
            first=self._first(since),
            **query.values,
        )
        return tuple(row["article"] for row in rows)

    def newest(self, term: Term, before: Cursor | None, limit: int) -> tuple[int, ...]:
        """At most ``limit`` ids of articles for which ``term`` may hold, newest first.

        With ``before`` only older ones than that place. As with ``candidates`` none is missing.
        """
        query = _Query()
        where = query.of(term)
        at, article = (micros(before.at), before.article) if before else (_LAST, _LAST)
        newest = "ORDER BY at DESC, article DESC LIMIT :limit"
        rows = self._db.all(
            "SELECT article, at FROM (SELECT article, at FROM search_articles AS s"
            f" WHERE (at, article) < (:at, :article) AND {where} {newest})"
            " UNION SELECT article, at FROM (SELECT q.article,"
            " coalesce(a.published_at, a.fetched_at) AS at"
            " FROM search_queue AS q JOIN articles AS a ON a.id = q.article"
            f" WHERE (at, q.article) < (:at, :article) {newest}) {newest}",
            at=at,
            article=article,
            first=0,
            limit=limit,
            **query.values,
        )
        return tuple(row["article"] for row in rows)

    def load(self, ids: Sequence[int]) -> Iterator[StoredArticle]:
        """The articles with these ids in this order; one that is gone is left out.

        Their readings hold what rules look at and no more (``codec.load_reading_for_rules``).
        """
        rows = self._db.all(
            f"SELECT {COLUMNS} FROM json_each(:ids) AS j JOIN articles AS a ON a.id = j.value"
            " ORDER BY j.key",
            ids=json.dumps(list(ids)),
        )
        return (article_of(row, load_reading_for_rules) for row in rows)

    def count(self, since: datetime) -> int:
        """How many articles were published since then, of those that were added."""
        row = self._db.one(
            "SELECT count(*) AS n FROM search_articles WHERE at >= :since", since=micros(since)
        )
        return int(row["n"]) if row else 0

    def began(self) -> datetime | None:
        """When the oldest article that is stored was recorded; None where nothing is."""
        row = self._db.one("SELECT recorded_at AS at FROM articles ORDER BY id LIMIT 1")
        return moment_or_none(row["at"]) if row else None

    def _first(self, since: datetime) -> int:
        """The smallest id published since then, which spares the word index what is older."""
        row = self._db.one(
            "SELECT min(article) AS first FROM search_articles WHERE at >= :since",
            since=micros(since),
        )
        return int(row["first"] or 0) if row else 0


def cut(text: str) -> str:
    """Folded ``text`` as the tokens that are looked for, with a blank between each two."""
    return " ".join(_TOKENS.findall(text))
