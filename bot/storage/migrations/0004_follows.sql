-- What people follow, how they want to be told, and the messages waiting to be sent to them.
-- A handle may stand here after its session left the agenda: whoever followed it hears that it was cancelled.

CREATE TABLE follows (
    chat_id INTEGER NOT NULL REFERENCES attendees (chat_id) ON DELETE CASCADE,
    handle TEXT NOT NULL REFERENCES handles (handle),
    kind TEXT NOT NULL CHECK (kind IN ('session', 'speaker')),
    -- The agenda version this person was last told of (or saw, when they tapped "follow").
    told_version INTEGER NOT NULL CHECK (told_version > 0),
    followed_at TEXT NOT NULL CHECK (followed_at GLOB '????-??-??T??:??:*+00:00'),
    PRIMARY KEY (chat_id, handle)
) STRICT, WITHOUT ROWID;

CREATE INDEX follows_by_handle ON follows (handle, chat_id);
CREATE INDEX follows_by_told_version ON follows (told_version, chat_id);

-- What a person wants for one session alone: another lead (0: no reminder), or silence.
CREATE TABLE session_wishes (
    chat_id INTEGER NOT NULL REFERENCES attendees (chat_id) ON DELETE CASCADE,
    handle TEXT NOT NULL REFERENCES handles (handle),
    lead_minutes INTEGER CHECK (lead_minutes IN (0, 5, 10, 15, 30, 60)),
    muted INTEGER NOT NULL DEFAULT 0 CHECK (muted IN (0, 1)),
    PRIMARY KEY (chat_id, handle)
) STRICT, WITHOUT ROWID;

-- What a person wants in general; no row: the defaults.
CREATE TABLE notice_wishes (
    chat_id INTEGER PRIMARY KEY REFERENCES attendees (chat_id) ON DELETE CASCADE,
    lead_minutes INTEGER NOT NULL DEFAULT 10 CHECK (lead_minutes IN (0, 5, 10, 15, 30, 60)),
    changes INTEGER NOT NULL DEFAULT 1 CHECK (changes IN (0, 1)),
    quiet_hours INTEGER NOT NULL DEFAULT 1 CHECK (quiet_hours IN (0, 1))
) STRICT;

-- For each session ever seen: which version set its present start (a reminder's key holds it, so that a session moved
-- there and back reminds again), and how often it changed (iCalendar's SEQUENCE).
CREATE TABLE session_revisions (
    handle TEXT PRIMARY KEY REFERENCES handles (handle),
    starts_at TEXT NOT NULL CHECK (starts_at GLOB '????-??-??T??:??:*+00:00'),
    start_version INTEGER NOT NULL CHECK (start_version > 0),
    sequence INTEGER NOT NULL DEFAULT 0 CHECK (sequence >= 0),
    -- The last version that still had it; older than the current one: it left the agenda.
    last_version INTEGER NOT NULL CHECK (last_version > 0)
) STRICT, WITHOUT ROWID;

-- Everything sent unasked: the row first, the sending second, its result third. `key` says what it is about, so that
-- planning twice plans once; a row keeps its key after it was sent, until it is purged.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    chat_id INTEGER NOT NULL REFERENCES attendees (chat_id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('reminder', 'change', 'broadcast')),
    priority INTEGER NOT NULL,  -- smaller goes first
    payload TEXT NOT NULL CHECK (json_type(payload) = 'object'),
    not_before TEXT NOT NULL CHECK (not_before GLOB '????-??-??T??:??:*+00:00'),
    expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:*+00:00'),
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'expired', 'dropped', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:*+00:00'),
    done_at TEXT CHECK (done_at GLOB '????-??-??T??:??:*+00:00'),
    reason TEXT
) STRICT;

-- In the order of sending; `not_before` and `chat_id` stand in it so that rows not yet due are passed over cheaply.
CREATE INDEX outbox_queued ON outbox (priority, expires_at, id, not_before, chat_id) WHERE state = 'queued';
CREATE INDEX outbox_due ON outbox (not_before) WHERE state = 'queued';
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX outbox_by_chat ON outbox (chat_id, state, done_at);
-- At most one change notice waits for a person: what changes meanwhile is merged into it when it is written.
CREATE UNIQUE INDEX outbox_one_change ON outbox (chat_id) WHERE state = 'queued' AND kind = 'change';
