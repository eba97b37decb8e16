-- A Healthcare ID.
CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    healthcare_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    -- Lower case: what two spellings of one mailbox have in common.
    email_folded TEXT NOT NULL,
    email_verified_at BIGINT,
    password_hash TEXT NOT NULL,
    contact_number TEXT,
    created_at BIGINT NOT NULL
);
-- Anybody may type an address; only who confirms it has it.
CREATE UNIQUE INDEX account_email_folded_key ON account (email_folded) WHERE email_verified_at IS NOT NULL;
CREATE INDEX account_email ON account (email_folded);

CREATE TABLE account_role (
    account_id TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, role)
);

-- Links that work once.
CREATE TABLE account_link (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- `verify`, `reset` or `email`
    purpose TEXT NOT NULL,
    -- The new address, where the link confirms one.
    email TEXT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX account_link_account ON account_link (account_id);
CREATE INDEX account_link_expires ON account_link (expires_at);

-- Who has forgotten something. A worker looks whether there is such an account, so that the page cannot tell by its time.
CREATE TABLE recovery_request (
    id TEXT NOT NULL PRIMARY KEY,
    -- `password` or `id`
    lost TEXT NOT NULL,
    login TEXT NOT NULL,
    requested_at BIGINT NOT NULL
);

-- How often something was tried lately, and from when on it may be tried again.
CREATE TABLE attempt (
    bucket TEXT NOT NULL PRIMARY KEY,
    count BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    -- When the count starts anew.
    forgotten_at BIGINT NOT NULL
);
CREATE INDEX attempt_forgotten ON attempt (forgotten_at);

-- Networks an account was signed in from: guesses made elsewhere do not slow its owner down there.
CREATE TABLE familiar_address (
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, address)
);

-- A browser.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    -- When the password was last given.
    authenticated_at BIGINT,
    last_seen_at BIGINT NOT NULL,
    -- At this time unless it is seen before.
    expires_at BIGINT NOT NULL,
    -- At this time whatever happens.
    ends_at BIGINT NOT NULL,
    user_agent TEXT
);
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expires ON session (expires_at);

-- What a page has to say once: typed values and error codes of a refused form.
CREATE TABLE session_flash (
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    page TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (session_id, page)
);

-- Which member an account is.
CREATE TABLE member_link (
    account_id TEXT NOT NULL REFERENCES account (id),
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    payer TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, program, environment, payer)
);
CREATE INDEX member_link_patient ON member_link (program, environment, patient_id);
