"""What an error of Telegram means for the message that met it: one table, most special first.

In python-telegram-bot ``BadRequest`` and ``TimedOut`` are kinds of ``NetworkError``, and all
time-outs look alike; only the httpx error behind them tells whether the request left this machine.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from http import HTTPStatus

import httpx
from telegram import error

from bot.messages import Answer, Broken, Gone, Later, Moved, Refused, Uncertain

# Seconds to wait where Telegram does not say how long.
THROTTLED = 30.0
SERVER_DOWN = 10.0
OFFLINE = 5.0

# The connection was never made, or never taken out of the pool: nothing was sent.
_NOT_SENT = (
    httpx.PoolTimeout,
    httpx.ConnectTimeout,
    httpx.ConnectError,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
_AMBIGUOUS_STATUS = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})
_TOKEN = re.compile(r"\d{3,}:[\w-]{10,}")


class Trouble(Enum):
    """What a refusal (status 400) is about: by what Telegram's description contains."""

    MARKUP = auto()  # the formatting or a button: plain text may pass
    TOPIC = auto()  # the forum topic, not the chat
    CHAT = auto()  # the whole chat
    SAME = auto()  # an edit that changes nothing
    MESSAGE = auto()  # only this message


# Looked through in this order; in lower case, since the library changes the capitals.
_REFUSALS: tuple[tuple[str, Trouble], ...] = (
    ("message is not modified", Trouble.SAME),  # before the words of the markup that it mentions
    ("message_not_modified", Trouble.SAME),
    ("can't parse", Trouble.MARKUP),
    ("unsupported start tag", Trouble.MARKUP),
    ("button", Trouble.MARKUP),
    ("wrong http url", Trouble.MARKUP),
    ("reply_markup", Trouble.MARKUP),
    ("message thread not found", Trouble.TOPIC),
    ("topic_closed", Trouble.TOPIC),
    ("topic_deleted", Trouble.TOPIC),
    ("topic closed", Trouble.TOPIC),
    ("topic deleted", Trouble.TOPIC),
    ("chat not found", Trouble.CHAT),
    ("user not found", Trouble.CHAT),
    ("peer_id_invalid", Trouble.CHAT),
    ("chat_id is empty", Trouble.CHAT),
    ("not enough rights", Trouble.CHAT),
    ("have no rights", Trouble.CHAT),
    ("need administrator rights", Trouble.CHAT),
    ("chat_write_forbidden", Trouble.CHAT),
    ("chat_restricted", Trouble.CHAT),
    ("chat_admin_required", Trouble.CHAT),
    ("group chat was deactivated", Trouble.CHAT),
    ("group chat was upgraded", Trouble.CHAT),
    ("group is deactivated", Trouble.CHAT),
    ("user_is_blocked", Trouble.CHAT),
    ("user is deactivated", Trouble.CHAT),
    ("bot was kicked", Trouble.CHAT),
    ("bot was blocked", Trouble.CHAT),
    ("bot is not a member", Trouble.CHAT),
)


class StatusError(error.NetworkError):
    """An HTTP status that the library does not tell apart: 429, 413 or 5xx.

    ``described`` is true where the body was Telegram's own JSON and not some proxy's page; ``wait``
    is how many seconds it asked for, or 0.
    """

    def __init__(self, status: int, described: bool, wait: float = 0.0) -> None:
        super().__init__(f"HTTP status {status}")
        self.status = status
        self.described = described
        self.wait = wait


def trouble_of(refusal: error.BadRequest) -> Trouble:
    """What the refusal is about."""
    text = refusal.message.lower()
    return next((trouble for words, trouble in _REFUSALS if words in text), Trouble.MESSAGE)


def answer_of(problem: error.TelegramError) -> Answer:
    """What to do about a failed sending. Anything unheard of is ``Uncertain``: never lost."""
    reason = redacted(f"{type(problem).__name__}: {problem.message}")
    match problem:
        case error.ChatMigrated():
            return Moved(str(problem.new_chat_id))
        case error.Forbidden():
            return Gone(reason)
        case error.InvalidToken():
            return Broken("InvalidToken: Telegram refuses the token")
        case error.Conflict():
            return Later(SERVER_DOWN, reason, chat_only=False)
        case error.BadRequest():
            return Gone(reason) if trouble_of(problem) is Trouble.CHAT else Refused(reason)
        case StatusError():
            return _status_answer(problem, reason)
        case error.NetworkError() if isinstance(problem.__cause__, _NOT_SENT):
            reason = f"{reason} ({type(problem.__cause__).__name__})"
            return Later(OFFLINE, reason, chat_only=False)
        case _:
            return Uncertain(reason)


def _status_answer(problem: StatusError, reason: str) -> Answer:
    if problem.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Later(problem.wait or THROTTLED, reason)
    if problem.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Refused(reason)
    if problem.status in _AMBIGUOUS_STATUS or not problem.described:
        return Uncertain(reason)
    return Later(SERVER_DOWN, reason, chat_only=False)


def redacted(text: str) -> str:
    """``text`` without anything that looks like a bot's token."""
    return _TOKEN.sub("***", text)
