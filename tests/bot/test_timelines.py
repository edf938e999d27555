"""Random timelines: whatever arrives, is asked for and crashes, a chat is told exactly what it
ought to be (``timeline_model``), nothing of it at night, and nothing twice but what says so.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import App, Options
from bot.knowledge import Knowledge, learn
from bot.messages import Answer, Incoming, Message
from bot.texts import texts
from rules import stories
from rules.model import Article
from rules.quiet import QuietHours
from tests.bot.timeline_model import HOLD, NEVER, Chat, Report
from tests.fakes.parts import Crash, CrashingThread, EditingChannel, FakeClock, ListSource

BEGIN = datetime(2026, 10, 31, 20, 0, tzinfo=UTC)  # in New York, the clock goes back that night
STORIES = {
    "亞馬遜": ("AMZN", "大規模裁員"),
    "聯電": ("2303", "調高現金股利"),
    "輝達": ("NVDA", "併購新創公司"),
    "鴻海": ("2317", "董事長請辭"),
}
OUTLETS = "甲乙丙丁"
HOURS = {"23:00-07:00": (1380, 420), "00:30-01:30": (30, 90), "12:00-22:00": (720, 1320)}
REPEATED = texts("zh-TW").say("card.repeat")


def headline(report: Report) -> str:
    _, what = STORIES[report.story]
    return f"{report.story}證實{what}" if report.sure else f"傳{report.story}將{what}"


def text(report: Report) -> str:
    code, what = STORIES[report.story]
    if report.sure:
        return f"{report.story}({code})今天證實，將{what}。"
    return f"知情人士透露，傳{report.story}({code})將{what}。"


@dataclass
class Watched(EditingChannel):
    """A network that notes when each message and edit came, and of what it was."""

    clock: FakeClock = field(default_factory=FakeClock)
    log: list[tuple[datetime, str, str, tuple[str, ...], str]] = field(default_factory=list)

    async def send(self, address: str, message: Message, retry_key: str) -> Answer:
        told = tuple(sorted(name for name in STORIES if name in message.plain))
        digest = "件）" in message.plain.splitlines()[0]
        kind = "digest" if digest else "update" if "🆕" in message.plain else "alert"
        again = "again" if REPEATED in message.plain else ""
        self.log.append((self.clock.now, address, kind, told, again))
        return await super().send(address, message, retry_key)

    async def edit(self, address: str, provider_id: str, message: Message) -> Answer:
        told = tuple(name for name in STORIES if name in message.plain)
        chat = next(a for a, sent in self.received_ids.items() if provider_id in sent)
        self.log.append((self.clock.now, chat, "edit", told, provider_id))
        return await super().edit(address, provider_id, message)

    @property
    def received_ids(self) -> dict[str, set[str]]:
        ids: dict[str, set[str]] = {}
        for number, (address, _) in enumerate(self.received, 1):
            ids.setdefault(address, set()).add(str(number))
        return ids


STEPS = st.one_of(
    st.tuples(
        st.just("arrive"), st.sampled_from(list(STORIES)), st.sampled_from(OUTLETS), st.booleans()
    ),
    st.tuples(st.just("wait"), st.sampled_from([5, 15, 20, 45, 60, 600, 3600, 4 * 3600, 9 * 3600])),
    st.tuples(st.just("quiet"), st.sampled_from([*HOURS, "off"])),
    st.tuples(st.just("pause"), st.sampled_from([0, 2, 30])),
    st.tuples(st.just("resume")),
    st.tuples(st.just("snooze"), st.sampled_from(list(STORIES)), st.sampled_from([1, 6, 24])),
    st.tuples(st.just("mute"), st.sampled_from(list(STORIES))),
    st.tuples(st.just("crash"), st.integers(2, 12)),
)
ARRIVALS = STEPS.filter(lambda step: step[0] in {"arrive", "wait"})
TIMELINES = st.lists(st.one_of(ARRIVALS, ARRIVALS, STEPS), min_size=8, max_size=40)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return learn()


class Timeline:
    """The bot and the model side by side, for two chats of which only the first asks for things."""

    def __init__(self, path: Path, knowledge: Knowledge, zone: str) -> None:
        self.path, self.knowledge, self.zone = path, knowledge, zone
        self.clock = FakeClock(BEGIN)
        self.channel = Watched("console", clock=self.clock)
        self.source = ListSource()
        self.models = {"one": Chat(zone), "two": Chat(zone)}
        self.crashes = 0
        self.made = 0
        self.app: App

    async def open(self, n: int | None = None) -> None:
        thread = None if n is None else CrashingThread(n)
        self.app = await App.open(
            Options(self.path, zone=self.zone, hold=HOLD),
            channels=[self.channel],
            clock=self.clock,
            knowledge=self.knowledge,
            thread=thread,
        )

    async def say(self, words: str, address: str = "one") -> Message:
        (answer,) = await self.app.on_incoming(Incoming("console", address, "me", words))
        return answer

    async def begin(self) -> None:
        await self.open()
        for address in self.models:
            for code, _ in STORIES.values():
                await self.say(f"/sub {code}", address)

    async def step(self, step: tuple[Any, ...]) -> None:
        await getattr(self, f"_{step[0]}")(*step[1:])
        await self.app.worker.drain()
        for model in self.models.values():
            model.deliver(self.clock.now)

    async def _arrive(self, story: str, outlet: str, sure: bool) -> None:
        self.made += 1
        report = Report(self.made, story, outlet, sure)
        self.source.add(headline(report), text(report), outlet=f"{outlet}報")
        await self.app.visit(self.source)
        for model in self.models.values():
            model.arrive(report, self.clock.now)

    async def _wait(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    async def _quiet(self, hours: str) -> None:
        await self.say(f"/quiet {hours}")
        wanted = QuietHours(*HOURS[hours]) if hours in HOURS else None
        self.models["one"].set_quiet(wanted, self.clock.now)

    async def _pause(self, hours: int) -> None:
        await self.say(f"/pause {hours}h" if hours else "/pause")
        until = self.clock.now + timedelta(hours=hours) if hours else NEVER
        self.models["one"].pause(until)

    async def _resume(self) -> None:
        await self.say("/resume")
        self.models["one"].resume(self.clock.now)

    async def _snooze(self, story: str, hours: int) -> None:
        await self.say(f"/snooze {STORIES[story][0]} {hours}h")
        self.models["one"].snooze(story, self.clock.now + timedelta(hours=hours))

    async def _mute(self, story: str) -> None:
        first = next((a for a in self.source.articles if story in a.title), None)
        if first is None or story in self.models["one"].muted:
            return
        shown = await self.say(f"/story {first.url}")
        button = shown.buttons[0][0]
        from bot.messages import Pressed

        await self.app.on_pressed(Pressed("console", "one", "me", button.token))
        self.models["one"].mute(story)

    async def _crash(self, n: int) -> None:
        """Die at some access to the database while the next article is taken in and delivered."""
        await self.close()
        with suppress(Crash):
            await self.open(n)
            await self._arrive(*self._next())
            await self.app.worker.drain()
        thread = self.app.run
        assert isinstance(thread, CrashingThread)
        thread.close()
        self.app.store.close()
        self.crashes += thread.died
        await self.open()
        await self.app.visit(self.source)
        self._catch_up()

    def _next(self) -> tuple[str, str, bool]:
        names = list(STORIES)
        return names[self.made % len(names)], OUTLETS[self.made % 3], self.made % 5 == 4

    def _catch_up(self) -> None:
        """The article of the crash was taken in at last; tell the models where it was not yet."""
        known = [r.number for rs in self.models["two"].reports.values() for r in rs]
        if self.made not in known and self.made:
            title = self.source.articles[-1].title
            story = next(name for name in STORIES if name in title)
            outlet = self.source.articles[-1].outlet[0]
            report = Report(self.made, story, outlet, "證實" in title)
            for model in self.models.values():
                model.arrive(report, self.clock.now)

    async def close(self) -> None:
        await self.app.run(self.app.store.close)
        self.app.run.close()

    def sent(self, address: str) -> list[tuple[datetime, str, tuple[str, ...]]]:
        """What the chat was sent, each once: a repeated message says that it is one."""
        found: list[tuple[datetime, str, tuple[str, ...]]] = []
        edits: set[tuple[datetime, str]] = set()
        for at, to, kind, told, mark in self.channel.log:
            entry = (at, kind, told)
            repeated = (at, mark) in edits if kind == "edit" else mark and entry in found
            if to == address and not repeated:
                found.append(entry)
            if kind == "edit":
                edits.add((at, mark))
        return found


def check(timeline: Timeline) -> None:
    for address, model in timeline.models.items():
        assert Counter(timeline.sent(address)) == Counter(model.log), address
    repeats = sum(mark == "again" for *_, mark in timeline.channel.log)
    assert repeats <= timeline.crashes


async def run(
    path: Path, knowledge: Knowledge, zone: str, steps: Sequence[tuple[Any, ...]]
) -> None:
    timeline = Timeline(path, knowledge, zone)
    await timeline.begin()
    asked = []
    for step in steps:
        await timeline.step(step)
        asked.append(step)
        check(timeline)
    # In the end all is over, and whatever was held back has been told.
    for step in (("resume",), ("quiet", "off"), ("wait", 90_000), ("wait", 90_000)):
        await timeline.step(step)
    check(timeline)
    left = await timeline.app.run(timeline.app.store.outbox.counts)
    assert {left[state] for state in ("queued", "leased", "retry", "uncertain", "dead")} == {0}
    everything = {
        report.story for reports in timeline.models["two"].reports.values() for report in reports
    }
    told = {story for _, _, stories_ in timeline.sent("two") for story in stories_}
    assert told == everything, "every story reaches a chat that muted nothing"
    await timeline.close()


def test_the_stories_of_the_timelines_are_told_apart_and_read_as_meant(
    knowledge: Knowledge,
) -> None:
    """What the model takes for granted of reading: a story is one story, talk is talk."""
    grouped: stories.Stories[str] = stories.Stories()
    for number, name in enumerate([*STORIES, *STORIES, *STORIES, *STORIES]):
        report = Report(number, name, OUTLETS[number % 4], number % 3 == 2)
        article = Article(str(number), headline(report), text(report), "list", BEGIN, "甲報")
        reading = knowledge.engine.analyse(article).reading
        assert grouped.add(stories.fingerprint(article, reading), name) == name
        assert {e.stance.value for e in reading.events} == (
            {"confirmed"} if report.sure else {"rumoured"}
        ), article.title


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(TIMELINES, st.sampled_from(["Asia/Taipei", "America/New_York"]))
def test_a_chat_is_told_exactly_what_it_ought_to_be(
    knowledge: Knowledge, steps: list[tuple[Any, ...]], zone: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder) / "bot.db", knowledge, zone, steps))


@pytest.mark.long
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(TIMELINES, st.sampled_from(["Asia/Taipei", "America/New_York"]))
def test_two_hundred_timelines_are_told_exactly(
    knowledge: Knowledge, steps: list[tuple[Any, ...]], zone: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder) / "bot.db", knowledge, zone, steps))
