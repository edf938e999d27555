"""Articles, the keys they are known by, and the stories they belong to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rules.model import Outcome
from storage import Store
from tests.storage.builders import (
    NOW,
    after,
    article,
    chat,
    decide,
    fingerprint,
    reading,
    record,
)


def test_an_article_comes_back_as_it_was_recorded(store: Store):
    found, story = record(store, "a1", "guid:1", "link:1")

    stored = store.articles.get(found)

    assert stored is not None
    assert (stored.article, stored.reading, stored.story) == (article("a1"), reading(), story)


def test_times_come_back_in_utc(store: Store):
    taipei = datetime(2026, 1, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    story = store.stories.create(fingerprint("k"), NOW)
    found = store.articles.record(article(at=taipei), reading(), ["k"], story, NOW)

    stored = store.articles.get(found)

    assert stored is not None
    assert stored.article.fetched_at.isoformat() == "2026-01-01T00:00:00+00:00"


def test_an_article_is_known_under_every_key(store: Store):
    found, _ = record(store, "a1", "guid:1", "link:1")

    assert [store.articles.known([key]) for key in ("guid:1", "link:1")] == [found, found]
    assert store.articles.known(["guid:2", "link:1"]) == found


@pytest.mark.parametrize("keys", [[], ["guid:9"]])
def test_nothing_is_known_under_no_key_or_a_new_one(store: Store, keys: list[str]):
    record(store, "a1", "guid:1")

    assert store.articles.known(keys) is None


def test_an_article_can_learn_keys(store: Store):
    found, _ = record(store, "a1", "guid:1")
    store.articles.learn_keys(found, ["guid:changed", "guid:1"])

    assert store.articles.known(["guid:changed"]) == found


def test_a_key_stays_with_the_article_that_had_it_first(store: Store):
    first, _ = record(store, "a1", "link:1")
    second, _ = record(store, "a2", "guid:2")
    store.articles.learn_keys(second, ["link:1"])

    by_key = store.articles.by_key("link:1")

    assert by_key is not None
    assert by_key.id == first


def test_ten_thousand_keys_can_be_asked_for_at_once(store: Store):
    assert store.articles.known(f"k{number}" for number in range(10_000)) is None


def test_what_is_not_there_is_none(store: Store):
    assert store.articles.get(99) is None
    assert store.articles.by_key("none") is None


def test_recent_articles_are_listed_newest_first_and_page_by_page(store: Store):
    ids = [record(store, f"a{number}")[0] for number in range(5)]

    first = store.articles.recent(2)
    second = store.articles.recent(2, before=first[-1].id)

    assert [each.id for each in (*first, *second)] == ids[::-1][:4]


def test_flagged_articles_are_listed_newest_first(store: Store):
    record(store, "news")
    adverts = [record(store, f"ad{number}", flagged=True)[0] for number in range(3)]

    assert [each.id for each in store.articles.flagged(None, 2)] == adverts[::-1][:2]


def test_a_chat_sees_only_the_flagged_articles_that_matched_its_rules(store: Store):
    mine, other = chat(store, "100"), chat(store, "200")
    for_me, for_other = (record(store, name, flagged=True) for name in ("ad1", "ad2"))
    decide(store, mine.id, for_me, Outcome.PROMOTION)
    decide(store, other.id, for_other, Outcome.PROMOTION)

    assert [each.id for each in store.articles.flagged(mine.id, 10)] == [for_me[0]]


def test_an_article_of_no_story_is_refused(store: Store):
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.articles.record(article(), reading(), ["k"], 99, NOW)

    assert store.articles.known(["k"]) is None


# --- stories -----------------------------------------------------------------------------------


def test_a_story_is_found_by_a_shared_key(store: Store):
    found, story = record(store, "a1", "2330.TW", "capex")

    (candidate,) = store.stories.candidates(frozenset({"capex"}), after(-60), 10, 8)

    assert (candidate.id, candidate.lead) == (story, found)
    assert candidate.fingerprints == (fingerprint("2330.TW", "capex"),)


def test_an_old_story_is_no_candidate_and_the_limit_itself_still_is(store: Store):
    record(store, "a1", "capex")

    assert store.stories.candidates(frozenset({"capex"}), after(1), 10, 8) == ()
    assert len(store.stories.candidates(frozenset({"capex"}), NOW, 10, 8)) == 1


def test_candidates_are_bounded_and_those_that_share_most_come_first(store: Store):
    one = record(store, "a1", "x")[1]
    three = record(store, "a2", "x", "y", "z")[1]
    two = record(store, "a3", "x", "y")[1]

    found = store.stories.candidates(frozenset({"x", "y", "z"}), after(-60), 2, 8)

    assert [candidate.id for candidate in found] == [three, two]
    assert one not in {candidate.id for candidate in found}


def test_an_article_that_joins_makes_the_story_findable_by_its_keys(store: Store):
    lead, story = record(store, "a1", "old")
    later, _ = record(store, "a2", "elsewhere")
    store.stories.join(story, later, fingerprint("new", at=after(60), shingle=2), after(60))

    (candidate,) = store.stories.candidates(frozenset({"new"}), after(30), 10, 8)

    assert (candidate.id, candidate.lead) == (story, lead)
    assert len(candidate.fingerprints) == 2
    assert [each.id for each in store.stories.articles(story)] == [lead, later]


def test_a_story_that_grows_is_compared_by_its_first_and_its_latest_articles(store: Store):
    _, story = record(store, "a0", "k")
    for number in range(1, 6):
        later, _ = record(store, f"a{number}", "elsewhere")
        store.stories.join(story, later, fingerprint("k", shingle=number), after(number))

    (candidate,) = store.stories.candidates(frozenset({"k"}), after(-60), 10, 3)

    first, latest = fingerprint("k"), [fingerprint("k", shingle=number) for number in (4, 5)]
    assert candidate.fingerprints == (first, *latest)


def test_joining_twice_adds_nothing(store: Store):
    found, story = record(store, "a1", "k")
    for _ in range(2):
        store.stories.join(story, found, fingerprint("k"), NOW)

    (candidate,) = store.stories.candidates(frozenset({"k"}), after(-60), 10, 8)

    assert candidate.fingerprints == (fingerprint("k"),)


def test_a_story_without_an_article_is_no_candidate(store: Store):
    store.stories.create(fingerprint("k"), NOW)

    assert store.stories.candidates(frozenset({"k"}), after(-60), 10, 8) == ()


def test_a_late_older_article_does_not_make_a_story_older(store: Store):
    _, story = record(store, "a1", "k")
    older, _ = record(store, "a2", "other")
    store.stories.join(story, older, fingerprint("k", at=datetime(2020, 1, 1, tzinfo=UTC)), NOW)

    assert len(store.stories.candidates(frozenset({"k"}), after(-60), 10, 8)) == 1
