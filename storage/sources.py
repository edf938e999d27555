"""Sources (feeds and other inputs) and origins (outlets, columns, contact ids)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from storage.database import Database
from storage.rows import OriginRecord, Record, StoredSource
from storage.times import micros, micros_or_none, moment, moment_or_none

_FIND_ORIGIN = """
SELECT *, :text NOT IN (value, label) AS rank FROM origins
WHERE instr(value, :text) OR instr(label, :text)
ORDER BY rank, articles DESC, kind, value LIMIT :limit
"""


def _source_of(row: sqlite3.Row) -> StoredSource:
    return StoredSource(
        key=row["key"],
        title=row["title"],
        url=row["url"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        baseline_at=moment_or_none(row["baseline_at"]),
        last_ok_at=moment_or_none(row["last_ok_at"]),
        next_at=moment_or_none(row["next_at"]),
        failures=row["failures"],
        last_error=row["last_error"],
        muted_in=row["muted_in"],
    )


def _origin_of(row: sqlite3.Row) -> OriginRecord:
    return OriginRecord(
        kind=row["kind"],
        value=row["value"],
        label=row["label"],
        articles=row["articles"],
        flagged=row["flagged"],
        last_at=moment(row["last_at"]),
    )


# The chat's own word on an article counts before ours.
_RECORD = """
SELECT count(*) AS articles, total(advert) AS adverts FROM (
    SELECT coalesce((SELECT f.verdict = 'promotion' FROM feedback AS f WHERE f.chat = :chat
        AND f.article = o.article AND f.verdict IN ('promotion', 'honest')
        ORDER BY f.at DESC, f.user LIMIT 1), a.flagged) AS advert
    FROM article_origins AS o JOIN articles AS a ON a.id = o.article
    WHERE o.kind = :kind AND o.value = :value ORDER BY o.article DESC LIMIT :window)
