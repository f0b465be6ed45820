-- Who talks to the bot: no name, no user name. A date says enough about when somebody was here.

CREATE TABLE attendees (
    chat_id INTEGER PRIMARY KEY,
    language TEXT NOT NULL CHECK (language <> ''),
    language_chosen INTEGER NOT NULL CHECK (language_chosen IN (0, 1)),
    first_seen_on TEXT NOT NULL CHECK (first_seen_on GLOB '????-??-??'),
    last_seen_on TEXT NOT NULL CHECK (last_seen_on GLOB '????-??-??'),
    blocked_at TEXT CHECK (blocked_at GLOB '????-??-??T??:??:*+00:00')
) STRICT;
