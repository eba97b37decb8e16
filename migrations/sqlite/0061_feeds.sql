-- What a load did not take, and why: for the administrators' page of data feeds. The first ones of each load.
CREATE TABLE fhir_load_reject (
    load BIGINT NOT NULL REFERENCES fhir_load,
    -- From 1.
    number BIGINT NOT NULL,
    path TEXT NOT NULL,
    -- From 1; in a Bundle, the entry.
    line BIGINT NOT NULL,
    element TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (load, number)
);

-- Since when every attempt failed.
ALTER TABLE payer_provider_health ADD COLUMN failing_since BIGINT;
UPDATE payer_provider_health SET failing_since = failed_at WHERE failed_at > COALESCE(succeeded_at, 0);

-- The search looks for parts of names and addresses in these, which are a tenth of their tables, and for the first characters of
-- reviews' ids.
CREATE INDEX organization_search ON organization (name, tin, id);
CREATE INDEX application_search ON application (name, redirect_uri, support_email, client_id, id);
CREATE INDEX review_short ON review (SUBSTR(id, 1, 8));

INSERT INTO schema_compatible (version, oldest) VALUES (61, 60);
