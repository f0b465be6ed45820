-- How many questions there were, without anybody who asked: nothing here leads to a person.

CREATE TABLE question_counts (
    -- In the event's zone.
    day TEXT NOT NULL CHECK (day GLOB '????-??-??'),
    intent TEXT NOT NULL CHECK (intent <> ''),
    language TEXT NOT NULL CHECK (language <> ''),
    answered INTEGER NOT NULL CHECK (answered IN (0, 1)),
    questions INTEGER NOT NULL CHECK (questions > 0),
    PRIMARY KEY (day, intent, language, answered)
) STRICT, WITHOUT ROWID;
