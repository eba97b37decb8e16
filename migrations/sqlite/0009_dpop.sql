-- Proofs of possession that were used (RFC 9449 §11.1), for as long as they could be shown again.
CREATE TABLE dpop_proof (
    -- Of the key's thumbprint and the proof's `jti`.
    hash TEXT NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX dpop_proof_expiry ON dpop_proof (expires_at);

-- The key that a code or token is bound to: its RFC 7638 thumbprint. Absent: whoever has it may use it.
ALTER TABLE authorization_request ADD COLUMN dpop_jkt TEXT;
ALTER TABLE authorization_code ADD COLUMN dpop_jkt TEXT;
ALTER TABLE refresh_token ADD COLUMN dpop_jkt TEXT;
ALTER TABLE access_token ADD COLUMN dpop_jkt TEXT;
