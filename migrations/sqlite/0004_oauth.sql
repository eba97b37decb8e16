-- The keys that sign tokens. The newest of each algorithm signs; every one that is not retired verifies.
CREATE TABLE signing_key (
    -- `kid`: the public key's RFC 7638 thumbprint.
    id TEXT NOT NULL PRIMARY KEY,
    algorithm TEXT NOT NULL,
    -- Counted by algorithm, so that of several nodes one makes each.
    generation BIGINT NOT NULL,
    -- PKCS #8, AES-256-GCM, base64url.
    private_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    retired_at BIGINT,
    UNIQUE (algorithm, generation)
);

-- What an app asked for, from `authorize` until the member's answer: bound to the browser that brought it.
CREATE TABLE authorization_request (
    handle_hash TEXT NOT NULL PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    issuer TEXT NOT NULL,
    application_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    scope TEXT NOT NULL,
    state TEXT NOT NULL,
    nonce TEXT,
    code_challenge TEXT,
    login_hint TEXT,
    -- An older sign-in does not count (`prompt=login`, `max_age`).
    signed_in_since BIGINT,
    payer_id TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    decided_at BIGINT,
    -- What came of it, where it was allowed.
    grant_id TEXT
);
CREATE INDEX authorization_request_expiry ON authorization_request (expires_at);

-- What a member allowed one app. Codes and tokens hang from it and end with it.
CREATE TABLE access_grant (
    id TEXT NOT NULL PRIMARY KEY,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    application_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    -- `auth_time`
    signed_in_at BIGINT NOT NULL,
    payer_id TEXT NOT NULL,
    -- Absent where only the directory was asked for.
    patient_id TEXT,
    scope TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT,
    ended_at BIGINT,
    -- `member`, `administrator`
    ended_by TEXT
);
CREATE INDEX access_grant_account ON access_grant (account_id, created_at);
CREATE INDEX access_grant_application ON access_grant (application_id, created_at);
CREATE INDEX access_grant_patient ON access_grant (program, environment, patient_id);

CREATE TABLE authorization_code (
    hash TEXT NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES access_grant (id) ON DELETE CASCADE,
    redirect_uri TEXT NOT NULL,
    nonce TEXT,
    code_challenge TEXT,
    expires_at BIGINT NOT NULL,
    redeemed_at BIGINT
);
CREATE INDEX authorization_code_grant ON authorization_code (grant_id);
CREATE INDEX authorization_code_expiry ON authorization_code (expires_at);

CREATE TABLE refresh_token (
    hash TEXT NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES access_grant (id) ON DELETE CASCADE,
    -- The code that all of them come from.
    family TEXT NOT NULL,
    scope TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- When another took its place, where tokens rotate.
    replaced_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX refresh_token_grant ON refresh_token (grant_id);
CREATE INDEX refresh_token_family ON refresh_token (family);

-- A row for each access token, so that ending one bites at the next call.
CREATE TABLE access_token (
    -- `jti`
    id TEXT NOT NULL PRIMARY KEY,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    application_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    -- Absent for client credentials.
    grant_id TEXT REFERENCES access_grant (id) ON DELETE CASCADE,
    family TEXT,
    scope TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX access_token_grant ON access_token (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX access_token_family ON access_token (family) WHERE family IS NOT NULL;
CREATE INDEX access_token_expiry ON access_token (expires_at);
