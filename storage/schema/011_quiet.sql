-- Quiet hours, and messages that collect what is held back until a slot is over.
ALTER TABLE outbox ADD COLUMN slot TEXT;
CREATE UNIQUE INDEX outbox_one_slot ON outbox (chat, slot)
    WHERE slot IS NOT NULL AND kind = 'held' AND state = 'queued';
CREATE INDEX decisions_outbox ON decisions (outbox) WHERE outbox IS NOT NULL;
CREATE TABLE quiet_hours (
    chat INTEGER PRIMARY KEY REFERENCES chats (id),
    starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
    ends INTEGER NOT NULL CHECK (ends BETWEEN 0 AND 1439),
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    typed TEXT NOT NULL,
    canonical TEXT NOT NULL,
    CHECK (starts <> ends)
) STRICT;
