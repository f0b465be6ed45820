-- What was shown to somebody last, so that "and where?" is understood for ten minutes, across restarts.
CREATE TABLE mentions (
    chat_id INTEGER PRIMARY KEY REFERENCES attendees (chat_id) ON DELETE CASCADE,
    handle TEXT NOT NULL,
    intent TEXT,
    mentioned_at TEXT NOT NULL CHECK (mentioned_at GLOB '????-??-??T??:??:*+00:00')
) STRICT;

CREATE INDEX mentions_by_age ON mentions (mentioned_at);
