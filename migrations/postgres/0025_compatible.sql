-- Which older programs a migration leaves able to work: a migration that the program before it can live with says so with
-- `INSERT INTO schema_compatible (version, oldest) VALUES (its own number, the newest number that such a program knows)`.
CREATE TABLE schema_compatible (
    version BIGINT NOT NULL PRIMARY KEY,
    oldest BIGINT NOT NULL
);
