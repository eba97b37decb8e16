-- The browser that brought the reference first, by the SHA-256 of its cookie.
ALTER TABLE pushed_request ADD COLUMN browser_hash TEXT;
