"""Rules of chats. A removed rule stays, so that an old alert can still say what it was sent for."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from storage.database import Database
from storage.rows import StoredRule
from storage.times import micros, moment


def rule_of(row: sqlite3.Row) -> StoredRule:
    """The rule of a row of ``rules``."""
    return StoredRule(
        id=row["id"],
        chat=row["chat"],
        typed=row["typed"],
        canonical=row["canonical"],
        created_at=moment(row["created_at"]),
        bell=row["bell"],
    )


class Rules:
    """What chats want to hear about."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, chat: int, typed: str, canonical: str, now: datetime) -> tuple[StoredRule, bool]:
        """The chat's rule with this canonical form, and whether it is new."""
        with self._db.transaction():
            added = self._db.one(
                "INSERT INTO rules (chat, typed, canonical, created_at)"
                " VALUES (:chat, :typed, :canonical, :now)"
                " ON CONFLICT (chat, canonical) WHERE removed = 0 DO NOTHING RETURNING *",
                chat=chat,
                typed=typed,
                canonical=canonical,
                now=micros(now),
            )
            if added:
                return rule_of(added), True
            kept = self._db.all(
                "SELECT * FROM rules WHERE chat = :chat AND canonical = :canonical AND removed = 0",
                chat=chat,
                canonical=canonical,
            )
            return rule_of(kept[0]), False

    def remove(self, chat: int, rule_id: int) -> StoredRule | None:
        """Take a rule of this chat back; None where the chat has no such rule."""
        row = self._db.one(
            "UPDATE rules SET removed = 1 WHERE id = :id AND chat = :chat AND removed = 0"
            " RETURNING *",
            id=rule_id,
            chat=chat,
        )
        return rule_of(row) if row else None

    def of_chat(self, chat: int) -> tuple[StoredRule, ...]:
        """The chat's rules, oldest first."""
        rows = self._db.all(
            "SELECT * FROM rules WHERE chat = :chat AND removed = 0 ORDER BY id", chat=chat
        )
        return tuple(rule_of(row) for row in rows)

    def set_bell(self, chat: int, rule_id: int, bell: str) -> StoredRule | None:
        """Ring so for a rule of this chat (see ``StoredRule``); None where there is none."""
        row = self._db.one(
            "UPDATE rules SET bell = :bell WHERE id = :id AND chat = :chat AND removed = 0"
            " RETURNING *",
            id=rule_id,
            chat=chat,
            bell=bell,
        )
        return rule_of(row) if row else None

    def get(self, id_: int) -> StoredRule | None:
        """The rule with this id, also a removed one. For the engine: it asks for no chat."""
        row = self._db.one("SELECT * FROM rules WHERE id = :id", id=id_)
        return rule_of(row) if row else None

    def active(self) -> tuple[StoredRule, ...]:
        """Every rule of every chat that can be reached, oldest first."""
        rows = self._db.all(
            "SELECT r.* FROM rules AS r JOIN chats AS c ON c.id = r.chat"
            " WHERE r.removed = 0 AND c.status = 'active' ORDER BY r.id"
        )
        return tuple(rule_of(row) for row in rows)

    def active_after(self, id_: int, limit: int) -> tuple[StoredRule, ...]:
        """The next of them, with a larger id than this: all of them a few at a time."""
        rows = self._db.all(
            "SELECT r.* FROM rules AS r JOIN chats AS c ON c.id = r.chat WHERE r.id > :id"
            " AND r.removed = 0 AND c.status = 'active' ORDER BY r.id LIMIT :limit",
            id=id_,
            limit=limit,
        )
        return tuple(rule_of(row) for row in rows)

    def respell(self, chat: int, rule_id: int, canonical: str) -> bool:
        """Give a rule of this chat another canonical form.

        False, changing nothing, where the chat has no such rule or another one of that form.
        """
        changed = self._db.run(
            "UPDATE rules SET canonical = :canonical WHERE id = :id AND chat = :chat"
            " AND removed = 0 AND NOT EXISTS (SELECT 1 FROM rules AS o WHERE o.chat = :chat"
            " AND o.canonical = :canonical AND o.removed = 0 AND o.id <> :id)",
            id=rule_id,
            chat=chat,
            canonical=canonical,
        )
        return changed == 1

    def tell(self, rule_id: int, meaning: str, now: datetime) -> bool:
        """Note that the chat is told what this rule's words mean by now.

        False where it was told just that already.
        """
        row = self._db.one(
            "INSERT INTO rule_notices (rule, meaning, at) VALUES (:rule, :meaning, :now)"
            " ON CONFLICT (rule) DO UPDATE SET meaning = excluded.meaning, at = excluded.at"
            " WHERE meaning <> excluded.meaning RETURNING rule",
            rule=rule_id,
            meaning=meaning,
            now=micros(now),
        )
        return row is not None
