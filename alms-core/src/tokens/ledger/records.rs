//! The bookings as they are kept: append-only, found by key.

use super::record::Record;
use crate::text::BookingKey;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The bookings in their order.
///
/// A million bookings are found by key without visiting more than the one that is meant: the table holds a part of
/// each key's hash beside its position, and grows without reading a key again.
#[derive(Debug, Clone, Default)]
pub(super) struct Records {
    list: Vec<Record>,
    by_key: HashTable<Slot>,
    hasher: RandomState,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: KeyHash,
    position: u32,
}

/// The hash of a key, which is looked up first and inserted later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyHash(u32);

impl KeyHash {
    /// The table wants its bits at both ends of 64.
    fn spread(self) -> u64 {
        u64::from(self.0).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

impl Records {
    pub(super) fn hash(&self, key: &BookingKey) -> KeyHash {
        // The upper half; the lower one is as good.
        let [upper @ .., _, _, _, _] = self.hasher.hash_one(key).to_be_bytes();
        KeyHash(u32::from_be_bytes(upper))
    }

    pub(super) fn find(&self, key: &BookingKey) -> Option<usize> {
        self.find_hashed(self.hash(key), key)
    }

    pub(super) fn find_hashed(&self, hash: KeyHash, key: &BookingKey) -> Option<usize> {
        let same = |slot: &Slot| {
            slot.hash == hash && self.get(slot.position as usize).is_some_and(|record| record.key == *key)
        };
        self.by_key.find(hash.spread(), same).map(|slot| slot.position as usize)
    }

    pub(super) fn reserve(&mut self, additional: usize) {
        self.list.reserve(additional);
        self.by_key.reserve(additional, |slot| slot.hash.spread());
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
        self.by_key.insert_unique(hash.spread(), Slot { hash, position }, |slot| slot.hash.spread());
        self.list.push(record);
    }
}
