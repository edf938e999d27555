"""The schema and the steps that lead to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils import Migrations

from storage import Store, open_store
from storage.database import Database, connect
from storage.errors import Corrupt
from storage.migrations import APPLICATION_ID, is_outdated, migrate, steps

SNAPSHOT = Path(__file__).with_name("schema.sql")
STEPS = [step.name for step in steps().pending(sqlite_utils.Database(memory=True))]


def schema(connection: sqlite3.Connection) -> str:
    rows = connection.execute(  # what the word index keeps is SQLite's own affair
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT IN"
        " (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY name"
    )
    return "".join(f"{row[0]};\n" for row in rows)


def failing_after(step: str) -> Migrations:
    """Every step up to this one, and then one that fails half-way."""
    copied = Migrations("tickerbell")
    for each in steps().pending(sqlite_utils.Database(memory=True)):
        copied(name=each.name)(each.fn)
        if each.name == step:
            break

    @copied(name="999_broken")
    def broken(db: sqlite_utils.Database) -> None:
        db.executescript("CREATE TABLE half (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);")

    return copied


def test_the_schema_is_the_reviewed_one(store: Store):
    assert schema(store._db.connection) == SNAPSHOT.read_text(encoding="utf-8")


def test_every_table_is_strict(store: Store):
    loose = store._db.all(
        "SELECT name FROM pragma_table_list WHERE strict = 0 AND schema = 'main'"
        " AND name NOT LIKE 'sqlite_%' AND type = 'table'"
    )

    assert [row["name"] for row in loose] == []


def test_a_new_file_carries_the_programs_mark_and_its_schemas_number(path: Path):
    open_store(path).close()

    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert plain.execute("PRAGMA user_version").fetchone()[0] == len(STEPS)


def test_a_current_database_has_nothing_pending(store: Store):
    assert not is_outdated(store._db)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_leaves_the_old_schema(path: Path, step: str):
    with closing(connect(str(path), 1)) as connection:
        db = Database(connection, str(path))
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            migrate(db, failing_after(step))

        assert schema(connection) == ""
        assert db.all("PRAGMA user_version")[0][0] == 0
    open_store(path).close()


@pytest.mark.parametrize("step", STEPS)
def test_a_database_of_every_earlier_version_is_brought_up_to_date(path: Path, step: str):
    with closing(connect(str(path), 1)) as connection:
        db = Database(connection, str(path))
        steps().apply(db.utils, stop_before=step)
        db.run(f"PRAGMA application_id = {APPLICATION_ID}")
        db.run(f"PRAGMA user_version = {STEPS.index(step)}")

    with closing(open_store(path)) as store:
        assert schema(store._db.connection) == SNAPSHOT.read_text(encoding="utf-8")
        assert store.integrity() == ()


def test_a_step_that_breaks_a_foreign_key_is_undone(path: Path):
    careless = Migrations("tickerbell")

    @careless(name="001_careless")
    def orphan(db: sqlite_utils.Database) -> None:
        db.executescript(
            "CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;"
            "CREATE TABLE child (parent INTEGER REFERENCES parent (id)) STRICT;"
            "INSERT INTO child VALUES (7);"
        )

    with closing(connect(str(path), 1)) as connection:
        db = Database(connection, str(path))
        db.run("PRAGMA foreign_keys = OFF")
        with pytest.raises(Corrupt, match="child"):
            migrate(db, careless)

        assert schema(connection) == ""
