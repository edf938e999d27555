"""The pace at which chats are written to, against the plain statement of the limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.pacing import TELEGRAM, UNLIMITED, Limits, Pacer

START = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
ADDRESSES = st.sampled_from(["1", "2", "3", "-100", "-100:7", "-200"])


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_a_chat_gets_one_message_a_second() -> None:
    pacer = Pacer(TELEGRAM)
    pacer.sent("7", at(0))

    assert pacer.next_allowed("7", at(0.25)) == at(1)
    assert pacer.next_allowed("8", at(0.25)) == at(0.25)


def test_a_group_gets_twenty_messages_a_minute() -> None:
    pacer = Pacer(TELEGRAM)
    for second in range(20):
        pacer.sent("-100", at(second))

    assert pacer.next_allowed("-100", at(20)) == at(60)
    assert pacer.next_allowed("-100", at(60)) == at(60)


def test_the_topics_of_a_forum_share_the_pace_of_the_group() -> None:
    pacer = Pacer(TELEGRAM)
    pacer.sent("-100:7", at(0))

    assert pacer.next_allowed("-100:8", at(0)) == at(1)


def test_without_limits_everything_may_go_at_once() -> None:
    pacer = Pacer(UNLIMITED)
    pacer.sent("console", at(0))

    assert pacer.next_allowed("console", at(0)) == at(0)


def test_a_clock_that_is_set_back_makes_nobody_wait_longer_than_the_limits_do() -> None:
    pacer = Pacer(TELEGRAM)
    for second in range(20):
        pacer.sent("-100", at(second))

    day_before = at(19) - timedelta(days=1)

    assert pacer.next_allowed("-100", day_before) - day_before <= timedelta(seconds=60)


def test_what_no_limit_holds_any_more_is_forgotten() -> None:
    pacer = Pacer(TELEGRAM)
    for chat in range(1000):
        pacer.sent(str(-chat), at(chat * 61))

    assert len(pacer._last) + len(pacer._groups) <= 4


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ADDRESSES, st.floats(0, 3)), max_size=120))
def test_whoever_waits_as_told_breaks_no_limit(wishes: list[tuple[str, float]]) -> None:
    limits = Limits(chat_gap=1.0, group=(3, 20.0), overall=(4, 1.0))
    pacer, now, log = Pacer(limits), START, []
    for address, pause in wishes:
        now = pacer.next_allowed(address, now + timedelta(seconds=pause))
        pacer.sent(address, now)
        log.append((address.partition(":")[0], now))

    for index, (chat, when) in enumerate(log):
        before = log[:index]
        own = [t for other, t in before if other == chat]
        assert all(when - t >= timedelta(seconds=1) for t in own)
        assert sum(when - t < timedelta(seconds=1) for _, t in before) < 4
        if chat.startswith("-"):
            assert sum(when - t < timedelta(seconds=20) for t in own) < 3
