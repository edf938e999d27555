"""The longer statements of the outbox, and how its rows are read (see ``storage.outbox``)."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from storage.codec import load_mapping
from storage.rows import Chat, OutboxRow, ToldMessage
from storage.times import micros

OPEN = "state IN ('queued', 'leased', 'retry', 'uncertain')"  # as the index outbox_open says it

# The message a chat is at: the first that is on its way or tried already, else the first due one.
HEAD = f"""(SELECT h.id FROM outbox AS h WHERE h.chat = c.id AND h.{OPEN}
    AND (h.state <> 'queued' OR h.due_at <= :now) ORDER BY h.id LIMIT 1)"""
CLAIMABLE = f"""
SELECT o.id FROM chats AS c JOIN outbox AS o ON o.id = {HEAD}
WHERE c.status = 'active' AND c.halted_until <= :now AND o.state <> 'leased' AND o.due_at <= :now
    AND (:platforms IS NULL OR c.platform IN (SELECT value FROM json_each(:platforms)))
ORDER BY c.served_at, o.due_at, o.id LIMIT :limit
"""
CLAIM = """
UPDATE outbox SET state = 'leased', owner = :owner, lease_until = :lease_until,
    attempts = attempts + 1
WHERE id IN (SELECT value FROM json_each(:ids))
"""
CLAIMED = """
SELECT o.*, c.platform, c.address, c.title, c.lang, c.zone, c.status,
    t.provider_id AS target_message
FROM outbox AS o JOIN chats AS c ON c.id = o.chat LEFT JOIN outbox AS t ON t.id = o.target
WHERE o.id IN (SELECT value FROM json_each(:ids)) ORDER BY o.id
"""
# The indexes are named since the planner prefers outbox_state, which is slow on a long queue.
NEXT_DUE = f"""
SELECT min(max(iif(o.state = 'leased', o.lease_until, o.due_at), c.halted_until)) AS at
FROM outbox AS o INDEXED BY outbox_open JOIN chats AS c ON c.id = o.chat
WHERE o.{OPEN} AND c.status = 'active' AND NOT EXISTS (
    SELECT 1 FROM outbox AS b INDEXED BY outbox_tried
    WHERE b.chat = o.chat AND b.id < o.id AND b.state IN ('leased', 'retry', 'uncertain'))
"""
RELEASE = "owner = NULL, lease_until = NULL"
NEVER = micros(datetime(9999, 1, 1, tzinfo=UTC))
EDIT_TRIES = 8  # an edit that never gets an answer is given up then
LOST = f"iif(kind = 'edit', attempts >= {EDIT_TRIES}, doubts > 0)"
DOUBT = f"""
UPDATE outbox SET state = CASE WHEN {LOST} THEN 'dead' WHEN kind = 'edit' THEN 'retry'
    ELSE 'uncertain' END, doubts = doubts + (kind <> 'edit'),
    ended_at = iif({LOST}, :at, NULL), due_at = :at, reason = :reason, {RELEASE}
WHERE state = 'leased'
"""
# An edit that is to be tried again gives way to one that was queued meanwhile: it says it all.
# The three states are those of the index outbox_tried, which SQLite takes only where it sees them.
GIVE_WAY = """
UPDATE outbox SET state = 'cancelled', reason = 'a later edit says it too', ended_at = :at
WHERE kind = 'edit' AND state IN ('leased', 'retry', 'uncertain') AND state = 'retry'
    AND EXISTS (SELECT 1 FROM outbox AS e WHERE e.target = outbox.target AND e.id > outbox.id
        AND e.kind = 'edit' AND e.state IN ('queued', 'retry', 'uncertain'))
"""
ADD_EDIT = """
INSERT INTO outbox (chat, story, article, kind, payload, due_at, retry_key, created_at, target)
SELECT o.chat, o.story, o.article, 'edit', '{}', max(:due, ifnull((
        SELECT max(e.ended_at) FROM outbox AS e WHERE e.target = o.id AND e.kind = 'edit'
        AND e.state = 'sent') + :gap, 0)), :retry_key, :now, o.id
FROM outbox AS o WHERE o.id = :target AND o.state IN ('leased', 'sent') AND NOT EXISTS (
    SELECT 1 FROM outbox AS e WHERE e.target = o.id AND e.kind = 'edit'
    AND e.state IN ('queued', 'retry', 'uncertain'))
RETURNING id
"""


def owed_of(row: sqlite3.Row) -> OutboxRow:
    """The message of a row that ``CLAIMED`` found, with its chat."""
    chat = Chat(
        id=row["chat"],
        platform=row["platform"],
        address=row["address"],
        title=row["title"],
        lang=row["lang"],
        zone=row["zone"],
        status=row["status"],
    )
    return OutboxRow(
        id=row["id"],
        chat=chat,
        story=row["story"],
        article=row["article"],
        kind=row["kind"],
        payload=load_mapping(row["payload"]),
        attempt=row["attempts"],
        retry_key=row["retry_key"],
        repeat=row["doubts"] > 0,
        target=row["target"],
        target_message=row["target_message"] or "",
    )


def told_of(row: sqlite3.Row) -> ToldMessage:
    """What is remembered of a message, whatever became of it."""
    return ToldMessage(row["id"], row["chat"], row["kind"], row["article"], row["state"])
