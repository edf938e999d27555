"""Copies of the database, and the way back."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import (
    Corrupt,
    InUse,
    NotADatabase,
    NotOurs,
    StorageError,
    Store,
    Unwritable,
    open_store,
    restore,
)
from tests.storage.builders import chat, record


def test_a_backup_is_one_whole_file_with_everything_in_it(store: Store, tmp_path: Path):
    found, _ = record(store)
    copy = tmp_path / "copies" / "today.db"

    store.backup(copy)

    assert [each.name for each in copy.parent.iterdir()] == ["today.db"]
    with closing(open_store(copy)) as restored:
        assert restored.articles.get(found) == store.articles.get(found)
        assert restored.integrity() == ()


def test_a_backup_takes_the_place_of_an_earlier_one(store: Store, tmp_path: Path):
    copy = tmp_path / "copy.db"
    store.backup(copy)
    mine = chat(store)
    store.backup(copy)

    with closing(open_store(copy)) as restored:
        assert restored.chats.get(mine.id) == mine


def test_a_backup_that_cannot_be_written_leaves_the_earlier_one(store: Store, tmp_path: Path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Unwritable):
        store.backup(tmp_path / "file" / "copy.db")


def backed_up(path: Path, copy: Path) -> None:
    """A database with one chat and its backup; a second chat came after."""
    with closing(open_store(path)) as store:
        chat(store, "before")
        store.backup(copy)
        chat(store, "after")


def addresses(path: Path) -> list[str]:
    with closing(open_store(path)) as store:
        return [each.address for each in store.chats.active()]


def test_a_restored_database_is_as_it_was_backed_up_and_the_other_is_kept(path: Path):
    copy = path.with_name("copy.db")
    backed_up(path, copy)

    kept = restore(copy, path)

    assert addresses(path) == ["before"]
    assert kept is not None
    assert addresses(kept) == ["before", "after"]


def test_a_backup_can_be_restored_where_there_is_nothing(path: Path):
    copy = path.with_name("copy.db")
    backed_up(path, copy)
    path.unlink()

    assert restore(copy, path) is None
    assert addresses(path) == ["before"]


def test_changes_that_are_only_in_the_log_of_the_replaced_database_are_kept(path: Path):
    copy = path.with_name("copy.db")
    backed_up(path, copy)
    crashed = sqlite3.connect(path, isolation_level=None)
    crashed.execute("UPDATE chats SET title = 'only in the log'")
    for end in ("", "-wal"):
        source = path.with_name(path.name + end)
        source.with_name("x" + source.name).write_bytes(source.read_bytes())
    crashed.close()
    died = path.with_name("x" + path.name)

    kept = restore(copy, died)

    assert kept is not None
    with closing(open_store(kept)) as store:
        assert {each.title for each in store.chats.active()} == {"only in the log"}
    assert addresses(died) == ["before"]


def test_nothing_is_restored_under_a_running_bot(path: Path):
    copy = path.with_name("copy.db")
    backed_up(path, copy)
    with closing(open_store(path)), pytest.raises(InUse):
        restore(copy, path)

    assert addresses(path) == ["before", "after"]


def test_a_copy_that_is_no_good_leaves_the_database_alone(path: Path):
    copy = path.with_name("copy.db")
    backed_up(path, copy)
    bad: dict[str, type[StorageError]] = {
        "html": NotADatabase,
        "other": NotOurs,
        "torn": Corrupt,
        "missing": Unwritable,
    }
    (path.parent / "html").write_text("<!DOCTYPE html>" * 1000)
    with closing(sqlite3.connect(path.parent / "other")) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    content = copy.read_bytes()
    (path.parent / "torn").write_bytes(content[:8192] + os.urandom(len(content) - 8192))

    for name, error in bad.items():
        with pytest.raises(error):
            restore(path.parent / name, path)

    assert addresses(path) == ["before", "after"]
