//! The table of bookings.

use sqlx::{AnyConnection, Row as _};

/// As many bookings are read at once when a ledger is made from them.
const AT_ONCE: i64 = 10_000;

/// A booking as it is stored.
#[derive(Debug)]
pub(crate) struct StoredBooking {
    pub(crate) sequence: i64,
    pub(crate) booking: String,
}

/// Some bookings after the first `known`, in their order; none if there are none.
pub(crate) async fn after(connection: &mut AnyConnection, known: i64) -> sqlx::Result<Vec<StoredBooking>> {
    let rows =
        sqlx::query("SELECT sequence, booking FROM bookings WHERE sequence > $1 ORDER BY sequence LIMIT $2");
    let rows = rows.bind(known).bind(AT_ONCE).fetch_all(connection).await?;
    rows.iter().map(|row| Ok(StoredBooking { sequence: row.try_get(0)?, booking: row.try_get(1)? })).collect()
}

/// The booking with this key.
pub(crate) async fn find(connection: &mut AnyConnection, key: &str) -> sqlx::Result<Option<StoredBooking>> {
    let row = sqlx::query("SELECT sequence, booking FROM bookings WHERE key = $1").bind(key);
    let row = row.fetch_optional(connection).await?;
    row.map(|row| Ok(StoredBooking { sequence: row.try_get(0)?, booking: row.try_get(1)? })).transpose()
}

/// Stores a booking; the two unique columns refuse it where its key or its place is taken.
pub(crate) async fn insert(
    connection: &mut AnyConnection,
    sequence: i64,
    key: &str,
    booking: &str,
) -> sqlx::Result<()> {
    let insert = sqlx::query("INSERT INTO bookings (sequence, key, booking) VALUES ($1, $2, $3)");
    insert.bind(sequence).bind(key).bind(booking).execute(connection).await?;
    Ok(())
}
