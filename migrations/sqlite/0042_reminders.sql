-- When the member was last reminded of this access, or decided about it again.
ALTER TABLE access_grant ADD COLUMN reminded_at BIGINT;
-- The end about which the member was written to; a later end is written about again.
ALTER TABLE access_grant ADD COLUMN end_announced_for BIGINT;
CREATE INDEX access_grant_expiry ON access_grant (expires_at) WHERE ended_at IS NULL;
CREATE INDEX access_grant_reminder ON access_grant ((COALESCE(reminded_at, created_at))) WHERE ended_at IS NULL;

INSERT INTO schema_compatible (version, oldest) VALUES (42, 35);
