-- Where an attack came from, kept apart from the log, which is never changed: an address is wiped after 90 days.
CREATE TABLE security_address (
    audit_id TEXT NOT NULL PRIMARY KEY,
    address TEXT NOT NULL,
    noted_at BIGINT NOT NULL
);
CREATE INDEX security_address_noted ON security_address (noted_at);

-- How often each kind of attack was seen, by the hour, whether or not the log has a row of it.
CREATE TABLE security_count (
    action TEXT NOT NULL,
    -- The start of the hour.
    hour_at BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    PRIMARY KEY (action, hour_at)
);

-- Written to find out whether the database can be written to.
CREATE TABLE readiness (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    tried_at BIGINT NOT NULL
);
INSERT INTO readiness (id, tried_at) VALUES (1, 0);
