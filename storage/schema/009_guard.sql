-- Groups that are guarded against adverts, and sketches to find articles that say the same.
--
-- Of a group's messages nothing is kept but hashes, and those not for long.
CREATE TABLE guards (
    chat INTEGER PRIMARY KEY REFERENCES chats (id),
    mode TEXT NOT NULL CHECK (mode IN ('test', 'warn', 'delete')),
    user TEXT NOT NULL,
    since INTEGER NOT NULL,
    reported_at INTEGER NOT NULL
) STRICT;
CREATE TABLE guard_cases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat INTEGER NOT NULL REFERENCES chats (id),
    text TEXT NOT NULL,
    person TEXT NOT NULL,
    features BLOB NOT NULL,
    outcome TEXT NOT NULL,
    told INTEGER NOT NULL CHECK (told IN (0, 1)),
    message TEXT NOT NULL DEFAULT '',
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX guard_cases_of ON guard_cases (chat, at);
CREATE INDEX guard_cases_age ON guard_cases (at);
CREATE INDEX guard_cases_message ON guard_cases (chat, message) WHERE message <> '';
CREATE TABLE article_sketches (
    run INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (run, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_sketches_of ON article_sketches (article);
INSERT OR IGNORE INTO search_queue (article) SELECT id FROM articles;
