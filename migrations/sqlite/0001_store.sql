-- Mail waits here until it is sent: written in the transaction of the event that it tells of.
CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    -- One event, one mail: `organization-approved:<review id>`.
    event TEXT NOT NULL UNIQUE,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text_body TEXT NOT NULL,
    html_body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    last_error TEXT,
    sent_at BIGINT
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL;
