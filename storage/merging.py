"""Two chats become one, as when a group that was moved has already spoken at its new address.

Where both have the same thing, one is kept: a rule once, the mute that lasts longer, the decision
that led to an alert, and of two alerts on one story the one that is furthest on its way.
"""

from __future__ import annotations

from datetime import datetime

from storage.database import Database
from storage.lessons import move_lessons
from storage.times import micros

_STEPS = (
    # rules: the guest's doubles are taken back
    """UPDATE rules SET removed = 1 WHERE chat = :guest AND removed = 0 AND canonical IN
       (SELECT canonical FROM rules WHERE chat = :host AND removed = 0)""",
    "UPDATE rules SET chat = :host WHERE chat = :guest",
    # mutes: of two the shorter one ends
    """UPDATE mutes SET removed_at = :now WHERE chat IN (:guest, :host) AND removed_at IS NULL
       AND EXISTS (SELECT 1 FROM mutes AS m WHERE m.chat IN (:guest, :host) AND m.id <> mutes.id
       AND m.removed_at IS NULL AND m.kind = mutes.kind AND m.value = mutes.value
       AND (ifnull(m.until, 9e18), m.id) > (ifnull(mutes.until, 9e18), mutes.id))""",
    "UPDATE mutes SET chat = :host WHERE chat = :guest",
    # outbox: of two alerts on a story the one further on its way stays an alert
    """UPDATE outbox SET kind = 'alert_merged' WHERE chat IN (:guest, :host) AND kind = 'alert'
       AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.chat IN (:guest, :host) AND o.kind = 'alert'
       AND o.id <> outbox.id AND o.story = outbox.story AND (
       CASE o.state WHEN 'sent' THEN 3 WHEN 'leased' THEN 2 WHEN 'uncertain' THEN 1 ELSE 0 END,
       o.chat = :host) > (
       CASE outbox.state WHEN 'sent' THEN 3 WHEN 'leased' THEN 2 WHEN 'uncertain' THEN 1 ELSE 0 END,
       outbox.chat = :host))""",
    """UPDATE outbox SET state = 'cancelled', reason = 'chats merged', ended_at = :now
       WHERE chat IN (:guest, :host) AND kind = 'alert_merged'
       AND state IN ('queued', 'retry', 'uncertain')""",
    # … and two messages that collect for one slot are both told, each when it is due
    """UPDATE outbox SET slot = slot || ' merged' WHERE chat = :guest AND kind = 'held'
       AND state = 'queued'""",
    "UPDATE outbox SET chat = :host WHERE chat = :guest",
    # quiet hours: the guest's count only where the host has none
    "UPDATE OR IGNORE quiet_hours SET chat = :host WHERE chat = :guest",
    "DELETE FROM quiet_hours WHERE chat = :guest",
    # decisions: one for an article, rather the one that pushed it
    """DELETE FROM decisions WHERE chat = :host AND outcome <> 'push' AND article IN
       (SELECT article FROM decisions WHERE chat = :guest AND outcome = 'push')""",
    """DELETE FROM decisions WHERE chat = :guest AND article IN
       (SELECT article FROM decisions WHERE chat = :host)""",
    "UPDATE decisions SET chat = :host WHERE chat = :guest",
    # feedback: the same person's latest word
    """DELETE FROM feedback WHERE chat IN (:guest, :host) AND EXISTS (SELECT 1 FROM feedback AS f
       WHERE f.chat IN (:guest, :host) AND f.chat <> feedback.chat
       AND f.article = feedback.article AND f.user = feedback.user
       AND (f.at, f.chat = :host) > (feedback.at, feedback.chat = :host))""",
    "UPDATE feedback SET chat = :host WHERE chat = :guest",
    # offers to mute: what either was offered is not offered again
    "UPDATE OR IGNORE mute_offers SET chat = :host WHERE chat = :guest",
    "DELETE FROM mute_offers WHERE chat = :guest",
    # a guard: the host's, else the guest's
    "UPDATE OR IGNORE guards SET chat = :host WHERE chat = :guest",
    "DELETE FROM guards WHERE chat = :guest",
    "UPDATE guard_cases SET chat = :host WHERE chat = :guest",
    "UPDATE actions SET chat = :host WHERE chat = :guest",
    "DELETE FROM chats WHERE id = :guest",
)


def merge_chats(db: Database, guest: int, host: int, now: datetime) -> None:
    """Give ``host`` everything that ``guest`` has and remove ``guest``, all or nothing."""
    with db.transaction():
        move_lessons(db, guest, host)
        for statement in _STEPS:
            values = {"guest": guest, "host": host, "now": micros(now)}
            db.run(statement, **{k: v for k, v in values.items() if f":{k}" in statement})
