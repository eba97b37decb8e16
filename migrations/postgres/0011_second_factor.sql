-- The second factor of an account: codes of an authenticator app (RFC 6238). An account without a row has none.
CREATE TABLE totp (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    -- Sealed under the deployment's key file.
    secret TEXT NOT NULL,
    -- The time step of the newest code that was used: neither it nor an older one works again.
    last_step BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL
);

-- A secret that waits for its first code. It counts for nothing before.
CREATE TABLE totp_enrolment (
    session_id TEXT NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Codes on paper, for when the app is lost; a code that was used is gone.
CREATE TABLE recovery_code (
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- Keyed by the deployment's key file.
    code_digest TEXT NOT NULL,
    PRIMARY KEY (account_id, code_digest)
);

-- A browser where the password was given and the second factor is due. Its session is nobody's until then.
CREATE TABLE half_open_session (
    session_id TEXT NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX half_open_session_account ON half_open_session (account_id);
