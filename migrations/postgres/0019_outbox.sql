-- What a message is about may end before it is sent: from then on it is not.
ALTER TABLE outbox ADD COLUMN expires_at BIGINT;
-- How often the receiving server refused it for good.
ALTER TABLE outbox ADD COLUMN refusals BIGINT NOT NULL DEFAULT 0;
-- Not tried any more since then: refused, or too late.
ALTER TABLE outbox ADD COLUMN gave_up_at BIGINT;
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL AND gave_up_at IS NULL;
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX outbox_gave_up ON outbox (gave_up_at) WHERE gave_up_at IS NOT NULL;
