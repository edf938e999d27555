"""What an answer of a chat network means for the row in the outbox: one table, one transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from bot.messages import Answer, Broken, Gone, Later, Moved, Refused, Sent, Uncertain, Unwanted
from storage import Store
from storage.outbox import EDIT
from storage.rows import OutboxRow

# Where nobody knows whether it arrived, it is repeated once, marked, after this long.
DOUBT = timedelta(seconds=30)
_BACKOFF_LIMIT = 60.0
_MOVES = 5  # a chat that moves more often than this moves in a circle


def settle(store: Store, row: OutboxRow, answer: Answer, now: datetime) -> None:
    """Write down how the sending of ``row`` ended."""
    outbox = store.outbox
    with store.transaction():
        match answer:
            case Sent():
                outbox.sent(row.id, answer.provider_id, now)
            case Later(chat_only=True):
                outbox.postpone_chat(row.chat.id, now + pause(answer, row), answer.reason)
            case Later():
                outbox.retry(row.id, now + pause(answer, row), answer.reason)
            case Uncertain():
                outbox.uncertain(row.id, now + DOUBT, answer.reason)
            case Refused() if row.kind == EDIT:  # the message is gone or too old: nobody misses it
                outbox.drop(row.id, answer.reason, now)
            case Refused():
                outbox.dead(row.id, answer.reason, now)
            case Gone():
                outbox.retry(row.id, now, answer.reason)  # kept for when the chat comes back
                store.chats.suspend(row.chat.id, answer.reason, now)
            case Moved():
                _move(store, row, answer, now)
            case Unwanted():
                outbox.drop(row.id, answer.reason, now)
            case Broken():
                outbox.retry(row.id, now, answer.reason)
            case _:
                assert_never(answer)


def pause(answer: Later, row: OutboxRow) -> timedelta:
    """How long to wait: what the network asked for, or longer as attempts add up (to 60 s)."""
    backoff = min(_BACKOFF_LIMIT, 2.0 ** min(row.attempt - 1, 10))
    return timedelta(seconds=max(answer.seconds, backoff))


def _move(store: Store, row: OutboxRow, answer: Moved, now: datetime) -> None:
    if answer.address == row.chat.address or row.attempt > _MOVES:
        store.outbox.dead(row.id, f"the chat moves in a circle, to {answer.address}", now)
        return
    store.outbox.retry(row.id, now, f"the chat moved to {answer.address}")
    store.chats.move(row.chat.id, answer.address, now)
