-- Who may act for a member besides the member: because an administrator says so, with evidence and an end, or because the
-- payer's own provider does, at each sign-in. A row without confirmed_at is a proposal that its administrator still checks.
CREATE TABLE member_representative (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    payer TEXT NOT NULL,
    patient_id TEXT NOT NULL,
    -- Of the member, for letters that arrive after the payer's data has changed.
    first_name TEXT NOT NULL,
    source TEXT NOT NULL,
    evidence TEXT,
    note TEXT,
    granted_by TEXT,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    -- The first second of the first day, and the last second of the last day, in the program's zone.
    starts_at BIGINT NOT NULL,
    ends_at BIGINT,
    ended_at BIGINT,
    ended_by TEXT,
    ended_by_account TEXT,
    end_reason TEXT
);
CREATE UNIQUE INDEX member_representative_open
    ON member_representative (account_id, program, environment, payer, patient_id, source)
    WHERE ended_at IS NULL AND confirmed_at IS NOT NULL;
CREATE INDEX member_representative_account ON member_representative (account_id, program, environment, payer);
CREATE INDEX member_representative_patient ON member_representative (program, environment, patient_id);
CREATE INDEX member_representative_end ON member_representative (ends_at) WHERE ended_at IS NULL;

-- For whom the person shares data: empty for themselves.
ALTER TABLE authorization_request ADD COLUMN patient_id TEXT;
-- The person who allowed it is not the patient.
ALTER TABLE access_grant ADD COLUMN as_representative BOOLEAN NOT NULL DEFAULT FALSE;

INSERT INTO schema_compatible (version, oldest) VALUES (47, 38);
