"""How groups are guarded, and that cases hold for a while and for their chat alone."""

from __future__ import annotations

from datetime import timedelta

from storage import Store
from storage.guards import KEPT
from tests.storage.builders import NOW, after, chat


def note(store: Store, chat_id: int, text: str = "t", person: str = "p", **more: object) -> int:
    values = {"told": True, "now": NOW} | more
    return store.guards.note(chat_id, text, person, (3, 1, 2), "warned", **values)  # type: ignore[arg-type]


def test_a_guard_is_kept_changed_and_ended(store: Store) -> None:
    mine = chat(store)
    assert store.guards.of(mine.id) is None

    store.guards.set(mine.id, "test", "u1", NOW)
    store.guards.set(mine.id, "delete", "u2", after(5))

    guard = store.guards.at("telegram", mine.address)
    assert guard is not None
    assert (guard.chat, guard.mode, guard.user, guard.since) == (mine.id, "delete", "u2", after(5))
    assert store.guards.at("line", mine.address) is None
    store.guards.end(mine.id)
    assert store.guards.of(mine.id) is None


def test_a_case_is_found_by_its_own_chat_alone(store: Store) -> None:
    mine, other = chat(store), chat(store, "200")
    case = note(store, mine.id)

    found = store.guards.case(mine.id, case)

    assert found is not None
    assert (found.text, found.features, found.outcome) == ("t", frozenset((1, 2, 3)), "warned")
    assert store.guards.case(other.id, case) is None


def test_a_case_is_found_by_what_was_said_of_it(store: Store) -> None:
    mine, other = chat(store), chat(store, "200")
    note(store, mine.id)
    case = note(store, mine.id, "b")
    store.guards.said(case, "77")

    found = store.guards.by_message(mine.id, "77")

    assert found is not None
    assert found.id == case
    assert store.guards.by_message(other.id, "77") is None
    assert store.guards.by_message(mine.id, "") is None


def test_what_was_told_counts_by_text_by_person_and_in_all(store: Store) -> None:
    mine = chat(store)
    note(store, mine.id, "a", "x")
    note(store, mine.id, "b", "y")
    note(store, mine.id, "c", "z", told=False)
    before = NOW - timedelta(seconds=1)

    def told(text: str = "", person: str = "") -> int:
        return store.guards.told(mine.id, before, text, person)

    assert (told("a"), told("", "y"), told("a", "y"), told("c", "z"), told()) == (1, 1, 2, 0, 2)
    assert told("q", "") == 0
    assert store.guards.told(mine.id, NOW) == 0
    assert store.guards.count(mine.id, NOW) == 3


def test_nobody_in_particular_is_no_person(store: Store) -> None:
    mine = chat(store)
    note(store, mine.id, "a", "")

    assert store.guards.told(mine.id, NOW - timedelta(1), "b", "") == 0


def test_cases_are_forgotten_after_their_time(store: Store) -> None:
    mine = chat(store)
    old, new = note(store, mine.id), note(store, mine.id, now=after(1))

    assert store.guards.purge(NOW + KEPT) == 1
    assert store.guards.case(mine.id, old) is None
    assert store.guards.case(mine.id, new) is not None


def test_a_group_that_moved_keeps_its_guard_and_takes_over_the_others_cases(store: Store) -> None:
    host, guest = chat(store), chat(store, "-100999")
    store.guards.set(guest.id, "warn", "u", NOW)
    case = note(store, guest.id)

    store.chats.move(host.id, "-100999", NOW)

    guard = store.guards.at("telegram", "-100999")
    assert guard is not None
    assert (guard.chat, guard.mode) == (host.id, "warn")
    assert store.guards.case(host.id, case) is not None
