-- Loads: what the administrators' page of data feeds shows, and how far each came, so that one that ended half-way
-- goes on where it was.

CREATE TABLE fhir_load (
    load BIGINT NOT NULL PRIMARY KEY,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    -- What was named to be loaded: a JSON array of text.
    sources TEXT NOT NULL,
    -- Digest of the files' names, sizes and times and of what was asked for: the same load, begun again, goes on.
    -- Null once there is nothing left to go on with.
    resumes TEXT,
    -- Whoever began last; an earlier one that still runs finds another here, and stops.
    run TEXT NOT NULL,
    -- `running`, `done`, `failed`, `interrupted`
    state TEXT NOT NULL,
    problem TEXT,
    started_at BIGINT NOT NULL,
    -- When it last wrote.
    beat_at BIGINT NOT NULL,
    ended_at BIGINT,
    -- Everything up to here is loaded: a file in its order, a line, an entry of a Bundle.
    file BIGINT NOT NULL,
    line BIGINT NOT NULL,
    entry BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    -- Of the rejected, those of which not even type and id could be told.
    unnamed BIGINT NOT NULL,
    UNIQUE (program, environment, resumes)
);
CREATE INDEX fhir_load_by_start ON fhir_load (program, environment, started_at, load);

-- What a load did to each type.
CREATE TABLE fhir_load_count (
    load BIGINT NOT NULL REFERENCES fhir_load,
    type TEXT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    -- To be deleted, and not there.
    absent BIGINT NOT NULL,
    -- Of a type that the program does not offer.
    skipped BIGINT NOT NULL,
    PRIMARY KEY (load, type)
) WITHOUT ROWID;

-- What a load that replaces a whole type brought of it so far; empty when it is over.
CREATE TABLE fhir_load_seen (
    load BIGINT NOT NULL REFERENCES fhir_load,
    key BIGINT NOT NULL,
    PRIMARY KEY (load, key)
) WITHOUT ROWID;
