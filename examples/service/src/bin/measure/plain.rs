//! What the database does without the service: rows of the same size, each in a transaction of its own.

use crate::table::Measured;
use anyhow::Result;
use sqlx::{AnyConnection, Connection as _};
use std::time::{Duration, Instant};

/// Inserts as many rows as there were bookings, for at most as long, over one connection; a booking is written one by
/// one, too.
pub(crate) async fn inserts(database: &str, count: usize, at_most: Duration) -> Result<Measured> {
    sqlx::any::install_drivers(&[sqlx::sqlite::any::DRIVER, sqlx::postgres::any::DRIVER]).ok();
    let mut connection = AnyConnection::connect(database).await?;
    if database.starts_with("sqlite") {
        // The service's own settings.
        let settings = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
        sqlx::raw_sql(settings).execute(&mut connection).await?;
    }
    let table = "CREATE TABLE IF NOT EXISTS plain (sequence BIGINT PRIMARY KEY, key TEXT NOT NULL UNIQUE, booking TEXT NOT NULL); \
         DELETE FROM plain";
    sqlx::raw_sql(table).execute(&mut connection).await?;
    let (start, mut times) = (Instant::now(), Vec::new());
    for sequence in 0..i64::try_from(count)? {
        if start.elapsed() >= at_most {
            break;
        }
        let key = format!("256 100 {sequence}");
        let booking = format!(
            r#"{{"key":"{key}","on":"2023-05-16","type":"grant","account":"c{}","tokens":1}}"#,
            sequence.wrapping_rem(100)
        );
        let sent = Instant::now();
        let insert = sqlx::query("INSERT INTO plain (sequence, key, booking) VALUES ($1, $2, $3)");
        insert.bind(sequence).bind(key).bind(booking).execute(&mut connection).await?;
        times.push(sent.elapsed());
    }
    Ok(Measured::new(times, start.elapsed()))
}
