//! How much memory clients hold: bodies that come in, answers that are read slowly.

use crate::problem::Problem;
use axum::body::Bytes;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is smaller is not counted: with all connections it is some megabytes.
const UNCOUNTED_BYTES: usize = 16 * 1024;

/// The bytes that clients hold, each within its part and all within the whole.
#[derive(Debug, Clone)]
pub(crate) struct Budget {
    for_one: usize,
    for_all: usize,
    held: Arc<Mutex<Held>>,
}

#[derive(Debug, Default)]
struct Held {
    by_client: HashMap<String, usize>,
    all: usize,
}

/// Bytes that are given back when this goes.
#[derive(Debug)]
pub(crate) struct Share {
    budget: Budget,
    client: String,
    bytes: usize,
}

impl Budget {
    pub(crate) fn new(for_one: usize, for_all: usize) -> Self {
        Self { for_one, for_all, held: Arc::default() }
    }

    /// The share of a client, of nothing yet.
    pub(crate) fn share(&self, client: String) -> Share {
        Share { budget: self.clone(), client, bytes: 0 }
    }

    /// An answer that counts until the client has read it.
    pub(crate) fn held_by(&self, client: String, answer: Bytes) -> Result<Bytes, Problem> {
        if answer.len() <= UNCOUNTED_BYTES {
            return Ok(answer);
        }
        let mut share = self.share(client);
        share.grow_to(answer.len())?;
        Ok(Bytes::from_owner(Counted { answer, _share: share }))
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Share {
    /// Takes what is missing to `bytes`; refused if the client, or all of them, hold too much already.
    ///
    /// A client that holds nothing gets its first bytes whatever they are: nothing is refused for good.
    pub(crate) fn grow_to(&mut self, bytes: usize) -> Result<(), Problem> {
        if bytes <= UNCOUNTED_BYTES.max(self.bytes) {
            return Ok(());
        }
        let more = bytes.saturating_sub(self.bytes);
        let mut held = self.budget.lock();
        let of_client = held.by_client.get(&self.client).copied().unwrap_or_default();
        let (one, all) = (of_client.saturating_add(more), held.all.saturating_add(more));
        if of_client > self.bytes && one > self.budget.for_one {
            return Err(Problem::unavailable(
                "this client has too much under way; read the answers that are waiting, then send the request again",
            ));
        }
        if all > self.budget.for_all && held.all > self.bytes {
            return Err(Problem::unavailable(
                "all clients together have too much under way; send the request again",
            ));
        }
        held.by_client.insert(self.client.clone(), one);
        held.all = all;
        self.bytes = bytes;
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        if self.bytes == 0 {
            return;
        }
        let mut held = self.budget.lock();
        held.all = held.all.saturating_sub(self.bytes);
        let left = held.by_client.get(&self.client).copied().unwrap_or_default().saturating_sub(self.bytes);
        if left == 0 {
            held.by_client.remove(&self.client);
        } else {
            held.by_client.insert(self.client.clone(), left);
        }
    }
}

/// The server drops the bytes when it has written them.
struct Counted {
    answer: Bytes,
    _share: Share,
}

impl AsRef<[u8]> for Counted {
    fn as_ref(&self) -> &[u8] {
        &self.answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(length: usize) -> Bytes {
        Bytes::from(vec![0; length])
    }

    #[test]
    fn a_client_holds_its_part_and_all_hold_the_whole() {
        let budget = Budget::new(100_000, 250_000);
        let hold = |client: &str, length| budget.held_by(client.to_owned(), of(length));
        let first = hold("a", 60_000).unwrap();
        assert!(hold("a", 60_000).is_err());
        assert!(hold("a", 10).is_ok(), "small answers are always given");
        let others = [hold("a", 40_000).unwrap(), hold("b", 100_000).unwrap()];
        assert!(hold("c", 60_000).is_err(), "200,000 and 60,000 are too much for all");
        drop(first);
        let last = hold("c", 60_000).unwrap();
        drop((others, last));
        assert!(hold("a", 300_000).is_ok(), "nothing is refused for good");
        let held = budget.lock();
        assert_eq!((held.all, held.by_client.len()), (0, 0));
    }

    #[test]
    fn a_copy_counts_until_the_last_is_gone() {
        let budget = Budget::new(100_000, 250_000);
        let answer = budget.held_by("a".to_owned(), of(90_000)).unwrap();
        let copy = answer.slice(80_000..);
        drop(answer);
        assert_eq!(budget.lock().all, 90_000);
        drop(copy);
        assert_eq!(budget.lock().all, 0);
    }
}
