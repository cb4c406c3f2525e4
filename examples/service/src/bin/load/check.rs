//! Counting afterwards: in the database, and through the API.

use crate::books::Books;
use crate::client::Client;
use crate::service::Service;
use crate::worker::{Shared, locked};
use crate::world::World;
use anyhow::Result;
use serde_json::Value;
use sqlx::{AnyConnection, Connection as _, Row as _};
use std::collections::{BTreeMap, BTreeSet};

/// What was counted, and what is wrong.
#[derive(Debug, Default)]
pub(crate) struct Report {
    bookings: usize,
    acknowledged: usize,
    accounts: usize,
    applications: usize,
    pub(crate) faults: Vec<String>,
}

impl Report {
    pub(crate) fn print(&self) {
        let Self { bookings, acknowledged, accounts, applications, faults } = self;
        println!(
            "  counted        {bookings} bookings of which {acknowledged} were acknowledged, {accounts} accounts, {applications} applications"
        );
        for fault in faults.iter().take(20) {
            println!("  FAULT          {fault}");
        }
    }

    fn require(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.faults.push(fault());
        }
    }
}

/// What the tables hold.
#[derive(Debug)]
struct Tables {
    /// Sequence, key, booking.
    bookings: Vec<(i64, String, Value)>,
    /// Balance, version and format, by UID.
    accounts: BTreeMap<String, (i64, i64, String)>,
    /// Version and cause, by UID.
    changes: BTreeMap<String, Vec<(i64, String)>>,
    /// UID, fingerprint, version planned, version applied, result.
    applications: Vec<(String, String, i64, i64, String)>,
}

/// Counts everything.
pub(crate) fn everything(
    database: &str,
    service: &Service,
    world: &World,
    shared: &Shared,
) -> Result<Report> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let tables = runtime.block_on(Tables::read(database))?;
    let mut report = Report {
        bookings: tables.bookings.len(),
        acknowledged: locked(&shared.acknowledged).len(),
        accounts: tables.accounts.len(),
        applications: tables.applications.len(),
        faults: Vec::new(),
    };
    check_bookings(&mut report, &tables, shared);
    let books = check_balances(&mut report, &tables, world);
    check_versions(&mut report, &tables, &books);
    check_applications(&mut report, &tables, shared);
    check_answers(&mut report, &tables, &Client::new(&service.address()), shared)?;
    Ok(report)
}

/// Every acknowledged booking is there once, as it was sent, and nothing else is.
fn check_bookings(report: &mut Report, tables: &Tables, shared: &Shared) {
    let (acknowledged, refused) = (locked(&shared.acknowledged), locked(&shared.refused));
    let mut keys = BTreeSet::new();
    for (place, (sequence, key, booking)) in (1_i64..).zip(&tables.bookings) {
        report.require(*sequence == place, || format!("booking {place} has the sequence {sequence}"));
        report.require(keys.insert(key), || format!("`{key}` is there twice"));
        report.require(!refused.contains(key), || format!("`{key}` was refused and is there"));
        match acknowledged.get(key) {
            Some((sent, _)) => {
                report.require(sent == booking, || format!("`{key}` is not what was sent: {booking}"))
            }
            // Every request was answered in the end.
            None => report.faults.push(format!("nobody was told that `{key}` is booked")),
        }
    }
    for key in acknowledged.keys() {
        report.require(keys.contains(key), || format!("`{key}` was acknowledged and is lost"));
    }
}

/// The balance of every account is its opening and the sum of its bookings.
fn check_balances(report: &mut Report, tables: &Tables, world: &World) -> Books {
    let mut books = Books::open(world);
    for (_, key, booking) in &tables.bookings {
        let added = books.add(booking).is_some();
        report.require(added, || format!("`{key}` cannot be added up: {booking}"));
    }
    for (uid, (balance, ..)) in &tables.accounts {
        let sum = books.balances.get(uid).copied();
        report.require(sum == Some(*balance), || {
            format!("`{uid}` has {balance}, its bookings sum up to {sum:?}")
        });
    }
    let all = tables.accounts.len() == books.balances.len();
    report.require(all, || format!("there are {} accounts", tables.accounts.len()));
    books
}

/// An account has a version for every booking that moved its stock, and none without a cause.
fn check_versions(report: &mut Report, tables: &Tables, books: &Books) {
    for (uid, (_, version, _)) in &tables.accounts {
        let changes = tables.changes.get(uid).map(Vec::as_slice).unwrap_or_default();
        let numbers: Vec<i64> = changes.iter().map(|(version, _)| *version).collect();
        let complete = numbers == (1..=*version).collect::<Vec<_>>();
        report.require(complete, || format!("`{uid}` has version {version}, and {} changes", changes.len()));
        let counted = changes.iter().filter(|(_, cause)| cause == "booking").count();
        let moved = books.moved.get(uid).copied().unwrap_or_default();
        let same = u64::try_from(counted) == Ok(moved);
        report.require(same, || format!("`{uid}` was moved by {moved} bookings and changed by {counted}"));
    }
}

