-- An account may belong to several organizations.
ALTER TABLE membership DROP CONSTRAINT membership_pkey;
ALTER TABLE membership ADD PRIMARY KEY (account_id, organization_id);
-- The account acts for the organization with the highest number.
ALTER TABLE membership ADD COLUMN chosen BIGINT NOT NULL DEFAULT 0;
DROP INDEX membership_organization;
CREATE INDEX membership_organization ON membership (organization_id, joined_at, account_id);

-- Changes of a team take turns by it, so that an organization never loses its last owner.
ALTER TABLE organization ADD COLUMN team_version BIGINT NOT NULL DEFAULT 0;

-- An invitation that was neither accepted nor withdrawn.
CREATE TABLE team_invitation (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    role TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    invited_by TEXT NOT NULL,
    invited_at BIGINT NOT NULL,
    sent BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (organization_id, email_folded)
);
CREATE INDEX team_invitation_expires ON team_invitation (expires_at);

INSERT INTO schema_compatible (version, oldest) VALUES (57, 47);
