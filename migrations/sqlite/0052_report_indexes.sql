-- For the administrators' reports, which ask for a period.
CREATE INDEX review_submitted ON review (submitted_at);
CREATE INDEX review_decided ON review (decided_at) WHERE decided_at IS NOT NULL;
CREATE INDEX access_grant_ended ON access_grant (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX access_grant_active ON access_grant (program, environment, payer_id, expires_at) WHERE ended_at IS NULL;
CREATE INDEX access_grant_active_application ON access_grant (application_id, expires_at) WHERE ended_at IS NULL;

INSERT INTO schema_compatible (version, oldest) VALUES (52, 38);
