"""Groups that are guarded against adverts, and what was done about their messages.

Of a message nothing is kept but digests and hashes, for as long as it may be argued about.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta

from storage.database import Database
from storage.lessons import packed, unpacked
from storage.rows import Guard, GuardCase
from storage.times import micros, moment

KEPT = timedelta(days=7)  # how long a case can be argued about


def _guard_of(row: sqlite3.Row) -> Guard:
    return Guard(
        chat=row["chat"],
        mode=row["mode"],
        user=row["user"],
        since=moment(row["since"]),
        reported_at=moment(row["reported_at"]),
    )


def _case_of(row: sqlite3.Row) -> GuardCase:
    return GuardCase(
        id=row["id"],
        chat=row["chat"],
        text=row["text"],
        features=frozenset(unpacked(row["features"])),
        outcome=row["outcome"],
        at=moment(row["at"]),
    )


class Guards:
    """At most one guard a chat, and its cases."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def set(self, chat: int, mode: str, user: str, now: datetime) -> None:
        """Guard the chat in this mode (test, warn or delete) from now on, as ``user`` asks."""
        self._db.run(
            "INSERT INTO guards (chat, mode, user, since, reported_at)"
            " VALUES (:chat, :mode, :user, :now, 0)"
            " ON CONFLICT (chat) DO UPDATE SET mode = excluded.mode, user = excluded.user,"
            " since = excluded.since, reported_at = 0",
            chat=chat,
            mode=mode,
            user=user,
            now=micros(now),
        )

    def end(self, chat: int) -> None:
        """Guard the chat no longer. Its cases can still be argued about."""
        self._db.run("DELETE FROM guards WHERE chat = :chat", chat=chat)

    def of(self, chat: int) -> Guard | None:
        """The chat's guard, or None."""
        row = self._db.one("SELECT * FROM guards WHERE chat = :chat", chat=chat)
        return _guard_of(row) if row else None

    def at(self, platform: str, address: str) -> Guard | None:
        """The guard of the chat at this address, or None."""
        row = self._db.one(
            "SELECT g.* FROM guards AS g JOIN chats AS c ON c.id = g.chat"
            " WHERE c.platform = :platform AND c.address = :address",
            platform=platform,
            address=address,
        )
        return _guard_of(row) if row else None

    def note(
        self,
        chat: int,
        text: str,
        person: str,
        features: Collection[int],
        outcome: str,
        now: datetime,
        *,
        told: bool,
    ) -> int:
        """Keep that a message was taken for an advert, what was done, and whether that was told.

        ``text`` and ``person`` are digests, ``features`` hashes. The case's id.
        """
        return self._db.insert(
            "INSERT INTO guard_cases (chat, text, person, features, outcome, told, at)"
            " VALUES (:chat, :text, :person, :features, :outcome, :told, :now) RETURNING id",
            chat=chat,
            text=text,
            person=person,
            features=packed(features),
            outcome=outcome,
            told=int(told),
            now=micros(now),
        )

    def case(self, chat: int, id_: int) -> GuardCase | None:
        """A case of this chat, or None where it is another's or too old."""
        row = self._db.one(
            "SELECT * FROM guard_cases WHERE id = :id AND chat = :chat", id=id_, chat=chat
        )
        return _case_of(row) if row else None

    def said(self, id_: int, message: str) -> None:
        """The case was told of in the message that the network calls by this id."""
        self._db.run(
            "UPDATE guard_cases SET message = :message WHERE id = :id", id=id_, message=message
        )

    def by_message(self, chat: int, message: str) -> GuardCase | None:
        """The case of this chat that the message told of, or None."""
        row = self._db.one(
            "SELECT * FROM guard_cases WHERE chat = :chat AND message = :message"
            " AND message <> '' ORDER BY id DESC LIMIT 1",
            chat=chat,
            message=message,
        )
        return _case_of(row) if row else None

    def told(self, chat: int, since: datetime, text: str = "", person: str = "") -> int:
        """How many cases the chat was told of since then, all or those of this text or person."""
        row = self._db.one(
            "SELECT count(*) AS n FROM guard_cases WHERE chat = :chat AND at > :since AND told = 1"
            " AND ((:text = '' AND :person = '') OR text = nullif(:text, '')"
            " OR person = nullif(:person, ''))",
            chat=chat,
            since=micros(since),
            text=text,
            person=person,
        )
        return int(row["n"]) if row else 0

    def count(self, chat: int, since: datetime) -> int:
        """How many cases the chat had from then on."""
        row = self._db.one(
            "SELECT count(*) AS n FROM guard_cases WHERE chat = :chat AND at >= :since",
            chat=chat,
            since=micros(since),
        )
        return int(row["n"]) if row else 0

    def reported(self, chat: int, now: datetime) -> None:
        """The chat was told how its trial is going."""
        self._db.run(
            "UPDATE guards SET reported_at = :now WHERE chat = :chat", chat=chat, now=micros(now)
        )

    def purge(self, now: datetime) -> int:
        """Forget the cases that are older than ``KEPT``; how many."""
        return self._db.run("DELETE FROM guard_cases WHERE at <= :end", end=micros(now - KEPT))
