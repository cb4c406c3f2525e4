//! The database: SQLite or PostgreSQL, by the same statements.
//!
//! Two pools: whoever reads never waits for whoever writes. In SQLite a reader sees the last commit beside a writer
//! (write-ahead log), in PostgreSQL anyway.

pub(crate) mod accounts;
pub(crate) mod bookings;
mod place;
pub(crate) mod plans;
mod trouble;

pub use place::DatabaseUrl;
pub(crate) use trouble::Trouble;

use crate::deadline::{Deadline, late};
use crate::problem::Problem;
use anyhow::{Context as _, Result, bail};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, Row as _};
use std::num::NonZeroU32;
use std::str::FromStr as _;
use std::time::Duration;

/// The tables' history: a file is never changed once it is released; what comes later is a file of its own.
const STEPS: [&str; 2] =
    [include_str!("../../schema/1_ledger.sql"), include_str!("../../schema/2_callers.sql")];

/// Any number, the same for every copy of this service: PostgreSQL's lock while tables are made.
const SCHEMA_LOCK: i64 = 7_018_431;

/// How long a connection may take; requests have their own deadline.
const CONNECT_TIME: Duration = Duration::from_secs(10);

/// Connections for reading. One of another process may be writing while all of them read.
const READERS: u32 = 8;

/// One writes at a time; the second is there while the first is being taken back.
const WRITERS: u32 = 2;

/// How long it takes until somebody who holds the lock is asked again; in PostgreSQL the database waits so long.
const LOCK_PAUSE: Duration = Duration::from_millis(5);

/// The statements that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Sqlite,
    Postgres,
}

/// How long the two lists are that make the ledger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) accounts: i64,
    pub(crate) bookings: i64,
}

/// A database with the service's tables.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    readers: AnyPool,
    writers: AnyPool,
    dialect: Dialect,
}

/// A transaction that holds the lock of the ledger: nobody else books until it ends.
///
/// One that is not committed is rolled back. A connection on which that fails, too, is closed: after a full disk SQLite
/// has rolled back by itself, and would refuse whatever came next.
#[derive(Debug)]
pub(crate) struct Locked(Option<PoolConnection<Any>>);

impl Locked {
    pub(crate) fn connection(&mut self) -> sqlx::Result<&mut AnyConnection> {
        self.0.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }

    pub(crate) async fn commit(&mut self) -> sqlx::Result<()> {
        let Some(mut connection) = self.0.take() else { return Err(sqlx::Error::PoolClosed) };
        let committed = sqlx::raw_sql("COMMIT").execute(&mut *connection).await;
        if committed.is_err() {
            // It may be committed or not. What is on the disk says so, the next turn reads it.
            connection.close_on_drop();
        }
        committed.map(|_| ())
    }

    /// Rolls back, so that whoever comes next does not meet the lock; `forget` gives up what the turn held meanwhile.
    pub(crate) fn take_back(&mut self, forget: impl Send + 'static) {
        let Some(mut connection) = self.0.take() else { return };
        // Without a runtime the process ends, and the connection with it.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            let rolled_back = sqlx::raw_sql("ROLLBACK").execute(&mut *connection);
            let in_time = tokio::time::timeout(Duration::from_secs(1), rolled_back).await;
            if !matches!(in_time, Ok(Ok(_))) {
                connection.close_on_drop();
            }
            drop(connection);
            drop(forget);
        });
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        self.take_back(());
    }
}

impl Store {
    /// Connects and brings the tables up to date. `pages_max` limits the file of an SQLite database, in its pages.
    pub(crate) async fn open(url: &DatabaseUrl, pages_max: Option<NonZeroU32>) -> Result<Self> {
        sqlx::any::install_drivers(&[sqlx::sqlite::any::DRIVER, sqlx::postgres::any::DRIVER]).ok();
        let dialect = match url.scheme() {
            Some("sqlite") => Dialect::Sqlite,
            Some("postgres" | "postgresql") => Dialect::Postgres,
            _ => bail!(
                "`{url}` names no database; write `sqlite://file.db` or `postgres://user@host/database`"
            ),
        };
        let mut whole = url.secret().to_owned();
        // A file that is not there is made.
        if dialect == Dialect::Sqlite && !whole.contains('?') {
            whole.push_str("?mode=rwc");
        }
        // What cannot be read in a URL may be its password: the reason is not passed on.
        let Ok(options) = AnyConnectOptions::from_str(&whole) else {
            bail!("cannot read the URL of `{url}`")
        };
        let pool = |connections: u32| {
            let options = options.clone();
            async move {
                let pool = AnyPoolOptions::new().max_connections(connections).acquire_timeout(CONNECT_TIME);
                let pool = pool
                    .after_connect(move |connection, _| Box::pin(prepare(connection, dialect, pages_max)));
                pool.connect_with(options).await.with_context(|| format!("cannot open `{url}`"))
            }
        };
        let store = Self { writers: pool(WRITERS).await?, readers: pool(READERS).await?, dialect };
        store.bring_up_to_date().await.context("cannot make the tables")?;
        Ok(store)
    }

    /// A connection for reading.
    pub(crate) async fn read(&self, deadline: Deadline) -> Result<PoolConnection<Any>, Problem> {
        Ok(deadline.wait_for(self.readers.acquire()).await??)
    }

