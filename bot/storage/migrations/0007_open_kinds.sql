-- A new kind of notice or of audience needs no new table: which there are, the program knows (NoticeKind, AudienceKind).

CREATE TABLE outbox_new (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    chat_id INTEGER NOT NULL REFERENCES attendees (chat_id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind <> ''),
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

INSERT INTO outbox_new SELECT * FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;

-- As before (0004, 0006).
CREATE INDEX outbox_queued ON outbox (priority, expires_at, id, not_before, chat_id) WHERE state = 'queued';
CREATE INDEX outbox_due ON outbox (not_before) WHERE state = 'queued';
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX outbox_by_chat ON outbox (chat_id, state, done_at);
CREATE UNIQUE INDEX outbox_one_change ON outbox (chat_id) WHERE state = 'queued' AND kind = 'change';
CREATE INDEX outbox_by_broadcast ON outbox (json_extract(payload, '$.broadcast'), state) WHERE kind = 'broadcast';

CREATE TABLE broadcasts_new (
    id INTEGER PRIMARY KEY,
    -- Names the draft it was made of: confirming that twice sends it once.
    draft_key TEXT NOT NULL UNIQUE,
    author INTEGER NOT NULL,
    texts TEXT NOT NULL CHECK (json_type(texts) = 'object'),
    media_kind TEXT CHECK (media_kind IN ('photo', 'document')),
    file_id TEXT CHECK ((file_id IS NULL) = (media_kind IS NULL)),
    audience TEXT NOT NULL CHECK (audience <> ''),
    audience_value TEXT NOT NULL,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    send_at TEXT CHECK (send_at GLOB '????-??-??T??:??:*+00:00'),
    state TEXT NOT NULL CHECK (state IN ('scheduled', 'sending', 'paused', 'cancelled', 'done')),
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:*+00:00'),
    started_at TEXT CHECK (started_at GLOB '????-??-??T??:??:*+00:00'),
    -- Since when it goes out without a pause: its rate is measured from here.
    running_since TEXT CHECK (running_since GLOB '????-??-??T??:??:*+00:00'),
    done_at TEXT CHECK (done_at GLOB '????-??-??T??:??:*+00:00'),
    -- How many were sent, blocked, …, once it is done: the rows of the outbox are purged some day.
    figures TEXT CHECK (json_type(figures) = 'object'),
    progress_message INTEGER,
    reported INTEGER NOT NULL DEFAULT 0 CHECK (reported IN (0, 1))
) STRICT;

INSERT INTO broadcasts_new SELECT * FROM broadcasts;
DROP TABLE broadcasts;
ALTER TABLE broadcasts_new RENAME TO broadcasts;

CREATE INDEX broadcasts_open ON broadcasts (state) WHERE done_at IS NULL;
