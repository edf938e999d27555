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
CREATE TABLE origins (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    label TEXT NOT NULL,
    articles INTEGER NOT NULL DEFAULT 0,
    flagged INTEGER NOT NULL DEFAULT 0,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE article_origins (
    article INTEGER NOT NULL REFERENCES articles (id),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (article, kind, value),
    FOREIGN KEY (kind, value) REFERENCES origins (kind, value)
) STRICT, WITHOUT ROWID;
