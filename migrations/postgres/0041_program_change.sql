-- The changes in program files about which vendors were written to, or which were there when we began to write.
CREATE TABLE program_change (
    program TEXT NOT NULL,
    -- Of the change; empty in the row that says since when we write.
    id TEXT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (program, id)
);

INSERT INTO schema_compatible (version, oldest) VALUES (41, 35);
