-- Large-scale outages: they are announced by themselves, and clocks stand still meanwhile.
CREATE TABLE outage (
    id TEXT NOT NULL PRIMARY KEY,
    -- Absent: of all programs.
    program TEXT,
    begins_at BIGINT NOT NULL,
    -- Absent while no one knows.
    ends_at BIGINT,
    -- For our staff.
    reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    begun_by TEXT NOT NULL,
    begun_at BIGINT NOT NULL
);
-- Read with every page of a portal, and with every new clock: what is not over.
CREATE INDEX outage_ends ON outage (COALESCE(ends_at, 9223372036854775807), begins_at);
CREATE INDEX outage_begins ON outage (begins_at, id);

INSERT INTO schema_compatible (version, oldest) VALUES (56, 38);
