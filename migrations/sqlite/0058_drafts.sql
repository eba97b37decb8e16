-- Registrations that are not sent yet, many for each account.
CREATE TABLE registration_draft (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL,
    -- NULL: the registration of another organization.
    organization_id TEXT,
    -- `organization`, `application`
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    saved_at BIGINT NOT NULL
);
CREATE INDEX registration_draft_account ON registration_draft (account_id, saved_at);
CREATE INDEX registration_draft_saved ON registration_draft (saved_at);

-- Older programs that still run keep theirs in `draft`; what they had is continued here.
INSERT INTO registration_draft (id, account_id, organization_id, kind, name, content, version, created_at, saved_at)
SELECT lower(hex(randomblob(16))), d.account_id,
    (SELECT m.organization_id FROM membership m WHERE m.account_id = d.account_id),
    d.kind,
    COALESCE(json_extract(d.content, '$.details.name'), json_extract(d.content, '$.form.name'), ''),
    d.content, 1, d.saved_at, d.saved_at
FROM draft d WHERE json_valid(d.content);

INSERT INTO schema_compatible (version, oldest) VALUES (58, 47);
