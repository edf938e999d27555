"""Sources' memory, and how the origins of articles have been doing."""

from __future__ import annotations

from storage import Store
from tests.storage.builders import NOW, after, chat, record

FEED = ("feed:1", "財經頭條", "https://example.com/rss", "feed")


def visit(store: Store, at: float = 0, *, etag: str = '"abc"', baseline: bool = False) -> None:
    store.sources.visited(*FEED, etag, "Mon, 23 Nov", after(at), after(at + 300), baseline)


def test_a_visit_keeps_the_validators_exactly_as_they_came(store: Store):
    visit(store, etag='W/"ümlaut" ')

    source = store.sources.get("feed:1")

    assert source is not None
    assert (source.etag, source.last_modified) == ('W/"ümlaut" ', "Mon, 23 Nov")
    assert (source.last_ok_at, source.next_at) == (NOW, after(300))


def test_a_source_never_visited_is_none(store: Store):
    assert store.sources.get("feed:1") is None


def test_only_the_first_baseline_counts(store: Store):
    visit(store, 0, baseline=True)
    visit(store, 300, baseline=False)
    visit(store, 600, baseline=True)

    source = store.sources.get("feed:1")

    assert source is not None
    assert source.baseline_at == NOW


def test_a_validator_that_the_server_stopped_sending_is_dropped(store: Store):
    visit(store)
    visit(store, 300, etag="")

    source = store.sources.get("feed:1")

    assert source is not None
    assert source.etag == ""


def test_failures_are_counted_and_keep_the_validators(store: Store):
    visit(store, baseline=True)
    for number in (1, 2):
        store.sources.failed(*FEED, "404", after(number), after(600 * number))

    source = store.sources.get("feed:1")

    assert source is not None
    assert (source.failures, source.last_error, source.next_at) == (2, "404", after(1200))
    assert (source.etag, source.last_ok_at, source.baseline_at) == ('"abc"', NOW, NOW)


def test_a_failure_leaves_the_address_that_the_server_moved_it_to(store: Store):
    visit(store)
    store.sources.failed("feed:1", "", "", "feed", "404", after(1), after(60))

    source = store.sources.get("feed:1")

    assert source is not None
    assert (source.title, source.url) == FEED[1:3]


def test_a_source_that_has_only_failed_has_no_baseline(store: Store):
    store.sources.failed(*FEED, "timeout", NOW, None)

    source = store.sources.get("feed:1")

    assert source is not None
    assert (source.failures, source.baseline_at, source.next_at) == (1, None, None)


def test_a_success_forgets_earlier_failures(store: Store):
    store.sources.failed(*FEED, "404", NOW, after(60))
    visit(store, 60)

    source = store.sources.get("feed:1")

    assert source is not None
    assert (source.failures, source.last_error) == (0, "")


def test_all_sources_say_how_many_chats_mute_them_now(store: Store):
    visit(store)
    one, two = chat(store, "100"), chat(store, "200")
    store.mutes.add(one.id, "source", "feed:1", "", None, NOW)
    store.mutes.add(two.id, "source", "feed:1", "", after(60), NOW)

    assert [s.muted_in for s in store.sources.all(after(59))] == [2]
    assert [s.muted_in for s in store.sources.all(after(60))] == [1]


# --- origins -----------------------------------------------------------------------------------


def note(store: Store, ident: str, *origins: tuple[str, str, str], flagged: bool = False) -> int:
    found, _ = record(store, ident, flagged=flagged)
    store.sources.note_origins(found, origins, flagged, NOW)
    return found


def test_an_origin_counts_its_articles_and_the_flagged_ones(store: Store):
    note(store, "a1", ("outlet", "经济观察网", "經濟觀察網"))
    note(store, "a2", ("outlet", "经济观察网", "經濟觀察網"), flagged=True)

    (origin,) = store.sources.origins(10)

    assert (origin.label, origin.articles, origin.flagged) == ("經濟觀察網", 2, 1)


def test_noting_the_same_article_twice_counts_once(store: Store):
    found = note(store, "a1", ("outlet", "x", "X"))
    store.sources.note_origins(found, [("outlet", "x", "X")], True, NOW)

    assert [(o.articles, o.flagged) for o in store.sources.origins(10)] == [(1, 0)]


def test_origins_can_be_asked_for_by_kind_with_the_busiest_first(store: Store):
    note(store, "a1", ("outlet", "x", "X"), ("column", "c", "C"))
    note(store, "a2", ("outlet", "y", "Y"))
    note(store, "a3", ("outlet", "y", "Y"))

    assert [o.value for o in store.sources.origins(10, "outlet")] == ["y", "x"]
    assert len(store.sources.origins(1)) == 1


def test_an_exact_name_is_found_before_names_that_contain_it(store: Store):
    note(store, "a1", ("outlet", "经济日报", "經濟日報"))
    note(store, "a2", ("outlet", "经济", "經濟"))

    found = store.sources.find_origin("經濟", "经济")

    assert [o.label for o in found] == ["經濟", "經濟日報"]


def test_what_was_typed_is_no_pattern(store: Store):
    note(store, "a1", ("outlet", "x", "X"))

    assert store.sources.find_origin("%") == ()
    assert store.sources.find_origin("") == ()


def test_an_empty_label_does_not_replace_a_name(store: Store):
    note(store, "a1", ("outlet", "x", "名稱"))
    note(store, "a2", ("outlet", "x", ""))

    assert [o.label for o in store.sources.origins(10)] == ["名稱"]
