"""All or nothing, and databases that another program holds."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from rules.model import Outcome
from storage import Locked, Store, open_store
from storage.rows import StoredQuiet
from tests.storage.builders import (
    NOW,
    after,
    article,
    chat,
    decide,
    fingerprint,
    owe,
    reading,
    record,
)


def fail_in_transaction(store: Store, *writes: Callable[[], object]) -> None:
    """Write, and then fail before the transaction ends."""
    with store.transaction():
        for write in writes:
            write()
        raise ConnectionError("mine")


def test_an_error_undoes_everything_in_its_transaction(store: Store):
    with pytest.raises(ConnectionError):
        fail_in_transaction(store, lambda: record(store), lambda: chat(store))

    assert store.articles.recent(10) == ()
    assert store.chats.active() == ()


def test_an_error_inside_a_joined_transaction_undoes_only_that_part(store: Store):
    with store.transaction():
        chat(store, "kept")
        with pytest.raises(ConnectionError):
            fail_in_transaction(store, lambda: chat(store, "undone"))

    assert [each.address for each in store.chats.active()] == ["kept"]


def test_a_joined_transaction_ends_with_the_outer_one(store: Store):
    def joined() -> None:
        with store.transaction():
            chat(store)

    with pytest.raises(ConnectionError):
        fail_in_transaction(store, joined)

    assert store.chats.active() == ()


def test_an_error_of_the_callers_passes_unchanged(store: Store):
    with pytest.raises(ConnectionError, match=r"^mine$"):
        fail_in_transaction(store)


def test_a_transaction_holds_the_write_lock_from_its_first_line(path: Path, store: Store):
    with (
        closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other,
        store.transaction(),
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")


def test_a_second_thread_is_kept_out_of_an_open_transaction(store: Store):
    caught: list[RuntimeError] = []

    def intrude() -> None:
        try:
            with store.transaction():
                chat(store)
        except RuntimeError as error:
            caught.append(error)

    with store.transaction():
        intruder = threading.Thread(target=intrude)
        intruder.start()
        intruder.join()

    assert len(caught) == 1
    assert store.chats.active() == ()


# --- locked --------------------------------------------------------------------------------------

WRITES: dict[str, Callable[[Store], object]] = {
    "articles.record": lambda s: s.articles.record(article("b"), reading(), ["b"], 1, NOW),
    "articles.learn_keys": lambda s: s.articles.learn_keys(1, ["c"]),
    "stories.create": lambda s: s.stories.create(fingerprint("k"), NOW),
    "stories.join": lambda s: s.stories.join(1, 1, fingerprint("k"), NOW),
    "sources.visited": lambda s: s.sources.visited("k", "", "", "feed", "", "", NOW, NOW, True),
    "sources.failed": lambda s: s.sources.failed("k", "", "", "feed", "404", NOW, NOW),
    "sources.note_origins": lambda s: s.sources.note_origins(1, [("a", "b", "c")], False, NOW),
    "chats.ensure": lambda s: chat(s, "new"),
    "chats.suspend": lambda s: s.chats.suspend(1, "blocked", NOW),
    "chats.restore": lambda s: s.chats.restore(1, NOW),
    "chats.move": lambda s: s.chats.move(1, "200", NOW),
    "chats.set_lang": lambda s: s.chats.set_lang(1, "en"),
    "rules.add": lambda s: s.rules.add(1, "y", "y", NOW),
    "rules.remove": lambda s: s.rules.remove(1, 1),
    "rules.respell": lambda s: s.rules.respell(1, 1, "z"),
    "rules.set_bell": lambda s: s.rules.set_bell(1, 1, "off"),
    "rules.tell": lambda s: s.rules.tell(1, "z", NOW),
    "decisions.give_lead": lambda s: s.decisions.give_lead(1, 1, 2, ""),
    "decisions.record": lambda s: decide(s, 1, (1, 1), Outcome.MUTED),
    "outbox.enqueue": lambda s: owe(s, 1),
    "outbox.collect": lambda s: s.outbox.collect(1, "quiet", NOW, NOW),
    "outbox.defer": lambda s: s.outbox.defer(1, NOW, "quiet"),
    "outbox.release": lambda s: s.outbox.release(1, "quiet", NOW),
    "outbox.reslot": lambda s: s.outbox.reslot(1, "quiet", NOW),
    "quiet.set": lambda s: s.quiet.set(1, StoredQuiet(1, 2)),
    "quiet.clear": lambda s: s.quiet.clear(1),
    "chats.set_zone": lambda s: s.chats.set_zone(1, "UTC"),
    "decisions.defer": lambda s: s.decisions.defer(1, 1, Outcome.QUIET, "", 1),
    "outbox.edit": lambda s: s.outbox.edit(1, NOW, NOW, timedelta(0)),
    "outbox.lead": lambda s: s.outbox.lead(1, 1),
    "outbox.drop": lambda s: s.outbox.drop(1, "", NOW),
    "outbox.claim": lambda s: s.outbox.claim(NOW, 60, "me", 1),
    "outbox.sent": lambda s: s.outbox.sent(1, "7", NOW),
    "outbox.retry": lambda s: s.outbox.retry(1, NOW, ""),
    "outbox.uncertain": lambda s: s.outbox.uncertain(1, NOW, ""),
    "outbox.dead": lambda s: s.outbox.dead(1, "", NOW),
    "outbox.recover": lambda s: s.outbox.recover(NOW, "me"),
    "outbox.postpone_chat": lambda s: s.outbox.postpone_chat(1, NOW, ""),
    "outbox.cancel": lambda s: s.outbox.cancel(1, "", NOW),
    "mutes.add": lambda s: s.mutes.add(1, "a", "b", "c", None, NOW),
    "mutes.remove": lambda s: s.mutes.remove(1, 1, NOW),
    "actions.create": lambda s: s.actions.create(1, "mute", {}, NOW, after(60)),
    "actions.take once": lambda s: s.actions.take("x", 1, NOW, once=True),
    "actions.purge": lambda s: s.actions.purge(NOW),
    "feedback.record": lambda s: s.feedback.record(1, 1, "promotion", "u", NOW),
    "lessons.learn": lambda s: s.lessons.learn(
        1, "a", "advert", (1,), points=0, most=9, user="u", now=NOW
    ),
    "lessons.forget": lambda s: s.lessons.forget(1, "a", most=9),
    "mutes.offer": lambda s: s.mutes.offer(1, "a", "b", NOW),
    "chats.set_automute": lambda s: s.chats.set_automute(1, True),
    "guards.set": lambda s: s.guards.set(1, "warn", "u", NOW),
    "guards.end": lambda s: s.guards.end(1),
    "guards.note": lambda s: s.guards.note(1, "t", "p", (1,), "warned", NOW, told=True),
    "guards.said": lambda s: s.guards.said(1, "7"),
    "guards.reported": lambda s: s.guards.reported(1, NOW),
    "guards.purge": lambda s: s.guards.purge(NOW),
    "search.add": lambda s: s.search.add(1, NOW, reading(), "", ""),
    "updates.first_time": lambda s: s.updates.first_time("telegram", "1", NOW),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_write_to_a_database_that_another_program_holds_says_so(path: Path, name: str):
    with (
        closing(open_store(path, busy_seconds=0)) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        record(store)
        store.rules.add(chat(store).id, "x", "x", NOW)
        owe(store, 1)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked):
            WRITES[name](store)
        other.execute("ROLLBACK")

        WRITES[name](store)


def test_reading_goes_on_while_another_program_writes(path: Path):
    with (
        closing(open_store(path, busy_seconds=0)) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        mine = chat(store)
        other.execute("BEGIN IMMEDIATE")

        assert store.chats.get(mine.id) == mine


def test_every_writing_method_is_in_the_list_above(store: Store):
    reading_only = {
        "articles": {"known", "get", "by_key", "recent", "flagged"},
        "stories": {"candidates", "articles", "outlets", "names"},
        "sources": {"get", "all", "origins", "find_origin", "record"},
        "chats": {"find", "get", "active", "automute"},
        "rules": {"of_chat", "get", "active", "active_after"},
        "decisions": {"of", "held", "told", "outcomes", "collected"},
        "quiet": {"of"},
        "outbox": {"counts", "by_message", "next_due", "of_story", "message"},
        "mutes": {"active", "lifted", "offered"},
        "feedback": {"of", "said", "word", "reported"},
        "lessons": {"get", "of", "shared_points", "taught", "counts"},
        "guards": {"of", "at", "case", "by_message", "told", "count"},
        "search": {"waiting", "candidates", "newest", "load", "count", "began"},
        "sightings": {"of_contact", "touting", "touts", "alike"},
    }
    nouns = [name for name in vars(store) if not name.startswith("_")]
    found = {
        f"{noun}.{method}"
        for noun in nouns
        for method in dir(getattr(store, noun))
        if not method.startswith("_") and method not in reading_only.get(noun, set())
    }

    assert found == {name.split()[0] for name in WRITES}


def test_damage_is_named(store: Store):
    store._db.run("PRAGMA foreign_keys = OFF")
    store._db.run("INSERT INTO article_keys (key, article) VALUES ('k', 99)")

    assert any("article_keys" in line for line in store.integrity())
