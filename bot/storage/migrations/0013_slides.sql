-- Whose slides these are, if they belong to a session of several speakers; NULL: of the session as a whole.
ALTER TABLE chat_materials ADD COLUMN speaker TEXT REFERENCES handles (handle);
