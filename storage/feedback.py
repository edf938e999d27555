"""What people said about an article."""

from __future__ import annotations

from datetime import datetime

from storage.database import Database
from storage.rows import Opinion
from storage.times import micros, moment


class Feedback:
    """One opinion a person, chat and article; the latest counts."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def record(self, chat: int, article_id: int, verdict: str, user: str, now: datetime) -> None:
        """Keep a person's opinion, in place of an earlier one."""
        self._db.run(
            "INSERT INTO feedback (chat, article, user, verdict, at)"
            " VALUES (:chat, :article, :user, :verdict, :now)"
            " ON CONFLICT (article, chat, user) DO UPDATE"
            " SET verdict = excluded.verdict, at = excluded.at",
            chat=chat,
            article=article_id,
            user=user,
            verdict=verdict,
            now=micros(now),
        )

    def of(self, article_id: int, chat: int | None = None) -> tuple[Opinion, ...]:
        """The opinions on an article, oldest first.

        Without a chat those of everybody, for the owner and for learning, never for a chat.
        """
        rows = self._db.all(
            "SELECT * FROM feedback WHERE article = :article AND (:chat IS NULL OR chat = :chat)"
            " ORDER BY at, chat, user",
            article=article_id,
            chat=chat,
        )
        return tuple(
            Opinion(r["chat"], r["article"], r["verdict"], r["user"], moment(r["at"])) for r in rows
        )

    def said(self, chat: int, verdict: str) -> frozenset[int]:
        """The ids of the articles of which somebody in the chat said this."""
        rows = self._db.all(
            "SELECT article FROM feedback WHERE chat = :chat AND verdict = :verdict",
            chat=chat,
            verdict=verdict,
        )
        return frozenset(row["article"] for row in rows)
