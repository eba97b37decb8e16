-- The logos that an organization sent for its apps, as we made them: PNG.
CREATE TABLE logo (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    -- SHA-256 of the content, in hexadecimal.
    digest TEXT NOT NULL,
    content BYTEA NOT NULL,
    -- Whether a version of an app has it. Others are deleted after a while.
    is_kept BOOLEAN NOT NULL DEFAULT FALSE,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, digest)
);
CREATE INDEX logo_digest ON logo (digest);
CREATE INDEX logo_sent ON logo (sent_at) WHERE NOT is_kept;

-- The digest of the app's logo, if it has one.
ALTER TABLE application ADD COLUMN logo TEXT;

INSERT INTO schema_compatible (version, oldest) VALUES (64, 61);
