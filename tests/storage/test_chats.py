"""Chats, their rules and mutes, and what happens when a chat moves."""

from __future__ import annotations

import pytest

from rules.model import Outcome
from storage import Store
from storage.rows import StoredQuiet
from tests.storage.builders import NOW, after, chat, decide, owe, record


def test_a_chat_is_made_once(store: Store):
    assert chat(store) == chat(store)


def test_the_same_address_on_another_network_is_another_chat(store: Store):
    assert chat(store, platform="line").id != chat(store).id


def test_ensuring_a_known_chat_keeps_its_language_and_takes_its_new_title(store: Store):
    mine = chat(store)
    store.chats.set_lang(mine.id, "en")

    again = store.chats.ensure("telegram", "100", "新名字", "zh", "UTC", NOW)

    assert (again.lang, again.title, again.zone) == ("en", "新名字", "Asia/Taipei")


def test_a_suspended_chat_stays_so_until_it_is_restored(store: Store):
    mine = chat(store)
    store.chats.suspend(mine.id, "bot was blocked", NOW)
    assert chat(store).status == "suspended"
    assert store.chats.active() == ()

    store.chats.restore(mine.id, NOW)

    assert store.chats.active() == (mine,)


def test_a_chat_nobody_knows_is_none(store: Store):
    assert store.chats.get(9) is None
    assert store.chats.find("telegram", "9") is None


# --- rules ---------------------------------------------------------------------------------------


def test_the_same_rule_is_added_once_whatever_was_typed(store: Store):
    mine = chat(store)
    first, is_new = store.rules.add(mine.id, "台積電", "2330.TW", NOW)
    again, is_new_again = store.rules.add(mine.id, "TSMC", "2330.TW", NOW)

    assert (is_new, is_new_again) == (True, False)
    assert again == first


def test_two_chats_may_have_the_same_rule(store: Store):
    one, two = chat(store, "100"), chat(store, "200")

    assert store.rules.add(one.id, "x", "x", NOW)[1]
    assert store.rules.add(two.id, "x", "x", NOW)[1]


def test_a_removed_rule_can_still_be_named_and_added_again(store: Store):
    mine = chat(store)
    rule, _ = store.rules.add(mine.id, "x", "x", NOW)

    assert store.rules.remove(mine.id, rule.id) == rule
    assert store.rules.remove(mine.id, rule.id) is None
    assert store.rules.of_chat(mine.id) == ()
    assert store.rules.get(rule.id) == rule
    assert store.rules.add(mine.id, "x", "x", NOW)[1]


def test_active_rules_are_those_of_chats_that_can_be_reached(store: Store):
    one, two = chat(store, "100"), chat(store, "200")
    kept, _ = store.rules.add(one.id, "x", "x", NOW)
    store.rules.add(two.id, "y", "y", NOW)
    store.chats.suspend(two.id, "kicked", NOW)

    assert store.rules.active() == (kept,)


# --- mutes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "is_muted"), [(0, True), (59, True), (60, False)])
def test_a_mute_holds_until_its_time_and_no_longer(store: Store, seconds: float, is_muted: bool):
    mine = chat(store)
    mute = store.mutes.add(mine.id, "outlet", "x", "X", after(60), NOW)

    assert store.mutes.active(mine.id, after(seconds)) == ((mute,) if is_muted else ())


def test_a_mute_without_end_holds_for_good(store: Store):
    mine = chat(store)
    mute = store.mutes.add(mine.id, "outlet", "x", "X", None, NOW)

    assert store.mutes.active(mine.id, after(1e9)) == (mute,)


def test_a_new_mute_takes_the_place_of_the_same_one(store: Store):
    mine = chat(store)
    store.mutes.add(mine.id, "outlet", "x", "X", None, NOW)
    shorter = store.mutes.add(mine.id, "outlet", "x", "X", after(60), NOW)

    assert store.mutes.active(mine.id, NOW) == (shorter,)


def test_an_ended_mute_is_still_on_record(store: Store):
    mine = chat(store)
    mute = store.mutes.add(mine.id, "outlet", "x", "X", None, NOW)

    assert store.mutes.remove(mine.id, mute.id, NOW) == mute
    assert store.mutes.remove(mine.id, mute.id, NOW) is None
    assert store.mutes.active(mine.id, NOW) == ()
    assert store._db.all("SELECT count(*) FROM mutes")[0][0] == 1


# --- one chat and another ------------------------------------------------------------------------


def test_nothing_of_one_chat_is_seen_or_changed_by_another(store: Store):
    mine, other = chat(store, "100"), chat(store, "200")
    ids = record(store)
    rule, _ = store.rules.add(mine.id, "x", "x", NOW)
    mute = store.mutes.add(mine.id, "outlet", "x", "X", None, NOW)
    token = store.actions.create(mine.id, "mute", {}, NOW, after(60))
    sent = owe(store, mine.id)
    store.outbox.sent(sent, "77", NOW)
    decide(store, mine.id, ids, rules=(rule.id,))
    store.feedback.record(mine.id, ids[0], "irrelevant", "u", NOW)

    assert store.rules.remove(other.id, rule.id) is None
    assert store.rules.of_chat(other.id) == ()
    assert store.mutes.remove(other.id, mute.id, NOW) is None
    assert store.mutes.active(other.id, NOW) == ()
    assert store.actions.take(token, other.id, NOW, once=True) is None
    assert store.outbox.by_message(other.id, "77") is None
    assert store.outbox.cancel(other.id, "", NOW) == 0
    assert store.decisions.of(other.id, ids[0]) is None
    assert store.decisions.held(other.id, Outcome, 10) == ()
    assert not store.decisions.told(other.id, ids[1], NOW)
    assert store.feedback.of(ids[0], other.id) == ()
    assert store.rules.of_chat(mine.id) == (rule,)
    assert store.actions.take(token, mine.id, NOW) is not None


