"""The hours at which a chat wants to hear nothing, and what may be heard all the same."""

from __future__ import annotations

import sqlite3

from storage.database import Database
from storage.rows import StoredQuiet


def _quiet_of(row: sqlite3.Row) -> StoredQuiet:
    return StoredQuiet(
        row["starts"],
        row["ends"],
        bool(row["urgent"]),
        row["typed"],
        row["canonical"],
        row["zone"],
    )


class Quiet:
    """Quiet hours of chats: at most one stretch of the day each."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def set(self, chat: int, hours: StoredQuiet) -> None:
        """Have these hours from now on, in place of any others."""
        self._db.run(
            "INSERT INTO quiet_hours (chat, starts, ends, urgent, typed, canonical)"
            " VALUES (:chat, :starts, :ends, :urgent, :typed, :canonical)"
            " ON CONFLICT (chat) DO UPDATE SET starts = excluded.starts, ends = excluded.ends,"
            " urgent = excluded.urgent, typed = excluded.typed, canonical = excluded.canonical",
            chat=chat,
            starts=hours.start,
            ends=hours.end,
            urgent=int(hours.urgent),
            typed=hours.typed,
            canonical=hours.canonical,
        )

    def of(self, chat: int) -> StoredQuiet | None:
        """The chat's quiet hours; None for a chat without."""
        row = self._db.one(
            "SELECT q.*, c.zone FROM quiet_hours AS q JOIN chats AS c ON c.id = q.chat"
            " WHERE q.chat = :chat",
            chat=chat,
        )
        return _quiet_of(row) if row else None

    def clear(self, chat: int) -> bool:
        """Have no quiet hours any more. False where there were none."""
        return self._db.run("DELETE FROM quiet_hours WHERE chat = :chat", chat=chat) == 1
