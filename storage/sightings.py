"""Where contact ids and touted stocks were seen before. Reads only; what it reads, others wrote."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from storage.articles import COLUMNS, article_of
from storage.codec import load_reading_for_rules
from storage.database import Database
from storage.rows import Sighting, StoredArticle
from storage.search import cut
from storage.times import micros

_LOOKED_AT = 500  # of the latest articles with the id's words, those whose contacts are compared

# An advert's contacts are its origins; those of other articles stand in their readings alone.
_OF_CONTACT = f"""
SELECT {COLUMNS}, a.flagged FROM articles AS a WHERE a.id IN (
    SELECT article FROM article_origins WHERE kind = 'contact' AND value = :value
    UNION SELECT rowid FROM (SELECT rowid FROM article_words WHERE article_words MATCH :words
        ORDER BY rowid DESC LIMIT :looked_at))
AND EXISTS (SELECT 1 FROM json_each(a.reading, '$.promotion.contacts') AS c WHERE c.value = :value)
AND a.id <> :but ORDER BY a.id DESC
"""
_TOUTING = f"""
SELECT {COLUMNS} FROM articles AS a WHERE a.flagged = 1
AND coalesce(a.published_at, a.fetched_at) >= :since AND a.id >= :first
AND EXISTS (SELECT 1 FROM json_each(a.reading, '$.promotion.touted') AS t WHERE t.value = :symbol)
ORDER BY coalesce(a.published_at, a.fetched_at) DESC, a.id DESC
"""
_TOUTS = """
SELECT t.value AS symbol, count(DISTINCT a.id) AS adverts
FROM articles AS a, json_each(a.reading, '$.promotion.touted') AS t
WHERE a.flagged = 1 AND coalesce(a.published_at, a.fetched_at) >= :since AND a.id >= :first
AND t.value IN (SELECT value FROM json_each(:symbols))
AND a.id NOT IN (SELECT value FROM json_each(:but)) GROUP BY t.value
"""


class Sightings:
    """What was seen before among the stored articles, whichever chat they were for."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def of_contact(self, value: str, words: str, but: int | None = None) -> Sighting | None:
        """The articles that give this contact id (see ``rules.promotion.contacts``), or None.

        ``words`` are the id's own, folded: by them honest articles are found too, of the latest
        500 with those words. ``but`` is an article that does not count.
        """
        phrase = cut(words)
        rows = self._db.all(
            _OF_CONTACT,
            value=value,
            words=f'"{phrase}"' if phrase else '""',
            looked_at=_LOOKED_AT,
            but=but or 0,
        )
        if not rows:
            return None
        flagged = sum(row["flagged"] for row in rows)
        return Sighting(len(rows), flagged, article_of(rows[0]))

    def touting(self, symbol: str, since: datetime) -> tuple[StoredArticle, ...]:
        """The adverts published since then that tout this stock, the latest first.

        Their readings lack what no rule looks at (``codec.load_reading_for_rules``).
        """
        rows = self._db.all(_TOUTING, symbol=symbol, since=micros(since), first=self._first(since))
        return tuple(article_of(row, load_reading_for_rules) for row in rows)

    def touts(
        self, symbols: Iterable[str], since: datetime, but: Iterable[int] = ()
    ) -> Mapping[str, int]:
        """For each of these stocks that adverts published since then tout, how many do.

        ``but`` are articles that do not count.
        """
        rows = self._db.all(
            _TOUTS,
            symbols=json.dumps(sorted(symbols)),
            since=micros(since),
            first=self._first(since),
            but=json.dumps(sorted(but)),
        )
        return {row["symbol"]: row["adverts"] for row in rows}

    def alike(
        self, sketch: Collection[int], since: datetime, limit: int, but: int | None = None
    ) -> tuple[StoredArticle, ...]:
        """At most ``limit`` articles published since then whose sketch shares something with this.

        Those that share most come first, then the latest; ``but`` does not count.
        """
        rows = self._db.all(
            f"SELECT {COLUMNS} FROM (SELECT k.article AS id, count(*) AS shared"
            " FROM article_sketches AS k JOIN search_articles AS s ON s.article = k.article"
            " WHERE k.run IN (SELECT value FROM json_each(:sketch)) AND s.at >= :since"
            " AND k.article <> :but GROUP BY k.article"
            " ORDER BY shared DESC, k.article DESC LIMIT :limit) AS f"
            " JOIN articles AS a ON a.id = f.id ORDER BY f.shared DESC, a.id DESC",
            sketch=json.dumps(sorted(sketch)),
            since=micros(since),
            but=but or 0,
            limit=limit,
        )
        return tuple(article_of(row) for row in rows)

    def _first(self, since: datetime) -> int:
        """The smallest id published since then: older rows need not be looked at."""
        row = self._db.one(
            "SELECT min(article) AS first FROM (SELECT min(article) AS article"
            " FROM search_articles WHERE at >= :since UNION ALL"
            " SELECT min(article) FROM search_queue)",
            since=micros(since),
        )
        return int(row["first"] or 0) if row else 0
