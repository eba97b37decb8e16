-- What an app says to members before they allow it anything: what it does with their data, how long it keeps the data, and where
-- its own terms are. Absent where the app was registered before we asked, or reads no member's data.
ALTER TABLE application ADD COLUMN purpose TEXT;
ALTER TABLE application ADD COLUMN retention TEXT;
ALTER TABLE application ADD COLUMN terms_url TEXT;

INSERT INTO schema_compatible (version, oldest) VALUES (39, 35);
