-- What chats were told of rules whose words mean something else by now.
CREATE TABLE rule_notices (
    rule INTEGER PRIMARY KEY REFERENCES rules (id) ON DELETE CASCADE,
    meaning TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
