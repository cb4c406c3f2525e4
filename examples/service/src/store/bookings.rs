//! The table of bookings.

use sqlx::{AnyConnection, Row as _};

/// As many bookings are read at once when a ledger is made from them.
const AT_ONCE: i64 = 10_000;

/// A booking as it is stored.
#[derive(Debug)]
pub(crate) struct StoredBooking {
    pub(crate) sequence: i64,
    pub(crate) booking: String,
    /// Who entered it, where that is known.
    pub(crate) entered_by: Option<String>,
}

/// Some bookings after the first `known`, in their order; none if there are none.
pub(crate) async fn after(connection: &mut AnyConnection, known: i64) -> sqlx::Result<Vec<StoredBooking>> {
    let rows = sqlx::query(
        "SELECT sequence, booking, entered_by FROM bookings WHERE sequence > $1 ORDER BY sequence LIMIT $2",
    );
    let rows = rows.bind(known).bind(AT_ONCE).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// The booking with this key.
pub(crate) async fn find(connection: &mut AnyConnection, key: &str) -> sqlx::Result<Option<StoredBooking>> {
    let row = sqlx::query("SELECT sequence, booking, entered_by FROM bookings WHERE key = $1").bind(key);
    row.fetch_optional(connection).await?.as_ref().map(read).transpose()
}

fn read(row: &sqlx::any::AnyRow) -> sqlx::Result<StoredBooking> {
    Ok(StoredBooking { sequence: row.try_get(0)?, booking: row.try_get(1)?, entered_by: row.try_get(2)? })
}

/// Stores a booking; the two unique columns refuse it where its key or its place is taken.
pub(crate) async fn insert(
    connection: &mut AnyConnection,
    sequence: i64,
    (key, booking): (&str, &str),
    entered_by: &str,
) -> sqlx::Result<()> {
    let insert =
        sqlx::query("INSERT INTO bookings (sequence, key, booking, entered_by) VALUES ($1, $2, $3, $4)");
    insert.bind(sequence).bind(key).bind(booking).bind(entered_by).execute(connection).await?;
    Ok(())
}
