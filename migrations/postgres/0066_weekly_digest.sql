-- Of which week a person of the staff has had the letter about what is late, so that a restart or a second node does not write
-- again.
CREATE TABLE staff_digest (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    -- Its Monday, 2026-12-07.
    week TEXT NOT NULL,
    written_at BIGINT NOT NULL
);

INSERT INTO schema_compatible (version, oldest) VALUES (66, 60);
