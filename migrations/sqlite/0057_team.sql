-- An account may belong to several organizations.
CREATE TABLE membership_of_several (
    account_id TEXT NOT NULL,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    -- `owner`, `developer`
    role TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    -- The account acts for the organization with the highest number.
    chosen BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, organization_id)
);
INSERT INTO membership_of_several (account_id, organization_id, role, joined_at)
SELECT account_id, organization_id, role, joined_at FROM membership;
DROP TABLE membership;
ALTER TABLE membership_of_several RENAME TO membership;
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
