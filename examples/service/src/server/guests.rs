//! Who is connected: how many, how many from one address, and who can be sent away.

use crate::callers::Peer;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// How soon it is looked again for somebody who is idle by now.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// All connections.
#[derive(Debug)]
pub(super) struct Guests {
    max: usize,
    max_of_one: usize,
    inside: Mutex<Inside>,
    /// Somebody left.
    left: Notify,
}

#[derive(Debug, Default)]
struct Inside {
    guests: HashMap<u64, Arc<Guest>>,
    by_address: HashMap<IpAddr, usize>,
    next: u64,
}

/// A connection.
#[derive(Debug)]
pub(super) struct Guest {
    address: IpAddr,
    state: Mutex<State>,
    leave: Notify,
}

#[derive(Debug, Clone, Copy)]
struct State {
    /// Requests that are being answered.
    busy: usize,
    /// Since when none is.
    idle_since: Instant,
}

/// The place of a connection, until it goes.
#[derive(Debug)]
pub(super) struct Place {
    guests: Arc<Guests>,
    guest: Arc<Guest>,
    number: u64,
}

/// What there is no room in.
#[derive(Debug, Clone, Copy)]
enum Full {
    OfOne,
    OfAll,
}

/// There are too many connections from one address.
#[derive(Debug)]
pub(super) struct TooMany;

impl Guests {
    pub(super) fn new(max: usize, max_of_one: usize) -> Arc<Self> {
        Arc::new(Self { max, max_of_one, inside: Mutex::default(), left: Notify::new() })
    }

    /// A place for a connection from this address, as soon as there is one: who has been idle for longest has to leave.
    ///
    /// Where one address has all that it may have, one of its own has to leave; if all of them are busy, there is no place.
    pub(super) async fn place(self: &Arc<Self>, address: IpAddr) -> Result<Place, TooMany> {
        loop {
            let left = self.left.notified();
            let is_sent_away = match self.try_place(address) {
                Ok(place) => return Ok(place),
                Err(Full::OfOne) => self.send_idle_away(|guest| guest.address == address),
                Err(Full::OfAll) => {
                    self.send_idle_away(|_| true);
                    true
                }
            };
            if !is_sent_away {
                return Err(TooMany);
            }
            // Who is busy now may be idle a moment later, and does not say so.
            tokio::time::timeout(LOOK_AGAIN, left).await.ok();
        }
    }

    fn try_place(self: &Arc<Self>, address: IpAddr) -> Result<Place, Full> {
        let mut inside = self.lock();
        let of_one = inside.by_address.get(&address).copied().unwrap_or_default();
        if of_one >= self.max_of_one {
            return Err(Full::OfOne);
        }
        if inside.guests.len() >= self.max {
            return Err(Full::OfAll);
        }
        let state = Mutex::new(State { busy: 0, idle_since: Instant::now() });
        let guest = Arc::new(Guest { address, state, leave: Notify::new() });
        let number = inside.next;
        inside.next = number.wrapping_add(1);
        inside.guests.insert(number, Arc::clone(&guest));
        inside.by_address.insert(address, of_one.saturating_add(1));
        Ok(Place { guests: Arc::clone(self), guest, number })
    }

    /// Sends away who has been idle for longest, if any of these is.
    fn send_idle_away(&self, is_meant: impl Fn(&Guest) -> bool) -> bool {
        let inside = self.lock();
        let meant = inside.guests.values().filter(|guest| is_meant(guest));
        let idle = meant.filter_map(|guest| Some((guest.idle_since()?, guest)));
        let longest = idle.min_by_key(|(since, _)| *since);
        if let Some((_, guest)) = longest {
            guest.leave.notify_one();
        }
        longest.is_some()
    }

    /// Everyone who is idle has to leave.
    pub(super) fn send_all_idle_away(&self) {
        self.lock().guests.values().for_each(|guest| guest.leave.notify_one());
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Guest {
    /// Begins to answer a request, until what is given back goes.
    pub(super) fn answering(self: &Arc<Self>) -> Answering {
        let mut state = self.lock();
        state.busy = state.busy.saturating_add(1);
        Answering(Arc::clone(self))
    }

    fn idle_since(&self) -> Option<Instant> {
        let state = *self.lock();
        (state.busy == 0).then_some(state.idle_since)
    }

    /// Ends when the connection is idle and has to leave.
    pub(super) async fn has_to_leave(&self) {
        loop {
            self.leave.notified().await;
            if self.idle_since().is_some() {
                return;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    pub(super) const fn guest(&self) -> &Arc<Guest> {
        &self.guest
    }

    pub(super) fn peer(&self) -> Peer {
        Peer(self.guest.address)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inside = self.guests.lock();
        inside.guests.remove(&self.number);
        let left = inside.by_address.get(&self.guest.address).copied().unwrap_or_default().saturating_sub(1);
        if left == 0 {
            inside.by_address.remove(&self.guest.address);
        } else {
            inside.by_address.insert(self.guest.address, left);
        }
        drop(inside);
        self.guests.left.notify_waiters();
    }
}

/// A request that is being answered.
#[derive(Debug)]
pub(super) struct Answering(Arc<Guest>);

impl Drop for Answering {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.busy = state.busy.saturating_sub(1);
        state.idle_since = Instant::now();
    }
}
