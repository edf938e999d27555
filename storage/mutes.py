"""What chats do not want to hear, for a while or for good. Nothing is deleted."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from storage.database import Database
from storage.rows import Mute
from storage.times import micros, micros_or_none, moment, moment_or_none

_ACTIVE = "removed_at IS NULL AND (until IS NULL OR until > :now)"


def _mute_of(row: sqlite3.Row) -> Mute:
    return Mute(
        id=row["id"],
        chat=row["chat"],
        kind=row["kind"],
        value=row["value"],
        label=row["label"],
        created_at=moment(row["created_at"]),
        until=moment_or_none(row["until"]),
    )


class Mutes:
    """Mutes of chats. A mute holds before ``until`` and no longer at ``until``."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(
        self, chat: int, kind: str, value: str, label: str, until: datetime | None, now: datetime
    ) -> Mute:
        """Mute an origin (or whatever the kind says), in place of an earlier mute of the same."""
        with self._db.transaction():
            self._db.run(
                "UPDATE mutes SET removed_at = :now WHERE chat = :chat AND kind = :kind"
                " AND value = :value AND removed_at IS NULL",
                chat=chat,
                kind=kind,
                value=value,
                now=micros(now),
            )
            rows = self._db.all(
                "INSERT INTO mutes (chat, kind, value, label, created_at, until)"
                " VALUES (:chat, :kind, :value, :label, :now, :until) RETURNING *",
                chat=chat,
                kind=kind,
                value=value,
                label=label,
                now=micros(now),
                until=micros_or_none(until),
            )
        return _mute_of(rows[0])

    def active(self, chat: int, now: datetime) -> tuple[Mute, ...]:
        """The chat's mutes that hold now, oldest first."""
        rows = self._db.all(
            f"SELECT * FROM mutes WHERE chat = :chat AND {_ACTIVE} ORDER BY id",
            chat=chat,
            now=micros(now),
        )
        return tuple(_mute_of(row) for row in rows)

    def remove(self, chat: int, mute_id: int, now: datetime) -> Mute | None:
        """End a mute of this chat; None where the chat has no such mute now."""
        row = self._db.one(
            f"UPDATE mutes SET removed_at = :now WHERE id = :id AND chat = :chat AND {_ACTIVE}"
            " RETURNING *",
            id=mute_id,
            chat=chat,
            now=micros(now),
        )
        return _mute_of(row) if row else None

    def offer(self, chat: int, kind: str, value: str, now: datetime) -> bool:
        """Note that the chat is offered to mute this origin, or has it muted; True the first time.

        Nobody is asked twice, and what was unmuted is not muted again without being asked.
        """
        row = self._db.one(
            "INSERT INTO mute_offers (chat, kind, value, at) VALUES (:chat, :kind, :value, :now)"
            " ON CONFLICT (chat, kind, value) DO NOTHING RETURNING chat",
            chat=chat,
            kind=kind,
            value=value,
            now=micros(now),
        )
        return row is not None

    def offered(self, chat: int) -> frozenset[tuple[str, str]]:
        """Kind and value of every origin that the chat was offered to mute."""
        rows = self._db.all("SELECT kind, value FROM mute_offers WHERE chat = :chat", chat=chat)
        return frozenset((row["kind"], row["value"]) for row in rows)

    def lifted(self, chat: int, kind: str, value: str) -> bool:
        """Whether the chat had this origin muted once and ended that itself."""
        row = self._db.one(
            "SELECT 1 FROM mutes WHERE chat = :chat AND kind = :kind AND value = :value"
            " AND removed_at IS NOT NULL LIMIT 1",
            chat=chat,
            kind=kind,
            value=value,
        )
        return row is not None
