"""Opening: what is made, what is refused, and with which words."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import (
    Corrupt,
    DiskFull,
    InUse,
    Locked,
    NewerSchema,
    NotADatabase,
    NotOurs,
    StorageError,
    Store,
    Unwritable,
    open_store,
)
from tests.storage.builders import chat, record


def test_a_new_database_is_made_with_its_folders(tmp_path: Path):
    path = tmp_path / "a" / "b" / "bot.db"

    open_store(path).close()

    assert path.is_file()


def test_a_database_in_memory_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    with closing(open_store(":memory:")) as store:
        chat(store)

    assert list(tmp_path.iterdir()) == []


def test_the_connection_is_durable_and_checks_foreign_keys(path: Path):
    with closing(open_store(path)) as store:
        pragmas = {
            name: store._db.all(f"PRAGMA {name}")[0][0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }


def test_what_was_stored_is_there_after_reopening(path: Path):
    with closing(open_store(path)) as store:
        mine = chat(store)
    with closing(open_store(path)) as store:
        assert store.chats.get(mine.id) == mine


@pytest.mark.parametrize("content", [b"<!DOCTYPE html>" + b"x" * 5000, b"hello", b"\x00" * 4096])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, content: bytes):
    path.write_bytes(content)

    with pytest.raises(NotADatabase) as caught:
        open_store(path)

    assert caught.value.values["path"] == str(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(path: Path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")

    with pytest.raises(NotOurs) as caught:
        open_store(path)

    assert caught.value.key == "storage.not_ours"


def test_a_database_of_a_newer_version_is_refused(path: Path):
    open_store(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")

    with pytest.raises(NewerSchema) as caught:
        open_store(path)

    assert caught.value.values["found"] == "99"


def test_a_folder_that_cannot_be_made_is_unwritable(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Unwritable):
        open_store(tmp_path / "file" / "bot.db")


def test_a_folder_in_place_of_the_file_is_unwritable(tmp_path: Path):
    with pytest.raises(Unwritable):
        open_store(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_unwritable(tmp_path: Path):
    tmp_path.chmod(0o500)

    with pytest.raises(Unwritable):
        open_store(tmp_path / "bot.db")


def test_a_damaged_database_is_refused(path: Path):
    with closing(open_store(path)) as store:
        record_many(store, 50)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 20] = os.urandom(4096 * 17)
    path.write_bytes(content)

    with pytest.raises(Corrupt) as caught:
        open_store(path)

    assert caught.value.values["reason"]


def test_a_second_process_on_the_same_database_refuses_to_start(path: Path):
    program = (
        "import sys; from storage import InUse, open_store\n"
        "try: open_store(sys.argv[1])\n"
        "except InUse as error: print(error.values['owner'])"
    )
    with closing(open_store(path)):
        second = subprocess.run(
            [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
        )

    assert second.stdout.strip() == str(os.getpid())


def test_a_second_opening_in_this_process_refuses_too_until_the_first_is_closed(path: Path):
    first = open_store(path)
    with pytest.raises(InUse):
        open_store(path)
    first.close()

    open_store(path).close()


def test_a_failed_opening_lets_go_of_the_lock(path: Path):
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(NotADatabase):
        open_store(path)
    path.unlink()

    open_store(path).close()


def test_a_reader_may_look_beside_the_running_one_and_writes_nothing(path: Path):
    with closing(open_store(path)) as store, closing(open_store(path, exclusive=False)) as reader:
        mine = chat(store)

        assert reader.chats.get(mine.id) == mine
        with pytest.raises(Unwritable):
            chat(reader, "200")


def test_a_reader_finds_an_empty_database_where_there_was_none(path: Path):
    with closing(open_store(path, exclusive=False)) as reader:
        assert reader.chats.active() == ()


def test_closing_twice_is_harmless(path: Path):
    store = open_store(path)
    store.close()
    store.close()

    with closing(open_store(path)) as again:  # and the lock was let go once and for all
        assert again.integrity() == ()


def record_many(store: Store, count: int) -> None:
    with store.transaction():
        for number in range(count):
            record(store, f"a{number}")


def test_a_full_disk_undoes_the_transaction_and_says_so(path: Path):
    with closing(open_store(path)) as store:
        pages = store._db.all("PRAGMA page_count")[0][0]
        store._db.run(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(DiskFull):
            record_many(store, 1000)

        assert store.articles.recent(10) == ()
        assert not store._db.in_transaction
        store._db.run(f"PRAGMA max_page_count = {pages + 1000}")
        assert chat(store).id > 0


def test_a_database_overwritten_while_open_is_reported(path: Path):
    with closing(open_store(path)) as store:
        record(store)
        store._db.run("PRAGMA wal_checkpoint(TRUNCATE)")
        store._db.run("PRAGMA shrink_memory")
        path.write_bytes(b"overwritten " * 10_000)
        with pytest.raises(StorageError):
            store.integrity()


def test_another_programs_write_lock_is_reported_after_the_wait(path: Path):
    with (
        closing(open_store(path, busy_seconds=0.01)) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked):
            chat(store)
        other.execute("ROLLBACK")

        assert chat(store).address == "100"
