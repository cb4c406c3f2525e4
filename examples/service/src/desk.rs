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
//!
//! Whoever only reads waits for none of this: it looks at memory between two bookings, and at the database's last commit.

use crate::deadline::{Deadline, late};
use crate::problem::Problem;
use crate::store::bookings::StoredBooking;
use crate::store::{self, Head, Locked, Snapshot, Store};
use crate::work;
use alms_core::account::AccountData;
use alms_core::tokens::{Booking, Holder, Ledger, Tokens};
use alms_core::wire;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection};
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedRwLockReadGuard, OwnedSemaphorePermit, RwLock, Semaphore};

/// As many stored bookings are taken in at once beside other requests.
const FEW: usize = 100;

/// The ledger of this process and the database that it is a copy of.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    store: Store,
    memory: Arc<RwLock<Memory>>,
    /// Who writes, in the order of arrival; the database's lock is for other processes.
    turns: Arc<Mutex<()>>,
    /// The places before it.
    queue: Arc<Semaphore>,
}

/// The ledger after the first bookings and with the first accounts.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) ledger: Ledger,
    known: Head,
}

/// The ledger at a moment; nothing is taken in while somebody looks at it.
pub(crate) type Look = OwnedRwLockReadGuard<Memory>;

/// The right to write: one at a time, over all processes.
#[derive(Debug)]
pub(crate) struct Turn {
    desk: Desk,
    locked: Locked,
    known: Head,
    deadline: Deadline,
    place: Option<(OwnedMutexGuard<()>, OwnedSemaphorePermit)>,
}

impl Desk {
    /// A desk at this database, whose ledger is read at once. At most `queue` requests wait for their turn.
    pub(crate) async fn new(store: Store, queue: usize, deadline: Deadline) -> Result<Self, Problem> {
        let queue = Arc::new(Semaphore::new(queue.saturating_add(1).min(Semaphore::MAX_PERMITS)));
        let desk = Self { store, memory: Arc::default(), turns: Arc::default(), queue };
        desk.look(deadline).await?;
        Ok(desk)
    }

    /// The ledger as it is now, for reading.
    pub(crate) async fn look(&self, deadline: Deadline) -> Result<Look, Problem> {
        let mut connection = self.store.read(deadline).await?;
        let head = store::head(&mut connection).await?;
        self.catch_up(&mut connection, head, deadline).await?;
        deadline.wait_for(Arc::clone(&self.memory).read_owned()).await
    }

    /// Waits for the right to write. Whoever would wait behind too many others is sent away at once.
    pub(crate) async fn turn(&self, deadline: Deadline) -> Result<Turn, Problem> {
        let in_queue = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| {
            Problem::unavailable("too many others wait to write; send the request again, unchanged")
        })?;
        let first = deadline.wait_for(Arc::clone(&self.turns).lock_owned()).await?;
        let (locked, head) = self.store.lock(deadline).await?;
        if deadline.is_over() {
            // The client has been told so: what has not begun by then is not done.
            return Err(late());
        }
        let desk = self.clone();
        let mut turn = Turn { desk, locked, known: head, deadline, place: Some((first, in_queue)) };
        self.catch_up(turn.locked.connection()?, head, deadline).await?;
        Ok(turn)
    }

    /// A connection for reading what is committed.
    pub(crate) async fn read(&self, deadline: Deadline) -> Result<PoolConnection<Any>, Problem> {
        self.store.read(deadline).await
    }

    /// The same for several statements about one moment.
    pub(crate) async fn snapshot(&self, deadline: Deadline) -> Result<Snapshot, Problem> {
        self.store.snapshot(deadline).await
    }

    /// Takes in what was committed since. Others may be doing the same: each takes in what is still missing then.
    async fn catch_up(
        &self,
        connection: &mut AnyConnection,
        head: Head,
        deadline: Deadline,
    ) -> Result<(), Problem> {
        let mut known = self.memory.read().await.known;
        // Accounts first: a booking never comes before the accounts in it.
        if known.accounts < head.accounts {
            let accounts = store::accounts::after(connection, known.accounts).await?;
            let missing = self.missing(accounts.len(), deadline, move |memory| memory.admit_all(&accounts));
            known.accounts = missing.await?.accounts;
        }
        while known.bookings < head.bookings {
            let bookings = store::bookings::after(connection, known.bookings).await?;
            if bookings.is_empty() {
                return Err(damaged("the list of bookings is shorter than it says"));
            }
            let missing = self.missing(bookings.len(), deadline, move |memory| memory.replay_all(&bookings));
            known = missing.await?;
        }
        Ok(())
    }

    /// Changes memory, beside the threads that answer if there is much to take in.
    async fn missing(
        &self,
        count: usize,
        deadline: Deadline,
        take_in: impl FnOnce(&mut Memory) -> Result<(), Problem> + Send + 'static,
    ) -> Result<Head, Problem> {
        let mut memory = Arc::clone(&self.memory).write_owned().await;
        let take_in = move || {
            take_in(&mut memory)?;
            Ok(memory.known)
        };
        if count <= FEW { take_in() } else { work::heavy(deadline, take_in).await }
    }
}

