//! The table of accounts, and what gave each of them its versions.

use sqlx::{AnyConnection, Row as _};

/// An account as it is stored.
#[derive(Debug)]
pub(crate) struct AccountRow {
    pub(crate) balance: i64,
    pub(crate) status: String,
    pub(crate) version: i64,
    /// In the wire form; what it says of the stock is not kept up to date.
    pub(crate) document: String,
    /// A list in the wire form; empty before the migration.
    pub(crate) subscriptions: String,
}

/// What gives an account a new version: what happened, after how many bookings, and who entered it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause<'a> {
    pub(crate) what: &'static str,
    pub(crate) sequence: i64,
    pub(crate) entered_by: &'a str,
}

/// An account to be stored.
#[derive(Debug)]
pub(crate) struct NewAccount<'a> {
    pub(crate) uid: &'a str,
    pub(crate) name: &'a str,
    pub(crate) format: &'a str,
    pub(crate) opening: i64,
    pub(crate) status: &'a str,
    pub(crate) document: &'a str,
}

/// The account with this UID.
pub(crate) async fn find(connection: &mut AnyConnection, uid: &str) -> sqlx::Result<Option<AccountRow>> {
    let row =
        sqlx::query("SELECT balance, status, version, document, subscriptions FROM accounts WHERE uid = $1");
    let row = row.bind(uid).fetch_optional(connection).await?;
    row.map(|row| {
        Ok(AccountRow {
            balance: row.try_get(0)?,
            status: row.try_get(1)?,
            version: row.try_get(2)?,
            document: row.try_get(3)?,
            subscriptions: row.try_get(4)?,
        })
    })
    .transpose()
}

/// What the account was created by.
pub(crate) async fn first_document(
    connection: &mut AnyConnection,
    uid: &str,
) -> sqlx::Result<Option<String>> {
    let row = sqlx::query("SELECT first_document FROM accounts WHERE uid = $1").bind(uid);
    row.fetch_optional(connection).await?.map(|row| row.try_get(0)).transpose()
}

/// Whether an account has this name.
pub(crate) async fn is_name_taken(connection: &mut AnyConnection, name: &str) -> sqlx::Result<bool> {
    let found = sqlx::query("SELECT 1 FROM accounts WHERE name = $1").bind(name).fetch_optional(connection);
    Ok(found.await?.is_some())
}

/// What the ledger is made from.
#[derive(Debug)]
pub(crate) struct StoredHolder {
    pub(crate) number: i64,
    pub(crate) document: String,
    pub(crate) opening: i64,
}

/// The accounts that were created after the first `known`, in their order.
pub(crate) async fn after(connection: &mut AnyConnection, known: i64) -> sqlx::Result<Vec<StoredHolder>> {
    let rows =
        sqlx::query("SELECT number, document, opening FROM accounts WHERE number > $1 ORDER BY number");
    let rows = rows.bind(known).fetch_all(connection).await?;
    let read = |row: &sqlx::any::AnyRow| {
        Ok(StoredHolder { number: row.try_get(0)?, document: row.try_get(1)?, opening: row.try_get(2)? })
    };
    rows.iter().map(read).collect()
}

/// Stores an account as the `number`th, in its version 1.
pub(crate) async fn insert(
    connection: &mut AnyConnection,
    account: &NewAccount<'_>,
    number: i64,
    cause: Cause<'_>,
) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "INSERT INTO accounts (uid, number, name, format, opening, balance, status, version, first_document, document, \
         subscriptions) VALUES ($1, $2, $3, $4, $5, $5, $6, 1, $7, $7, '[]')",
    );
    let insert = insert.bind(account.uid).bind(number).bind(account.name).bind(account.format);
    let insert = insert.bind(account.opening).bind(account.status).bind(account.document);
    insert.execute(&mut *connection).await?;
    log(connection, account.uid, 1, cause).await
}

/// Writes the stock after a booking and counts the version up; `false` for an account that holds no tokens any more.
pub(crate) async fn move_stock(
    connection: &mut AnyConnection,
    uid: &str,
    (balance, status): (i64, &str),
    cause: Cause<'_>,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "UPDATE accounts SET balance = $1, status = $2, version = version + 1 \
         WHERE uid = $3 AND format = 'legacy' RETURNING version",
    );
    let row = update.bind(balance).bind(status).bind(uid).fetch_optional(&mut *connection).await?;
    let Some(row) = row else { return Ok(false) };
    log(connection, uid, row.try_get(0)?, cause).await?;
    Ok(true)
}

/// Replaces what an account is, if it still has this version; `false` if it has not.
pub(crate) async fn replace(
    connection: &mut AnyConnection,
    (uid, version): (&str, i64),
    (format, document, subscriptions): (&str, &str, &str),
    cause: Cause<'_>,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "UPDATE accounts SET format = $1, document = $2, subscriptions = $3, version = version + 1 \
         WHERE uid = $4 AND version = $5 RETURNING version",
    );
    let update = update.bind(format).bind(document).bind(subscriptions).bind(uid).bind(version);
    let Some(row) = update.fetch_optional(&mut *connection).await? else { return Ok(false) };
    log(connection, uid, row.try_get(0)?, cause).await?;
    Ok(true)
}

async fn log(connection: &mut AnyConnection, uid: &str, version: i64, cause: Cause<'_>) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "INSERT INTO changes (uid, version, cause, sequence, entered_by) VALUES ($1, $2, $3, $4, $5)",
    );
    let insert = insert.bind(uid).bind(version).bind(cause.what).bind(cause.sequence).bind(cause.entered_by);
    insert.execute(connection).await?;
    Ok(())
}
