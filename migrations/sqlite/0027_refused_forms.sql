-- What was typed into a form that was refused, and why: for its page, found by the handle in the page's address.
CREATE TABLE refused_form (
    handle TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    form TEXT NOT NULL,
    page TEXT NOT NULL,
    content TEXT NOT NULL,
    -- Kept for a session of nobody: there is room for so many in all.
    anonymous BOOLEAN NOT NULL,
    kept_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX refused_form_session ON refused_form (session_id, kept_at);
CREATE INDEX refused_form_kept ON refused_form (anonymous, kept_at);
CREATE INDEX refused_form_expires ON refused_form (expires_at);

-- From here on a secret between its making and its page alone; NULL: until the session ends.
ALTER TABLE session_flash ADD COLUMN expires_at BIGINT;
CREATE INDEX session_flash_expires ON session_flash (expires_at);
