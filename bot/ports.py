"""The doors between the bot's parts, as protocols; ``app.py`` alone decides what stands behind.

``sources``, ``chat``, ``channels`` and ``delivery`` import this module and never one another.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias, TypeVar, runtime_checkable

from bot.messages import Answer, Incoming, Message, Posted, Powers, Pressed
from rules.model import Article

T = TypeVar("T")
Clock: TypeAlias = Callable[[], datetime]


class Run(Protocol):
    """Runs a function on the one thread that owns the database."""

    def __call__(self, job: Callable[[], T]) -> Awaitable[T]:
        """The result of ``job``, or what it raised."""
        ...


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a source was left: validators exactly as its server sent them, and its own title."""

    etag: str = ""
    last_modified: str = ""
    title: str = ""
    url: str = ""  # the address to use from now on, where the server moved it for good


@dataclass(frozen=True, slots=True)
class Fetched:
    """One visit to a source: what it holds now, and the cursor to keep with it.

    ``keys`` gives, for each article in the same order, the keys it is known by (see
    ``bot.sources.identity``). ``unchanged`` means the server said that there is nothing new.
    ``skipped`` are entries that could not be used, each with its reason, for the report.
    """

    articles: tuple[Article, ...]
    keys: tuple[tuple[str, ...], ...]
    cursor: Cursor
    unchanged: bool = False
    skipped: tuple[str, ...] = ()


class Note(str):
    """A remark in ``Fetched.skipped``: a plain string that also names its catalogue sentence.

    ``key`` and ``values`` are as in ``SourceError``; the string itself is for logs.
    """

    __slots__ = ("key", "values")
    key: str
    values: Mapping[str, str]

    def __new__(cls, key: str, **values: str) -> Note:
        """A remark that the catalogue says by ``key`` with these values."""
        note = super().__new__(cls, " ".join([key, *(f"{k}={v}" for k, v in values.items())]))
        note.key, note.values = key, values
        return note


class SourceError(Exception):
    """A source could not be read. Says what happened and when to try again.

    ``key`` and ``values`` name the sentence in the catalogue. ``retry_after`` is in seconds; None
    means the normal back-off. ``gone`` means that it never will be there again.
    """

    def __init__(
        self,
        key: str,
        *,
        retry_after: float | None = None,
        gone: bool = False,
        **values: str,
    ) -> None:
        super().__init__(f"{key} {values}")
        self.key = key
        self.values = values
        self.retry_after = retry_after
        self.gone = gone


class Source(Protocol):
    """Somewhere articles come from. ``live`` sources have a backlog that must not alert."""

    @property
    def key(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def live(self) -> bool: ...  # noqa: D102

    async def fetch(self, cursor: Cursor | None, now: datetime) -> Fetched:
        """Everything it holds now. Raises SourceError."""
        ...


OnIncoming: TypeAlias = Callable[[Incoming], Awaitable[tuple[Message, ...]]]
OnPressed: TypeAlias = Callable[[Pressed], Awaitable[tuple[Message, ...]]]
OnPosted: TypeAlias = Callable[[Posted], Awaitable[bool]]
"""Whether the bot itself is spoken to, and the message is still there to be answered."""
OnMoved: TypeAlias = Callable[[str, str, str], Awaitable[None]]
"""Told the network, and the old and the new address of a chat."""


class Channel(Protocol):
    """A chat network."""

    @property
    def platform(self) -> str: ...  # noqa: D102

    async def start(self, on_incoming: OnIncoming, on_pressed: OnPressed) -> None:
        """Begin to listen. What a callback returns is sent to where the text came from."""
        ...

    async def stop(self) -> None:
        """Stop listening, let what is being answered finish, close the connections."""
        ...

    async def send(self, address: str, message: Message, retry_key: str) -> Answer:
        """Send one message and say how that ended. Never raises for what a network can do."""
        ...


@runtime_checkable
class Moderator(Protocol):
    """A chat network whose groups the bot can look after. Nothing here raises for a network."""

    def overhear(self, on_posted: OnPosted, on_moved: OnMoved) -> None:
        """From the start on, hand over what people in groups write, before it is answered, and

        tell of groups that get another address.
        """
        ...

    async def powers(self, address: str) -> Powers | None:
        """What the bot may do in this group now; None where the network does not say."""
        ...

    async def is_trusted(self, address: str, user: str) -> bool | None:
        """Whether this author looks after the group: an admin, or its own channel.

        None where the network does not say.
        """
        ...

    async def delete(self, address: str, message: str) -> bool:
        """Take a message away; whether it is gone now."""
        ...


@runtime_checkable
class Editor(Protocol):
    """A chat network on which the bot's own messages can be changed."""

    async def edit(self, address: str, provider_id: str, message: Message) -> Answer:
        """Put ``message`` in the place of the one that was ``Sent`` under this id.

        It may be called twice for the same edit. Never raises for what a network can do.
        """
        ...
