-- What organisers told many people at once. Whom, and what became of it, stands in the outbox, a row a person.

CREATE TABLE broadcasts (
    id INTEGER PRIMARY KEY,
    -- Names the draft it was made of: confirming that twice sends it once.
    draft_key TEXT NOT NULL UNIQUE,
    author INTEGER NOT NULL,
    texts TEXT NOT NULL CHECK (json_type(texts) = 'object'),
    media_kind TEXT CHECK (media_kind IN ('photo', 'document')),
    file_id TEXT CHECK ((file_id IS NULL) = (media_kind IS NULL)),
    audience TEXT NOT NULL CHECK (audience IN ('everyone', 'language', 'followers')),
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

CREATE INDEX broadcasts_open ON broadcasts (state) WHERE done_at IS NULL;
CREATE INDEX outbox_by_broadcast ON outbox (json_extract(payload, '$.broadcast'), state) WHERE kind = 'broadcast';
