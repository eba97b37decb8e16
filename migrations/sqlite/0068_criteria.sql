-- By what reviewers deny. A criterion's words stay as they are: what was decided by it is shown with them for ever. What is no
-- longer used is retired.
CREATE TABLE criterion (
    -- In `review.criterion`, `history.criterion` and the audit log.
    code TEXT NOT NULL PRIMARY KEY,
    -- As reviewers choose it.
    name TEXT NOT NULL,
    -- As the vendor reads it.
    sentence TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    -- Absent: it came with FLEX.
    added_by TEXT,
    retired_at BIGINT
);

INSERT INTO criterion (code, name, sentence, added_at) VALUES
    ('identity_not_verified', 'Identity not verified', 'We could not verify the organization''s name, address, or tax identifier.', 0),
    ('officers_sanctioned', 'Officers convicted or sanctioned', 'Named officers were convicted of felonies or sanctioned by a governmental agency.', 0),
    ('privacy_policy', 'Privacy policy missing or contradicting', 'We cannot reach the privacy policy, or it does not say what was attested.', 0),
    ('untrue_attestation', 'Untrue attestation', 'An answer of the attestation is not true.', 0),
    ('security_risk', 'Risk to the security of health information', 'The application would put the security of protected health information at risk.', 0),
    ('misleading', 'Name or description misleads', 'The name or description could mislead members.', 0),
    ('incomplete', 'Incomplete or contradictory', 'The registration is incomplete or contradicts itself.', 0),
    ('duplicate', 'Registered already', 'The organization or application is already registered.', 0);

CREATE INDEX review_criterion ON review (criterion) WHERE criterion IS NOT NULL;

-- The first approval, where a program requires two people; it is of this version of the registration.
ALTER TABLE review ADD COLUMN first_approved_by TEXT;
ALTER TABLE review ADD COLUMN first_approved_at BIGINT;
ALTER TABLE review ADD COLUMN first_comment TEXT;
ALTER TABLE review ADD COLUMN first_version BIGINT;

INSERT INTO schema_compatible (version, oldest) VALUES (68, 68);
