-- A vendor. What its owner typed is kept as it was approved or waits for approval.
CREATE TABLE organization (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    tin_kind TEXT NOT NULL,
    tin TEXT NOT NULL,
    -- JSON, as are the next two.
    mailing_address TEXT NOT NULL,
    physical_address TEXT NOT NULL,
    attestation TEXT NOT NULL,
    terms_agreed_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    -- Counts changes, so that a form filled in from an older one is refused.
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Who acts for an organization. An account belongs to one at most.
CREATE TABLE membership (
    account_id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    -- `owner`, `developer`
    role TEXT NOT NULL,
    joined_at BIGINT NOT NULL
);
CREATE INDEX membership_organization ON membership (organization_id);

-- An app on one platform in one environment.
CREATE TABLE application (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    client_id TEXT NOT NULL UNIQUE,
    environment TEXT NOT NULL,
    access TEXT NOT NULL,
    client_kind TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Absent: the organization's.
    privacy_url TEXT,
    redirect_uri TEXT NOT NULL,
    description TEXT NOT NULL,
    support_phone TEXT NOT NULL,
    support_email TEXT NOT NULL,
    support_website TEXT NOT NULL,
    support_name TEXT NOT NULL,
    platform TEXT NOT NULL,
    platform_id TEXT,
    platform_name TEXT NOT NULL,
    terms_agreed_at BIGINT NOT NULL,
    -- Of patient access; `not_needed` where there is nothing to review.
    approval TEXT NOT NULL,
    standing TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX application_organization ON application (organization_id, created_at);

CREATE TABLE application_program (
    application_id TEXT NOT NULL REFERENCES application (id),
    program TEXT NOT NULL,
    PRIMARY KEY (application_id, program)
);

-- What the names of live production apps look like: each belongs to one organization for good, so that no other can
-- pass for it.
CREATE TABLE application_name (
    skeleton TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id)
);

CREATE TABLE client_secret (
    id TEXT NOT NULL PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES application (id),
    -- SHA-256, base64url: the secret itself has 256 random bits.
    hash TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT
);
CREATE INDEX client_secret_application ON client_secret (application_id);

-- One round of review: from a submission to a decision.
CREATE TABLE review (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    -- Absent where the organization itself is reviewed.
    application_id TEXT REFERENCES application (id),
    -- Counts the owner's changes meanwhile, so that nobody decides on what they have not seen.
    version BIGINT NOT NULL,
    submitted_by TEXT NOT NULL,
    submitted_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    assigned_to TEXT,
    -- Absent while it is open.
    outcome TEXT,
    decided_by TEXT,
    decided_at BIGINT,
    criterion TEXT,
    comment TEXT
);
CREATE UNIQUE INDEX review_open ON review (organization_id, COALESCE(application_id, '')) WHERE outcome IS NULL;
CREATE INDEX review_due ON review (due_at, id) WHERE outcome IS NULL;
CREATE INDEX review_subject ON review (organization_id, application_id, submitted_at);

-- What happened to an organization or an app, in the words of those who did it; both sides read it.
CREATE TABLE history (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    application_id TEXT REFERENCES application (id),
    -- `vendor`, `administration`
    side TEXT NOT NULL,
    account_id TEXT NOT NULL,
    action TEXT NOT NULL,
    criterion TEXT,
    comment TEXT,
    at BIGINT NOT NULL
);
CREATE INDEX history_subject ON history (organization_id, application_id, at);

-- What an account typed so far of a registration it has not sent yet: JSON.
CREATE TABLE draft (
    account_id TEXT NOT NULL,
    -- `organization`, `application`
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, kind)
);
