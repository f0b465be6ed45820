-- The agenda. The tables from `event` on hold the current version, rewritten whole at each import; every version is
-- kept as one compressed document. Moments are ISO 8601 in UTC; dates are YYYY-MM-DD. Texts in several languages are
-- JSON objects by language code; lists are JSON arrays. `position` keeps the order of the file.

CREATE TABLE agenda_versions (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:*+00:00'),
    author TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    format TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    document BLOB NOT NULL
) STRICT;

-- Buttons, links and QR codes carry handles. They outlive the versions: a row is never deleted, and an item that comes
-- back has the handle it had.
CREATE TABLE handles (
    handle TEXT PRIMARY KEY CHECK (length(handle) = 8 AND handle NOT GLOB '*[^a-z0-9]*'),
    kind TEXT NOT NULL CHECK (kind IN ('session', 'speaker', 'room', 'track', 'material')),
    source_id TEXT NOT NULL,
    UNIQUE (kind, source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    version INTEGER NOT NULL REFERENCES agenda_versions (number),
    id TEXT NOT NULL CHECK (id <> ''),
    name TEXT NOT NULL CHECK (json_type(name) = 'object'),
    starts_on TEXT NOT NULL CHECK (starts_on GLOB '????-??-??'),
    ends_on TEXT NOT NULL CHECK (ends_on GLOB '????-??-??'),
    time_zone TEXT NOT NULL CHECK (time_zone <> ''),
    languages TEXT NOT NULL CHECK (json_type(languages) = 'array'),
    default_language TEXT NOT NULL CHECK (default_language <> ''),
    theme TEXT NOT NULL CHECK (json_type(theme) = 'object'),
    place TEXT NOT NULL CHECK (json_type(place) = 'object'),
    website TEXT,
    hashtag TEXT,
    aliases TEXT NOT NULL CHECK (json_type(aliases) = 'array')
) STRICT;

CREATE TABLE rooms (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    position INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (json_type(name) = 'object'),
    illustrative INTEGER NOT NULL CHECK (illustrative IN (0, 1)),
    aliases TEXT NOT NULL CHECK (json_type(aliases) = 'array')
) STRICT, WITHOUT ROWID;

CREATE TABLE tracks (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    position INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (json_type(name) = 'object'),
    aliases TEXT NOT NULL CHECK (json_type(aliases) = 'array')
) STRICT, WITHOUT ROWID;

CREATE TABLE speakers (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    position INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL CHECK (json_type(organisation) = 'object'),
    role TEXT NOT NULL CHECK (json_type(role) = 'object'),
    bio TEXT NOT NULL CHECK (json_type(bio) = 'object'),
    aliases TEXT NOT NULL CHECK (json_type(aliases) = 'array'),
    organisation_aliases TEXT NOT NULL CHECK (json_type(organisation_aliases) = 'array'),
    unknown TEXT NOT NULL CHECK (json_type(unknown) = 'array')
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    position INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL CHECK (json_type(title) = 'object'),
    description TEXT NOT NULL CHECK (json_type(description) = 'object'),
    kind TEXT NOT NULL CHECK (
        kind IN ('keynote', 'panel', 'talk', 'pitch', 'workshop', 'matchmaking', 'break', 'social', 'other')
    ),
    starts_at TEXT NOT NULL CHECK (starts_at GLOB '????-??-??T??:??:*+00:00'),
    ends_at TEXT NOT NULL CHECK (ends_at GLOB '????-??-??T??:??:*+00:00'),
    room_id TEXT REFERENCES rooms (id),
    track_id TEXT REFERENCES tracks (id),
    part_of TEXT REFERENCES sessions (id) DEFERRABLE INITIALLY DEFERRED,
    language TEXT,
    website TEXT,
    topics TEXT NOT NULL CHECK (json_type(topics) = 'array'),
    aliases TEXT NOT NULL CHECK (json_type(aliases) = 'array'),
    illustrative TEXT NOT NULL CHECK (json_type(illustrative) = 'array'),
    unknown TEXT NOT NULL CHECK (json_type(unknown) = 'array'),
    announced INTEGER NOT NULL CHECK (announced IN (0, 1)),
    cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_room ON sessions (room_id);
CREATE INDEX sessions_by_track ON sessions (track_id);
CREATE INDEX sessions_by_whole ON sessions (part_of);

CREATE TABLE session_speakers (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    speaker_id TEXT NOT NULL REFERENCES speakers (id),
    role TEXT NOT NULL CHECK (role IN ('speaker', 'moderator', 'facilitator')),
    starts_at TEXT CHECK (starts_at GLOB '????-??-??T??:??:*+00:00'),
    ends_at TEXT CHECK (ends_at GLOB '????-??-??T??:??:*+00:00'),
    PRIMARY KEY (session_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_speakers_by_speaker ON session_speakers (speaker_id);

CREATE TABLE materials (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    position INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL CHECK (json_type(title) = 'object'),
    kind TEXT NOT NULL CHECK (kind IN ('presentation', 'document', 'page')),
    url TEXT,
    found_at TEXT,
    language TEXT,
    aliases TEXT NOT NULL CHECK (json_type(aliases) = 'array'),
    unknown TEXT NOT NULL CHECK (json_type(unknown) = 'array')
) STRICT, WITHOUT ROWID;

CREATE TABLE material_speakers (
    material_id TEXT NOT NULL REFERENCES materials (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    speaker_id TEXT NOT NULL REFERENCES speakers (id),
    PRIMARY KEY (material_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX material_speakers_by_speaker ON material_speakers (speaker_id);

CREATE TABLE material_sessions (
    material_id TEXT NOT NULL REFERENCES materials (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    PRIMARY KEY (material_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX material_sessions_by_session ON material_sessions (session_id);

CREATE TABLE facts (
    topic TEXT PRIMARY KEY CHECK (topic <> ''),
    position INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL CHECK (json_type(title) = 'object'),
    text TEXT NOT NULL CHECK (json_type(text) = 'object'),
    status TEXT NOT NULL CHECK (status IN ('known', 'general', 'illustrative', 'unknown')),
    links TEXT NOT NULL CHECK (json_type(links) = 'array'),
    aliases TEXT NOT NULL CHECK (json_type(aliases) = 'array')
) STRICT, WITHOUT ROWID;
