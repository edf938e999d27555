CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id),
    story INTEGER REFERENCES stories (id),
    article INTEGER REFERENCES articles (id),
    kind TEXT NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN
        ('queued', 'leased', 'sent', 'retry', 'uncertain', 'dead', 'cancelled')),
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    doubts INTEGER NOT NULL DEFAULT 0,
    retry_key TEXT NOT NULL UNIQUE,
    owner TEXT,
    lease_until INTEGER,
    provider_id TEXT,
    reason TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK ((state = 'leased') = (lease_until IS NOT NULL)),
    CHECK ((state = 'leased') = (owner IS NOT NULL)),
    CHECK ((state IN ('sent', 'dead', 'cancelled')) = (ended_at IS NOT NULL)),
    CHECK (state <> 'sent' OR provider_id IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX outbox_one_alert ON outbox (chat, story) WHERE kind = 'alert';
CREATE INDEX outbox_open ON outbox (chat, id)
    WHERE state IN ('queued', 'leased', 'retry', 'uncertain');
CREATE INDEX outbox_tried ON outbox (chat, id)
    WHERE state IN ('leased', 'retry', 'uncertain');
CREATE INDEX outbox_state ON outbox (state, lease_until);
CREATE INDEX outbox_message ON outbox (chat, provider_id) WHERE provider_id IS NOT NULL;
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id),
    article INTEGER NOT NULL REFERENCES articles (id),
    story INTEGER NOT NULL REFERENCES stories (id),
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    outbox INTEGER REFERENCES outbox (id),
    at INTEGER NOT NULL,
    UNIQUE (chat, article)
) STRICT;
CREATE INDEX decisions_outcome ON decisions (chat, outcome, at);
CREATE INDEX decisions_pushed ON decisions (chat, story) WHERE outcome = 'push';
CREATE TABLE decision_rules (
    decision INTEGER NOT NULL REFERENCES decisions (id) ON DELETE CASCADE,
    rule INTEGER NOT NULL REFERENCES rules (id),
    evidence TEXT NOT NULL CHECK (json_valid(evidence)),
    PRIMARY KEY (decision, rule)
) STRICT, WITHOUT ROWID;
