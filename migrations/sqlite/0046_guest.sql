-- A visitor of the documentation, who tries the sandbox as a test member without a Healthcare ID: an account of its own that
-- no login finds, for a few hours.
CREATE TABLE guest (
    token_hash TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE,
    program TEXT NOT NULL,
    -- The only app whose request the visitor may answer with it.
    client_id TEXT NOT NULL,
    -- What the authorization request names the visitor by, once.
    ticket_hash TEXT UNIQUE,
    -- What the page knows of its session, sealed: the app's secret of the request, later the tokens.
    held TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX guest_expires ON guest (expires_at);
-- Whose answer the request waits for, whoever is signed in.
ALTER TABLE authorization_request ADD COLUMN guest_id TEXT;

INSERT INTO schema_compatible (version, oldest) VALUES (46, 38);
