-- Who entered what, as the service was told by whoever signed the caller in; null for what was entered before.
ALTER TABLE bookings ADD COLUMN entered_by TEXT;
ALTER TABLE changes ADD COLUMN entered_by TEXT;
ALTER TABLE plans ADD COLUMN consent_entered_by TEXT;

-- The place of a plan among those of its account, by when it was last made or agreed to: only the latest are kept.
ALTER TABLE plans ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
CREATE INDEX plans_of_account ON plans (uid, place);
