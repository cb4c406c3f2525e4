-- The tables, for SQLite and PostgreSQL alike. Documents are kept in the wire form, as texts.

-- How long the two lists are that make the ledger. Whoever writes locks this row first: the one order of all bookings.
CREATE TABLE head (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    accounts BIGINT NOT NULL,
    bookings BIGINT NOT NULL
);
INSERT INTO head (id, accounts, bookings) VALUES (1, 0, 0);

-- `balance` and `status` are a cache of what the bookings say, written in the transaction of each booking.
-- `first_document` is what the account was created by: a retry is recognised by it.
CREATE TABLE accounts (
    uid TEXT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    format TEXT NOT NULL,
    opening BIGINT NOT NULL,
    balance BIGINT NOT NULL,
    status TEXT NOT NULL,
    version BIGINT NOT NULL,
    first_document TEXT NOT NULL,
    document TEXT NOT NULL,
    subscriptions TEXT NOT NULL
);

-- Only ever grows. An edit is a booking of its own.
CREATE TABLE bookings (
    sequence BIGINT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    booking TEXT NOT NULL
);

-- What gave an account each of its versions; no version can be given twice.
CREATE TABLE changes (
    uid TEXT NOT NULL REFERENCES accounts (uid),
    version BIGINT NOT NULL,
    cause TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (uid, version)
);

-- `version` is that of the account from which the plan was made.
CREATE TABLE plans (
    fingerprint TEXT PRIMARY KEY,
    uid TEXT NOT NULL REFERENCES accounts (uid),
    version BIGINT NOT NULL,
    plan TEXT NOT NULL,
    consent TEXT
);

-- An account migrates once.
CREATE TABLE applications (
    uid TEXT PRIMARY KEY REFERENCES accounts (uid),
    fingerprint TEXT NOT NULL UNIQUE REFERENCES plans (fingerprint),
    planned_version BIGINT NOT NULL,
    applied_version BIGINT NOT NULL,
    outcome TEXT NOT NULL
);
