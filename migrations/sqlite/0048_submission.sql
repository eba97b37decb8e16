-- The terms that people agreed to, as they were: a new text is a new version.
CREATE TABLE terms (
    version BIGINT NOT NULL PRIMARY KEY,
    -- SHA-256 of the text, base64url.
    digest TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    since BIGINT NOT NULL
);

-- What was submitted, as it was: values, attestation, terms, by whom, when. Only ever added to.
CREATE TABLE submission (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    -- Absent where it is the organization's own registration.
    application_id TEXT REFERENCES application (id),
    -- 1, 2, 3 for each subject.
    number BIGINT NOT NULL,
    -- The whole registration: JSON.
    content TEXT NOT NULL,
    -- Absent before we kept the text.
    terms_version BIGINT REFERENCES terms (version),
    submitted_by TEXT NOT NULL,
    submitted_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX submission_number ON submission (organization_id, (COALESCE(application_id, '')), number);
CREATE INDEX submission_application ON submission (application_id) WHERE application_id IS NOT NULL;

-- Whose values are live.
ALTER TABLE organization ADD COLUMN submission_id TEXT;
ALTER TABLE application ADD COLUMN submission_id TEXT;
-- What the reviewer read, and what was decided; absent if it was decided before we kept it.
ALTER TABLE review ADD COLUMN submission_id TEXT;
-- The organization as it was when its app was decided.
ALTER TABLE review ADD COLUMN organization_submission_id TEXT;
-- `registration`, `edit`, `appeal`
ALTER TABLE review ADD COLUMN kind TEXT NOT NULL DEFAULT 'registration';
-- The denial that an appeal is about: once for each.
ALTER TABLE review ADD COLUMN appeal_of TEXT;
CREATE INDEX review_submission ON review (submission_id);
CREATE UNIQUE INDEX review_appeal_of ON review (appeal_of) WHERE appeal_of IS NOT NULL;
ALTER TABLE history ADD COLUMN submission_id TEXT;

-- A submission that is not live, beside the approved one.
CREATE TABLE waiting_edit (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    application_id TEXT REFERENCES application (id),
    submission_id TEXT NOT NULL REFERENCES submission (id),
    -- `pending_review`, `information_asked`, `denied`
    state TEXT NOT NULL
);
CREATE UNIQUE INDEX waiting_edit_subject ON waiting_edit (organization_id, (COALESCE(application_id, '')));

-- What we have of older registrations is their version 1.
INSERT INTO submission (id, organization_id, application_id, number, content, submitted_by, submitted_at)
SELECT '1-' || o.id, o.id, NULL, 1,
    json_object(
        'demographics', json_object('name', o.name, 'mailing_address', json(o.mailing_address),
            'tin', json_object('kind', o.tin_kind, 'number', o.tin), 'physical_address', json(o.physical_address)),
        'attestation', json(o.attestation)),
    COALESCE((SELECT m.account_id FROM membership m WHERE m.organization_id = o.id AND m.role = 'owner'
        ORDER BY m.joined_at, m.account_id LIMIT 1), ''), o.terms_agreed_at
FROM organization o;
INSERT INTO submission (id, organization_id, application_id, number, content, submitted_by, submitted_at)
SELECT '1-' || a.id, a.organization_id, a.id, 1,
    json_object('name', a.name, 'access', a.access, 'programs', (SELECT json_group_array(p.program) FROM application_program p WHERE p.application_id = a.id),
        'environment', a.environment, 'privacy_url', a.privacy_url, 'redirect_uri', a.redirect_uri,
        'description', a.description, 'purpose', a.purpose, 'retention', a.retention, 'terms_url', a.terms_url,
        'support', json_object('phone', a.support_phone, 'email', a.support_email, 'website', a.support_website,
            'name', a.support_name),
        'platform', json_object('platform', a.platform, 'id', a.platform_id, 'name', a.platform_name),
        'client_kind', a.client_kind),
    COALESCE((SELECT h.account_id FROM history h WHERE h.organization_id = a.organization_id AND h.application_id = a.id
        AND h.side = 'vendor' AND h.at = a.terms_agreed_at ORDER BY h.id LIMIT 1), ''), a.terms_agreed_at
FROM application a;
UPDATE organization SET submission_id = '1-' || id;
UPDATE application SET submission_id = '1-' || id;

INSERT INTO submission (id, organization_id, application_id, number, content, submitted_by, submitted_at)
SELECT '2-' || a.id, a.organization_id, a.id, 2, e.content, e.submitted_by, e.submitted_at
FROM application_edit e JOIN application a ON a.id = e.application_id;
INSERT INTO waiting_edit (organization_id, application_id, submission_id, state)
SELECT a.organization_id, a.id, '2-' || a.id, e.state FROM application_edit e JOIN application a ON a.id = e.application_id;
DROP TABLE application_edit;

-- A review that was decided after the values last changed was about these values.
UPDATE review SET submission_id = (
    SELECT s.id FROM submission s
    WHERE s.organization_id = review.organization_id
        AND COALESCE(s.application_id, '') = COALESCE(review.application_id, '')
        AND (review.outcome IS NULL OR s.submitted_at <= review.decided_at)
    ORDER BY s.number DESC LIMIT 1
);
-- What followed an approval was the change of something approved.
UPDATE review SET kind = 'edit' WHERE EXISTS (
    SELECT 1 FROM review b
    WHERE b.organization_id = review.organization_id
        AND COALESCE(b.application_id, '') = COALESCE(review.application_id, '')
        AND b.outcome = 'approved' AND b.decided_at <= review.submitted_at AND b.id <> review.id
);
UPDATE history SET submission_id = (
    SELECT s.id FROM submission s
    WHERE s.organization_id = history.organization_id
        AND COALESCE(s.application_id, '') = COALESCE(history.application_id, '')
        AND s.submitted_at = history.at
    ORDER BY s.number DESC LIMIT 1
) WHERE action IN ('registered', 'edited', 'resubmitted');

CREATE TRIGGER submission_no_update BEFORE UPDATE ON submission BEGIN
    SELECT RAISE(ABORT, 'submissions are only added to');
END;
CREATE TRIGGER submission_no_delete BEFORE DELETE ON submission BEGIN
    SELECT RAISE(ABORT, 'submissions are only added to');
END;
CREATE TRIGGER terms_no_update BEFORE UPDATE ON terms BEGIN
    SELECT RAISE(ABORT, 'terms are only added to');
END;
CREATE TRIGGER terms_no_delete BEFORE DELETE ON terms BEGIN
    SELECT RAISE(ABORT, 'terms are only added to');
END;
