"""The steps that lead to the schema: the files of ``storage/schema``, in the order of their names.

Append only: a step that was released never changes.
All pending steps run in one transaction, so that a file holds the old schema or the new one.
Tables are STRICT; every time is in microseconds UTC (see ``storage.times``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import resources

from sqlite_utils import Database as Utils
from sqlite_utils import Migrations

from storage.database import Database
from storage.errors import Corrupt, NewerSchema, NotOurs

APPLICATION_ID = 0x544B424C  # "TKBL": tells our files from other programs' (see file(1))


@lru_cache(maxsize=1)
def steps() -> Migrations:
    """All steps, read once."""
    known = Migrations("tickerbell")
    files = [
        one for one in resources.files("storage.schema").iterdir() if one.name.endswith(".sql")
    ]
    for file in sorted(files, key=lambda one: one.name):
        known(name=file.name.removesuffix(".sql"))(_running(file.read_text("utf-8")))
    return known


def _running(sql: str) -> Callable[[Utils], None]:
    def step(db: Utils) -> None:
        db.executescript(sql)

    return step


def is_outdated(db: Database, migrations: Migrations | None = None) -> bool:
    """Whether steps are pending. Raises NotOurs for another program's database, and NewerSchema
    for one that a later version wrote.
    """
    migrations = migrations or steps()
    known = len(migrations.pending(Utils(memory=True)))  # all of them, as a new file needs
    found = _pragma(db, "user_version")
    is_empty = db.one("SELECT 1 FROM sqlite_schema LIMIT 1") is None
    if not is_empty and _pragma(db, "application_id") != APPLICATION_ID:
        raise NotOurs(db.path)
    if found > known:
        raise NewerSchema(db.path, found=str(found), known=str(known))
    return bool(migrations.pending(db.utils))


def migrate(db: Database, migrations: Migrations | None = None) -> None:
    """Take all pending steps or none. Raises Corrupt where the result breaks a foreign key."""
    migrations = migrations or steps()
    with db.transaction():
        migrations.apply(db.utils)
        broken = db.all("PRAGMA foreign_key_check")
        if broken:
            tables = sorted({str(row["table"]) for row in broken})
            raise Corrupt(db.path, reason=f"foreign keys of {', '.join(tables)}")
        db.run(f"PRAGMA application_id = {APPLICATION_ID}")
        db.run(f"PRAGMA user_version = {len(migrations.applied(db.utils))}")


def _pragma(db: Database, name: str) -> int:
    return int(db.all(f"PRAGMA {name}")[0][0])
