-- Ids in logs and among the forgotten are hashed with this database's own random number.
CREATE TABLE privacy_salt (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;

INSERT INTO privacy_salt (only, salt) VALUES (1, randomblob(32));

-- Who was forgotten, so that a restored backup forgets them again: no id, a salted hash of it.
CREATE TABLE forgotten (
    person_hash TEXT PRIMARY KEY CHECK (length(person_hash) = 64),
    forgotten_at TEXT NOT NULL CHECK (forgotten_at GLOB '????-??-??T??:??:*+00:00')
) STRICT, WITHOUT ROWID;
