-- A vendor's request to support.
CREATE TABLE ticket (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    -- The app that it is about, if it is about one.
    application_id TEXT REFERENCES application (id),
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    title TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    -- By when we promised the first answer, and when it went.
    first_due_at BIGINT NOT NULL,
    answered_at BIGINT,
    assigned_to TEXT,
    closed_at BIGINT,
    -- `vendor`, `administration`
    closed_side TEXT,
    -- `solved`, `partly`, `not_solved`, and what the vendor says about it.
    satisfaction TEXT,
    satisfaction_comment TEXT
);
CREATE INDEX ticket_organization ON ticket (organization_id, opened_at, id);
CREATE INDEX ticket_application ON ticket (application_id, opened_at) WHERE application_id IS NOT NULL;
CREATE INDEX ticket_open ON ticket (program, environment, opened_at) WHERE closed_at IS NULL;

-- A line of a ticket's conversation. A line of an organization's or an app's own names none.
ALTER TABLE history ADD COLUMN ticket_id TEXT REFERENCES ticket (id);
CREATE INDEX history_ticket ON history (ticket_id, at) WHERE ticket_id IS NOT NULL;

-- Whose turn it is in the conversation about an organization, an app or a ticket. Its messages are lines of its history.
CREATE TABLE conversation (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    application_id TEXT REFERENCES application (id),
    ticket_id TEXT REFERENCES ticket (id),
    -- Who owes an answer: `vendor`, `administration`; absent: neither.
    turn TEXT,
    since BIGINT NOT NULL,
    -- By when we answer, or until when we wait for the vendor.
    due_at BIGINT,
    last_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX conversation_subject
    ON conversation (organization_id, (COALESCE(application_id, '')), (COALESCE(ticket_id, '')));
CREATE INDEX conversation_turn ON conversation (turn, due_at, organization_id) WHERE turn IS NOT NULL;
CREATE INDEX conversation_vendor ON conversation (organization_id, last_at);

-- Files that were sent with a line. Their content is kept apart, so that no list reads it.
CREATE TABLE attachment (
    id TEXT NOT NULL PRIMARY KEY,
    history_id TEXT NOT NULL REFERENCES history (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL
);
CREATE INDEX attachment_history ON attachment (history_id);
CREATE TABLE attachment_content (
    attachment_id TEXT NOT NULL PRIMARY KEY REFERENCES attachment (id),
    content BYTEA NOT NULL
);

-- Who has had to act when this begins.
INSERT INTO conversation (organization_id, application_id, turn, since, due_at, last_at)
SELECT organization_id, application_id, 'administration', submitted_at, due_at, submitted_at
FROM review WHERE outcome IS NULL;
INSERT INTO conversation (organization_id, application_id, turn, since, due_at, last_at)
SELECT r.organization_id, r.application_id, 'vendor', r.decided_at, r.decided_at + 2592000000, r.decided_at
FROM review r LEFT JOIN application a ON a.id = r.application_id JOIN organization o ON o.id = r.organization_id
WHERE r.outcome = 'information_asked'
    AND (a.standing IS NULL OR a.standing <> 'deleted')
    AND NOT EXISTS (
        SELECT 1 FROM review n
        WHERE n.organization_id = r.organization_id
            AND COALESCE(n.application_id, '') = COALESCE(r.application_id, '')
            AND (n.outcome IS NULL OR n.decided_at > r.decided_at OR (n.decided_at = r.decided_at AND n.id > r.id))
    );
