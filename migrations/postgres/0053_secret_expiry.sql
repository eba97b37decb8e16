-- The fewest days before its end of which the owners have been informed.
ALTER TABLE client_secret ADD COLUMN expiry_told BIGINT;
CREATE INDEX client_secret_expiry ON client_secret (expires_at) WHERE expires_at IS NOT NULL;

INSERT INTO schema_compatible (version, oldest) VALUES (53, 38);