# --- moving --------------------------------------------------------------------------------------


def test_a_moved_chat_keeps_its_id_and_everything_it_has(store: Store):
    mine = chat(store)
    rule, _ = store.rules.add(mine.id, "x", "x", NOW)
    store.chats.move(mine.id, "-100999", NOW)

    moved = store.chats.find("telegram", "-100999")

    assert moved is not None
    assert moved.id == mine.id
    assert store.chats.find("telegram", "100") is None
    assert store.rules.of_chat(mine.id) == (rule,)


def test_moving_to_ones_own_address_changes_nothing(store: Store):
    mine = chat(store)
    store.chats.move(mine.id, "100", NOW)

    assert store.chats.get(mine.id) == mine


def test_moving_to_a_known_chat_makes_one_of_the_two(store: Store):
    host, guest = chat(store, "100"), chat(store, "-100999")
    ids = record(store)
    for each in (host, guest):
        store.rules.add(each.id, "same", "same", NOW)
        store.mutes.add(each.id, "outlet", "x", "X", after(each.id * 60), NOW)
        owed = store.outbox.enqueue(each.id, ids[1], ids[0], "alert", {}, NOW)
        decide(store, each.id, ids, outbox=owed)
        store.feedback.record(each.id, ids[0], "irrelevant", "u", after(each.id))
    store.rules.add(guest.id, "only there", "only there", NOW)
    token = store.actions.create(guest.id, "mute", {"a": "1"}, NOW, after(60))

    store.chats.move(host.id, "-100999", NOW)

    assert store.chats.get(guest.id) is None
    assert {rule.canonical for rule in store.rules.of_chat(host.id)} == {"same", "only there"}
    assert [mute.until for mute in store.mutes.active(host.id, NOW)] == [after(guest.id * 60)]
    assert store.outbox.counts()["queued"] == 1
    assert store.outbox.counts()["cancelled"] == 1
    assert store.decisions.told(host.id, ids[1], NOW)
    assert [opinion.at for opinion in store.feedback.of(ids[0])] == [after(guest.id)]
    assert store.actions.take(token, host.id, NOW) is not None
    assert store.integrity() == ()


def test_merging_never_sends_again_what_one_of_the_two_has_been_sent(store: Store):
    host, guest = chat(store, "100"), chat(store, "-100999")
    found, story = record(store)
    store.outbox.enqueue(host.id, story, found, "alert", {}, NOW)
    theirs = store.outbox.enqueue(guest.id, story, found, "alert", {}, NOW)
    assert theirs is not None
    store.outbox.sent(theirs, "5", NOW)

    store.chats.move(host.id, "-100999", NOW)

    assert store.outbox.claim(NOW, 60, "me", 10) == ()
    assert store.outbox.by_message(host.id, "5") == (story, found)
    assert store.outbox.enqueue(host.id, story, found, "alert", {}, NOW) is None


def test_merging_remembers_the_alert_that_only_one_of_the_two_was_given(store: Store):
    host, guest = chat(store, "100"), chat(store, "-100999")
    ids = record(store)
    decide(store, host.id, ids, Outcome.MUTED)
    decide(store, guest.id, ids, Outcome.PUSH)

    store.chats.move(host.id, "-100999", NOW)

    assert store.decisions.told(host.id, ids[1], NOW)


def test_a_message_being_sent_while_its_chat_moves_is_sent_again_to_the_new_address(store: Store):
    mine = chat(store)
    owed = owe(store, mine.id)
    store.outbox.claim(NOW, 60, "me", 10)
    store.chats.move(mine.id, "-100999", NOW)
    store.outbox.retry(owed, NOW, "moved")

    (row,) = store.outbox.claim(NOW, 60, "me", 10)

    assert (row.id, row.chat.address, row.repeat) == (owed, "-100999", False)


def test_quiet_hours_of_a_chat_that_joins_count_where_the_other_has_none(store: Store):
    host, guest = chat(store, "-1"), chat(store, "-100")
    store.quiet.set(guest.id, StoredQuiet(60, 120))
    store.chats.move(host.id, "-100", NOW)
    assert store.quiet.of(host.id) == StoredQuiet(60, 120)

    other = chat(store, "-200")
    store.quiet.set(other.id, StoredQuiet(1, 2))
    store.chats.move(host.id, "-200", NOW)

    assert store.quiet.of(host.id) == StoredQuiet(60, 120)
    assert store.integrity() == ()


def test_what_both_chats_collected_is_told_after_they_joined(store: Store):
    host, guest = chat(store, "-1"), chat(store, "-100")
    for each in (host, guest):
        store.outbox.collect(each.id, "quiet", NOW, NOW)

    store.chats.move(host.id, "-100", NOW)

    assert len(store.outbox.claim(NOW, 60, "me", 9)) == 1
    assert store.outbox.counts()["queued"] == 1
