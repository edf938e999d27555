"""Lines that a publisher prints under every article: how often each was seen at its source.

Only hashes are kept, of a bounded number of lines a source, and none that was not seen for long.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from storage.database import Database
from storage.times import micros

KEPT = timedelta(days=60)
_ALL = -1  # stands for every article of the source; the prints of lines are not negative


class Furniture:
    """Counts of lines by source. One article counts a line once."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def note(self, source: str, prints: Collection[int], most: int, now: datetime) -> None:
        """An article of the source holds these lines; at most ``most`` lines a source are kept.

        Where there are more, those go first that were seen least often, then longest ago.
        """
        with self._db.transaction():
            self._db.run(
                "INSERT INTO furniture (source, print, articles, first_at, last_at)"
                " SELECT :source, value, 1, :now, :now FROM json_each(:prints) WHERE true"
                " ON CONFLICT (source, print) DO UPDATE"
                " SET articles = articles + 1, last_at = excluded.last_at",
                source=source,
                prints=json.dumps([_ALL, *sorted(set(prints))]),
                now=micros(now),
            )
            self._db.run(
                "DELETE FROM furniture WHERE source = :source AND print IN (SELECT print"
                " FROM furniture WHERE source = :source AND print <> :all"
                " ORDER BY articles DESC, last_at DESC, print LIMIT -1 OFFSET :most)",
                source=source,
                all=_ALL,
                most=most,
            )

    def seen(self, source: str, prints: Iterable[int]) -> tuple[int, Mapping[int, int]]:
        """How many articles of the source were noted, and how many of them hold each line."""
        rows = self._db.all(
            "SELECT f.print, f.articles FROM json_each(:prints) AS p"
            " CROSS JOIN furniture AS f ON f.source = :source AND f.print = p.value",
            source=source,
            prints=json.dumps([_ALL, *prints]),
        )
        found = {row["print"]: row["articles"] for row in rows}
        return found.pop(_ALL, 0), found

    def forget(self, now: datetime) -> int:
        """Forget what was not seen for two months; how many lines."""
        return self._db.run(
            "DELETE FROM furniture WHERE last_at < :before", before=micros(now - KEPT)
        )
