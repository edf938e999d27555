-- Tables to find articles by; what is stored already is added later, in small steps.
--
-- The word index keeps its own copy of the words, so that deleting an article needs nothing else.
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
CREATE INDEX article_origins_of ON article_origins (kind, value, article);
CREATE VIRTUAL TABLE article_words USING fts5 (title, text, tokenize = 'ascii');
CREATE TRIGGER articles_forgotten AFTER DELETE ON articles BEGIN
    DELETE FROM article_words WHERE rowid = old.id;
END;
INSERT INTO search_queue (article) SELECT id FROM articles;