/// A plan was applied to the version from which it was made, once, and nothing was booked after it.
fn check_applications(report: &mut Report, tables: &Tables, shared: &Shared) {
    let applied = locked(&shared.applied);
    let mut found = BTreeSet::new();
    for (uid, fingerprint, planned, version, outcome) in &tables.applications {
        found.insert(fingerprint);
        let next = planned.saturating_add(1) == *version;
        report.require(next, || format!("`{uid}` was planned in version {planned} and applied as {version}"));
        let (last, format) =
            tables.accounts.get(uid).map_or((0, ""), |(_, last, format)| (*last, format.as_str()));
        let closed = last == *version && format == "avc";
        report.require(closed, || format!("`{uid}` went on from version {version} to {last} as {format}"));
        let told = applied.get(fingerprint).is_some_and(|told| told == outcome);
        report.require(told, || format!("nobody was told that `{uid}` migrated, or something else"));
    }
    for fingerprint in applied.keys() {
        report.require(found.contains(fingerprint), || format!("{fingerprint} was acknowledged and is lost"));
    }
}

/// The API says the same.
fn check_answers(report: &mut Report, tables: &Tables, client: &Client, shared: &Shared) -> Result<()> {
    for (uid, (balance, version, _)) in &tables.accounts {
        let state = client.get(&format!("/accounts/{uid}"))?.json();
        let said = (state.pointer("/stock/balance"), state.get("version"));
        let same = said == (Some(&Value::from(*balance)), Some(&Value::from(*version)));
        report.require(same, || format!("the API says {said:?} of `{uid}`"));
    }
    // Some hundred of them, all over the list: asking for each would take as long as booking it.
    let step = tables.bookings.len().checked_div(300).unwrap_or_default().max(1);
    for (sequence, key, booking) in tables.bookings.iter().step_by(step) {
        let path = format!("/bookings/{}", key.replace(' ', "%20").replace('/', "%2F"));
        let stored = client.get(&path)?.json();
        let first = locked(&shared.acknowledged).get(key).map(|(_, first)| first.clone()).unwrap_or_default();
        let first: Value = serde_json::from_str(&first).unwrap_or_default();
        let same = stored.get("sequence") == Some(&Value::from(*sequence))
            && stored.get("booking") == Some(booking)
            && stored.get("receipt") == Some(&first);
        report.require(same, || format!("the API says of `{key}`: {stored}"));
    }
    Ok(())
}

impl Tables {
    async fn read(database: &str) -> Result<Self> {
        sqlx::any::install_drivers(&[sqlx::sqlite::any::DRIVER, sqlx::postgres::any::DRIVER]).ok();
        let mut connection = AnyConnection::connect(database).await?;
        let mut tables = Self {
            bookings: vec![],
            accounts: BTreeMap::new(),
            changes: BTreeMap::new(),
            applications: vec![],
        };
        let rows = sqlx::query("SELECT sequence, key, booking FROM bookings ORDER BY sequence");
        for row in rows.fetch_all(&mut connection).await? {
            let booking: String = row.try_get(2)?;
            tables.bookings.push((row.try_get(0)?, row.try_get(1)?, serde_json::from_str(&booking)?));
        }
        let rows = sqlx::query("SELECT uid, balance, version, format FROM accounts");
        for row in rows.fetch_all(&mut connection).await? {
            tables.accounts.insert(row.try_get(0)?, (row.try_get(1)?, row.try_get(2)?, row.try_get(3)?));
        }
        let rows = sqlx::query("SELECT uid, version, cause FROM changes ORDER BY uid, version");
        for row in rows.fetch_all(&mut connection).await? {
            let changes: &mut Vec<_> = tables.changes.entry(row.try_get(0)?).or_default();
            changes.push((row.try_get(1)?, row.try_get(2)?));
        }
        let rows = sqlx::query(
            "SELECT uid, fingerprint, planned_version, applied_version, outcome FROM applications",
        );
        for row in rows.fetch_all(&mut connection).await? {
            let (uid, fingerprint) = (row.try_get(0)?, row.try_get(1)?);
            tables.applications.push((uid, fingerprint, row.try_get(2)?, row.try_get(3)?, row.try_get(4)?));
        }
        Ok(tables)
    }
}
