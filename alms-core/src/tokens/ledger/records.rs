//! The bookings as they are kept: append-only, found by key.

use super::keys::{KeyHash, KeyTable};
use super::record::Record;
use crate::text::BookingKey;
use foldhash::fast::RandomState;
use std::hash::BuildHasher;

/// The bookings in their order.
///
/// A million bookings are found by key without visiting more than the one that is meant: the table holds a part of
/// each key's hash beside its position, and grows without reading a key again.
#[derive(Debug, Clone, Default)]
pub(super) struct Records {
    list: Vec<Record>,
    by_key: KeyTable,
    hasher: RandomState,
}

impl Records {
    pub(super) fn hash(&self, key: &BookingKey) -> KeyHash {
        KeyHash::of(self.hasher.hash_one(key))
    }

    pub(super) fn find(&self, key: &BookingKey) -> Option<usize> {
        self.find_hashed(self.hash(key), key)
    }

    pub(super) fn find_hashed(&self, hash: KeyHash, key: &BookingKey) -> Option<usize> {
        let is_key = |position: u32| self.get(position as usize).is_some_and(|record| record.key == *key);
        self.by_key.find(hash, is_key).map(|position| position as usize)
    }

    pub(super) fn reserve(&mut self, additional: usize) {
        self.list.reserve(additional);
        self.by_key.reserve(additional);
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (usize, &Record)> {
        self.list.iter().enumerate()
    }

    pub(super) fn get(&self, position: usize) -> Option<&Record> {
        self.list.get(position)
    }

    /// Appends a booking whose key is not there yet.
    pub(super) fn push(&mut self, hash: KeyHash, record: Record) {
        // There is no memory for more bookings than fit.
        let position = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.by_key.insert(hash, position);
        self.list.push(record);
    }
}
