-- How many processes ended while this update was in hand; written before it is taken in hand a second time, and taken
-- back when that attempt ends otherwise. From the first on it is handled alone, so that nothing else is blamed with it.
ALTER TABLE inbox ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0 CHECK (deaths >= 0);
