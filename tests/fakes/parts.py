"""Hand-written stand-ins for what lies outside: a clock, a source, a chat network."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from bot.database import DatabaseThread
from bot.messages import Answer, Message, Sent
from bot.ports import Cursor, Fetched, OnIncoming, OnPressed, SourceError
from bot.sources import identity
from rules.model import Article

T = TypeVar("T")
START = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


class FakeClock:
    """A clock that moves when it is told to."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class ListSource:
    """A source that holds what a test puts into ``articles``, or fails with ``error``."""

    key: str = "list"
    title: str = "清單"
    live: bool = False
    articles: list[Article] = field(default_factory=list)
    error: SourceError | None = None
    cursors: list[Cursor | None] = field(default_factory=list)

    def add(self, title: str, text: str, outlet: str = "測試報", **more: str) -> None:
        number = str(len(self.articles) + 1)
        self.articles.append(
            Article(
                id=f"{self.key}-{number}",
                title=title,
                text=text,
                source=self.key,
                fetched_at=START,
                outlet=outlet,
                url=more.get("url", f"https://news.example/{self.key}/{number}"),
            )
        )

    async def fetch(self, cursor: Cursor | None, now: datetime) -> Fetched:
        self.cursors.append(cursor)
        if self.error:
            raise self.error
        etag = f'"{len(self.articles)}"'
        found = tuple(self.articles)
        return Fetched(found, identity.keys_of(found), Cursor(etag, title=self.title))


@dataclass
class RecordingChannel:
    """A chat network that accepts everything and keeps it."""

    platform: str = "console"
    received: list[tuple[str, Message]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    async def start(self, on_incoming: OnIncoming, on_pressed: OnPressed) -> None:
        self.on_incoming, self.on_pressed = on_incoming, on_pressed

    async def stop(self) -> None:
        pass

    async def send(self, address: str, message: Message, retry_key: str) -> Answer:
        self.received.append((address, message))
        return self.answers.pop(0) if self.answers else Sent(str(len(self.received)))

    @property
    def texts(self) -> Sequence[str]:
        return [message.plain for _, message in self.received]


@dataclass
class EditingChannel(RecordingChannel):
    """One on which messages can be changed: ``board`` shows each as it is by now."""

    edits: list[tuple[str, Message]] = field(default_factory=list)
    refusals: list[Answer] = field(default_factory=list)
    board: dict[str, Message] = field(default_factory=dict)

    async def send(self, address: str, message: Message, retry_key: str) -> Answer:
        answer = await super().send(address, message, retry_key)
        if isinstance(answer, Sent):
            self.board[answer.provider_id] = message
        return answer

    async def edit(self, address: str, provider_id: str, message: Message) -> Answer:
        refusal = self.refusals.pop(0) if self.refusals else None
        if refusal is not None and not isinstance(refusal, Sent):
            return refusal
        self.edits.append((provider_id, message))
        self.board[provider_id] = message
        return Sent(provider_id)


class Crash(BaseException):
    """The process dies here."""


class CrashingThread(DatabaseThread):
    """A database thread that dies just before its ``n``-th job; nothing runs after that."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.left = n
        self.died = False

    def __call__(self, job: Callable[[], T]) -> Awaitable[T]:
        if self.left <= 0:
            self.died = True
            raise Crash
        self.left -= 1
        return super().__call__(job)
