-- Versions of the agenda that an organiser made by buttons: what was asked for, and what it set, session by session.

CREATE TABLE chat_edits (
    version INTEGER PRIMARY KEY REFERENCES agenda_versions (number) ON DELETE CASCADE,
    -- Of the confirmed preview: a second tap finds what the first one did.
    token TEXT NOT NULL UNIQUE CHECK (token <> ''),
    edit TEXT NOT NULL CHECK (json_type(edit) = 'object')
) STRICT;

CREATE TABLE chat_edit_effects (
    version INTEGER NOT NULL REFERENCES chat_edits (version) ON DELETE CASCADE,
    session_handle TEXT NOT NULL CHECK (session_handle <> ''),
    field TEXT NOT NULL CHECK (field <> ''),
    value TEXT NOT NULL,
    PRIMARY KEY (version, session_handle, field)
) STRICT, WITHOUT ROWID;
