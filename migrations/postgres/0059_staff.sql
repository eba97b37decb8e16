-- Who gave a role, and why. Roles from before have neither.
ALTER TABLE account_role ADD COLUMN granted_by TEXT;
ALTER TABLE account_role ADD COLUMN reason TEXT;

-- For which programs, and which payers of them, a person of the staff works. Without a row: for all.
CREATE TABLE staff_desk (
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    program TEXT NOT NULL,
    -- Empty: every payer of the program.
    payer TEXT NOT NULL,
    PRIMARY KEY (account_id, program, payer)
);

-- When the holder last signed in. Sessions end; this stays.
ALTER TABLE account ADD COLUMN signed_in_at BIGINT;
UPDATE account SET signed_in_at = (SELECT MAX(s.authenticated_at) FROM session s WHERE s.account_id = account.id);

-- Reviews by the person who works on them: they are given back when that person leaves.
CREATE INDEX review_assigned ON review (assigned_to) WHERE outcome IS NULL;

-- A member whom a person of the staff has looked up: for an hour, and only for that person.
CREATE TABLE member_look_up (
    id TEXT NOT NULL PRIMARY KEY,
    by_account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    payer TEXT NOT NULL,
    -- One of the two: the member, or an account that shares data.
    patient_id TEXT,
    account_id TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX member_look_up_expiry ON member_look_up (expires_at);

INSERT INTO schema_compatible (version, oldest) VALUES (59, 47);
