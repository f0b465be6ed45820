-- Slides and documents that people add in the chat. They are no part of an agenda version: an import never touches
-- them, and what they belong to may leave the agenda and come back.

CREATE TABLE chat_materials (
    id INTEGER PRIMARY KEY,
    -- Names the draft it was made of: confirming that twice adds it once.
    draft_key TEXT NOT NULL UNIQUE,
    handle TEXT NOT NULL UNIQUE REFERENCES handles (handle),
    -- The handle of a session or speaker; NULL: the event.
    belongs_to TEXT REFERENCES handles (handle),
    title TEXT NOT NULL CHECK (title <> ''),
    url TEXT,
    media_kind TEXT CHECK (media_kind IN ('photo', 'document')),
    file_id TEXT CHECK ((file_id IS NULL) = (media_kind IS NULL)),
    opens_at TEXT CHECK (opens_at GLOB '????-??-??T??:??:*+00:00'),
    after_session INTEGER NOT NULL CHECK (after_session IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'published', 'refused')),
    source TEXT NOT NULL CHECK (source <> ''),
    added_by INTEGER NOT NULL,
    added_at TEXT NOT NULL CHECK (added_at GLOB '????-??-??T??:??:*+00:00'),
    -- The material whose place it takes once it is published: people keep the links to that one.
    replaces INTEGER REFERENCES chat_materials (id) ON DELETE SET NULL,
    decided_by INTEGER,
    decided_at TEXT CHECK (decided_at GLOB '????-??-??T??:??:*+00:00'),
    refusal TEXT NOT NULL DEFAULT '',
    -- Who is told of it beside those who asked, and whether they were.
    audience TEXT NOT NULL CHECK (audience <> ''),
    told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
    CHECK ((url IS NULL) <> (file_id IS NULL))
) STRICT;

CREATE INDEX chat_materials_by_author ON chat_materials (added_by);
CREATE INDEX chat_materials_to_tell ON chat_materials (id) WHERE state = 'published' AND told = 0;

-- Who wants to hear when something of a session or speaker can be had. `known`: the handles of what could be had when
-- they asked, so that they hear of what is new alone. The row goes once they were told.
CREATE TABLE material_waits (
    chat_id INTEGER NOT NULL REFERENCES attendees (chat_id) ON DELETE CASCADE,
    handle TEXT NOT NULL REFERENCES handles (handle),
    since TEXT NOT NULL CHECK (since GLOB '????-??-??T??:??:*+00:00'),
    known TEXT NOT NULL CHECK (json_type(known) = 'array'),
    PRIMARY KEY (chat_id, handle)
) STRICT, WITHOUT ROWID;

CREATE INDEX material_waits_by_handle ON material_waits (handle, known);
