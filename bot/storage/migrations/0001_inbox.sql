-- What Telegram handed over and nobody has handled yet. A row is committed before Telegram is told that the update
-- arrived, and deleted when it is handled. Moments are ISO 8601 in UTC, to the millisecond.

CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY CHECK (update_id >= 0),
    chat_id INTEGER, -- the lane: a chat, or the person behind an inline query; NULL where there is neither
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    received_at TEXT NOT NULL CHECK (received_at GLOB '????-??-??T??:??:??.???+00:00'),
    attempts INTEGER NOT NULL CHECK (attempts > 0), -- the one in hand counts
    last_error TEXT,
    failed_at TEXT CHECK (failed_at GLOB '????-??-??T??:??:??.???+00:00'), -- set aside for the organisers; not tried again
    CHECK (failed_at IS NULL OR last_error IS NOT NULL)
) STRICT;

CREATE INDEX inbox_set_aside ON inbox (failed_at) WHERE failed_at IS NOT NULL;

-- Which updates were accepted lately, handled or not: Telegram delivers again when our answer was lost. The ids
-- themselves are kept, not the highest one: webhook deliveries overtake each other, and after a quiet week Telegram
-- goes on at a random id, perhaps a smaller one. Telegram keeps updates for a day; these are kept for two.
CREATE TABLE accepted_updates (
    update_id INTEGER PRIMARY KEY,
    accepted_at TEXT NOT NULL CHECK (accepted_at GLOB '????-??-??T??:??:??.???+00:00')
) STRICT;
