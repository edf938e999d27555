"""What a chat ought to be told, said a second time and as simply as it can be: no database, no
outbox, no crash. The property test compares the bot with it, message by message.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rules.quiet import QuietHours

HOLD, SETTLE, GAP = timedelta(seconds=20), timedelta(seconds=15), timedelta(seconds=60)
MOST_UPDATES = 3
NEVER = datetime.max.replace(tzinfo=ZoneInfo("UTC"))


@dataclass(frozen=True)
class Report:
    """An article: of which story, by whom, and whether it is certain (``sure``) or talk."""

    number: int
    story: str
    outlet: str
    sure: bool


@dataclass(eq=False)
class Owed:
    """Something to send: an ``alert``, an ``update``, an ``edit`` or a ``digest``."""

    number: int
    kind: str
    due: datetime
    story: str = ""
    lead: Report | None = None
    target: Owed | None = None
    slot: str = ""
    items: list[Report] = field(default_factory=list)
    sent: bool = False
    put_off_by: str = ""
    edited_at: datetime | None = None


@dataclass
class Chat:
    """One chat: what it wants, what it was told, and the log of what it is sent."""

    zone: str
    quiet: QuietHours | None = None
    paused_until: datetime | None = None
    snoozed: dict[str, datetime] = field(default_factory=dict)
    muted: set[str] = field(default_factory=set)
    owed: list[Owed] = field(default_factory=list)
    told: dict[str, list[Report]] = field(default_factory=dict)
    messages: dict[str, list[Owed]] = field(default_factory=dict)
    reports: dict[str, list[Report]] = field(default_factory=dict)
    log: list[tuple[datetime, str, tuple[str, ...]]] = field(default_factory=list)
    made: int = 0

    # --- why nothing goes out now: (slot, until), the longest ---

    def blocked(self, now: datetime, story: str = "") -> tuple[str, datetime] | None:
        """Why nothing is sent, or nothing of this story."""
        found = []
        if self.paused_until and now < self.paused_until:
            found.append(("pause", self.paused_until))
        if story and now < self.snoozed.get(story, now):
            found.append((f"snooze {story}", self.snoozed[story]))
        around = self.quiet and self.quiet.around(now, ZoneInfo(self.zone))
        if around:
            found.append(("quiet", around[1]))
        return max(found, key=lambda one: one[1], default=None)

    # --- what comes in ---

    def arrive(self, report: Report, now: datetime) -> None:
        """An article that matches is read; one that its outlet published before is the same."""
        story = report.story
        earlier = self.reports.setdefault(story, [])
        if any((r.outlet, r.sure) == (report.outlet, report.sure) for r in earlier):
            return
        if story not in self.muted:
            self._decide(report, now)
            self._spread(report, earlier, now)
        earlier.append(report)

    def _decide(self, report: Report, now: datetime) -> None:
        story, told = report.story, self._told(report.story, now)
        messages = self.messages.setdefault(story, [])
        last = messages[-1] if messages else None
        updates = sum(message.kind == "update" for message in messages)
        changed = bool(told) and report.sure and not any(r.sure for r in told)
        if told and not (changed and updates < MOST_UPDATES):
            if last and last.kind == "alert" and not last.sent and self._leads(report, last):
                self._take_lead(report, last)
        elif last and last.kind == "alert" and not last.sent:
            self._take_lead(report, last)
        elif blocked := self.blocked(now, story):
            self._collect(report, *blocked)
        else:
            kind = "update" if told else "alert"
            due = now if told else now + HOLD
            owed = self._owe(kind, due, story=story, lead=report)
            messages.append(owed)
            self.told.setdefault(story, []).append(report)

    def _told(self, story: str, now: datetime) -> list[Report]:
        collected = [
            item
            for owed in self.owed
            if owed.kind == "digest" and (owed.sent or owed.due <= now)
            for item in owed.items
            if item.story == story
        ]
        return self.told.get(story, []) + collected

    def _leads(self, report: Report, message: Owed) -> bool:
        assert message.lead is not None
        return report.sure and not message.lead.sure

    def _take_lead(self, report: Report, message: Owed) -> None:
        told = self.told[report.story]
        told[told.index(message.lead)] = report  # type: ignore[arg-type]
        message.lead = report

    def _spread(self, report: Report, earlier: list[Report], now: datetime) -> None:
        messages = self.messages.get(report.story, [])
        if not messages or not messages[-1].sent or messages[-1].lead is report:
            return
        last = messages[-1]
        since = last.lead.number if last.kind == "update" and last.lead else 0
        said = {other.outlet for other in earlier if other.number >= since}
        waits = any(o.kind == "edit" and o.target is last and not o.sent for o in self.owed)
        if report.outlet not in said and not waits:
            due = now + SETTLE
            if last.edited_at is not None:
                due = max(due, last.edited_at + GAP)
            self._owe("edit", due, story=report.story, target=last)

    def _owe(self, kind: str, due: datetime, **more: object) -> Owed:
        self.made += 1
        owed = Owed(self.made, kind, due, **more)  # type: ignore[arg-type]
        self.owed.append(owed)
        return owed

    def _collect(self, report: Report, slot: str, until: datetime) -> None:
        self._move(slot, until)
        waiting = [o for o in self.owed if o.kind == "digest" and o.slot == slot and not o.sent]
        digest = waiting[0] if waiting else self._owe("digest", until, slot=slot)
        digest.items.append(report)

    def _move(self, slot: str, until: datetime) -> None:
        for owed in self.owed:
            if owed.kind == "digest" and owed.slot == slot and not owed.sent:
                owed.due = until

    # --- what the chat asks for ---

    def release(self, slot: str, now: datetime) -> None:
        """A slot is over: what it held is due."""
        for owed in self.owed:
            if not owed.sent and (owed.slot == slot or owed.put_off_by == slot):
                owed.due = min(owed.due, now)

    def set_quiet(self, hours: QuietHours | None, now: datetime) -> None:
        self.quiet = hours
        self.release("quiet", now)

    def pause(self, until: datetime) -> None:
        self.paused_until = until
        self._move("pause", until)

    def resume(self, now: datetime) -> None:
        if self.paused_until and now < self.paused_until:
            self.paused_until = None
            self.release("pause", now)

    def snooze(self, story: str, until: datetime) -> None:
        self.snoozed[story] = until
        self._move(f"snooze {story}", until)

    def mute(self, story: str) -> None:
        """No more of a story, not even what is owed of it."""
        self.muted.add(story)
        for owed in [o for o in self.owed if o.story == story and not o.sent]:
            self.owed.remove(owed)
            if owed in self.messages.get(story, []):
                self.messages[story].remove(owed)

    # --- what goes out ---

    def deliver(self, now: datetime) -> None:
        """Send all that is due."""
        while due := [o for o in self.owed if not o.sent and o.due <= now]:
            self._send(min(due, key=lambda owed: owed.number), now)

    def _send(self, owed: Owed, now: datetime) -> None:
        telling = owed.kind in {"alert", "update"}
        blocked = self.blocked(now, owed.story if telling else "")
        if blocked and telling:
            assert owed.lead is not None
            self.owed.remove(owed)
            self.messages[owed.story].remove(owed)
            self.told[owed.story].remove(owed.lead)
            self._collect(owed.lead, *blocked)
        elif blocked:
            owed.put_off_by, owed.due = blocked
        else:
            self._log(owed, now)

    def _log(self, owed: Owed, now: datetime) -> None:
        owed.sent = True
        if owed.kind == "digest":
            stories = sorted({item.story for item in owed.items} - self.muted)
            if stories:
                self.log.append((now, "digest", tuple(stories)))
            else:
                owed.items.clear()  # nobody was told of it
            return
        if owed.target is not None:
            owed.target.edited_at = now
        self.log.append((now, owed.kind, (owed.story,)))
