"""The store: one open database, with one attribute a noun."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path

from storage.actions import Actions
from storage.articles import Articles
from storage.backup import back_up, check
from storage.chats import Chats
from storage.database import MEMORY, Database, connect
from storage.decisions import Decisions
from storage.errors import border
from storage.feedback import Feedback
from storage.guards import Guards
from storage.lessons import Lessons
from storage.lock import FileLock
from storage.migrations import is_outdated, migrate
from storage.mutes import Mutes
from storage.outbox import Outbox
from storage.quiet import Quiet
from storage.rules import Rules
from storage.search import Search
from storage.sightings import Sightings
from storage.sources import Sources
from storage.stories import Stories
from storage.updates import Updates

BUSY_SECONDS = 5.0  # how long to wait for another program's lock before giving up


class Store:
    """All that is remembered. Made by ``open_store``; used from one thread at a time."""

    def __init__(self, db: Database, lock: FileLock | None = None) -> None:
        self._db = db
        self._lock = lock
        self.articles = Articles(db)
        self.stories = Stories(db)
        self.sources = Sources(db)
        self.chats = Chats(db)
        self.rules = Rules(db)
        self.decisions = Decisions(db)
        self.outbox = Outbox(db)
        self.mutes = Mutes(db)
        self.quiet = Quiet(db)
        self.actions = Actions(db)
        self.feedback = Feedback(db)
        self.lessons = Lessons(db)
        self.guards = Guards(db)
        self.updates = Updates(db)
        self.search = Search(db)
        self.sightings = Sightings(db)

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing; one inside another joins it. Never wait for anything else in it."""
        return self._db.transaction()

    def integrity(self) -> tuple[str, ...]:
        """What is wrong with the database, thoroughly checked; nothing if all is well."""
        found = [str(row[0]) for row in self._db.all("PRAGMA integrity_check")]
        keys = [
            f"{row['table']} row {row['rowid']} points to no row of {row['parent']}"
            for row in self._db.all("PRAGMA foreign_key_check")
        ]
        return tuple([] if found == ["ok"] else found) + tuple(keys)

    def backup(self, path: Path | str) -> None:
        """Write a checked copy to ``path`` (see ``storage.backup``). Raises StorageError."""
        back_up(self._db, Path(path))

    def close(self) -> None:
        """Close the database and let others open it; a second call does nothing."""
        self._db.close()
        if self._lock:
            self._lock.close()


def open_store(
    path: Path | str, *, exclusive: bool = True, busy_seconds: float = BUSY_SECONDS
) -> Store:
    """Open the database, made with its folders if new, brought up to date and checked.

    ``":memory:"`` keeps everything in memory. ``exclusive`` keeps other processes out; without it
    the store can only be read, beside one that runs. Raises StorageError.
    """
    if str(path) == MEMORY:
        return Store(_open(MEMORY, busy_seconds))
    file = Path(path)
    with border(str(file)):
        file.parent.mkdir(parents=True, exist_ok=True)
    if not exclusive:
        db = _open(str(file), busy_seconds, migrating=FileLock)
        db.run("PRAGMA query_only = ON")
        return Store(db)
    lock = FileLock(file)
    try:
        return Store(_open(str(file), busy_seconds), lock)
    except BaseException:
        lock.close()
        raise


def _open(
    path: str, busy_seconds: float, migrating: Callable[[Path], FileLock] | None = None
) -> Database:
    connection = connect(path, busy_seconds)
    try:
        db = Database(connection, path)
        if is_outdated(db):
            with closing(migrating(Path(path))) if migrating else nullcontext():
                migrate(db)
        check(connection, path)
    except BaseException:
        connection.close()
        raise
    return db