    /// A connection whose statements all see the same moment, until [`Snapshot`] goes.
    pub(crate) async fn snapshot(&self, deadline: Deadline) -> Result<Snapshot, Problem> {
        let mut connection = self.read(deadline).await?;
        let begin = match self.dialect {
            Dialect::Sqlite => "BEGIN DEFERRED",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        sqlx::raw_sql(begin).execute(&mut *connection).await?;
        Ok(Snapshot(Locked(Some(connection))))
    }

    /// A transaction that holds the lock of the ledger, as soon as nobody else holds it.
    pub(crate) async fn lock(&self, deadline: Deadline) -> Result<(Locked, Head), Problem> {
        loop {
            let mut connection = deadline.wait_for(self.writers.acquire()).await??;
            let locked = match sqlx::raw_sql(self.begin()).execute(&mut *connection).await {
                Ok(_) => self.lock_head(Locked(Some(connection))).await,
                Err(error) => {
                    // Nothing has begun on a connection that was only too late.
                    if Trouble::of(&error) != Trouble::Busy {
                        connection.close_on_drop();
                    }
                    Err(error)
                }
            };
            match locked {
                Ok(locked) => return Ok(locked),
                Err(error) if Trouble::of(&error) != Trouble::Busy => return Err(error.into()),
                Err(_) if deadline.is_over() => return Err(late()),
                Err(_) => tokio::time::sleep(LOCK_PAUSE).await,
            }
        }
    }

    async fn lock_head(&self, mut locked: Locked) -> sqlx::Result<(Locked, Head)> {
        let head = match self.dialect {
            // The transaction has the whole database already.
            Dialect::Sqlite => sqlx::query("SELECT accounts, bookings FROM head WHERE id = 1"),
            Dialect::Postgres => sqlx::query("SELECT accounts, bookings FROM head WHERE id = 1 FOR UPDATE"),
        };
        let head = head_of(&head.fetch_one(locked.connection()?).await?)?;
        Ok((locked, head))
    }

    const fn begin(&self) -> &'static str {
        match self.dialect {
            // A transaction that began by reading could not go on to write once somebody else has written.
            Dialect::Sqlite => "BEGIN IMMEDIATE",
            Dialect::Postgres => "BEGIN",
        }
    }

    async fn bring_up_to_date(&self) -> sqlx::Result<()> {
        let mut transaction = match self.dialect {
            Dialect::Sqlite => self.writers.begin_with("BEGIN IMMEDIATE").await?,
            Dialect::Postgres => self.writers.begin().await?,
        };
        if self.dialect == Dialect::Postgres {
            let lock = sqlx::query("SELECT CAST(pg_advisory_xact_lock($1) AS TEXT)").bind(SCHEMA_LOCK);
            lock.execute(&mut *transaction).await?;
        }
        let table = sqlx::query("CREATE TABLE IF NOT EXISTS schema_steps (step BIGINT PRIMARY KEY)");
        table.execute(&mut *transaction).await?;
        let done = sqlx::query("SELECT COUNT(*) FROM schema_steps").fetch_one(&mut *transaction).await?;
        let done: i64 = done.try_get(0)?;
        for (step, sql) in (1_i64..).zip(STEPS).filter(|(step, _)| *step > done) {
            sqlx::raw_sql(sql).execute(&mut *transaction).await?;
            let insert = sqlx::query("INSERT INTO schema_steps (step) VALUES ($1)").bind(step);
            insert.execute(&mut *transaction).await?;
        }
        transaction.commit().await
    }
}

/// Statements of one moment.
#[derive(Debug)]
pub(crate) struct Snapshot(Locked);

impl Snapshot {
    pub(crate) fn connection(&mut self) -> sqlx::Result<&mut AnyConnection> {
        self.0.connection()
    }
}

/// Settings of a new connection. Waits are short: whoever waits longer asks again, until the request's own deadline.
async fn prepare(
    connection: &mut AnyConnection,
    dialect: Dialect,
    pages_max: Option<NonZeroU32>,
) -> sqlx::Result<()> {
    let settings = match dialect {
        // FULL: a commit that was answered is on the disk, also after a power cut.
        Dialect::Sqlite => {
            "PRAGMA busy_timeout = 100; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"
        }
        Dialect::Postgres => "SET lock_timeout = '500ms'; SET statement_timeout = '30s'",
    };
    sqlx::raw_sql(settings).execute(&mut *connection).await?;
    if let (Dialect::Sqlite, Some(pages)) = (dialect, pages_max) {
        // A pragma takes no parameter; it is a number.
        let limit = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
        sqlx::raw_sql(limit).execute(&mut *connection).await?;
    }
    connection.ping().await
}

/// How long the lists are, without a lock: others may be adding to them.
pub(crate) async fn head(connection: &mut AnyConnection) -> sqlx::Result<Head> {
    let row = sqlx::query("SELECT accounts, bookings FROM head WHERE id = 1").fetch_one(connection).await?;
    head_of(&row)
}

/// Writes how long the lists are now.
pub(crate) async fn set_head(connection: &mut AnyConnection, head: Head) -> sqlx::Result<()> {
    let update = sqlx::query("UPDATE head SET accounts = $1, bookings = $2 WHERE id = 1");
    update.bind(head.accounts).bind(head.bookings).execute(connection).await?;
    Ok(())
}

fn head_of(row: &sqlx::any::AnyRow) -> sqlx::Result<Head> {
    Ok(Head { accounts: row.try_get(0)?, bookings: row.try_get(1)? })
}
