-- A change of an approved production app, until it is approved: what members see stays as it was reviewed.
CREATE TABLE application_edit (
    application_id TEXT NOT NULL PRIMARY KEY REFERENCES application (id),
    -- The whole registration as it would be: JSON.
    content TEXT NOT NULL,
    -- `pending_review`, `information_asked`, `denied`
    state TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    submitted_at BIGINT NOT NULL
);
