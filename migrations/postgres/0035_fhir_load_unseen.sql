-- What a load brought that nobody will ever see, by why and by type.
CREATE TABLE fhir_load_unseen (
    load BIGINT NOT NULL REFERENCES fhir_load,
    reason TEXT NOT NULL,
    type TEXT NOT NULL,
    resources BIGINT NOT NULL,
    PRIMARY KEY (load, reason, type)
);
