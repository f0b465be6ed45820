-- The speakers' desk. A speaker is named by handle, so that a claim outlives the versions of the agenda.

-- One-time codes: only the hash is kept, so whoever reads the database cannot claim anybody's profile.
CREATE TABLE speaker_codes (
    code_hash TEXT PRIMARY KEY CHECK (length(code_hash) = 64),
    handle TEXT NOT NULL REFERENCES handles (handle),
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:*+00:00'),
    expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:*+00:00'),
    created_by INTEGER,
    revoked_at TEXT CHECK (revoked_at GLOB '????-??-??T??:??:*+00:00'),
    used_by INTEGER,
    used_at TEXT CHECK (used_at GLOB '????-??-??T??:??:*+00:00')
) STRICT, WITHOUT ROWID;

CREATE INDEX speaker_codes_by_handle ON speaker_codes (handle);

-- Who is which speaker: one person a speaker, while one person may be several (one who answers for a delegation).
CREATE TABLE speaker_claims (
    handle TEXT PRIMARY KEY REFERENCES handles (handle),
    chat_id INTEGER NOT NULL REFERENCES attendees (chat_id) ON DELETE CASCADE,
    claimed_at TEXT NOT NULL CHECK (claimed_at GLOB '????-??-??T??:??:*+00:00'),
    -- The organiser who confirmed it; NULL: by a code.
    confirmed_by INTEGER,
    -- The agenda version this person was last told of as a speaker.
    told_version INTEGER NOT NULL CHECK (told_version > 0),
    -- The latest change they were told of, and whether they tapped "seen".
    change_version INTEGER CHECK (change_version > 0),
    change_told_at TEXT CHECK (change_told_at GLOB '????-??-??T??:??:*+00:00'),
    change_seen_at TEXT CHECK (change_seen_at GLOB '????-??-??T??:??:*+00:00')
) STRICT, WITHOUT ROWID;

CREATE INDEX speaker_claims_by_chat ON speaker_claims (chat_id);

-- Links that did not work, by who opened them: too many of them in an hour, and no more are looked at.
CREATE TABLE speaker_code_failures (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL REFERENCES attendees (chat_id) ON DELETE CASCADE,
    failed_at TEXT NOT NULL CHECK (failed_at GLOB '????-??-??T??:??:*+00:00')
) STRICT;

CREATE INDEX speaker_code_failures_by_chat ON speaker_code_failures (chat_id, failed_at);

-- "I am this speaker", said without a code. `name` is how Telegram calls them, for whoever decides; it goes with that.
CREATE TABLE speaker_requests (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL REFERENCES attendees (chat_id) ON DELETE CASCADE,
    handle TEXT NOT NULL REFERENCES handles (handle),
    name TEXT,
    asked_at TEXT NOT NULL CHECK (asked_at GLOB '????-??-??T??:??:*+00:00'),
    decided_at TEXT CHECK (decided_at GLOB '????-??-??T??:??:*+00:00'),
    decided_by INTEGER,
    granted INTEGER CHECK (granted IN (0, 1)),
    CHECK ((decided_at IS NULL) = (granted IS NULL)),
    CHECK (decided_at IS NULL OR name IS NULL)
) STRICT;

CREATE UNIQUE INDEX speaker_requests_open ON speaker_requests (chat_id, handle) WHERE decided_at IS NULL;

-- Which reminders of their own appearances a speaker wants; no row: all.
CREATE TABLE speaker_wishes (
    chat_id INTEGER PRIMARY KEY REFERENCES attendees (chat_id) ON DELETE CASCADE,
    day_before INTEGER NOT NULL CHECK (day_before IN (0, 1)),
    hour_before INTEGER NOT NULL CHECK (hour_before IN (0, 1)),
    quarter_before INTEGER NOT NULL CHECK (quarter_before IN (0, 1))
) STRICT;

-- "Running late", "can't come", "need help", and which organiser answered what.
CREATE TABLE speaker_calls (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL REFERENCES attendees (chat_id) ON DELETE CASCADE,
    handle TEXT NOT NULL REFERENCES handles (handle),
    -- Which session it is about; NULL: none is to come.
    session TEXT REFERENCES handles (handle),
    kind TEXT NOT NULL CHECK (kind IN ('late', 'absent', 'help')),
    called_at TEXT NOT NULL CHECK (called_at GLOB '????-??-??T??:??:*+00:00'),
    answer TEXT CHECK (answer IN ('seen', 'call', 'coming')),
    answered_at TEXT CHECK (answered_at GLOB '????-??-??T??:??:*+00:00'),
    answered_by INTEGER,
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;

CREATE INDEX speaker_calls_by_chat ON speaker_calls (chat_id, kind, called_at);
