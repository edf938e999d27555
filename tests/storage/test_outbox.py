"""The outbox: what is owed, who may send it, and how it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import Store, open_store, outbox_statements
from storage.outbox import STATES
from tests.storage.builders import NOW, after, chat, owe, record


def claim(store: Store, seconds: float = 0, owner: str = "me", limit: int = 10) -> list[int]:
    return [row.id for row in store.outbox.claim(after(seconds), 60, owner, limit)]


def state(store: Store, owed: int) -> str:
    return str(store._db.all("SELECT state FROM outbox WHERE id = :id", id=owed)[0][0])


def test_a_chat_is_owed_one_alert_on_a_story(store: Store):
    mine, other = chat(store, "100"), chat(store, "200")
    found, story = record(store)

    first = store.outbox.enqueue(mine.id, story, found, "alert", {}, NOW)

    assert first is not None
    assert store.outbox.enqueue(mine.id, story, found, "alert", {}, NOW) is None
    assert store.outbox.enqueue(other.id, story, found, "alert", {}, NOW) is not None
    assert store.outbox.enqueue(mine.id, story, found, "update", {}, NOW) is not None


def test_a_broken_row_is_an_error_and_never_dropped_in_silence(store: Store):
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.outbox.enqueue(99, None, None, "alert", {}, NOW)


def test_a_claimed_message_says_everything_that_sending_needs(store: Store):
    mine = chat(store)
    found, story = record(store)
    store.outbox.enqueue(mine.id, story, found, "alert", {"text": "台積電", "n": 1}, NOW)

    (row,) = store.outbox.claim(NOW, 60, "me", 10)

    assert (row.chat, row.story, row.article, row.kind) == (mine, story, found, "alert")
    assert (row.payload, row.attempt, row.repeat) == ({"text": "台積電", "n": 1}, 1, False)


def test_a_retry_key_belongs_to_one_message_and_stays_the_same(store: Store):
    one, two = owe(store, chat(store, "1").id), owe(store, chat(store, "2").id)
    first = store.outbox.claim(NOW, 60, "me", 10)
    for owed in (one, two):
        store.outbox.retry(owed, after(1), "network")

    second = store.outbox.claim(after(1), 60, "me", 10)

    assert [row.retry_key for row in first] == [row.retry_key for row in second]
    assert len({row.retry_key for row in first}) == 2
    assert [row.attempt for row in second] == [2, 2]


def test_a_claim_inside_a_transaction_is_refused(store: Store):
    owe(store, chat(store).id)

    with pytest.raises(RuntimeError, match="on disk"), store.transaction():
        claim(store)


def test_a_claim_is_on_disk_before_it_is_handed_out(path: Path, store: Store):
    owed = owe(store, chat(store).id)
    claim(store)
    with closing(open_store(path, exclusive=False)) as reader:
        assert state(reader, owed) == "leased"


def test_a_message_is_not_claimed_before_its_time(store: Store):
    owed = owe(store, chat(store).id, after(60))

    assert claim(store, 59.999999) == []
    assert claim(store, 60) == [owed]


def test_a_chat_has_one_message_on_its_way_and_reads_them_in_order(store: Store):
    mine = chat(store)
    one, two = owe(store, mine.id), owe(store, mine.id)

    assert claim(store) == [one]
    assert claim(store) == []
    store.outbox.sent(one, "1", NOW)
    assert claim(store) == [two]


def test_a_message_that_waits_for_its_second_try_holds_the_later_ones_back(store: Store):
    mine = chat(store)
    one, two = owe(store, mine.id), owe(store, mine.id)
    claim(store)
    store.outbox.retry(one, after(30), "network")

    assert claim(store, 29) == []
    assert claim(store, 30) == [one]
    store.outbox.dead(one, "refused", NOW)
    assert claim(store, 30) == [two]


def test_a_message_for_tomorrow_does_not_hold_back_the_one_for_now(store: Store):
    mine = chat(store)
    owe(store, mine.id, after(86_400))
    now = owe(store, mine.id)

    assert claim(store) == [now]


def test_every_chat_gets_its_turn_before_one_gets_a_second(store: Store):
    busy = chat(store, "busy")
    many = [owe(store, busy.id) for _ in range(20)]
    quiet = [owe(store, chat(store, f"quiet{number}").id) for number in range(3)]

    served: list[int] = []
    for second in range(5):
        (owed,) = claim(store, second, limit=1)
        store.outbox.sent(owed, str(owed), after(second))
        served.append(owed)

    assert served == [many[0], *quiet, many[1]]


def test_a_suspended_chat_is_passed_over_until_it_is_back(store: Store):
    mine, other = chat(store, "100"), chat(store, "200")
    waiting, flowing = owe(store, mine.id), owe(store, other.id)
    store.chats.suspend(mine.id, "blocked", NOW)

    assert claim(store) == [flowing]
    store.chats.restore(mine.id, NOW)
    assert claim(store) == [waiting]


def test_a_postponed_chat_waits_with_all_it_is_owed_while_others_do_not(store: Store):
    mine, other = chat(store, "100"), chat(store, "200")
    one = owe(store, mine.id)
    claim(store)
    store.outbox.postpone_chat(mine.id, after(3600), "429")
    owe(store, mine.id)
    flowing = owe(store, other.id)

    assert claim(store, 3599) == [flowing]
    (row,) = store.outbox.claim(after(3600), 60, "me", 10)
    assert (row.id, row.repeat) == (one, False)


def test_a_shorter_halt_does_not_end_a_longer_one(store: Store):
    mine = chat(store)
    owe(store, mine.id)
    store.outbox.postpone_chat(mine.id, after(3600), "429")
    store.outbox.postpone_chat(mine.id, after(5), "429")

    assert claim(store, 3599) == []


def test_a_message_in_doubt_is_repeated_once_and_marked(store: Store):
    owed = owe(store, chat(store).id)
    claim(store)
    store.outbox.uncertain(owed, after(30), "read timeout")
    assert claim(store, 29) == []

    (row,) = store.outbox.claim(after(30), 60, "me", 10)
    assert row.repeat
    store.outbox.uncertain(owed, after(90), "read timeout")

    assert state(store, owed) == "dead"
    assert claim(store, 1e6) == []


def test_a_message_in_doubt_that_certainly_failed_then_is_still_marked(store: Store):
    owed = owe(store, chat(store).id)
    claim(store)
    store.outbox.uncertain(owed, after(30), "read timeout")
    claim(store, 30)
    store.outbox.retry(owed, after(60), "429")

    (row,) = store.outbox.claim(after(60), 60, "me", 10)

    assert row.repeat


def test_a_lease_that_ended_is_in_doubt_and_one_that_runs_is_not(store: Store):
    owed = owe(store, chat(store).id)
    claim(store)

    assert store.outbox.recover(after(59), "me") == 0
    assert store.outbox.recover(after(60), "me") == 1
    assert state(store, owed) == "uncertain"


def test_a_lease_of_an_earlier_process_is_in_doubt_at_once(store: Store):
    owed = owe(store, chat(store).id)
    claim(store, owner="earlier")

    assert store.outbox.recover(after(1), "me") == 1
    (row,) = store.outbox.claim(after(1), 60, "me", 10)
    assert (row.id, row.repeat) == (owed, True)


def test_a_late_answer_still_counts(store: Store):
    owed = owe(store, chat(store).id)
    claim(store)
    store.outbox.recover(after(60), "me")

    assert store.outbox.sent(owed, "7", after(61))
    assert claim(store, 1000) == []


def test_the_first_answer_stays(store: Store):
    mine = chat(store)
    owed = owe(store, mine.id)
    claim(store)
    assert store.outbox.sent(owed, "7", NOW)

    assert not store.outbox.sent(owed, "8", after(1))
    assert not store.outbox.retry(owed, NOW, "late")
    assert not store.outbox.uncertain(owed, NOW, "late")
    assert not store.outbox.dead(owed, "late", NOW)
    assert store.outbox.by_message(mine.id, "7") == (None, None)
    assert store.outbox.by_message(mine.id, "8") is None


def test_a_reply_to_an_alert_leads_to_its_story_and_article(store: Store):
    mine = chat(store)
    found, story = record(store)
    owed = store.outbox.enqueue(mine.id, story, found, "alert", {}, NOW)
    assert owed is not None
    claim(store)
    store.outbox.sent(owed, "4711", NOW)

    assert store.outbox.by_message(mine.id, "4711") == (story, found)


def test_what_is_cancelled_is_not_sent_and_what_is_being_sent_is_not_cancelled(store: Store):
    mine = chat(store)
    under_way, waiting = owe(store, mine.id), owe(store, mine.id)
    claim(store)

    assert store.outbox.cancel(mine.id, "unsubscribed", NOW) == 1
    assert (state(store, under_way), state(store, waiting)) == ("leased", "cancelled")


def test_a_cancel_can_mean_one_story(store: Store):
    mine = chat(store)
    for number in range(2):
        found, story = record(store, f"a{number}")
        store.outbox.enqueue(mine.id, story, found, "alert", {}, NOW)

    assert store.outbox.cancel(mine.id, "muted", NOW, story=story) == 1
    assert len(claim(store)) == 1


def test_every_state_is_counted(store: Store):
    assert store.outbox.counts() == dict.fromkeys(STATES, 0)
    owe(store, chat(store).id)
    claim(store)

    assert store.outbox.counts() == {**dict.fromkeys(STATES, 0), "leased": 1}


def test_next_due_is_when_a_claim_would_find_something(store: Store):
    mine = chat(store)
    assert store.outbox.next_due(NOW) is None
    one = owe(store, mine.id, after(60))
    owe(store, mine.id, after(20))

    assert store.outbox.next_due(NOW) == after(20)
    assert store.outbox.next_due(after(40)) == after(40)
    assert claim(store, 60) == [one]
    assert store.outbox.next_due(after(60)) == after(120), "when the lease ends"
    store.outbox.postpone_chat(mine.id, after(500), "429")
    assert store.outbox.next_due(after(60)) == after(500)
    store.chats.suspend(mine.id, "blocked", NOW)
    assert store.outbox.next_due(after(60)) is None


def test_only_the_networks_that_were_asked_for_are_claimed(store: Store):
    telegram, console = chat(store), chat(store, "me", "console")
    owe(store, telegram.id)
    mine = owe(store, console.id)

    claimed = store.outbox.claim(NOW, 60, "w", 10, ["console"])

    assert [row.id for row in claimed] == [mine]


@pytest.mark.parametrize("query", [outbox_statements.CLAIMABLE, outbox_statements.NEXT_DUE])
def test_a_long_queue_is_never_read_from_end_to_end(store: Store, query: str):
    values = {"now": 0, "limit": 1, "platforms": None} if ":now" in query else {}
    plan = [row["detail"] for row in store._db.all(f"EXPLAIN QUERY PLAN {query}", **values)]

    assert any("outbox_open" in step for step in plan)
    assert not any(step.startswith(("SCAN o", "SCAN h", "SCAN b")) for step in plan)


CRASH = """
import os, signal, sys
from storage import open_store
from tests.storage.builders import chat, owe

store = open_store(sys.argv[1])
mine = chat(store)
owe(store, mine.id)
with store.transaction():
    owe(store, mine.id)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_not_committed_at_a_crash_is_undone_and_the_rest_is_there(path: Path):
    died = subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False)

    assert died.returncode == -signal.SIGKILL
    with closing(open_store(path)) as again:
        assert again.outbox.counts()["queued"] == 1
        assert len(claim(again)) == 1
        assert again.integrity() == ()
