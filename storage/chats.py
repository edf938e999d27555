"""Chats: who is spoken to, where, in which language."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from storage.database import Database
from storage.merging import merge_chats
from storage.rows import Chat
from storage.times import micros


def chat_of(row: sqlite3.Row) -> Chat:
    """The chat of a row of ``chats``."""
    return Chat(
        id=row["id"],
        platform=row["platform"],
        address=row["address"],
        title=row["title"],
        lang=row["lang"],
        zone=row["zone"],
        status=row["status"],
    )


class Chats:
    """Every chat that has ever spoken to the bot."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def ensure(
        self, platform: str, address: str, title: str, lang: str, zone: str, now: datetime
    ) -> Chat:
        """The chat at this address, made if new.

        One that exists keeps its language, zone and status; its title is brought up to date.
        """
        rows = self._db.all(
            "INSERT INTO chats (platform, address, title, lang, zone, created_at, changed_at)"
            " VALUES (:platform, :address, :title, :lang, :zone, :now, :now)"
            " ON CONFLICT (platform, address) DO UPDATE"
            " SET title = iif(excluded.title = '', title, excluded.title) RETURNING *",
            platform=platform,
            address=address,
            title=title,
            lang=lang,
            zone=zone,
            now=micros(now),
        )
        return chat_of(rows[0])

    def find(self, platform: str, address: str) -> Chat | None:
        """The chat at this address."""
        row = self._db.one(
            "SELECT * FROM chats WHERE platform = :platform AND address = :address",
            platform=platform,
            address=address,
        )
        return chat_of(row) if row else None

    def get(self, id_: int) -> Chat | None:
        """The chat with this id."""
        row = self._db.one("SELECT * FROM chats WHERE id = :id", id=id_)
        return chat_of(row) if row else None

    def active(self) -> tuple[Chat, ...]:
        """Every chat that can be reached, oldest first."""
        rows = self._db.all("SELECT * FROM chats WHERE status = 'active' ORDER BY id")
        return tuple(chat_of(row) for row in rows)

    def suspend(self, id_: int, reason: str, now: datetime) -> None:
        """The chat cannot be reached (blocked, kicked): what it is owed waits."""
        self._set_status(id_, "suspended", reason, now)

    def restore(self, id_: int, now: datetime) -> None:
        """The chat can be reached again."""
        self._set_status(id_, "active", "", now)

    def _set_status(self, id_: int, status: str, reason: str, now: datetime) -> None:
        self._db.run(
            "UPDATE chats SET status = :status, reason = :reason, changed_at = :now WHERE id = :id",
            id=id_,
            status=status,
            reason=reason,
            now=micros(now),
        )

    def set_lang(self, id_: int, lang: str) -> None:
        """Speak this language to the chat from now on."""
        self._db.run("UPDATE chats SET lang = :lang WHERE id = :id", id=id_, lang=lang)

    def set_zone(self, id_: int, zone: str) -> None:
        """Tell the chat the time of this zone from now on."""
        self._db.run("UPDATE chats SET zone = :zone WHERE id = :id", id=id_, zone=zone)

    def automute(self, id_: int) -> bool:
        """Whether the chat wants sources that keep advertising muted without being asked."""
        row = self._db.one("SELECT automute FROM chats WHERE id = :id", id=id_)
        return bool(row and row["automute"])

    def set_automute(self, id_: int, on: bool) -> None:
        """Mute such sources for the chat from now on, or no longer."""
        self._db.run("UPDATE chats SET automute = :on WHERE id = :id", id=id_, on=int(on))

    def move(self, id_: int, new_address: str, now: datetime) -> None:
        """The chat lives at another address of its network now, with everything that is its own.

        It keeps its id. A chat that is already there is taken into it (see ``storage.merging``).
        """
        with self._db.transaction():
            there = self._db.one(
                "SELECT n.id FROM chats AS n JOIN chats AS o ON o.platform = n.platform"
                " WHERE o.id = :id AND n.address = :address AND n.id <> :id",
                id=id_,
                address=new_address,
            )
            if there:
                merge_chats(self._db, there["id"], id_, now)
            self._db.run(
                "UPDATE chats SET address = :address, changed_at = :now WHERE id = :id",
                id=id_,
                address=new_address,
                now=micros(now),
            )
