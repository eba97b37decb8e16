-- From this time on the key signs, until the next of its algorithm does; before, it is published only. Once every token
-- that it signed has expired, it is retired and its private key erased.
ALTER TABLE signing_key ADD COLUMN signs_at BIGINT NOT NULL DEFAULT 0;
UPDATE signing_key SET signs_at = created_at;
