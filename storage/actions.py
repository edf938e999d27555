"""What buttons stand for: opaque tokens, each bound to the chat that it was made for."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime

from storage.codec import load_mapping
from storage.database import Database
from storage.rows import Action
from storage.times import micros

_TOKEN_BYTES = 16  # 128 bits: cannot be guessed, 22 characters, fits any network's button


class Actions:
    """Button tokens."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def create(
        self, chat: int, kind: str, args: Mapping[str, str], now: datetime, expires_at: datetime
    ) -> str:
        """A new token for this action, at most 40 URL-safe characters."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._db.run(
            "INSERT INTO actions (token, chat, kind, args, created_at, expires_at)"
            " VALUES (:token, :chat, :kind, :args, :now, :expires_at)",
            token=token,
            chat=chat,
            kind=kind,
            args=json.dumps(dict(args), ensure_ascii=False),
            now=micros(now),
            expires_at=micros(expires_at),
        )
        return token

    def take(self, token: str, chat: int, now: datetime, once: bool = False) -> Action | None:
        """The action of a token of this chat that has not expired; with ``once`` it is used up."""
        valid = "token = :token AND chat = :chat AND expires_at > :now"
        statement = (
            f"DELETE FROM actions WHERE {valid} RETURNING kind, args"
            if once
            else f"SELECT kind, args FROM actions WHERE {valid}"
        )
        row = self._db.one(statement, token=token, chat=chat, now=micros(now))
        return Action(row["kind"], load_mapping(row["args"])) if row else None

    def purge(self, now: datetime) -> int:
        """Remove what has expired; how many."""
        return self._db.run("DELETE FROM actions WHERE expires_at <= :now", now=micros(now))
