"""What people said about an article."""

from __future__ import annotations

import json
from datetime import datetime

from storage.database import Database
from storage.rows import Opinion, Report
from storage.times import micros, moment

ADVERT, HONEST, HIDDEN = "promotion", "honest", "hidden"
WORDS = (ADVERT, HONEST, HIDDEN)
"""What a chat can say of an article as a whole; of its members' opinions the latest."""


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

    def word(self, chat: int, article_id: int) -> str:
        """What the chat last said of the article as a whole: one of ``WORDS``, or nothing."""
        row = self._db.one(
            "SELECT verdict FROM feedback WHERE article = :article AND chat = :chat"
            " AND verdict IN (SELECT value FROM json_each(:words)) ORDER BY at DESC, user LIMIT 1",
            article=article_id,
            chat=chat,
            words=json.dumps(WORDS),
        )
        return row["verdict"] if row else ""

    def reported(self, chat: int, limit: int) -> tuple[Report, ...]:
        """What other chats say is an advert or none against our verdict, and ``chat`` has not
        judged: for the owner alone. Most chats first.
        """
        rows = self._db.all(
            "SELECT f.article, f.verdict, count(DISTINCT f.chat) AS chats FROM feedback AS f"
            " JOIN articles AS a ON a.id = f.article"
            " WHERE f.chat <> :chat AND ((f.verdict = :advert AND a.flagged = 0)"
            " OR (f.verdict = :honest AND a.flagged = 1))"
            " AND NOT EXISTS (SELECT 1 FROM feedback AS m WHERE m.article = f.article"
            " AND m.chat = :chat AND m.verdict IN (SELECT value FROM json_each(:words)))"
            " GROUP BY f.article, f.verdict ORDER BY chats DESC, f.article DESC LIMIT :limit",
            chat=chat,
            advert=ADVERT,
            honest=HONEST,
            words=json.dumps(WORDS),
            limit=limit,
        )
        return tuple(Report(row["article"], row["verdict"], row["chats"]) for row in rows)
