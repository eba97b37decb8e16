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
    PRIMARY KEY (program, due_at)
);
CREATE INDEX probe_due ON probe (due_at);

-- Support times met, by program.
CREATE INDEX ticket_due ON ticket (program, environment, first_due_at);

INSERT INTO schema_compatible (version, oldest) VALUES (62, 60);
