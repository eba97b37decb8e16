-- Whether an app could sign a member in to the sandbox of a program and read data: the server tries it itself. A row for each time
-- that was due and at which a process ran; those without a row were missed.
CREATE TABLE probe (
    program TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    -- The time until the next is due, in milliseconds; 0 from the moment on at which probes were switched off.
    every_ms BIGINT NOT NULL,
    -- `passed`, `failed`; absent until it ends, and for ever if the process died.
    outcome TEXT,
    -- Where it failed, and what came back there.
    step TEXT,
    reason TEXT,
    took_ms BIGINT,
    -- The account as which the server signs in, until that is removed.
    account_id TEXT,
    PRIMARY KEY (program, due_at)
);
CREATE INDEX probe_due ON probe (due_at);
CREATE INDEX probe_account ON probe (due_at, account_id) WHERE account_id IS NOT NULL;

-- For the share of promises that were kept.
CREATE INDEX ticket_due ON ticket (program, environment, first_due_at);
CREATE INDEX review_promised ON review (due_at, application_id);

INSERT INTO schema_compatible (version, oldest) VALUES (62, 60);
