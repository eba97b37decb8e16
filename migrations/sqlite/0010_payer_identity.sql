-- Who signs in at a payer's identity provider: an account of this payer's alone, without password.
CREATE TABLE payer_identity (
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    payer TEXT NOT NULL,
    -- `iss` and `sub`: together the identity, never the e-mail address.
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account_id TEXT NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (program, environment, payer, issuer, subject)
);

-- A browser on its way to a payer's identity provider and back: bound to that browser, used once.
CREATE TABLE payer_sign_in (
    state_hash TEXT NOT NULL PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    payer TEXT NOT NULL,
    issuer TEXT NOT NULL,
    nonce TEXT NOT NULL,
    code_verifier TEXT NOT NULL,
    -- An older sign-in does not count (`prompt=login`, `max_age`).
    signed_in_since BIGINT,
    -- Where it began: the host with the browser's cookie, and the page there to go on at.
    origin TEXT NOT NULL,
    next TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX payer_sign_in_expiry ON payer_sign_in (expires_at);

-- How a payer's identity provider did lately.
CREATE TABLE payer_provider_health (
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    payer TEXT NOT NULL,
    succeeded_at BIGINT,
    failed_at BIGINT,
    -- For administrators: no secret, nothing about a member.
    failure TEXT,
    PRIMARY KEY (program, environment, payer)
);

-- Whether the payer's members sign in at its provider; decided with the payer.
ALTER TABLE authorization_request ADD COLUMN at_provider BOOLEAN NOT NULL DEFAULT FALSE;
