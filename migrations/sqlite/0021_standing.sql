-- Whether an app may work is two facts: the vendor's switch (`standing`) and, beside it, since when an administrator
-- blocks the app. Neither changes the other.
ALTER TABLE application ADD COLUMN blocked_at BIGINT;

-- What goes wrong with an app's authorization requests is told on a page first, not by a redirect at once.
ALTER TABLE application ADD COLUMN error_page BOOLEAN NOT NULL DEFAULT FALSE;

-- The history knows what the vendor had switched before the block took the switch's place.
UPDATE application SET
    blocked_at = updated_at,
    standing = CASE (
        SELECT h.action FROM history h
        WHERE h.application_id = application.id AND h.action IN ('deactivated', 'reactivated')
        ORDER BY h.at DESC, h.id DESC LIMIT 1
    ) WHEN 'deactivated' THEN 'deactivated' ELSE 'active' END
WHERE standing = 'blocked';

-- Deleting an app ends what members allowed it.
UPDATE access_grant SET
    ended_at = (SELECT a.updated_at FROM application a WHERE a.id = access_grant.application_id),
    ended_by = 'vendor'
WHERE ended_at IS NULL AND application_id IN (SELECT id FROM application WHERE standing = 'deleted');

-- The custom scheme of an app's redirect URI belongs to the organization that registered it first, as long as it has an
-- app there.
CREATE TABLE application_scheme (
    scheme TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id)
);
INSERT INTO application_scheme (scheme, organization_id)
SELECT scheme, organization_id FROM (
    SELECT s.scheme, s.organization_id, ROW_NUMBER() OVER (PARTITION BY s.scheme ORDER BY s.created_at, s.id) AS place
    FROM (
        SELECT SUBSTR(redirect_uri, 1, INSTR(redirect_uri, ':') - 1) AS scheme, organization_id, created_at, id FROM application WHERE standing <> 'deleted'
    ) s
    WHERE s.scheme NOT IN ('http', 'https')
) first WHERE place = 1;