impl Memory {
    /// Takes in stored accounts, from one on that is known or the next.
    fn admit_all(&mut self, accounts: &[store::accounts::StoredHolder]) -> Result<(), Problem> {
        for stored in accounts {
            if stored.number > self.known.accounts {
                self.admit(stored.number, holder(&stored.document, stored.opening)?)?;
            }
        }
        Ok(())
    }

    /// Takes in the account of this number, if it is not there yet.
    fn admit(&mut self, number: i64, holder: Holder) -> Result<(), Problem> {
        let next = self.known.accounts.saturating_add(1);
        if number < next {
            return Ok(());
        }
        if number > next {
            return Err(damaged(format!("account {next} is missing")));
        }
        self.ledger.admit(holder).map_err(damaged)?;
        self.known.accounts = next;
        Ok(())
    }

    fn replay_all(&mut self, bookings: &[StoredBooking]) -> Result<(), Problem> {
        for stored in bookings {
            if stored.sequence <= self.known.bookings {
                continue;
            }
            let booking = wire::booking_from_json(&stored.booking, &self.ledger).map_err(damaged)?;
            self.book(stored.sequence, booking)?;
        }
        Ok(())
    }

    /// Takes in the booking of this place, if it is not there yet.
    fn book(&mut self, sequence: i64, booking: Booking) -> Result<(), Problem> {
        let next = self.known.bookings.saturating_add(1);
        if sequence < next {
            return Ok(());
        }
        if sequence > next {
            return Err(damaged(format!("booking {next} is missing")));
        }
        self.ledger.book(booking).map_err(damaged)?;
        self.known.bookings = next;
        Ok(())
    }
}

impl Turn {
    /// The ledger, which nobody else changes during this turn. The look has to end before the turn commits.
    pub(crate) fn look(&self) -> impl Future<Output = Look> + Send + use<> {
        Arc::clone(&self.desk.memory).read_owned()
    }

    /// Until when the request is answered that has this turn.
    pub(crate) const fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// The transaction.
    pub(crate) fn connection(&mut self) -> sqlx::Result<&mut AnyConnection> {
        self.locked.connection()
    }

    /// How many bookings there are.
    pub(crate) const fn bookings(&self) -> i64 {
        self.known.bookings
    }

    /// Which place the next account gets.
    pub(crate) const fn next_account(&self) -> i64 {
        self.known.accounts.saturating_add(1)
    }

    /// Commits a booking that was stored as the next one, then takes it into memory.
    pub(crate) async fn commit_booking(mut self, booking: Booking) -> Result<(), Problem> {
        let head = Head { bookings: self.bookings().saturating_add(1), ..self.known };
        store::set_head(self.connection()?, head).await?;
        let memory = Arc::clone(&self.desk.memory);
        let _place = self.commit_transaction().await?;
        // It was previewed on this very ledger.
        memory.write().await.book(head.bookings, booking)
    }

    /// Commits an account that was stored as the next one, then takes it into memory.
    pub(crate) async fn commit_account(mut self, holder: Holder) -> Result<(), Problem> {
        let head = Head { accounts: self.next_account(), ..self.known };
        store::set_head(self.connection()?, head).await?;
        let memory = Arc::clone(&self.desk.memory);
        let _place = self.commit_transaction().await?;
        memory.write().await.admit(head.accounts, holder)
    }

    /// Commits what is no part of the ledger.
    pub(crate) async fn commit(self) -> Result<(), Problem> {
        self.commit_transaction().await.map(|_| ())
    }

    /// Commits; the place is kept until memory has caught up.
    async fn commit_transaction(mut self) -> Result<impl Send + use<>, Problem> {
        self.locked.commit().await?;
        Ok(self.place.take())
    }
}

/// Whoever comes next begins when this turn is taken back: it would meet the lock before.
impl Drop for Turn {
    fn drop(&mut self) {
        let place = self.place.take();
        self.locked.take_back(place);
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
        partners: data.partnerships.into_iter().map(|partnership| partnership.partner).collect(),
        opening: data.tokens,
        status: None,
    }
}

/// The stored ledger is not what was stored.
fn damaged(reason: impl std::fmt::Display) -> Problem {
    tracing::error!(%reason, "the stored ledger cannot be replayed");
    Problem::internal()
}
