"""What chats are owed, and how far each message has come.

    queued ──► leased ──► sent
                 │ ├────► retry ──────► leased …      certainly not sent
                 │ ├────► uncertain ──► leased …      perhaps sent: repeated once, marked
                 │ └────► dead                        never to be sent, or twice in doubt
    queued, retry, uncertain ──► cancelled            nobody wants it any more

A message may edit another one or answer it, its *target*. To edit twice is harmless, so an edit is
never in doubt: it is tried again. Of one message at most one edit waits, which will say all that
is known when it goes out.

A chat has one message on its way at a time, and one that waits for its second try holds the later
ones back, so that a chat reads its messages in order. Other chats do not wait for it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from storage.database import Database
from storage.outbox_statements import (
    ADD_EDIT,
    CLAIM,
    CLAIMABLE,
    CLAIMED,
    DOUBT,
    GIVE_WAY,
    NEVER,
    NEXT_DUE,
    OPEN,
    RELEASE,
    owed_of,
    told_of,
)
from storage.rows import OutboxRow, ToldMessage
from storage.times import micros, micros_or_none, moment

STATES = ("queued", "leased", "sent", "retry", "uncertain", "dead", "cancelled")
_LEASE_ENDED = "a lease ended without an answer"
EDIT, HELD = "edit", "held"
"""Kinds of rows: one that edits another's message, and one that tells what was held back."""


