-- Revoked for good: since when. Such an app stays blocked, and no one can undo it.
ALTER TABLE application ADD COLUMN revoked_at BIGINT;

-- Which apps of an organization may be used in a program, where an administrator says so: `allow` (only those listed) or `deny`
-- (all but those listed).
CREATE TABLE application_list (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    program TEXT NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, program)
);
CREATE TABLE application_listed (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    program TEXT NOT NULL,
    application_id TEXT NOT NULL REFERENCES application (id),
    PRIMARY KEY (organization_id, program, application_id)
);

-- What follows from the lists: the programs in which the app may not be used, separated by spaces. It is in the app's own row,
-- because every call of an app reads that row.
ALTER TABLE application ADD COLUMN unlisted TEXT NOT NULL DEFAULT '';

INSERT INTO schema_compatible (version, oldest) VALUES (60, 59);
