-- What Ghid could not answer, and what organisers answered.

CREATE TABLE organiser_answers (
    id INTEGER PRIMARY KEY,
    -- Names the draft it was made of: confirming that twice answers once.
    draft_key TEXT NOT NULL UNIQUE,
    texts TEXT NOT NULL CHECK (json_type(texts) = 'object'),
    answered_by INTEGER NOT NULL,
    answered_at TEXT NOT NULL CHECK (answered_at GLOB '????-??-??T??:??:*+00:00'),
    corrections INTEGER NOT NULL DEFAULT 0 CHECK (corrections >= 0)
) STRICT;

-- Nothing here leads to a person: no chat, no hour, and no order of arrival (the rows lie in the order of a hash).
-- A question that is asked again only counts up.
CREATE TABLE open_questions (
    key TEXT PRIMARY KEY CHECK (length(key) = 32),
    language TEXT NOT NULL CHECK (language <> ''),
    wording TEXT NOT NULL CHECK (wording <> '' AND length(wording) <= 500),
    asked INTEGER NOT NULL CHECK (asked > 0),
    asked_on TEXT NOT NULL CHECK (asked_on GLOB '????-??-??'),
    set_aside INTEGER NOT NULL DEFAULT 0 CHECK (set_aside IN (0, 1)),
    answer INTEGER REFERENCES organiser_answers (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX open_questions_by_answer ON open_questions (answer) WHERE answer IS NOT NULL;

-- Who wants the answer: only those who tapped "ask the organisers", and only until they have it or take it back.
CREATE TABLE question_askers (
    chat_id INTEGER NOT NULL REFERENCES attendees (chat_id) ON DELETE CASCADE,
    question TEXT NOT NULL REFERENCES open_questions (key) ON DELETE CASCADE,
    -- As it stood when they tapped: whoever asks what is kept about them reads it.
    wording TEXT NOT NULL CHECK (wording <> ''),
    asked_on TEXT NOT NULL CHECK (asked_on GLOB '????-??-??'),
    PRIMARY KEY (chat_id, question)
) STRICT, WITHOUT ROWID;

CREATE INDEX question_askers_by_question ON question_askers (question);
CREATE INDEX outbox_by_answer ON outbox (json_extract(payload, '$.answer')) WHERE kind = 'answer';
