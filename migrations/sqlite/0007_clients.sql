-- The public keys that a confidential app signs with: a JWK set, or the address of one.
CREATE TABLE client_keys (
    application_id TEXT NOT NULL PRIMARY KEY REFERENCES application (id),
    -- JSON, public members only; absent where there is an address.
    jwks TEXT,
    jwks_uri TEXT,
    set_by TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

-- The ids of client assertions that were taken: none is taken twice.
CREATE TABLE client_assertion (
    client_id TEXT NOT NULL,
    -- SHA-256, base64url.
    jti_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, jti_hash)
);
CREATE INDEX client_assertion_expiry ON client_assertion (expires_at);
