//! The bookings as they are kept: append-only, found by key.

use super::booking::{Booking, Entry};
use super::holder::{Standing, Status};
use super::moves::Moves;
use super::receipt::{AccountId, Effect};
use crate::calendar::Date;
use crate::text::BookingKey;
use crate::tokens::Tokens;
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

/// Where there is no second account.
const NOBODY: Standing = Standing::opening(Tokens::ZERO);

/// The hash of a key, which is looked up first and inserted later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyHash(u32);

impl KeyHash {
    /// The table wants its bits at both ends of 64.
    fn spread(self) -> u64 {
        u64::from(self.0).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// A booking, and how the accounts in it stood before.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) key: BookingKey,
    pub(super) on: Date,
    pub(super) entry: Entry,
    pub(super) moves: Moves,
    /// Of the customer and of the partner.
    balances: [Tokens; 2],
    statuses: [Status; 2],
}

impl Record {
    /// What it did to the customer and to the partner.
    pub(super) fn effects(&self) -> [Option<Effect>; 2] {
        let [customer, partner] = self.moves.route().accounts();
        let ([first, second], [one, two]) = (self.balances, self.statuses);
        let effect = |account: u32, balance, status| {
            let change = self.moves.change_of(account);
            Effect::booked(AccountId(account), Standing { balance, status }, change)
        };
        [
            customer.map(|account| effect(account, first, one)),
            partner.map(|account| effect(account, second, two)),
        ]
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
    pub(super) fn push(
        &mut self,
        hash: KeyHash,
        booking: Booking,
        moves: Moves,
        effects: &[Option<Effect>; 2],
    ) {
        let Booking { key, on, entry } = booking;
        let before = |effect: Option<Effect>| effect.map_or(NOBODY, |effect| effect.before());
        let before = effects.map(before);
        let (balances, statuses) = (before.map(|one| one.balance), before.map(|one| one.status));
        // There is no memory for more bookings than fit.
        let position = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.by_key.insert_unique(hash.spread(), Slot { hash, position }, |slot| slot.hash.spread());
        self.list.push(Record { key, on, entry, moves, balances, statuses });
    }
}
