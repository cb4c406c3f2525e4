//! The ledger in memory, and the one place where it meets the database.
//!
//! Every booking asks the whole ledger: whether its key is known, which account an order's customer is, whether a
//! system was registered before, wherever. The desk holds that ledger in memory, so that a booking costs the same
//! after a million others. Why this is safe:
//!
//! * **The database is the ledger; memory is a copy of its first `n` bookings.** It grows by what was committed, in
//!   the order of the database, and by nothing else.
//! * **A turn holds the lock of the ledger and has caught up.** Between the look at the ledger and the commit nobody
//!   else books, in this process or in another one; see [`Store::lock`].
//! * **A turn that ends early leaves nothing.** The transaction is rolled back, and memory has not changed: a booking
//!   is taken into memory after its commit. If the process or the connection dies in between, the next turn finds the
//!   booking in the database.
//! * **What the rules ask about an account never changes**: name, kind, administrators, partners, opening stock. Names
//!   are unique. The log therefore means the same whenever it is read.

use crate::problem::Problem;
use crate::store::{self, Head, Store};
use alms_core::account::AccountData;
use alms_core::tokens::{Booking, Holder, Ledger, Tokens};
use alms_core::wire;
use sqlx::{Any, AnyConnection, Transaction};
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// The ledger of this process and the database that it is a copy of.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    store: Store,
    memory: Arc<Mutex<Memory>>,
}

/// The ledger after the first bookings and with the first accounts.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) ledger: Ledger,
    known: Head,
}

/// The right to write: one at a time, over all processes.
#[derive(Debug)]
pub(crate) struct Turn {
    memory: OwnedMutexGuard<Memory>,
    transaction: Transaction<'static, Any>,
}

impl Desk {
    /// A desk at this database, whose ledger is read at once.
    pub(crate) async fn new(store: Store) -> Result<Self, Problem> {
        let desk = Self { store, memory: Arc::default() };
        desk.look().await?;
        Ok(desk)
    }

    /// The ledger as it is now, for reading.
    pub(crate) async fn look(&self) -> Result<OwnedMutexGuard<Memory>, Problem> {
        let mut memory = Arc::clone(&self.memory).lock_owned().await;
        let mut connection = self.store.read().await?;
        let head = store::head(&mut connection).await?;
        memory.catch_up(&mut connection, head).await?;
        Ok(memory)
    }

    /// Waits for the right to write.
    pub(crate) async fn turn(&self) -> Result<Turn, Problem> {
        // In this process the queue is in order; the database's lock is for other processes.
        let mut memory = Arc::clone(&self.memory).lock_owned().await;
        let (mut transaction, head) = self.store.lock().await?;
        memory.catch_up(&mut transaction, head).await?;
        Ok(Turn { memory, transaction })
    }

    /// A connection for reading what is committed.
    pub(crate) async fn read(&self) -> sqlx::Result<sqlx::pool::PoolConnection<Any>> {
        self.store.read().await
    }
}

impl Memory {
    /// Takes in what was committed since.
    async fn catch_up(&mut self, connection: &mut AnyConnection, head: Head) -> Result<(), Problem> {
        // Accounts first: a booking never comes before the accounts in it.
        if self.known.accounts < head.accounts {
            for (document, opening) in store::accounts::after(connection, self.known.accounts).await? {
                self.admit(holder(&document, opening)?)?;
            }
        }
        while self.known.bookings < head.bookings {
            let bookings = store::bookings::after(connection, self.known.bookings).await?;
            if bookings.is_empty() {
                return Err(damaged("the list of bookings is shorter than it says"));
            }
            for stored in bookings {
                self.replay(&stored)?;
            }
        }
        Ok(())
    }

    fn admit(&mut self, holder: Holder) -> Result<(), Problem> {
        self.ledger.admit(holder).map_err(damaged)?;
        self.known.accounts = self.known.accounts.saturating_add(1);
        Ok(())
    }

    fn replay(&mut self, stored: &store::bookings::StoredBooking) -> Result<(), Problem> {
        let next = self.known.bookings.saturating_add(1);
        if stored.sequence != next {
            return Err(damaged(format!("booking {next} is missing")));
        }
        let booking = wire::booking_from_json(&stored.booking, &self.ledger).map_err(damaged)?;
        self.ledger.book(booking).map_err(damaged)?;
        self.known.bookings = next;
        Ok(())
    }
}

impl Turn {
    /// The ledger, which nobody else changes during this turn.
    pub(crate) fn ledger(&self) -> &Ledger {
        &self.memory.ledger
    }

    /// The transaction.
    pub(crate) fn connection(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }

    /// How many bookings there are.
    pub(crate) fn bookings(&self) -> i64 {
        self.memory.known.bookings
    }

    /// Which place the next account gets.
    pub(crate) fn next_account(&self) -> i64 {
        self.memory.known.accounts.saturating_add(1)
    }

    /// Commits a booking that was stored as the next one, then takes it into memory.
    pub(crate) async fn commit_booking(mut self, booking: Booking) -> Result<(), Problem> {
        let head = Head { bookings: self.bookings().saturating_add(1), ..self.memory.known };
        store::set_head(&mut self.transaction, head).await?;
        self.transaction.commit().await?;
        // It was previewed on this very ledger.
        self.memory.ledger.book(booking).map_err(damaged)?;
        self.memory.known = head;
        Ok(())
    }

    /// Commits an account that was stored as the next one, then takes it into memory.
    pub(crate) async fn commit_account(mut self, holder: Holder) -> Result<(), Problem> {
        let head = Head { accounts: self.next_account(), ..self.memory.known };
        store::set_head(&mut self.transaction, head).await?;
        self.transaction.commit().await?;
        self.memory.admit(holder)
    }

    /// Commits what is no part of the ledger.
    pub(crate) async fn commit(self) -> Result<(), Problem> {
        Ok(self.transaction.commit().await?)
    }
}

/// What the ledger has to know about a stored account. Its document may be that of today; the opening never changes.
fn holder(document: &str, opening: i64) -> Result<Holder, Problem> {
    let account = wire::account_from_json(document).map_err(damaged)?;
    let opening = Tokens::try_new(opening).map_err(damaged)?;
    Ok(Holder { opening, ..holder_of(account.into_data()) })
}

/// What the ledger has to know about a new account.
pub(crate) fn holder_of(data: AccountData) -> Holder {
    Holder {
        uid: data.uid,
        name: data.name,
        kind: data.kind,
        administrators: data.administrators,
        partners: data.partners,
        opening: data.tokens,
    }
}

/// The stored ledger is not what was stored.
fn damaged(reason: impl std::fmt::Display) -> Problem {
    tracing::error!(%reason, "the stored ledger cannot be replayed");
    Problem::internal()
}
