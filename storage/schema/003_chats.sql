CREATE TABLE chats (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    address TEXT NOT NULL,
    title TEXT NOT NULL,
    lang TEXT NOT NULL,
    zone TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
    reason TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    served_at INTEGER NOT NULL DEFAULT 0,
    halted_until INTEGER NOT NULL DEFAULT 0,
    halt_reason TEXT NOT NULL DEFAULT '',
    UNIQUE (platform, address)
) STRICT;
CREATE TABLE rules (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id),
    typed TEXT NOT NULL,
    canonical TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX rules_kept ON rules (chat, canonical) WHERE removed = 0;
CREATE TABLE mutes (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    until INTEGER,
    removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX mutes_kept ON mutes (chat, kind, value) WHERE removed_at IS NULL;
CREATE INDEX mutes_of ON mutes (kind, value) WHERE removed_at IS NULL;