class Outbox:
    """Messages owed to chats."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def enqueue(
        self,
        chat: int,
        story: int | None,
        article: int | None,
        kind: str,
        payload: Mapping[str, object],
        now: datetime,
        not_before: datetime | None = None,
        target: int | None = None,
        slot: str | None = None,
    ) -> int | None:
        """Owe a chat a message; its id, or None where the chat has an alert on that story already.

        The retry key given to it here is the same for every attempt to send it. ``target`` is the
        message that this one answers, ``slot`` what it collects or belongs to.
        """
        row = self._db.one(
            "INSERT INTO outbox (chat, story, article, kind, payload, due_at, retry_key,"
            " created_at, target, slot) VALUES (:chat, :story, :article, :kind, :payload, :due_at,"
            " :retry_key, :now, :target, :slot) ON CONFLICT (chat, story)"
            " WHERE kind = 'alert' AND state <> 'cancelled' DO NOTHING RETURNING id",
            target=target,
            slot=slot,
            chat=chat,
            story=story,
            article=article,
            kind=kind,
            payload=json.dumps(dict(payload), ensure_ascii=False, allow_nan=False),
            due_at=micros(not_before or now),
            retry_key=str(uuid.uuid4()),
            now=micros(now),
        )
        return row["id"] if row else None

    def collect(self, chat: int, slot: str, until: datetime | None, now: datetime) -> int:
        """The message that collects what is held back in this slot, due ``until`` then.

        Without a time it waits for ``release``. One that was tried already collects nothing more:
        what comes now goes into the next. A slot that lasts longer now moves its message with it.
        """
        self.reslot(chat, slot, until)
        row = self._db.one(
            f"SELECT id FROM outbox WHERE chat = :chat AND slot = :slot AND kind = '{HELD}'"
            " AND state = 'queued'",
            chat=chat,
            slot=slot,
        )
        if row:
            return int(row["id"])
        due = moment(NEVER) if until is None else until
        owed = self.enqueue(chat, None, None, HELD, {}, now, due, slot=slot)
        assert owed is not None  # only alerts are refused
        return owed

    def reslot(self, chat: int, slot: str, until: datetime | None) -> bool:
        """The slot ends at another time: so does the waiting of what collects in it, if any."""
        changed = self._db.run(
            "UPDATE outbox SET due_at = :due WHERE chat = :chat AND slot = :slot"
            f" AND kind = '{HELD}' AND state = 'queued'",
            chat=chat,
            slot=slot,
            due=NEVER if until is None else micros(until),
        )
        return changed == 1

    def defer(self, id_: int, until: datetime | None, slot: str) -> bool:
        """A leased message was not sent, since the chat wants none before that time.

        Meanwhile it holds no other message back. Without a time it waits for ``release`` of the
        slot. False if not leased.
        """
        changed = self._db.run(
            f"UPDATE outbox SET state = 'queued', due_at = :due, reason = :slot, {RELEASE},"
            " attempts = attempts - 1 WHERE id = :id AND state = 'leased'",
            id=id_,
            due=NEVER if until is None else micros(until),
            slot=slot,
        )
        return changed == 1

    def release(self, chat: int, slot: str, now: datetime) -> int:
        """The slot is over: what it collected or deferred is due now; how many messages."""
        return self._db.run(
            "UPDATE outbox SET due_at = min(due_at, :now) WHERE chat = :chat"
            f" AND state = 'queued' AND ((kind = '{HELD}' AND slot = :slot) OR reason = :slot)",
            chat=chat,
            slot=slot,
            now=micros(now),
        )

    def edit(self, target: int, now: datetime, due: datetime, gap: timedelta) -> int | None:
        """Owe a chat an edit of a message that was sent, or is on its way; the edit's id.

        It goes out at ``due``, and not before ``gap`` after the last edit of that message. None
        where one waits already, or where the message will be written anew or never.
        """
        row = self._db.one(
            ADD_EDIT,
            target=target,
            due=micros(due),
            gap=gap // timedelta(microseconds=1),
            retry_key=str(uuid.uuid4()),
            now=micros(now),
        )
        return row["id"] if row else None

    def of_story(self, story: int, chat: int | None = None) -> tuple[ToldMessage, ...]:
        """The messages that tell chats, or this chat, of the story, in the order of their making.

        Edits and what was cancelled are left out.
        """
        rows = self._db.all(
            "SELECT id, chat, kind, article, state FROM outbox WHERE story = :story"
            " AND kind IN ('alert', 'update') AND state <> 'cancelled'"
            " AND (:chat IS NULL OR chat = :chat) ORDER BY id",
            story=story,
            chat=chat,
        )
        return tuple(map(told_of, rows))

    def message(self, id_: int) -> ToldMessage | None:
        """The message of this row, whatever has become of it."""
        row = self._db.one(
            "SELECT id, chat, kind, article, state FROM outbox WHERE id = :id", id=id_
        )
        return told_of(row) if row else None

    def lead(self, id_: int, article: int, due: datetime | None = None) -> bool:
        """Have another article lead a message that waits, and send it at ``due`` if that is sooner.

        False where it waits no more.
        """
        changed = self._db.run(
            "UPDATE outbox SET article = :article, due_at = min(due_at, ifnull(:due, due_at))"
            " WHERE id = :id AND state = 'queued'",
            id=id_,
            article=article,
            due=micros_or_none(due),
        )
        return changed == 1

    def claim(
        self,
        now: datetime,
        lease_seconds: float,
        owner: str,
        limit: int,
        platforms: Iterable[str] | None = None,
    ) -> tuple[OutboxRow, ...]:
        """Take due messages to send, at most one a chat; nobody else gets them while leased.

        The chats that were served longest ago come first, of these ``platforms`` only (None: of
        all). What is returned is on disk already,
        so this raises RuntimeError inside a transaction.
        """
        if self._db.in_transaction:
            raise RuntimeError("a claim must be on disk before anything is sent")
        with self._db.transaction():
            only = None if platforms is None else json.dumps(list(platforms))
            found = self._db.all(CLAIMABLE, now=micros(now), limit=limit, platforms=only)
            if not found:
                return ()
            ids = json.dumps([row["id"] for row in found])
            lease_until = micros(now + timedelta(seconds=lease_seconds))
            self._db.run(CLAIM, ids=ids, owner=owner, lease_until=lease_until)
            rows = self._db.all(CLAIMED, ids=ids)
            self._db.run(
                "UPDATE chats SET served_at = :now WHERE id IN"
                " (SELECT chat FROM outbox WHERE id IN (SELECT value FROM json_each(:ids)))",
                ids=ids,
                now=micros(now),
            )
        by_id = {row["id"]: owed_of(row) for row in rows}
        return tuple(by_id[row["id"]] for row in found)

    def sent(self, id_: int, provider_id: str, now: datetime) -> bool:
        """The network accepted it. True unless that was known already.

        Holds whatever the state: an answer may come late, after the lease has ended.
        """
        changed = self._db.run(
            "UPDATE outbox SET state = 'sent', provider_id = :provider_id,"
            f" ended_at = :now, reason = '', {RELEASE} WHERE id = :id AND state <> 'sent'",
            id=id_,
            provider_id=provider_id,
            now=micros(now),
        )
        return changed == 1

    def retry(self, id_: int, at: datetime, reason: str) -> bool:
        """A leased message was certainly not sent: try again at that time. False if not leased."""
        changed = self._db.run(
            f"UPDATE outbox SET state = 'retry', due_at = :at, reason = :reason, {RELEASE}"
            " WHERE id = :id AND state = 'leased'",
            id=id_,
            at=micros(at),
            reason=reason,
        )
        self._give_way(at)
        return changed == 1

    def uncertain(self, id_: int, at: datetime, reason: str) -> bool:
        """Nobody knows whether a leased message arrived: repeat it once at that time, marked.

        A second doubt ends it: the state is ``dead`` then. An edit is just tried again, a few
        times. False if not leased.
        """
        changed = self._db.run(f"{DOUBT} AND id = :id", id=id_, at=micros(at), reason=reason)
        self._give_way(at)
        return changed == 1

    def _give_way(self, at: datetime) -> None:
        self._db.run(GIVE_WAY, at=micros(at))

    def dead(self, id_: int, reason: str, now: datetime) -> bool:
        """It will never be accepted. False where it has ended already."""
        changed = self._db.run(
            f"UPDATE outbox SET state = 'dead', reason = :reason, ended_at = :now, {RELEASE}"
            f" WHERE id = :id AND {OPEN}",
            id=id_,
            reason=reason,
            now=micros(now),
        )
        return changed == 1

    def drop(self, id_: int, reason: str, now: datetime) -> bool:
        """A leased message was not sent and nobody wants it any more. False if not leased."""
        changed = self._db.run(
            f"UPDATE outbox SET state = 'cancelled', reason = :reason, ended_at = :now, {RELEASE}"
            " WHERE id = :id AND state = 'leased'",
            id=id_,
            reason=reason,
            now=micros(now),
        )
        return changed == 1

    def recover(self, now: datetime, owner: str) -> int:
        """Leases that have ended, or that another owner left behind, end in doubt; how many.

        ``owner`` is the caller: there is one process a database, so another owner is gone.
        """
        with self._db.transaction():
            ended = self._db.run(
                f"{DOUBT} AND (lease_until <= :now OR owner <> :owner)",
                at=micros(now),
                now=micros(now),
                owner=owner,
                reason=_LEASE_ENDED,
            )
            if ended:
                self._give_way(now)
        return ended

    def postpone_chat(self, chat: int, until: datetime, reason: str) -> None:
        """Send nothing to this chat before that time, now and what is enqueued later.

        Its leased message was not sent: it waits too. An earlier, longer halt stays.
        """
        with self._db.transaction():
            self._db.run(
                "UPDATE chats SET halted_until = max(halted_until, :until), halt_reason = :reason"
                " WHERE id = :chat",
                chat=chat,
                until=micros(until),
                reason=reason,
            )
            self._db.run(
                f"UPDATE outbox SET state = 'retry', due_at = :until, reason = :reason, {RELEASE}"
                " WHERE chat = :chat AND state = 'leased'",
                chat=chat,
                until=micros(until),
                reason=reason,
            )
            self._give_way(until)

    def cancel(
        self,
        chat: int,
        reason: str,
        now: datetime,
        *,
        id_: int | None = None,
        story: int | None = None,
        article: int | None = None,
    ) -> int:
        """Drop what the chat is still owed, all of it or only this message, story or article.

        What is being sent at this moment is not stopped. How many were dropped.
        """
        return self._db.run(
            "UPDATE outbox SET state = 'cancelled', reason = :reason, ended_at = :now"
            " WHERE chat = :chat AND state IN ('queued', 'retry', 'uncertain')"
            " AND (:id IS NULL OR id = :id) AND (:story IS NULL OR story = :story)"
            " AND (:article IS NULL OR article = :article)",
            chat=chat,
            id=id_,
            story=story,
            article=article,
            reason=reason,
            now=micros(now),
        )

    def counts(self) -> Mapping[str, int]:
        """How many messages are in each state, every state named."""
        rows = self._db.all("SELECT state, count(*) AS n FROM outbox GROUP BY state")
        return dict.fromkeys(STATES, 0) | {row["state"]: row["n"] for row in rows}

    def by_message(self, chat: int, provider_id: str) -> tuple[int | None, int | None] | None:
        """The story and article of the message that the network calls by this id in this chat."""
        row = self._db.one(
            "SELECT story, article FROM outbox WHERE chat = :chat AND provider_id = :provider_id"
            " AND kind <> 'edit' ORDER BY id DESC LIMIT 1",
            chat=chat,
            provider_id=provider_id,
        )
        return (row["story"], row["article"]) if row else None

    def next_due(self, now: datetime) -> datetime | None:
        """When a message can be claimed or a lease ends, now or later; None if none is owed."""
        row = self._db.one(NEXT_DUE)
        return max(now, moment(row["at"])) if row and row["at"] is not None else None
