"""Decisions, and what people and buttons say about them."""

from __future__ import annotations

from rules.model import Outcome
from storage import Store
from tests.storage.builders import NOW, SPAN, after, article, chat, decide, record


def test_a_decision_can_be_explained(store: Store):
    mine = chat(store)
    found, story = record(store)
    rule, _ = store.rules.add(mine.id, "台積電", "2330.TW", NOW)
    owed = store.outbox.enqueue(mine.id, story, found, "alert", {}, NOW)
    decide(store, mine.id, (found, story), rules=(rule.id,), outbox=owed)
    store.rules.remove(mine.id, rule.id)

    verdict = store.decisions.of(mine.id, found)

    assert verdict is not None
    assert (verdict.article.article, verdict.outcome) == (article("a1"), Outcome.PUSH)
    assert (verdict.rules, verdict.evidence) == ((rule,), {"2330": (SPAN,)})
    assert (verdict.outbox_state, verdict.sent_at, verdict.decided_at) == ("queued", None, NOW)


def test_a_decision_says_when_its_alert_was_sent(store: Store):
    mine = chat(store)
    ids = record(store)
    owed = store.outbox.enqueue(mine.id, ids[1], ids[0], "alert", {}, NOW)
    assert owed is not None
    decide(store, mine.id, ids, outbox=owed)
    store.outbox.sent(owed, "7", after(3))

    verdict = store.decisions.of(mine.id, ids[0])

    assert verdict is not None
    assert (verdict.outbox_state, verdict.sent_at) == ("sent", after(3))


def test_a_decision_without_a_message_has_no_state(store: Store):
    mine = chat(store)
    ids = record(store)
    decide(store, mine.id, ids, Outcome.MUTED)

    verdict = store.decisions.of(mine.id, ids[0])

    assert verdict is not None
    assert (verdict.outbox_state, verdict.sent_at, verdict.rules) == ("", None, ())


def test_the_first_decision_stays(store: Store):
    mine = chat(store)
    ids = record(store)

    assert decide(store, mine.id, ids, Outcome.MUTED)
    assert not decide(store, mine.id, ids, Outcome.PUSH)
    verdict = store.decisions.of(mine.id, ids[0])
    assert verdict is not None
    assert verdict.outcome is Outcome.MUTED


def test_an_article_nobody_decided_on_has_no_verdict(store: Store):
    assert store.decisions.of(chat(store).id, record(store)[0]) is None


def test_what_was_held_back_is_listed_newest_first(store: Store):
    mine = chat(store)
    ids = [record(store, f"a{number}") for number in range(4)]
    for number, outcome in enumerate(
        [Outcome.PROMOTION, Outcome.PUSH, Outcome.PROMOTION, Outcome.MUTED]
    ):
        decide(store, mine.id, ids[number], outcome, at=after(number))

    held = store.decisions.held(mine.id, [Outcome.PROMOTION, Outcome.MUTED], 2)

    assert [verdict.article.id for verdict in held] == [ids[3][0], ids[2][0]]


def test_a_chat_is_alerted_to_a_story_only_by_a_push(store: Store):
    mine = chat(store)
    held, pushed = record(store, "a1"), record(store, "a2")
    decide(store, mine.id, held, Outcome.MUTED)
    decide(store, mine.id, pushed, Outcome.PUSH)

    assert not store.decisions.told(mine.id, held[1], NOW)
    assert store.decisions.told(mine.id, pushed[1], NOW)


# --- buttons -------------------------------------------------------------------------------------


def test_a_token_is_opaque_short_and_never_the_same(store: Store):
    mine = chat(store)
    tokens = {store.actions.create(mine.id, "mute", {}, NOW, after(60)) for _ in range(50)}

    assert len(tokens) == 50
    assert all(len(token) <= 40 and token.isascii() and ":" not in token for token in tokens)


def test_a_token_stands_for_its_action_again_and_again(store: Store):
    mine = chat(store)
    token = store.actions.create(mine.id, "mute", {"kind": "outlet", "v": "經濟"}, NOW, after(60))

    first, second = (store.actions.take(token, mine.id, NOW) for _ in range(2))

    assert first is not None
    assert (first.kind, first.args) == ("mute", {"kind": "outlet", "v": "經濟"})
    assert second == first


def test_a_token_taken_once_is_used_up(store: Store):
    mine = chat(store)
    token = store.actions.create(mine.id, "mute", {}, NOW, after(60))

    assert store.actions.take(token, mine.id, NOW, once=True) is not None
    assert store.actions.take(token, mine.id, NOW, once=True) is None


def test_a_token_ends_at_its_time(store: Store):
    mine = chat(store)
    token = store.actions.create(mine.id, "mute", {}, NOW, after(60))

    assert store.actions.take(token, mine.id, after(59)) is not None
    assert store.actions.take(token, mine.id, after(60)) is None


def test_only_expired_tokens_are_purged(store: Store):
    mine = chat(store)
    for seconds in (60, 120):
        store.actions.create(mine.id, "mute", {}, NOW, after(seconds))

    assert store.actions.purge(after(60)) == 1
    assert store.actions.purge(after(60)) == 0


# --- feedback and deliveries ---------------------------------------------------------------------


def test_a_persons_latest_opinion_counts(store: Store):
    mine = chat(store)
    found, _ = record(store)
    store.feedback.record(mine.id, found, "irrelevant", "u1", NOW)
    store.feedback.record(mine.id, found, "promotion", "u2", after(1))
    store.feedback.record(mine.id, found, "promotion", "u1", after(2))

    opinions = store.feedback.of(found)

    assert [(o.user, o.verdict) for o in opinions] == [("u2", "promotion"), ("u1", "promotion")]


def test_a_delivery_is_new_once_and_its_id_is_the_networks_own(store: Store):
    assert store.updates.first_time("telegram", "5", NOW)
    assert not store.updates.first_time("telegram", "5", after(60))
    assert store.updates.first_time("line", "5", NOW)


def test_deliveries_are_remembered_for_two_days(store: Store):
    two_days = 48 * 3600
    store.updates.first_time("telegram", "5", NOW)

    assert not store.updates.first_time("telegram", "5", after(two_days))
    assert store.updates.first_time("telegram", "5", after(two_days + 1))
