-- The rows of a broadcast to very many are written piece by piece, since everybody else who writes waits meanwhile.
-- 1 until all are there.
ALTER TABLE broadcasts ADD COLUMN half_listed INTEGER NOT NULL DEFAULT 0 CHECK (half_listed IN (0, 1));
