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

-- What an app asked for in advance (RFC 9126), until its reference is used.
CREATE TABLE pushed_request (
    -- Of what follows the prefix of `request_uri`: SHA-256, base64url.
    reference_hash TEXT NOT NULL PRIMARY KEY,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    -- As a form, without the client's credentials.
    parameters TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX pushed_request_expiry ON pushed_request (expires_at);
