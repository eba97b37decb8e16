-- How often the FHIR and OAuth endpoints were called, added up by the day of the program's zone. A worker adds what a process
-- counted in memory, once a second. Days are numbers: 20261201.
CREATE TABLE usage_call (
    -- Empty where no app is known: the public directory, a call without a token.
    client_id TEXT NOT NULL,
    day BIGINT NOT NULL,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    -- `fhir`, `directory`, `oauth`; `authorization`: what came of authorization requests, which is not a call.
    api TEXT NOT NULL,
    -- `Patient.read`, `token.refresh_token`
    endpoint TEXT NOT NULL,
    status BIGINT NOT NULL,
    -- The call was answered within this time; the upper end of a range.
    within_ms BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (client_id, day, program, environment, api, endpoint, status, within_ms)
);
CREATE INDEX usage_call_day ON usage_call (day);

-- The same sums for pages that would have to read too many of these rows: by app, by day, by endpoint.
CREATE TABLE usage_app (
    client_id TEXT NOT NULL,
    day BIGINT NOT NULL,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    status BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (client_id, day, program, environment, status)
);
CREATE INDEX usage_app_day ON usage_app (day);

CREATE TABLE usage_day (
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    day BIGINT NOT NULL,
    api TEXT NOT NULL,
    status BIGINT NOT NULL,
    within_ms BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (program, environment, day, api, status, within_ms)
);

CREATE TABLE usage_endpoint (
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    day BIGINT NOT NULL,
    api TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    status BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (program, environment, day, api, endpoint, status)
);
CREATE INDEX usage_endpoint_day ON usage_endpoint (day);

-- A day on which an app got data of a member's record: the Patient Access metrics count these.
CREATE TABLE transfer (
    grant_id TEXT NOT NULL,
    day BIGINT NOT NULL,
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    payer_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    -- A digest that is the same for one person in every plan.
    person TEXT NOT NULL,
    -- Of this day: those with such data.
    calls BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    PRIMARY KEY (grant_id, day)
);
CREATE INDEX transfer_day ON transfer (day);

-- The same for a year and person, so that no page counts days.
CREATE TABLE transfer_member (
    program TEXT NOT NULL,
    environment TEXT NOT NULL,
    year BIGINT NOT NULL,
    payer_id TEXT NOT NULL,
    person TEXT NOT NULL,
    transfers BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    PRIMARY KEY (program, environment, year, payer_id, person)
);
CREATE INDEX transfer_member_year ON transfer_member (year);

-- When an app last proved who it is with which of its credentials.
CREATE TABLE credential_use (
    client_id TEXT NOT NULL,
    -- `secret:` and its id, `key:` and its `kid`.
    credential TEXT NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, credential)
);

INSERT INTO schema_compatible (version, oldest) VALUES (51, 38);
