"""Articles with their readings, and every key that each is known by."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import datetime

from rules.model import Article, Reading
from storage.codec import dump, load_reading
from storage.database import Database
from storage.rows import StoredArticle
from storage.times import micros, micros_or_none, moment, moment_or_none

COLUMNS = (
    "a.id, a.ident, a.title, a.text, a.source, a.outlet, a.author, a.url, a.fetched_at,"
    " a.published_at, a.reading, a.story"
)
_NEWEST = 2**63 - 1


def article_of(row: sqlite3.Row, load: Callable[[str], Reading] = load_reading) -> StoredArticle:
    """The article of a row that selected ``COLUMNS``, with its reading as ``load`` gives it."""
    article = Article(
        id=row["ident"],
        title=row["title"],
        text=row["text"],
        source=row["source"],
        fetched_at=moment(row["fetched_at"]),
        outlet=row["outlet"],
        author=row["author"],
        url=row["url"],
        published_at=moment_or_none(row["published_at"]),
    )
    return StoredArticle(row["id"], article, load(row["reading"]), row["story"])


class Articles:
    """What has been read. Articles belong to nobody; what a chat may see goes through decisions."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def known(self, keys: Iterable[str]) -> int | None:
        """The id of the article already known under any of these keys, the oldest if several."""
        row = self._db.one(
            "SELECT min(article) AS id FROM article_keys"
            " WHERE key IN (SELECT value FROM json_each(:keys))",
            keys=json.dumps(list(keys)),
        )
        return row["id"] if row else None

    def record(
        self, article: Article, reading: Reading, keys: Iterable[str], story: int, now: datetime
    ) -> int:
        """Store a new article and its keys; its id. Ask ``known`` first, in one transaction.

        A key that another article already has stays with that one. It waits for ``Search.add``.
        """
        with self._db.transaction():
            id_ = self._db.insert(
                "INSERT INTO articles (ident, title, text, source, outlet, author, url, fetched_at,"
                " published_at, reading, flagged, story, recorded_at) VALUES (:ident, :title,"
                " :text, :source, :outlet, :author, :url, :fetched_at, :published_at, :reading,"
                " :flagged, :story, :now) RETURNING id",
                ident=article.id,
                title=article.title,
                text=article.text,
                source=article.source,
                outlet=article.outlet,
                author=article.author,
                url=article.url,
                fetched_at=micros(article.fetched_at),
                published_at=micros_or_none(article.published_at),
                reading=dump(reading),
                flagged=int(reading.promotion.flagged),
                story=story,
                now=micros(now),
            )
            self.learn_keys(id_, keys)
            self._db.run("INSERT INTO search_queue (article) VALUES (:id)", id=id_)
        return id_

    def learn_keys(self, id_: int, keys: Iterable[str]) -> None:
        """From now on the article is known under these keys too, unless they are another's."""
        self._db.run(
            "INSERT INTO article_keys (key, article) SELECT value, :id FROM json_each(:keys)"
            " WHERE true ON CONFLICT (key) DO NOTHING",
            id=id_,
            keys=json.dumps(list(keys)),
        )

    def get(self, id_: int) -> StoredArticle | None:
        """The article with this id."""
        return self._first("a.id = :id", id=id_)

    def by_key(self, key: str) -> StoredArticle | None:
        """The article known under this key."""
        return self._first("a.id = (SELECT article FROM article_keys WHERE key = :key)", key=key)

    def recent(self, limit: int, before: int | None = None) -> tuple[StoredArticle, ...]:
        """The latest articles, newest first; with ``before``, only those older than that id."""
        rows = self._db.all(
            f"SELECT {COLUMNS} FROM articles AS a WHERE a.id < :before"
            " ORDER BY a.id DESC LIMIT :limit",
            before=_NEWEST if before is None else before,
            limit=limit,
        )
        return tuple(article_of(row) for row in rows)

    def flagged(self, chat_id: int | None, limit: int) -> tuple[StoredArticle, ...]:
        """The latest articles flagged as promotion, newest first.

        With a chat, only those that matched a rule of that chat.
        """
        rows = self._db.all(
            f"SELECT {COLUMNS} FROM articles AS a WHERE a.flagged = 1 AND (:chat IS NULL OR EXISTS"
            " (SELECT 1 FROM decisions AS d WHERE d.chat = :chat AND d.article = a.id))"
            " ORDER BY a.id DESC LIMIT :limit",
            chat=chat_id,
            limit=limit,
        )
        return tuple(article_of(row) for row in rows)

    def _first(self, where: str, **values: str | int) -> StoredArticle | None:
        row = self._db.one(f"SELECT {COLUMNS} FROM articles AS a WHERE {where}", **values)
        return article_of(row) if row else None
