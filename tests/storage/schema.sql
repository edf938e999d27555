CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
) STRICT;
CREATE TABLE actions (
    token TEXT PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id),
    kind TEXT NOT NULL,
    args TEXT NOT NULL CHECK (json_valid(args)),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX actions_expiry ON actions (expires_at);
CREATE TABLE article_companies (
    symbol TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    about INTEGER NOT NULL CHECK (about IN (0, 1)),
    PRIMARY KEY (symbol, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_companies_of ON article_companies (article);
CREATE TABLE article_events (
    kind TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_events_of ON article_events (article);
CREATE TABLE article_keys (
    key TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE article_origins (
    article INTEGER NOT NULL REFERENCES articles (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (article, kind, value),
    FOREIGN KEY (kind, value) REFERENCES origins (kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_origins_of ON article_origins (kind, value, article);
CREATE TABLE article_sketches (
    run INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (run, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_sketches_of ON article_sketches (article);
CREATE VIRTUAL TABLE article_words USING fts5 (title, text, tokenize = 'ascii');
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    ident TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    outlet TEXT NOT NULL,
    author TEXT NOT NULL,
    url TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    published_at INTEGER,
    reading TEXT NOT NULL CHECK (json_valid(reading)),
    flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),
    story INTEGER NOT NULL REFERENCES stories (id),
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX articles_flagged ON articles (id) WHERE flagged = 1;
CREATE TRIGGER articles_forgotten AFTER DELETE ON articles BEGIN
    DELETE FROM article_words WHERE rowid = old.id;
END;
CREATE INDEX articles_story ON articles (story);
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
    halt_reason TEXT NOT NULL DEFAULT '', automute INTEGER NOT NULL DEFAULT 0 CHECK (automute IN (0, 1)),
    UNIQUE (platform, address)
) STRICT;
CREATE TABLE decision_lessons (
    decision INTEGER PRIMARY KEY REFERENCES decisions (id) ON DELETE CASCADE,
    taught REAL NOT NULL,
    like_article INTEGER REFERENCES articles (id) ON DELETE SET NULL
) STRICT;
CREATE TABLE decision_rules (
    decision INTEGER NOT NULL REFERENCES decisions (id) ON DELETE CASCADE,
    rule INTEGER NOT NULL REFERENCES rules (id),
    evidence TEXT NOT NULL CHECK (json_valid(evidence)),
    PRIMARY KEY (decision, rule)
) STRICT, WITHOUT ROWID;
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
CREATE INDEX decisions_outbox ON decisions (outbox) WHERE outbox IS NOT NULL;
CREATE INDEX decisions_outcome ON decisions (chat, outcome, at);
CREATE INDEX decisions_pushed ON decisions (chat, story) WHERE outcome = 'push';
CREATE INDEX decisions_story ON decisions (chat, story);
CREATE TABLE feedback (
    chat INTEGER NOT NULL REFERENCES chats (id),
    article INTEGER NOT NULL REFERENCES articles (id),
    user TEXT NOT NULL,
    verdict TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (article, chat, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_of ON feedback (chat, verdict, article);
CREATE TABLE fingerprints (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories (id),
    article INTEGER UNIQUE REFERENCES articles (id),
    fingerprint TEXT NOT NULL CHECK (json_valid(fingerprint)),
    joined_at INTEGER NOT NULL
) STRICT;
CREATE INDEX fingerprints_story ON fingerprints (story);
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
CREATE INDEX guard_cases_age ON guard_cases (at);
CREATE INDEX guard_cases_message ON guard_cases (chat, message) WHERE message <> '';
CREATE INDEX guard_cases_of ON guard_cases (chat, at);
CREATE TABLE guards (
    chat INTEGER PRIMARY KEY REFERENCES chats (id),
    mode TEXT NOT NULL CHECK (mode IN ('test', 'warn', 'delete')),
    user TEXT NOT NULL,
    since INTEGER NOT NULL,
    reported_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE lesson_counts (
    scope INTEGER NOT NULL,
    feature INTEGER NOT NULL,
    adverts INTEGER NOT NULL CHECK (adverts >= 0),
    honest INTEGER NOT NULL CHECK (honest >= 0),
    PRIMARY KEY (scope, feature)
) STRICT, WITHOUT ROWID;
CREATE TABLE lessons (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat INTEGER NOT NULL REFERENCES chats (id),
    item TEXT NOT NULL,
    article INTEGER REFERENCES articles (id) ON DELETE SET NULL,
    label TEXT NOT NULL CHECK (label IN ('advert', 'honest')),
    points INTEGER NOT NULL CHECK (points >= 0),
    user TEXT NOT NULL,
    features BLOB NOT NULL,
    counts INTEGER NOT NULL DEFAULT 0 CHECK (counts IN (0, 1)),
    at INTEGER NOT NULL,
    UNIQUE (chat, item)
) STRICT;
CREATE INDEX lessons_newest ON lessons (chat, label, id);
CREATE TABLE mute_offers (
    chat INTEGER NOT NULL REFERENCES chats (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (chat, kind, value)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE origins (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    label TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    flagged INTEGER NOT NULL DEFAULT 0,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
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
    ended_at INTEGER, target INTEGER REFERENCES outbox (id), slot TEXT,
    CHECK ((state = 'leased') = (lease_until IS NOT NULL)),
    CHECK ((state = 'leased') = (owner IS NOT NULL)),
    CHECK ((state IN ('sent', 'dead', 'cancelled')) = (ended_at IS NOT NULL)),
    CHECK (state <> 'sent' OR provider_id IS NOT NULL)
) STRICT;
CREATE INDEX outbox_message ON outbox (chat, provider_id) WHERE provider_id IS NOT NULL;
CREATE UNIQUE INDEX outbox_one_alert ON outbox (chat, story)
    WHERE kind = 'alert' AND state <> 'cancelled';
CREATE UNIQUE INDEX outbox_one_slot ON outbox (chat, slot)
    WHERE slot IS NOT NULL AND kind = 'held' AND state = 'queued';
CREATE INDEX outbox_open ON outbox (chat, id)
    WHERE state IN ('queued', 'leased', 'retry', 'uncertain');
CREATE INDEX outbox_state ON outbox (state, lease_until);
CREATE INDEX outbox_story ON outbox (story) WHERE story IS NOT NULL;
CREATE INDEX outbox_target ON outbox (target) WHERE target IS NOT NULL;
CREATE INDEX outbox_tried ON outbox (chat, id)
    WHERE state IN ('leased', 'retry', 'uncertain');
CREATE TABLE quiet_hours (
    chat INTEGER PRIMARY KEY REFERENCES chats (id),
    starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
    ends INTEGER NOT NULL CHECK (ends BETWEEN 0 AND 1439),
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    typed TEXT NOT NULL,
    canonical TEXT NOT NULL,
    CHECK (starts <> ends)
) STRICT;
CREATE TABLE rule_notices (
    rule INTEGER PRIMARY KEY REFERENCES rules (id) ON DELETE CASCADE,
    meaning TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE rules (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id),
    typed TEXT NOT NULL,
    canonical TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
, bell TEXT NOT NULL DEFAULT 'on'
    CHECK (bell IN ('urgent', 'on', 'off'))) STRICT;
CREATE UNIQUE INDEX rules_kept ON rules (chat, canonical) WHERE removed = 0;
CREATE TABLE search_articles (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    lang TEXT NOT NULL,
    flagged INTEGER NOT NULL CHECK (flagged IN (0, 1))
) STRICT;
CREATE INDEX search_articles_at ON search_articles (at, article, lang, flagged);
CREATE TABLE search_queue (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) STRICT;
CREATE TABLE sources (
    key TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    url TEXT NOT NULL,
    kind TEXT NOT NULL,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    baseline_at INTEGER,
    last_ok_at INTEGER,
    next_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    failed_at INTEGER,
    last_error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE story_keys (
    key TEXT NOT NULL,
    story INTEGER NOT NULL REFERENCES stories (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (key, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_keys_recent ON story_keys (key, at);
CREATE TABLE updates (
    platform TEXT NOT NULL,
    update_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (platform, update_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX updates_age ON updates (at);
