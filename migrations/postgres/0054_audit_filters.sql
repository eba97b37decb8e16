-- Every combination of action, actor and subject that the page filters by has an index that ends with the time, so that the last
-- page and a filter that matches nothing cost what the first page costs. Each is over one expression, so that there is one
-- index that a statement can use.
DROP INDEX audit_subject;
DROP INDEX audit_actor;
DROP INDEX audit_at;
CREATE INDEX audit_at ON audit (at, sequence);
CREATE INDEX audit_action ON audit (action, at, sequence);
CREATE INDEX audit_actor ON audit ((actor_kind || ':' || COALESCE(actor_id, '')), at, sequence);
CREATE INDEX audit_actor_action ON audit ((action || ' ' || actor_kind || ':' || COALESCE(actor_id, '')), at, sequence);
CREATE INDEX audit_subject ON audit ((subject_kind || ':' || subject_id), at, sequence);
CREATE INDEX audit_subject_action ON audit ((action || ' ' || subject_kind || ':' || subject_id), at, sequence);
CREATE INDEX audit_subject_actor ON audit ((actor_kind || ':' || COALESCE(actor_id, '') || ' ' || subject_kind || ':' || subject_id), at, sequence);
CREATE INDEX audit_subject_actor_action ON audit ((action || ' ' || actor_kind || ':' || COALESCE(actor_id, '') || ' ' || subject_kind || ':' || subject_id), at, sequence);

-- The log is filtered by the name of a person.
CREATE INDEX account_name ON account (LOWER(name));

-- Whose data a member of our staff saw in which hour (since 1970): each is written to the log once.
CREATE TABLE audit_view (
    viewer_id TEXT NOT NULL,
    hour BIGINT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    PRIMARY KEY (viewer_id, hour, subject_kind, subject_id)
);
CREATE INDEX audit_view_hour ON audit_view (hour);

-- The checks of the log, and what they found.
CREATE TABLE audit_check (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    -- `worker` or `command`
    checked_by TEXT NOT NULL,
    -- Host and number of the process.
    process TEXT NOT NULL,
    -- The row before the first that was read; 0 where all were.
    after_sequence BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    head_sequence BIGINT NOT NULL,
    head_hash TEXT NOT NULL,
    faults BIGINT NOT NULL,
    -- The first fault: its word and its rows.
    fault TEXT,
    fault_from BIGINT,
    fault_to BIGINT
);
CREATE INDEX audit_check_at ON audit_check (at, id);

-- When the daily check is due, for one of the processes.
CREATE TABLE audit_turn (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    due_at BIGINT NOT NULL
);
INSERT INTO audit_turn (id, due_at) VALUES (1, 0);

INSERT INTO schema_compatible (version, oldest) VALUES (54, 38);
