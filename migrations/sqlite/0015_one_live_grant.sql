-- An app has one live grant for a member (oauth.md D10): a later consent takes the place of the earlier choice.
-- When that last happened; absent until then.
ALTER TABLE access_grant ADD COLUMN changed_at BIGINT;
-- How long the member chose; absent where it was chosen before this was kept.
ALTER TABLE access_grant ADD COLUMN days BIGINT;
-- Whether the app may stay connected, with refresh tokens.
ALTER TABLE access_grant ADD COLUMN offline BOOLEAN NOT NULL DEFAULT TRUE;

-- What this very consent gave; the tokens of the code get no more of it than the grant still gives.
ALTER TABLE authorization_code ADD COLUMN scope TEXT;
-- Whether a refresh token comes of it.
ALTER TABLE authorization_code ADD COLUMN offline BOOLEAN NOT NULL DEFAULT TRUE;
-- The request that it answers.
ALTER TABLE authorization_code ADD COLUMN handle_hash TEXT;
CREATE INDEX authorization_code_handle ON authorization_code (handle_hash) WHERE handle_hash IS NOT NULL;

-- Who answered, in which session: nobody else gets the answer again.
ALTER TABLE authorization_request ADD COLUMN decided_by TEXT;
ALTER TABLE authorization_request ADD COLUMN decided_in TEXT;
-- What was allowed then, for the page that says so afterwards.
ALTER TABLE authorization_request ADD COLUMN allowed_scope TEXT;
ALTER TABLE authorization_request ADD COLUMN allowed_days BIGINT;
-- What was chosen so far, kept while the member changes the language: JSON.
ALTER TABLE authorization_request ADD COLUMN draft TEXT;

-- Of several live grants the newest stays. Who takes whose place:
CREATE TABLE grant_successor AS
SELECT id AS grant_id, successor_id, successor_at, expires_at FROM (
    SELECT id, expires_at, FIRST_VALUE(id) OVER newest AS successor_id, FIRST_VALUE(created_at) OVER newest AS successor_at
    FROM access_grant WHERE ended_at IS NULL
    WINDOW newest AS (PARTITION BY application_id, account_id, program, environment, payer_id, COALESCE(patient_id, '')
        ORDER BY created_at DESC, id DESC)
) AS ranked WHERE id <> successor_id;

-- What ran out before the next was given is history by itself.
UPDATE access_grant SET ended_at = expires_at, ended_by = 'time'
WHERE id IN (SELECT grant_id FROM grant_successor WHERE expires_at <= successor_at);
DELETE FROM grant_successor WHERE expires_at <= successor_at;

-- The others end; their codes and tokens go on below the newest, and give no more than it gives.
UPDATE authorization_code SET scope = (SELECT g.scope FROM access_grant g WHERE g.id = authorization_code.grant_id);
UPDATE authorization_code SET grant_id =
    (SELECT s.successor_id FROM grant_successor s WHERE s.grant_id = authorization_code.grant_id)
WHERE grant_id IN (SELECT grant_id FROM grant_successor);
UPDATE refresh_token SET grant_id =
    (SELECT s.successor_id FROM grant_successor s WHERE s.grant_id = refresh_token.grant_id)
WHERE grant_id IN (SELECT grant_id FROM grant_successor);
UPDATE access_token SET grant_id =
    (SELECT s.successor_id FROM grant_successor s WHERE s.grant_id = access_token.grant_id)
WHERE grant_id IN (SELECT grant_id FROM grant_successor);
UPDATE authorization_request SET grant_id =
    (SELECT s.successor_id FROM grant_successor s WHERE s.grant_id = authorization_request.grant_id)
WHERE grant_id IN (SELECT grant_id FROM grant_successor);

-- So does what the app read.
INSERT INTO access (grant_id, hour_at, resource_type, reads, first_at, last_at)
SELECT s.successor_id, a.hour_at, a.resource_type, SUM(a.reads), MIN(a.first_at), MAX(a.last_at)
FROM access a JOIN grant_successor s ON s.grant_id = a.grant_id WHERE 0 < a.reads
GROUP BY s.successor_id, a.hour_at, a.resource_type
ON CONFLICT (grant_id, hour_at, resource_type) DO UPDATE SET
    reads = access.reads + excluded.reads,
    first_at = CASE WHEN excluded.first_at < access.first_at THEN excluded.first_at ELSE access.first_at END,
    last_at = CASE WHEN access.last_at < excluded.last_at THEN excluded.last_at ELSE access.last_at END;
DELETE FROM access WHERE grant_id IN (SELECT grant_id FROM grant_successor);

UPDATE access_grant SET changed_at = created_at,
    created_at = (SELECT MIN(g.created_at) FROM access_grant g JOIN grant_successor s ON s.grant_id = g.id
        WHERE s.successor_id = access_grant.id)
WHERE id IN (SELECT successor_id FROM grant_successor);
UPDATE access_grant SET ended_by = 'superseded', ended_at =
    (SELECT s.successor_at FROM grant_successor s WHERE s.grant_id = access_grant.id)
WHERE id IN (SELECT grant_id FROM grant_successor);
DROP TABLE grant_successor;

CREATE UNIQUE INDEX access_grant_live ON access_grant
    (application_id, account_id, program, environment, payer_id, (COALESCE(patient_id, ''))) WHERE ended_at IS NULL;
