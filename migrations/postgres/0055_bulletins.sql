-- What administrators announce in the portals.
CREATE TABLE bulletin (
    id TEXT NOT NULL PRIMARY KEY,
    -- Absent: about all programs.
    program TEXT,
    -- Who reads it: words such as `owner member`.
    audiences TEXT NOT NULL,
    -- `information`, `maintenance` or `outage`
    kind TEXT NOT NULL,
    -- `banner` or `board`
    place TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    -- Empty where no one reads it in Spanish.
    title_es TEXT NOT NULL,
    text_es TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    -- Absent: until an administrator ends it.
    ends_at BIGINT,
    version BIGINT NOT NULL,
    -- Absent while it is a draft.
    posted_at BIGINT,
    written_by TEXT NOT NULL,
    written_at BIGINT NOT NULL
);
-- Read with every page of a portal: what is not over.
CREATE INDEX bulletin_ends ON bulletin (COALESCE(ends_at, 9223372036854775807), starts_at) WHERE posted_at IS NOT NULL;
CREATE INDEX bulletin_written ON bulletin (written_at, id);

INSERT INTO schema_compatible (version, oldest) VALUES (55, 38);
