"""Stories: articles that tell the same thing, found again through the keys of their wording."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from rules.model import Fingerprint
from storage.articles import COLUMNS, article_of
from storage.codec import dump, load_fingerprint
from storage.database import Database
from storage.rows import StoredArticle, StoredStory
from storage.times import micros


class Stories:
    """Which articles belong together."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def candidates(
        self, keys: frozenset[str], since: datetime, limit: int, members: int
    ) -> tuple[StoredStory, ...]:
        """At most ``limit`` stories that share a key, seen at or after ``since``.

        Those that share most come first, then the latest. ``since`` is compared with the time of
        a story's articles (``Fingerprint.at``), so that an old backlog meets its own time. Each
        comes with at most ``members`` fingerprints: the first, and the latest ones.
        """
        found = self._db.all(
            "SELECT story FROM story_keys WHERE at >= :since"
            " AND key IN (SELECT value FROM json_each(:keys))"
            " GROUP BY story ORDER BY count(*) DESC, max(at) DESC, story DESC LIMIT :limit",
            since=micros(since),
            keys=json.dumps(sorted(keys)),
            limit=limit,
        )
        return self._stories([row["story"] for row in found], members)

    def _stories(self, ids: list[int], members: int) -> tuple[StoredStory, ...]:
        rows = self._db.all(
            "SELECT story, fingerprint,"
            " (SELECT min(id) FROM articles AS a WHERE a.story = f.story) AS lead FROM ("
            "SELECT id, story, fingerprint,"
            " row_number() OVER (PARTITION BY story ORDER BY id) AS nth,"
            " row_number() OVER (PARTITION BY story ORDER BY id DESC) AS from_end"
            " FROM fingerprints WHERE story IN (SELECT value FROM json_each(:ids))"
            ") AS f WHERE nth = 1 OR from_end < :members ORDER BY id",
            ids=json.dumps(ids),
            members=members,
        )
        leads = {row["story"]: row["lead"] for row in rows if row["lead"] is not None}
        prints: dict[int, list[Fingerprint]] = {}
        for row in rows:
            prints.setdefault(row["story"], []).append(load_fingerprint(row["fingerprint"]))
        return tuple(
            StoredStory(id_, leads[id_], tuple(prints[id_])) for id_ in ids if id_ in leads
        )

    def create(self, fingerprint: Fingerprint, now: datetime) -> int:
        """A new story, found from now on by this fingerprint; its id.

        It is a candidate once it has an article: the one the fingerprint was taken of.
        """
        with self._db.transaction():
            story = self._db.insert(
                "INSERT INTO stories (created_at) VALUES (:now) RETURNING id", now=micros(now)
            )
            self._add(story, None, fingerprint, now)
        return story

    def join(self, story: int, article_id: int, fingerprint: Fingerprint, now: datetime) -> None:
        """The article belongs to the story; joining twice, or joining one's own, adds nothing."""
        with self._db.transaction():
            self._db.run(
                "UPDATE articles SET story = :story WHERE id = :article AND story <> :story",
                story=story,
                article=article_id,
            )
            own = self._db.run(
                "UPDATE fingerprints SET article = :article WHERE story = :story"
                " AND article IS NULL AND fingerprint = :fingerprint",
                story=story,
                article=article_id,
                fingerprint=dump(fingerprint),
            )
            if not own:
                self._add(story, article_id, fingerprint, now)

    def _add(
        self, story: int, article: int | None, fingerprint: Fingerprint, now: datetime
    ) -> None:
        self._db.run(
            "INSERT INTO fingerprints (story, article, fingerprint, joined_at)"
            " VALUES (:story, :article, :fingerprint, :now) ON CONFLICT (article) DO UPDATE"
            " SET story = excluded.story, fingerprint = excluded.fingerprint",
            story=story,
            article=article,
            fingerprint=dump(fingerprint),
            now=micros(now),
        )
        self._index(story, fingerprint.keys, fingerprint.at)

    def articles(self, story: int) -> tuple[StoredArticle, ...]:
        """The articles of a story, in the order in which they were recorded."""
        rows = self._db.all(
            f"SELECT {COLUMNS} FROM articles AS a WHERE a.story = :story ORDER BY a.id", story=story
        )
        return tuple(article_of(row) for row in rows)

    def names(self, story: int) -> dict[int, str]:
        """Who published each article of a story, by the article's id; promotion is left out."""
        rows = self._db.all(
            "SELECT id, coalesce(nullif(outlet, ''), source) AS name FROM articles"
            " WHERE story = :story AND flagged = 0 ORDER BY id",
            story=story,
        )
        return {row["id"]: row["name"] for row in rows}

    def outlets(self, stories: Iterable[int]) -> dict[int, int]:
        """How many outlets told each of these stories; what is flagged as promotion is left out."""
        rows = self._db.all(
            "SELECT story, count(DISTINCT coalesce(nullif(outlet, ''), source)) AS n"
            " FROM articles WHERE flagged = 0"
            " AND story IN (SELECT value FROM json_each(:stories)) GROUP BY story",
            stories=json.dumps(sorted(stories)),
        )
        return {row["story"]: row["n"] for row in rows}

    def _index(self, story: int, keys: Iterable[str], at: datetime) -> None:
        self._db.run(
            "INSERT INTO story_keys (key, story, at) SELECT value, :story, :at"
            " FROM json_each(:keys) WHERE true"
            " ON CONFLICT (key, story) DO UPDATE SET at = max(at, excluded.at)",
            story=story,
            at=micros(at),
            keys=json.dumps(sorted(keys)),
        )
