"""Whatever happens in whatever order: no double lease, no repeat of what was sent, order kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from storage import open_store
from storage.rows import OutboxRow
from tests.storage.builders import NOW, chat, owe

LEASE = 60


class OutboxMachine(RuleBasedStateMachine):
    """Three chats, a worker that claims and answers, a clock, and crashes."""

    def __init__(self) -> None:
        super().__init__()
        self.store = open_store(":memory:")
        self.chats = [chat(self.store, str(number)).id for number in range(3)]
        self.now: datetime = NOW
        self.owner = 0
        self.leased: dict[int, tuple[OutboxRow, datetime]] = {}
        self.ended: set[int] = set()
        self.delivered: dict[int, list[int]] = {each: [] for each in self.chats}
        self.doubts: dict[int, int] = {}

    def teardown(self) -> None:
        self.store.close()

    @rule(which=st.integers(0, 2), count=st.integers(1, 3))
    def enqueue(self, which: int, count: int) -> None:
        for _ in range(count):
            owe(self.store, self.chats[which], self.now)

    @rule(seconds=st.integers(1, 90))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(limit=st.integers(1, 3))
    def claim(self, limit: int) -> None:
        due = self.store.outbox.next_due(self.now)
        rows = self.store.outbox.claim(self.now, LEASE, str(self.owner), limit)
        busy = {held.chat.id for held, _ in self.leased.values()}
        assert len(rows) <= limit
        assert len({row.chat.id for row in rows}) == len(rows)
        stale = any(end <= self.now for _, end in self.leased.values())
        assert bool(rows) == (due == self.now) or (stale and not rows)
        for row in rows:
            assert row.id not in self.ended, "claimed after its end"
            assert row.id not in self.leased, "claimed twice"
            assert row.chat.id not in busy, "a second one under way in this chat"
            assert row.repeat == (self.doubts.get(row.id, 0) > 0)
            self.leased[row.id] = (row, self.now + timedelta(seconds=LEASE))

    @precondition(lambda self: self.leased)
    @rule(data=st.data(), answer=st.sampled_from(["sent", "retry", "uncertain", "dead", "halt"]))
    def answer(self, data: st.DataObject, answer: str) -> None:
        id_ = data.draw(st.sampled_from(sorted(self.leased)))
        row, _ = self.leased.pop(id_)
        later = self.now + timedelta(seconds=30)
        outbox = self.store.outbox
        match answer:
            case "sent":
                assert outbox.sent(id_, str(id_), self.now)
                self.ended.add(id_)
                self.delivered[row.chat.id].append(id_)
            case "retry":
                assert outbox.retry(id_, later, "network")
            case "uncertain":
                assert outbox.uncertain(id_, later, "timeout")
                self._doubt(id_)
            case "dead":
                assert outbox.dead(id_, "refused", self.now)
                self.ended.add(id_)
            case "halt":
                outbox.postpone_chat(row.chat.id, later, "429")

    @rule(crashed=st.booleans())
    def recover(self, crashed: bool) -> None:
        self.owner += crashed
        over = [id_ for id_, (_, end) in self.leased.items() if crashed or end <= self.now]
        assert self.store.outbox.recover(self.now, str(self.owner)) == len(over)
        for id_ in over:
            del self.leased[id_]
            self._doubt(id_)

    def _doubt(self, id_: int) -> None:
        self.doubts[id_] = self.doubts.get(id_, 0) + 1
        if self.doubts[id_] > 1:
            self.ended.add(id_)

    @invariant()
    def order_is_kept(self) -> None:
        assert all(sent == sorted(sent) for sent in self.delivered.values())

    @invariant()
    def nobody_waits_for_nothing(self) -> None:
        due = self.store.outbox.next_due(self.now)
        owed = sum(
            self.store.outbox.counts()[state]
            for state in ("queued", "leased", "retry", "uncertain")
        )
        assert (due is None) == (owed == 0)


TestOutboxMachine = OutboxMachine.TestCase
TestOutboxMachine.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
