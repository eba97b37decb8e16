-- The newest `updated_at` of the partition's resources: each change has a later one than all before it, in the order in
-- which they are saved, so that whoever asks for what changed since then misses nothing.
ALTER TABLE fhir_partition ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
UPDATE fhir_partition SET updated_at = COALESCE((
    SELECT MAX(r.updated_at) FROM fhir_resource r JOIN fhir_kind k ON k.kind = r.kind
    WHERE k.part = fhir_partition.part
), 0);
