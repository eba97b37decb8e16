-- FHIR resources, and what is searched in them. Names are replaced by numbers, so that the many rows of the indexes
-- are narrow; each index is clustered by what a search looks for and then by the resource's key, so that a page of
-- matches is one range, read in the order in which it is served.

-- A program in an environment that has resources.
CREATE TABLE fhir_partition (
    part INTEGER NOT NULL PRIMARY KEY,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    -- Grows with every change; what was remembered under a smaller one is forgotten.
    epoch BIGINT NOT NULL,
    -- Digest of the search parameters that the indexes were made with.
    definitions TEXT NOT NULL,
    UNIQUE (program, environment)
);

-- A FHIR type within a partition.
CREATE TABLE fhir_kind (
    kind INTEGER NOT NULL PRIMARY KEY,
    part BIGINT NOT NULL REFERENCES fhir_partition,
    type TEXT NOT NULL,
    UNIQUE (part, type)
);

-- An indexed search parameter of a type.
CREATE TABLE fhir_parameter (
    param INTEGER NOT NULL PRIMARY KEY,
    kind BIGINT NOT NULL REFERENCES fhir_kind,
    code TEXT NOT NULL,
    UNIQUE (kind, code)
);

-- Where the next numbers come from. Keys below 16 are reserved for compartments that are no patient's.
CREATE TABLE fhir_sequence (
    name TEXT NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);
INSERT INTO fhir_sequence (name, next) VALUES ('key', 16), ('number', 1);

-- URIs of code systems and profiles, and references to resources that are elsewhere. Numbered like resources.
CREATE TABLE fhir_uri (
    key INTEGER NOT NULL PRIMARY KEY,
    uri TEXT NOT NULL UNIQUE
);

-- The current version of each resource. A row of version 0 is not there yet: others refer to it.
CREATE TABLE fhir_resource (
    key INTEGER NOT NULL PRIMARY KEY,
    kind BIGINT NOT NULL,
    id TEXT NOT NULL,
    -- Who may see it: 0 the directory, else the key of the patient; null: nobody, and it is in no index.
    compartment BIGINT,
    -- Whether it is a resource that a scope of its own guards: a network.
    guarded BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted BOOLEAN NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, id)
);
CREATE INDEX fhir_resource_by_compartment ON fhir_resource (compartment, kind, key, guarded);
CREATE INDEX fhir_resource_by_update ON fhir_resource (kind, updated_at, key);

-- Versions before the current one.
CREATE TABLE fhir_history (
    key BIGINT NOT NULL,
    version BIGINT NOT NULL,
    compartment BIGINT,
    guarded BOOLEAN NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted BOOLEAN NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (key, version)
);

CREATE TABLE fhir_string (
    param BIGINT NOT NULL,
    -- Without case and accents.
    value TEXT NOT NULL,
    key BIGINT NOT NULL,
    -- Tells apart originals of one resource that differ in case or accents only.
    ordinal BIGINT NOT NULL,
    original TEXT NOT NULL,
    PRIMARY KEY (param, value, key, ordinal)
) WITHOUT ROWID;
CREATE INDEX fhir_string_by_key ON fhir_string (key, param, value);

CREATE TABLE fhir_token (
    param BIGINT NOT NULL,
    -- Lower case.
    code TEXT NOT NULL,
    key BIGINT NOT NULL,
    -- Its URI's key; 0 for none.
    system BIGINT NOT NULL,
    PRIMARY KEY (param, code, key, system)
) WITHOUT ROWID;

CREATE TABLE fhir_reference (
    param BIGINT NOT NULL,
    -- A resource's key, or a URI's.
    target BIGINT NOT NULL,
    key BIGINT NOT NULL,
    PRIMARY KEY (param, target, key)
) WITHOUT ROWID;
CREATE INDEX fhir_reference_by_key ON fhir_reference (key, param, target);

CREATE TABLE fhir_date (
    param BIGINT NOT NULL,
    -- The first moment, and the first one after; open ends are the ends of time.
    low BIGINT NOT NULL,
    high BIGINT NOT NULL,
    key BIGINT NOT NULL,
    PRIMARY KEY (param, low, high, key)
) WITHOUT ROWID;
CREATE INDEX fhir_date_by_key ON fhir_date (key, param, low, high);

CREATE TABLE fhir_canonical (
    param BIGINT NOT NULL,
    uri BIGINT NOT NULL,
    key BIGINT NOT NULL,
    PRIMARY KEY (param, uri, key)
) WITHOUT ROWID;

CREATE TABLE fhir_position (
    param BIGINT NOT NULL,
    latitude DOUBLE PRECISION NOT NULL,
    key BIGINT NOT NULL,
    -- The point on the unit sphere: the distance of two is then a sum of squares.
    x DOUBLE PRECISION NOT NULL,
    y DOUBLE PRECISION NOT NULL,
    z DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (param, latitude, key)
) WITHOUT ROWID;
