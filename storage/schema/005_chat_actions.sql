CREATE TABLE actions (
    token TEXT PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id),
    kind TEXT NOT NULL,
    args TEXT NOT NULL CHECK (json_valid(args)),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX actions_expiry ON actions (expires_at);
CREATE TABLE feedback (
    chat INTEGER NOT NULL REFERENCES chats (id),
    article INTEGER NOT NULL REFERENCES articles (id),
    user TEXT NOT NULL,
    verdict TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (article, chat, user)
) STRICT, WITHOUT ROWID;
CREATE TABLE updates (
    platform TEXT NOT NULL,
    update_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (platform, update_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX updates_age ON updates (at);
