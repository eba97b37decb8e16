-- The language that the holder reads: of the sign-up, the last sign-in, or chosen.
ALTER TABLE account ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
-- Hash of the cookie of the browser that signed up. Whoever confirms the address in it has chosen the password too.
ALTER TABLE account ADD COLUMN sign_up_browser TEXT;
-- Since when it is known that whoever has the mailbox knows the password. Until then the account may be a stranger's who
-- signed up with somebody else's address.
ALTER TABLE account ADD COLUMN holder_proved_at BIGINT;
UPDATE account SET holder_proved_at = email_verified_at;

-- Where somebody goes on who was on the way when the link was asked for: a path of this site.
ALTER TABLE account_link ADD COLUMN next TEXT;
ALTER TABLE recovery_request ADD COLUMN next TEXT;