"""


class Sources:
    """Where articles come from and how those places have been doing."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, key: str) -> StoredSource | None:
        """The source with this key; ``muted_in`` is not counted here."""
        row = self._db.one("SELECT *, 0 AS muted_in FROM sources WHERE key = :key", key=key)
        return _source_of(row) if row else None

    def all(self, now: datetime | None = None) -> tuple[StoredSource, ...]:
        """Every source by title. With ``now``, ``muted_in`` counts the chats that mute it then."""
        rows = self._db.all(
            "SELECT s.*, (SELECT count(*) FROM mutes AS m WHERE :now IS NOT NULL"
            " AND m.kind = 'source' AND m.value = s.key AND m.removed_at IS NULL"
            " AND (m.until IS NULL OR m.until > :now)) AS muted_in"
            " FROM sources AS s ORDER BY s.title, s.key",
            now=micros_or_none(now),
        )
        return tuple(_source_of(row) for row in rows)

    def visited(
        self,
        key: str,
        title: str,
        url: str,
        kind: str,
        etag: str,
        last_modified: str,
        now: datetime,
        next_at: datetime | None,
        baseline: bool,
    ) -> None:
        """A visit went well: keep the validators exactly as they came, forget earlier failures.

        ``baseline`` marks the visit that took the backlog in; only the first mark counts.
        """
        self._db.run(
            "INSERT INTO sources (key, title, url, kind, etag, last_modified, baseline_at,"
            " last_ok_at, next_at) VALUES (:key, :title, :url, :kind, :etag, :last_modified,"
            " iif(:baseline, :now, NULL), :now, :next_at)"
            " ON CONFLICT (key) DO UPDATE SET title = excluded.title, url = excluded.url,"
            " kind = excluded.kind, etag = excluded.etag, last_modified = excluded.last_modified,"
            " baseline_at = coalesce(baseline_at, excluded.baseline_at),"
            " last_ok_at = excluded.last_ok_at, next_at = excluded.next_at,"
            " failures = 0, last_error = ''",
            key=key,
            title=title,
            url=url,
            kind=kind,
            etag=etag,
            last_modified=last_modified,
            baseline=int(baseline),
            now=micros(now),
            next_at=micros_or_none(next_at),
        )

    def failed(
        self,
        key: str,
        title: str,
        url: str,
        kind: str,
        error: str,
        now: datetime,
        next_at: datetime | None,
    ) -> None:
        """A visit failed: count it, keep the validators, and note when to try again.

        An empty title or address leaves the known one.
        ``next_at`` None means never (the source is gone for good).
        """
        self._db.run(
            "INSERT INTO sources (key, title, url, kind, next_at, failures, last_error, failed_at)"
            " VALUES (:key, :title, :url, :kind, :next_at, 1, :error, :now)"
            " ON CONFLICT (key) DO UPDATE SET"
            " title = iif(excluded.title = '', title, excluded.title),"
            " url = iif(excluded.url = '', url, excluded.url),"
            " kind = excluded.kind, next_at = excluded.next_at, failures = failures + 1,"
            " last_error = excluded.last_error, failed_at = excluded.failed_at",
            key=key,
            title=title,
            url=url,
            kind=kind,
            error=error,
            now=micros(now),
            next_at=micros_or_none(next_at),
        )

    def note_origins(
        self,
        article_id: int,
        origins: Iterable[tuple[str, str, str]],
        flagged: bool,
        now: datetime,
    ) -> None:
        """The article came from these origins (kind, value, label). Noting twice counts once.

        The label is what people call it; the latest that is not empty is kept.
        """
        with self._db.transaction():
            for kind, value, label in origins:
                self._note(article_id, kind, value, label, flagged, now)

    def _note(
        self, article_id: int, kind: str, value: str, label: str, flagged: bool, now: datetime
    ) -> None:
        known = self._db.one(
            "SELECT 1 FROM article_origins"
            " WHERE article = :article AND kind = :kind AND value = :value",
            article=article_id,
            kind=kind,
            value=value,
        )
        if known:
            return
        self._db.run(
            "INSERT INTO origins (kind, value, label, articles, flagged, last_at)"
            " VALUES (:kind, :value, :label, 1, :flagged, :now)"
            " ON CONFLICT (kind, value) DO UPDATE SET articles = articles + 1,"
            " flagged = flagged + excluded.flagged, last_at = max(last_at, excluded.last_at),"
            " label = iif(excluded.label = '', label, excluded.label)",
            kind=kind,
            value=value,
            label=label,
            flagged=int(flagged),
            now=micros(now),
        )
        self._db.run(
            "INSERT INTO article_origins (article, kind, value) VALUES (:article, :kind, :value)",
            article=article_id,
            kind=kind,
            value=value,
        )

    def origins(self, limit: int, kind: str | None = None) -> tuple[OriginRecord, ...]:
        """The origins with most articles first, of one kind if asked."""
        rows = self._db.all(
            "SELECT * FROM origins WHERE :kind IS NULL OR kind = :kind"
            " ORDER BY articles DESC, last_at DESC, kind, value LIMIT :limit",
            kind=kind,
            limit=limit,
        )
        return tuple(_origin_of(row) for row in rows)

    def record(self, chat: int, kind: str, value: str, window: int) -> Record:
        """How many of the origin's latest ``window`` articles are adverts, as this chat sees it."""
        row = self._db.all(_RECORD, chat=chat, kind=kind, value=value, window=window)[0]
        return Record(row["articles"], int(row["adverts"]))

    def find_origin(self, *texts: str, limit: int = 10) -> tuple[OriginRecord, ...]:
        """Origins whose value or label is one of these texts, then those that contain one.

        The texts are compared as they stand: pass what was typed and its folded form.
        """
        found: dict[tuple[str, str], tuple[int, OriginRecord]] = {}
        for text in filter(None, texts):
            for row in self._db.all(_FIND_ORIGIN, text=text, limit=limit):
                key = (row["kind"], row["value"])
                if key not in found or row["rank"] < found[key][0]:
                    found[key] = (row["rank"], _origin_of(row))
        ordered = sorted(found.values(), key=lambda entry: (entry[0], -entry[1].articles))
        return tuple(record for _, record in ordered[:limit])
