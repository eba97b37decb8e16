-- Where an app wants to hear of the end or a change of what members allowed it.
CREATE TABLE notice_address (
    application_id TEXT NOT NULL PRIMARY KEY REFERENCES application (id),
    url TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

-- What it is to hear: written with the change itself, and pushed by a worker.
CREATE TABLE app_notice (
    -- `jti`
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    -- `ended`, `changed`, `test`
    kind TEXT NOT NULL,
    -- Absent in a test, like all up to the end of the access.
    grant_id TEXT,
    account_id TEXT,
    -- Who changed or ended it.
    reason TEXT,
    scope TEXT,
    grant_expires_at BIGINT,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    delivered_at BIGINT,
    gave_up_at BIGINT,
    last_error TEXT
);
CREATE INDEX app_notice_due ON app_notice (due_at) WHERE delivered_at IS NULL AND gave_up_at IS NULL;
CREATE INDEX app_notice_application ON app_notice (application_id, created_at);
CREATE INDEX app_notice_created ON app_notice (created_at);

INSERT INTO schema_compatible (version, oldest) VALUES (44, 35);
