-- What people and apps did: only ever added to, each row sealed by the one before it.
CREATE TABLE audit (
    sequence BIGINT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    -- `account`, `client`, `operator` (the command line) or `system`, and who of that kind.
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    -- `organization.approved`
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    program TEXT,
    environment TEXT,
    -- A JSON object of what else is worth knowing; no health data, no secret.
    detail TEXT NOT NULL,
    -- SHA-256 over the row before and every column above, in hexadecimal.
    hash TEXT NOT NULL UNIQUE
);
CREATE INDEX audit_subject ON audit (subject_kind, subject_id, sequence);
CREATE INDEX audit_actor ON audit (actor_kind, actor_id, sequence);
CREATE INDEX audit_at ON audit (at);

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is only added to');
END;

-- The newest row. Whoever appends locks it first, so that no two rows follow the same one.
CREATE TABLE audit_head (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, sequence, hash) VALUES (1, 0, '');

-- What apps read by each grant, added up by the hour: a row a call would cost more than the call.
CREATE TABLE access (
    grant_id TEXT NOT NULL,
    -- The start of the hour.
    hour_at BIGINT NOT NULL,
    resource_type TEXT NOT NULL,
    reads BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (grant_id, hour_at, resource_type)
);
