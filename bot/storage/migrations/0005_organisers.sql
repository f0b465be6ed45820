-- Who may act as an organiser, the one-time links that make one, and what organisers did.

CREATE TABLE organisers (
    chat_id INTEGER PRIMARY KEY REFERENCES attendees (chat_id) ON DELETE CASCADE,
    since TEXT NOT NULL CHECK (since GLOB '????-??-??T??:??:*+00:00'),
    -- Who invited them; NULL: the command line or ORGANISER_IDS.
    invited_by INTEGER
) STRICT;

-- Only the hash of a code is kept: whoever reads the database cannot become an organiser by it.
CREATE TABLE organiser_invites (
    code_hash TEXT PRIMARY KEY CHECK (length(code_hash) = 64),
    created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:*+00:00'),
    expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:*+00:00'),
    created_by INTEGER,
    used_by INTEGER,
    used_at TEXT CHECK (used_at GLOB '????-??-??T??:??:*+00:00')
) STRICT, WITHOUT ROWID;

-- The trail: who did what, when. `details` are small and hold no message texts of attendees.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:*+00:00'),
    actor INTEGER,
    action TEXT NOT NULL CHECK (action <> ''),
    details TEXT NOT NULL DEFAULT '{}' CHECK (json_type(details) = 'object')
) STRICT;

-- What somebody is in the middle of: one dialog a person, ended by any command.
CREATE TABLE dialogs (
    chat_id INTEGER PRIMARY KEY REFERENCES attendees (chat_id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind <> ''),
    state TEXT NOT NULL CHECK (json_type(state) = 'object'),
    updated_at TEXT NOT NULL CHECK (updated_at GLOB '????-??-??T??:??:*+00:00')
) STRICT;
