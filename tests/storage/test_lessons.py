"""Lessons and their counts: added, taken away again, bounded, moved."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from storage import Store, open_store
from storage.lessons import SHARED
from tests.storage.builders import NOW, after, chat, record

FEATURES = (3, 5, 2**32 - 1)
MOST = 3


def learn(
    store: Store,
    chat_id: int,
    item: str,
    label: str = "advert",
    features: tuple[int, ...] = FEATURES,
    points: int = 0,
    most: int = MOST,
) -> None:
    store.lessons.learn(chat_id, item, label, features, points=points, most=most, user="u", now=NOW)


def everything(store: Store) -> list[tuple[int, ...]]:
    rows = store._db.all("SELECT scope, feature, adverts, honest FROM lesson_counts")
    return [tuple(row) for row in rows]


def test_a_lesson_counts_for_its_chat_and_its_points_for_all(store: Store):
    mine = chat(store).id

    learn(store, mine, "a", points=2)

    assert store.lessons.taught(mine) == (1, 0)
    assert store.lessons.counts(mine, [3, 4]) == {3: (1, 0)}
    assert store.lessons.taught(SHARED) == (2, 0)
    assert store.lessons.counts(SHARED, [2**32 - 1]) == {2**32 - 1: (2, 0)}


def test_a_lesson_without_points_leaves_no_trace_for_others(store: Store):
    learn(store, chat(store).id, "a")

    assert store.lessons.taught(SHARED) == (0, 0)
    assert {scope for scope, *_ in everything(store)} == {chat(store).id}


def test_another_chat_sees_nothing_of_it(store: Store):
    learn(store, chat(store).id, "a")

    other = chat(store, "200").id
    assert store.lessons.counts(other, FEATURES) == {}
    assert store.lessons.get(other, "a") is None


def test_forgetting_leaves_no_row(store: Store):
    mine = chat(store).id
    learn(store, mine, "a", points=2)

    forgotten = store.lessons.forget(mine, "a", most=MOST)

    assert forgotten is not None
    assert forgotten.features == frozenset(FEATURES)
    assert everything(store) == []
    assert store.lessons.forget(mine, "a", most=MOST) is None


def test_another_label_takes_the_place_of_the_first(store: Store):
    mine = chat(store).id
    learn(store, mine, "a", points=2)
    learn(store, mine, "a", "honest", points=2)

    assert store.lessons.taught(mine) == (0, 1)
    assert store.lessons.taught(SHARED) == (0, 2)


def test_only_the_newest_lessons_count_and_an_older_one_comes_back(store: Store):
    mine = chat(store).id
    for number in range(MOST + 2):
        learn(store, mine, f"a{number}", features=(number,), points=1)

    assert store.lessons.taught(mine) == (MOST, 0)
    assert store.lessons.counts(mine, range(9)).keys() == {2, 3, 4}
    assert store.lessons.shared_points(mine) == MOST
    store.lessons.forget(mine, "a4", most=MOST)
    assert store.lessons.counts(mine, range(9)).keys() == {1, 2, 3}
    assert store.lessons.taught(SHARED) == (MOST, 0)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d", "e"]),
        st.sampled_from(["advert", "honest", ""]),
        st.sets(st.integers(0, 6), max_size=4),
        st.integers(0, 2),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(before=STEPS, steps=STEPS)
def test_taking_back_a_lesson_restores_every_count(before: list[tuple], steps: list[tuple]):  # type: ignore[type-arg]
    store = open_store(":memory:")
    mine = chat(store).id
    take(store, mine, before)
    counts = everything(store)
    for number, (_, label, features, points) in enumerate(steps):
        learn(store, mine, f"new{number}", label or "advert", tuple(features), points)
    for number in reversed(range(len(steps))):
        store.lessons.forget(mine, f"new{number}", most=MOST)

    assert everything(store) == counts
    assert expected(store, mine) == counts
    store.close()


def take(store: Store, mine: int, steps: list[tuple]) -> None:  # type: ignore[type-arg]
    for item, label, features, points in steps:
        if label:
            learn(store, mine, item, label, tuple(features), points)
        else:
            store.lessons.forget(mine, item, most=MOST)


def expected(store: Store, mine: int) -> list[tuple[int, ...]]:
    """The counts, added up afresh from the lessons that count."""
    sums: dict[tuple[int, int], list[int]] = {}
    for place, label in enumerate(("advert", "honest")):
        for lesson in store.lessons.of(mine, label):
            for scope, points in ((mine, 1), (SHARED, lesson.points)):
                for feature in (-1, *lesson.features):
                    sums.setdefault((scope, feature), [0, 0])[place] += points
    return sorted((*key, *values) for key, values in sums.items() if any(values))


def test_lessons_know_the_article_that_they_are_about(store: Store):
    mine, (article, _) = chat(store).id, record(store)
    store.lessons.learn(
        mine, "x", "advert", FEATURES, points=0, most=9, user="u", now=NOW, article=article
    )

    (lesson,) = store.lessons.of(mine, "advert")
    assert (lesson.article, lesson.user, lesson.at) == (article, "u", NOW)


def test_a_chat_that_moves_into_another_brings_its_lessons(store: Store):
    guest, host = chat(store, "1").id, chat(store, "2").id
    learn(store, guest, "only mine", points=2)
    learn(store, host, "both", "honest")
    store.lessons.learn(guest, "both", "advert", (9,), points=0, most=MOST, user="u", now=after(5))

    store.chats.move(guest, "2", after(9))

    counts: Mapping[int, tuple[int, int]] = store.lessons.counts(guest, (3, 9))
    assert store.lessons.taught(guest) == (2, 0)
    assert counts == {3: (1, 0), 9: (1, 0)}
    assert store.lessons.taught(host) == (0, 0)
    assert store.lessons.taught(SHARED) == (2, 0)


def test_counts_are_looked_up_by_feature_and_not_by_going_through_all(store: Store):
    mine = chat(store).id
    learn(store, mine, "a")
    statements: list[str] = []
    store._db.connection.set_trace_callback(statements.append)
    store.lessons.counts(mine, FEATURES)
    store._db.connection.set_trace_callback(None)

    plan = [str(row["detail"]) for row in store._db.all(f"EXPLAIN QUERY PLAN {statements[-1]}")]
    assert any("USING PRIMARY KEY (scope=? AND feature=?)" in step for step in plan), plan
