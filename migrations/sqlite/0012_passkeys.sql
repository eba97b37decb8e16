-- Passkeys of accounts (WebAuthn): second factors, beside an authenticator app or in its place.
CREATE TABLE passkey (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- What its holder calls it.
    name TEXT NOT NULL,
    -- The authenticator's own, in base64url; it belongs to one account.
    credential_id TEXT NOT NULL UNIQUE,
    -- In COSE's form, in base64url.
    public_key TEXT NOT NULL,
    -- The newest that was seen: a signature with another that is no greater comes from a copy.
    sign_count BIGINT NOT NULL,
    -- Hints for the browser: `internal hybrid`.
    transports TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX passkey_account ON passkey (account_id);

-- A browser that was asked for a new passkey. The challenge is good once.
CREATE TABLE passkey_enrolment (
    session_id TEXT NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    challenge TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- A browser that was asked for proof by a passkey of this account. The challenge is good once.
CREATE TABLE passkey_challenge (
    session_id TEXT NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    challenge TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
