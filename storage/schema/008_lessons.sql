-- What people teach about adverts and what sources were offered for muting.
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
CREATE TABLE lesson_counts (
    scope INTEGER NOT NULL,
    feature INTEGER NOT NULL,
    adverts INTEGER NOT NULL CHECK (adverts >= 0),
    honest INTEGER NOT NULL CHECK (honest >= 0),
    PRIMARY KEY (scope, feature)
) STRICT, WITHOUT ROWID;
CREATE TABLE decision_lessons (
    decision INTEGER PRIMARY KEY REFERENCES decisions (id) ON DELETE CASCADE,
    taught REAL NOT NULL,
    like_article INTEGER REFERENCES articles (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX feedback_of ON feedback (chat, verdict, article);
ALTER TABLE chats ADD COLUMN automute INTEGER NOT NULL DEFAULT 0 CHECK (automute IN (0, 1));
CREATE TABLE mute_offers (
    chat INTEGER NOT NULL REFERENCES chats (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (chat, kind, value)
) STRICT, WITHOUT ROWID;
