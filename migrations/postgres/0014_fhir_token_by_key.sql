-- A resource's codes by its key: to sort by them, and to say whether it has any, or one of a system.
CREATE INDEX fhir_token_by_key ON fhir_token (key, param, code, system);
