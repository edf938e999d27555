"""What people taught about adverts: each lesson, and whole-number counts of what lessons share.

A scope is a chat's id, or ``SHARED`` for what all chats have in common. Counts of a scope are
always the sum of its lessons that count: learning adds one lesson's features, forgetting takes the
very same features away again, and a count that comes to nothing leaves no row.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from struct import Struct

from storage.database import Database
from storage.rows import Lesson
from storage.times import micros, moment

SHARED = 0
_ALL = -1  # the feature that every lesson has; the real ones are not negative
_ADVERT = "advert"
_FEATURE = Struct("<I")
_ADD = """
INSERT INTO lesson_counts (scope, feature, adverts, honest)
SELECT :scope, value, :adverts, :honest FROM json_each(:features) WHERE true
ON CONFLICT (scope, feature) DO UPDATE
SET adverts = adverts + excluded.adverts, honest = honest + excluded.honest
"""
_SUBTRACT = """
UPDATE lesson_counts SET adverts = adverts - :adverts, honest = honest - :honest
WHERE scope = :scope AND feature IN (SELECT value FROM json_each(:features))
"""
_CLEAR = """
DELETE FROM lesson_counts WHERE scope = :scope AND adverts = 0 AND honest = 0
AND feature IN (SELECT value FROM json_each(:features))
"""


def _lesson_of(row: sqlite3.Row) -> Lesson:
    return Lesson(
        id=row["id"],
        chat=row["chat"],
        item=row["item"],
        article=row["article"],
        label=row["label"],
        points=row["points"],
        user=row["user"],
        features=frozenset(unpacked(row["features"])),
        at=moment(row["at"]),
    )


class Lessons:
    """One lesson a chat and item; ``item`` names what was judged (an article, a pasted text)."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def learn(
        self,
        chat: int,
        item: str,
        label: str,
        features: Collection[int],
        *,
        points: int,
        most: int,
        user: str,
        now: datetime,
        article: int | None = None,
    ) -> None:
        """Learn ``label`` (advert or honest) of the item, in place of an earlier lesson on it.

        For the chat it counts one, for all chats ``points`` (0: nothing). Of the chat's lessons
        with a label the newest ``most`` count.
        """
        with self._db.transaction():
            self.forget(chat, item, most=most)
            self._db.run(
                "INSERT INTO lessons (chat, item, article, label, points, user, features, at)"
                " VALUES (:chat, :item, :article, :label, :points, :user, :features, :now)",
                chat=chat,
                item=item,
                article=article,
                label=label,
                points=points,
                user=user,
                features=packed(features),
                now=micros(now),
            )
            self._settle(chat, label, most)

    def forget(self, chat: int, item: str, *, most: int) -> Lesson | None:
        """Take a lesson back: every count is what it was before. The lesson, None without one."""
        with self._db.transaction():
            row = self._db.one(
                "DELETE FROM lessons WHERE chat = :chat AND item = :item RETURNING *",
                chat=chat,
                item=item,
            )
            if row is None:
                return None
            if row["counts"]:
                self._count(row, _SUBTRACT)
                self._settle(chat, row["label"], most)
        return _lesson_of(row)

    def get(self, chat: int, item: str) -> Lesson | None:
        """The chat's lesson on this item."""
        row = self._db.one(
            "SELECT * FROM lessons WHERE chat = :chat AND item = :item", chat=chat, item=item
        )
        return _lesson_of(row) if row else None

    def of(self, chat: int, label: str) -> tuple[Lesson, ...]:
        """The chat's lessons with this label that count, newest first."""
        rows = self._db.all(
            "SELECT * FROM lessons WHERE chat = :chat AND label = :label AND counts = 1"
            " ORDER BY id DESC",
            chat=chat,
            label=label,
        )
        return tuple(_lesson_of(row) for row in rows)

    def shared_points(self, chat: int, but: str = "") -> int:
        """How many points the chat has in what all chats share, one item left out."""
        row = self._db.one(
            "SELECT total(points) AS points FROM lessons"
            " WHERE chat = :chat AND counts = 1 AND item <> :item",
            chat=chat,
            item=but,
        )
        return int(row["points"]) if row else 0

    def taught(self, scope: int) -> tuple[int, int]:
        """How many points of adverts and of honest texts were taught there."""
        found = self.counts(scope, (_ALL,))
        return found.get(_ALL, (0, 0))

    def counts(self, scope: int, features: Iterable[int]) -> Mapping[int, tuple[int, int]]:
        """For each of these features that a lesson has: points of adverts and of honest texts."""
        rows = self._db.all(  # CROSS JOIN: a look-up for each feature, not a scan of the scope
            "SELECT c.feature, c.adverts, c.honest FROM json_each(:features) AS f"
            " CROSS JOIN lesson_counts AS c ON c.scope = :scope AND c.feature = f.value",
            scope=scope,
            features=json.dumps(list(features)),
        )
        return {row["feature"]: (row["adverts"], row["honest"]) for row in rows}

    def _settle(self, chat: int, label: str, most: int) -> None:
        """See to it that the newest ``most`` lessons of this label count, and no others."""
        rows = self._db.all(
            "SELECT * FROM (SELECT *, row_number() OVER (ORDER BY id DESC) <= :most AS due"
            " FROM lessons WHERE chat = :chat AND label = :label) WHERE due <> counts",
            chat=chat,
            label=label,
            most=most,
        )
        for row in rows:
            self._count(row, _ADD if row["due"] else _SUBTRACT)
            self._db.run(
                "UPDATE lessons SET counts = :due WHERE id = :id", id=row["id"], due=row["due"]
            )

    def _count(self, row: sqlite3.Row, statement: str) -> None:
        """Add the lesson's features to the counts of its chat and of all chats, or subtract."""
        features = json.dumps([_ALL, *unpacked(row["features"])])
        for scope, points in ((row["chat"], 1), (SHARED, row["points"])):
            advert = row["label"] == _ADVERT
            self._db.run(
                statement,
                scope=scope,
                features=features,
                adverts=points if advert else 0,
                honest=0 if advert else points,
            )
            self._db.run(_CLEAR, scope=scope, features=features)


def move_lessons(db: Database, guest: int, host: int) -> None:
    """Give ``host`` the lessons of ``guest``; of two on the same item the later one stays.

    No lesson is let go because there are many: the next one learned sees to that.
    """
    lessons, most = Lessons(db), 2**31
    rows = db.all("SELECT * FROM lessons WHERE chat = :guest ORDER BY id", guest=guest)
    for row in rows:
        there = lessons.get(host, row["item"])
        lessons.forget(guest, row["item"], most=most)
        if there is None or micros(there.at) < row["at"]:
            lessons.learn(
                host,
                row["item"],
                row["label"],
                unpacked(row["features"]),
                points=row["points"],
                most=most,
                user=row["user"],
                now=moment(row["at"]),
                article=row["article"],
            )


def packed(features: Collection[int]) -> bytes:
    """Four bytes a feature, lowest first, little end first on every machine."""
    return b"".join(map(_FEATURE.pack, sorted(features)))


def unpacked(stored: bytes) -> list[int]:
    """What ``packed`` packed, lowest first."""
    return [feature for (feature,) in _FEATURE.iter_unpack(stored)]
