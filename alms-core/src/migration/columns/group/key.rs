//! Keys of accounts, and the book in which they are looked up.

use super::{KeyFault, MISSING, TooManyAccounts, UNKNOWN, checked};
use crate::text::{AccountName, Uid};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::hash::Hash;

/// What can be the key of an account: an integer, or a text that can be its UID.
pub trait Key: Copy + Ord + Hash {
    /// Whether an account can have the key (ACC-1).
    fn is_valid(self) -> bool {
        true
    }
}

impl Key for i32 {}
impl Key for i64 {}
impl Key for u32 {}
impl Key for u64 {}

impl Key for &str {
    fn is_valid(self) -> bool {
        Uid::try_new(self).is_ok() && AccountName::try_new(self).is_ok()
    }
}

/// The keys of the accounts.
pub(super) struct Book<K> {
    keys: Vec<Option<K>>,
    /// The first account with each key; made when it is first needed.
    first: Option<HashMap<K, u32, RandomState>>,
    /// Where to look first: rows that are in the order of the accounts find theirs here.
    expected: usize,
    is_rising: bool,
}

impl<K: Key> Book<K> {
    pub(super) fn of(keys: Vec<Option<K>>) -> Result<Self, TooManyAccounts> {
        checked(keys.len())?;
        // Keys that rise are all different, and nobody has to look any up to know it.
        let is_rising = keys.is_sorted_by(|earlier, later| earlier.is_some() && earlier < later);
        Ok(Self { keys, first: None, expected: 0, is_rising })
    }

    pub(super) const fn len(&self) -> usize {
        self.keys.len()
    }

    /// The first account with the key.
    pub(super) fn account_of(&mut self, key: Option<K>) -> u32 {
        let Some(key) = key else { return MISSING };
        if self.is_rising && self.keys.get(self.expected) == Some(&Some(key)) {
            let account = self.expected;
            self.expected = account.saturating_add(1);
            // The number of accounts fits.
            return u32::try_from(account).unwrap_or(UNKNOWN);
        }
        let account = self.first().get(&key).copied().unwrap_or(UNKNOWN);
        if account != UNKNOWN {
            self.expected = (account as usize).saturating_add(1);
        }
        account
    }

    fn first(&mut self) -> &HashMap<K, u32, RandomState> {
        self.first.get_or_insert_with(|| {
            let mut first = HashMap::with_capacity_and_hasher(self.keys.len(), RandomState::default());
            for (account, key) in (0..).zip(&self.keys) {
                if let Some(key) = key {
                    first.entry(*key).or_insert(account);
                }
            }
            first
        })
    }

    /// What is wrong with each key; empty if nothing is with any.
    pub(super) fn faults(mut self) -> Vec<KeyFault> {
        let is_fine = |key: &Option<K>| key.is_some_and(Key::is_valid);
        if self.is_rising && self.keys.iter().all(is_fine) {
            return Vec::new();
        }
        self.first();
        let first = self.first.unwrap_or_default();
        let fault = |(account, key): (u32, &Option<K>)| match key {
            None => KeyFault::Missing,
            Some(key) if first.get(key) != Some(&account) => KeyFault::Duplicate,
            Some(key) if !key.is_valid() => KeyFault::Invalid,
            Some(_) => KeyFault::None,
        };
        (0..).zip(&self.keys).map(fault).collect()
    }
}
