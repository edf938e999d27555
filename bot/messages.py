"""What the bot says and hears, free of any chat network: frozen values that channels translate.

``Message`` goes out, ``Incoming`` and ``Pressed`` come in, and a send ends in exactly one of the
``Answer`` values, each of which says what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. ``url`` makes it a link (http and https only)."""

    text: str
    bold: bool = False
    url: str = ""


Line: TypeAlias = tuple[Run, ...]


def is_link(url: str) -> bool:
    """Whether a message may link to this: http or https, on one line, without blanks."""
    return url.lower().startswith(("http://", "https://")) and url.isprintable() and " " not in url


def whole_of(address: str) -> str:
    """The address of the whole chat that this one, perhaps a topic of it, belongs to."""
    return address.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: pressed, it sends ``token`` back, or opens ``url``."""

    label: str
    token: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to say: lines of runs, rows of buttons. ``silent`` rings no bell.

    ``answers`` is the network's id of the message of this chat that it answers, empty for none.
    Of an answer to a pressed button, ``fleeting`` says that to show it for a moment is enough, and
    ``instead`` that it takes the place of the message with the button, where the network can.
    """

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    silent: bool = False
    answers: str = ""
    fleeting: bool = False
    instead: bool = False

    @property
    def plain(self) -> str:
        """The message without style, as a terminal or a plain-text resend shows it."""
        return "\n".join("".join(run.text for run in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Powers:
    """What the bot may do in a group: see what people write to each other, and take it away."""

    reads: bool
    deletes: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text that somebody wrote to the bot.

    ``address`` is the chat on its network, ``update`` the network's id of this delivery (empty
    where there is none) and ``reply_to`` the network's id of the message it answers, whose own
    words are ``quoted``; ``quotes_us`` says that the bot wrote that one. ``is_admin`` says whether
    this person may change things for the chat: always in a private chat. ``forwarded`` says that
    the words are somebody else's, passed on; ``wordless`` that it was a picture, a video or a
    recording without any. ``powers`` are the bot's own in a group, where they were asked for.
    """

    platform: str
    address: str
    user: str
    text: str
    update: str = ""
    reply_to: str = ""
    chat_title: str = ""
    is_group: bool = False
    is_admin: bool = True
    quoted: str = ""
    quotes_us: bool = False
    forwarded: bool = False
    wordless: bool = False
    powers: Powers | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """What somebody wrote in a group, to everybody there.

    ``message`` is the network's id of it and ``user`` its author's; ``text`` are all words in it,
    of a picture or a poll too, and the links behind them. ``album`` names the pictures that were
    sent together, ``link`` leads members to the message. ``is_official`` says that the group itself
    or its channel speaks, ``is_edit`` that this is another wording of what was written before.
    """

    platform: str
    address: str
    user: str
    text: str
    message: str
    update: str = ""
    chat_title: str = ""
    album: str = ""
    link: str = ""
    is_official: bool = False
    is_edit: bool = False
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that somebody pressed under one of the bot's messages; see ``Incoming``."""

    platform: str
    address: str
    user: str
    token: str
    message: str = ""
    update: str = ""
    is_group: bool = False
    is_admin: bool = True
    powers: Powers | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The network accepted it under this id."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Later:
    """It was certainly not sent; try again after ``seconds``. ``chat_only``: only that chat."""

    seconds: float
    reason: str
    chat_only: bool = True


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Nobody knows whether it arrived."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """This message will never be accepted; the chat is fine."""

    reason: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat cannot be reached any more (blocked, kicked, deactivated)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat lives at ``address`` now."""

    address: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Nothing can be sent at all (the token is wrong): stop, keep everything, tell the owner."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unwanted:
    """It was not sent, and nobody wants it any more."""

    reason: str


class UnwantedError(Exception):
    """There is nothing to say any more: what a queued message was about is gone."""


Answer: TypeAlias = Sent | Later | Uncertain | Refused | Gone | Moved | Broken | Unwanted


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, in UTC, and the reader's zone name, for wording such as 「3 小時前」."""

    now: datetime
    zone: str = "Asia/Taipei"
