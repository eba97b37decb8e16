-- What members report about apps. Vendors do not see it.
CREATE TABLE app_report (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES application (id),
    grant_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    payer_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    comment TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX app_report_application ON app_report (application_id, created_at);

INSERT INTO schema_compatible (version, oldest) VALUES (43, 35);
