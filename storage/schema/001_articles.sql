CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    created_at INTEGER NOT NULL
) STRICT;
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
CREATE INDEX articles_story ON articles (story);
CREATE INDEX articles_flagged ON articles (id) WHERE flagged = 1;
CREATE TABLE article_keys (
    key TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE fingerprints (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories (id),
    article INTEGER UNIQUE REFERENCES articles (id),
    fingerprint TEXT NOT NULL CHECK (json_valid(fingerprint)),
    joined_at INTEGER NOT NULL
) STRICT;
CREATE INDEX fingerprints_story ON fingerprints (story);
CREATE TABLE story_keys (
    key TEXT NOT NULL,
    story INTEGER NOT NULL REFERENCES stories (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (key, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_keys_recent ON story_keys (key, at);
