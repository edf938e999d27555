"""Deliveries that a chat network has made already, so that a repeated one has no effect."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.database import Database
from storage.times import micros

KEPT = timedelta(hours=48)  # networks repeat a delivery for a day at most


class Updates:
    """Ids of deliveries, kept for two days."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def first_time(self, platform: str, update_id: str, now: datetime) -> bool:
        """Whether this delivery is seen for the first time; from now on it is known."""
        with self._db.transaction():
            self._db.run("DELETE FROM updates WHERE at < :before", before=micros(now - KEPT))
            new = self._db.one(
                "INSERT INTO updates (platform, update_id, at) VALUES (:platform, :update, :now)"
                " ON CONFLICT (platform, update_id) DO NOTHING RETURNING at",
                platform=platform,
                update=update_id,
                now=micros(now),
            )
        return new is not None
