-- How many of these reads the member's record tells about, as an AuditEvent.
ALTER TABLE access ADD COLUMN told_reads BIGINT NOT NULL DEFAULT 0;
CREATE INDEX access_hour ON access (hour_at);

INSERT INTO schema_compatible (version, oldest) VALUES (45, 38);
