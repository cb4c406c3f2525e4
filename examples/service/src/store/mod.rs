//! The database: SQLite or PostgreSQL, by the same statements.

pub(crate) mod accounts;
pub(crate) mod bookings;
pub(crate) mod plans;

use anyhow::{Context as _, Result, bail};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyConnection, AnyPool, Connection as _, Row as _, Transaction};
use std::str::FromStr as _;
use std::time::Duration;

/// The tables' history: a file is never changed once it is released; what comes later is a file of its own.
const STEPS: [&str; 1] = [include_str!("../../schema/1_ledger.sql")];

/// Any number, the same for every copy of this service: PostgreSQL's lock while tables are made.
const SCHEMA_LOCK: i64 = 7_018_431;

/// How long a statement waits for somebody else's lock.
const LOCK_TIME: Duration = Duration::from_secs(10);

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
    pool: AnyPool,
    dialect: Dialect,
}

impl Store {
    /// Connects and brings the tables up to date.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        sqlx::any::install_drivers(&[sqlx::sqlite::any::DRIVER, sqlx::postgres::any::DRIVER]).ok();
        let dialect = match url.split_once(':') {
            Some(("sqlite", _)) => Dialect::Sqlite,
            Some(("postgres" | "postgresql", _)) => Dialect::Postgres,
            _ => bail!(
                "`{url}` names no database; write `sqlite://file.db` or `postgres://user@host/database`"
            ),
        };
        let url = match dialect {
            // A file that is not there is made.
            Dialect::Sqlite if !url.contains('?') => format!("{url}?mode=rwc"),
            _ => url.to_owned(),
        };
        let options = AnyConnectOptions::from_str(&url).with_context(|| format!("cannot read `{url}`"))?;
        let pool = AnyPoolOptions::new()
            .max_connections(8)
            .acquire_timeout(LOCK_TIME)
            .after_connect(move |connection, _| Box::pin(prepare(connection, dialect)))
            .connect_with(options);
        let store = Self { pool: pool.await.with_context(|| format!("cannot open `{url}`"))?, dialect };
        store.bring_up_to_date().await.context("cannot make the tables")?;
        Ok(store)
    }

    /// A connection for reading.
    pub(crate) async fn read(&self) -> sqlx::Result<sqlx::pool::PoolConnection<Any>> {
        self.pool.acquire().await
    }

    /// A transaction that holds the lock of the ledger: nobody else books until it ends.
    pub(crate) async fn lock(&self) -> sqlx::Result<(Transaction<'static, Any>, Head)> {
        let mut transaction = self.begin().await?;
        let head = match self.dialect {
            // The transaction has the whole database already.
            Dialect::Sqlite => sqlx::query("SELECT accounts, bookings FROM head WHERE id = 1"),
            Dialect::Postgres => sqlx::query("SELECT accounts, bookings FROM head WHERE id = 1 FOR UPDATE"),
        };
        let head = head_of(&head.fetch_one(&mut *transaction).await?)?;
        Ok((transaction, head))
    }

    async fn begin(&self) -> sqlx::Result<Transaction<'static, Any>> {
        match self.dialect {
            // A transaction that began by reading could not go on to write once somebody else has written.
            Dialect::Sqlite => self.pool.begin_with("BEGIN IMMEDIATE").await,
            Dialect::Postgres => self.pool.begin().await,
        }
    }

    async fn bring_up_to_date(&self) -> sqlx::Result<()> {
        let mut transaction = self.begin().await?;
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

/// Settings of a new connection.
async fn prepare(connection: &mut AnyConnection, dialect: Dialect) -> sqlx::Result<()> {
    let settings = match dialect {
        // FULL: a commit that was answered is on the disk, also after a power cut.
        Dialect::Sqlite => {
            "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"
        }
        Dialect::Postgres => "SET lock_timeout = '10s'; SET statement_timeout = '30s'",
    };
    sqlx::raw_sql(settings).execute(&mut *connection).await?;
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
