"""Edits: one waits for a message, none is lost, none holds the chat's other messages back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import Store
from tests.storage.builders import NOW, after, chat, owe, record
from tests.storage.test_outbox import claim, state

NO_GAP = timedelta(0)


@pytest.fixture
def sent(store: Store) -> int:
    """An alert that was sent."""
    found, story = record(store)
    owed = store.outbox.enqueue(chat(store).id, story, found, "alert", {}, NOW)
    assert owed is not None
    store.outbox.claim(NOW, 60, "me", 1)
    store.outbox.sent(owed, "77", NOW)
    return owed


def edit(store: Store, target: int, seconds: float = 0, gap: timedelta = NO_GAP) -> int | None:
    return store.outbox.edit(target, after(seconds), after(seconds), gap)


def test_of_one_message_one_edit_waits(store: Store, sent: int):
    first = edit(store, sent)

    assert first is not None
    assert edit(store, sent) is None


def test_an_edit_knows_the_message_that_it_changes(store: Store, sent: int):
    edit(store, sent)

    (row,) = store.outbox.claim(NOW, 60, "me", 1)

    assert (row.kind, row.target, row.target_message) == ("edit", sent, "77")


def test_while_one_is_under_way_the_next_may_wait(store: Store, sent: int):
    first = edit(store, sent)
    assert claim(store) == [first]

    second = edit(store, sent)

    assert second is not None
    assert edit(store, sent) is None
    assert claim(store) == [], "a chat has one message under way at a time"


def test_a_message_that_waits_itself_needs_no_edit(store: Store):
    found, story = record(store)
    owed = store.outbox.enqueue(chat(store).id, story, found, "alert", {}, NOW)
    assert owed is not None
    assert edit(store, owed) is None

    claim(store)
    store.outbox.uncertain(owed, NOW, "timeout")

    assert edit(store, owed) is None, "it will be written anew"


def test_between_two_edits_lies_the_gap(store: Store, sent: int):
    first = edit(store, sent)
    assert first is not None
    claim(store)
    store.outbox.sent(first, "77", after(5))

    second = edit(store, sent, 6, timedelta(seconds=60))

    assert claim(store, 64) == []
    assert claim(store, 65) == [second]


def test_an_edit_that_waits_holds_no_other_message_back(store: Store, sent: int):
    store.outbox.edit(sent, NOW, after(60), NO_GAP)
    later = owe(store, chat(store).id)

    assert claim(store) == [later]


@pytest.mark.parametrize("how", ["uncertain", "retry", "crash", "halt"])
def test_one_that_failed_gives_way_to_one_that_says_more(store: Store, sent: int, how: str):
    first = edit(store, sent)
    assert first is not None
    claim(store, owner="one")
    second = edit(store, sent)

    match how:
        case "uncertain":
            store.outbox.uncertain(first, after(30), "timeout")
        case "retry":
            store.outbox.retry(first, after(30), "network")
        case "halt":
            store.outbox.postpone_chat(chat(store).id, after(0), "429")
        case "crash":
            store.outbox.recover(after(1), "two")

    assert state(store, first) == "cancelled"
    assert claim(store, 40, "two") == [second]


def test_an_edit_in_doubt_is_tried_again_unmarked_and_given_up_in_the_end(store: Store, sent: int):
    owed = edit(store, sent)
    assert owed is not None
    for _ in range(8):
        assert state(store, owed) in {"queued", "retry"}
        (row,) = store.outbox.claim(NOW, 60, "me", 1)
        assert not row.repeat
        store.outbox.uncertain(owed, NOW, "timeout")

    assert state(store, owed) == "dead"


def test_an_answer_to_an_edited_message_is_about_its_article(store: Store, sent: int):
    mine = chat(store).id
    about = store.outbox.by_message(mine, "77")
    owed = edit(store, sent)
    assert owed is not None
    claim(store)
    store.outbox.sent(owed, "77", NOW)

    assert about is not None
    assert store.outbox.by_message(mine, "77") == about


def test_a_cancelled_alert_makes_room_for_another_on_its_story(store: Store):
    mine = chat(store)
    found, story = record(store)
    store.outbox.enqueue(mine.id, story, found, "alert", {}, NOW)
    store.outbox.cancel(mine.id, "muted", NOW)

    assert store.outbox.enqueue(mine.id, story, found, "alert", {}, NOW) is not None


def test_only_a_message_that_waits_gets_another_lead(store: Store, sent: int):
    found, _ = record(store, "better")

    assert not store.outbox.lead(sent, found)
    message = store.outbox.message(sent)
    assert message is not None
    assert message.article != found
