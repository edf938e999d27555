-- What one message a story needs: messages that edit or answer others, and loud rules.
--
-- A cancelled alert no longer stands in the way of another one on its story.
ALTER TABLE outbox ADD COLUMN target INTEGER REFERENCES outbox (id);
DROP INDEX outbox_one_alert;
CREATE UNIQUE INDEX outbox_one_alert ON outbox (chat, story)
    WHERE kind = 'alert' AND state <> 'cancelled';
CREATE INDEX outbox_target ON outbox (target) WHERE target IS NOT NULL;
CREATE INDEX outbox_story ON outbox (story) WHERE story IS NOT NULL;
CREATE INDEX decisions_story ON decisions (chat, story);
ALTER TABLE rules ADD COLUMN bell TEXT NOT NULL DEFAULT 'on'
    CHECK (bell IN ('urgent', 'on', 'off'));
