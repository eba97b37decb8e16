-- How the code goes to the member: `email`, `phone` or `letter`.
ALTER TABLE member_code ADD COLUMN channel TEXT NOT NULL DEFAULT 'email';

-- Whose card an account has just shown: its holder says where the code goes, and may ask for another one.
CREATE TABLE member_card (
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    payer TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, program, environment, payer)
);
CREATE INDEX member_card_expires ON member_card (expires_at);

INSERT INTO schema_compatible (version, oldest) VALUES (38, 35);
