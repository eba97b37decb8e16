-- Whether it is an app that wants to know when the member signed in at the provider: then the provider has to say.
ALTER TABLE payer_sign_in ADD COLUMN for_app BOOLEAN NOT NULL DEFAULT TRUE;

-- A code on its way to the address that the payer has of a member: whoever types it is that member.
CREATE TABLE member_code (
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    payer TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    -- Keyed: six digits are few.
    code_digest TEXT NOT NULL,
    -- The address that it went to, as the page may show it.
    sent_to TEXT NOT NULL,
    wrong BIGINT NOT NULL DEFAULT 0,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, program, environment, payer)
);
CREATE INDEX member_code_expires ON member_code (expires_at);
