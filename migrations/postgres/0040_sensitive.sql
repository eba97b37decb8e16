-- Which of the program's categories of sensitive data a resource belongs to: a bit for each, in the order of the program file.
-- Past versions have those of the current one and of their own text.
ALTER TABLE fhir_resource ADD COLUMN sensitive BIGINT NOT NULL DEFAULT 0;

-- The ids of the categories that the member allowed, separated by blanks.
ALTER TABLE access_grant ADD COLUMN sensitive TEXT NOT NULL DEFAULT '';

INSERT INTO schema_compatible (version, oldest) VALUES (40, 38);
