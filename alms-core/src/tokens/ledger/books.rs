//! What a ledger knows, and how it is looked up.

use super::error::Refusal;
use super::holder::Holder;
use super::receipt::AccountId;
use super::record::Record;
use super::records::Records;
use super::view::Position;
use crate::account::UnknownAccount;
use crate::calendar::Month;
use crate::text::{AccountName, BookingKey, Email, Serial, Uid};
use crate::tokens::Peak;
use crate::tokens::Standing;
use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};

/// The accounts, how they stand, and every booking.
#[derive(Debug, Clone, Default)]
pub(super) struct Books {
    pub(super) holders: Vec<Holder>,
    pub(super) standings: Vec<Standing>,
    /// Of each account, the partners that are in the ledger themselves (ORD-9), in order.
    pub(super) partners: Vec<Vec<u32>>,
    /// Who waits for a partner that is not in the ledger yet.
    waiting: HashMap<Uid, Vec<u32>, RandomState>,
    pub(super) by_uid: HashMap<Uid, u32, RandomState>,
    /// The accounts by name and administrator, which is how orders name them (ORD-1); each list is in order.
    by_name: HashMap<AccountName, HashMap<Email, Vec<u32>, RandomState>, RandomState>,
    pub(super) records: Records,
    /// The edits and deletions of each order and transfer that has any, all by their position.
    pub(super) corrections: HashMap<usize, Vec<usize>, RandomState>,
    pub(super) peaks: HashMap<(u32, Month), Peak, RandomState>,
    pub(super) serials: HashSet<Serial, RandomState>,
}

impl Books {
    /// Adds an account whose UID is that of no other, after those that are there.
    pub(super) fn add(&mut self, holder: Holder) {
        let index = account_index(self.holders.len());
        let named = self.by_name.entry(holder.name.clone()).or_default();
        for administrator in &holder.administrators {
            let accounts = named.entry(administrator.clone()).or_default();
            if accounts.last() != Some(&index) {
                accounts.push(index);
            }
        }
        self.by_uid.insert(holder.uid.clone(), index);
        self.find_partners(index, &holder);
        self.standings.push(holder.standing());
        self.holders.push(holder);
    }

    /// Finds the partners of an account that is added, and tells those that waited for it (ORD-9).
    fn find_partners(&mut self, index: u32, holder: &Holder) {
        let mut partners = Vec::new();
        for uid in &holder.partners {
            match self.by_uid.get(uid) {
                Some(partner) => partners.push(*partner),
                None => self.waiting.entry(uid.clone()).or_default().push(index),
            }
        }
        partners.sort_unstable();
        self.partners.push(partners);
        for customer in self.waiting.remove(&holder.uid).unwrap_or_default() {
            // An account that is added comes after all that are there, so that the list stays in order.
            if let Some(partners) = self.partners.get_mut(customer as usize) {
                partners.push(index);
            }
        }
    }

    /// Who has this place.
    pub(super) fn holder(&self, account: AccountId) -> Option<&Holder> {
        self.holders.get(account.position())
    }

    /// The account with this UID.
    pub(super) fn account(&self, uid: &Uid) -> Result<Position<'_>, UnknownAccount> {
        let found = self.by_uid.get(uid).and_then(|index| self.at(*index));
        found.ok_or_else(|| UnknownAccount { uid: uid.clone() })
    }

    /// The account at this position.
    pub(super) fn at(&self, index: u32) -> Option<Position<'_>> {
        let (holder, standing) = (self.holders.get(index as usize)?, self.standings.get(index as usize)?);
        Some(Position { index, holder, standing: *standing })
    }

    /// The UID of the account at this position, as records name it.
    pub(super) fn uid(&self, index: u32) -> Uid {
        self.holder(AccountId(index)).map_or(Uid::NOBODY, |holder| holder.uid.clone())
    }

    /// Where the account is that a field of a booking names.
    pub(super) fn index_of(&self, uid: &Uid, field: &'static str) -> Result<u32, Refusal> {
        let unknown = || Refusal::UnknownAccount { field, uid: uid.clone() };
        self.by_uid.get(uid).copied().ok_or_else(unknown)
    }

    /// The account with this id, and how it stands.
    pub(super) fn account_at(&self, account: AccountId) -> Option<(&Holder, Standing)> {
        Some((self.holders.get(account.position())?, *self.standings.get(account.position())?))
    }

    /// Whether an account is a partner of another (ORD-9).
    pub(super) fn is_partner(&self, partner: u32, customer: u32) -> bool {
        self.partners.get(customer as usize).is_some_and(|partners| partners.binary_search(&partner).is_ok())
    }

    /// The accounts of this name that have this administrator, in order.
    pub(super) fn named(&self, name: &AccountName, administrator: &Email) -> &[u32] {
        let accounts = self.by_name.get(name).and_then(|named| named.get(administrator));
        accounts.map_or(&[], Vec::as_slice)
    }

    pub(super) fn find(&self, key: &BookingKey) -> Option<(usize, &Record)> {
        let position = self.records.find(key)?;
        Some((position, self.records.get(position)?))
    }

    /// The edits and deletions of the order or transfer at this position, in their order.
    pub(super) fn corrections(&self, position: usize) -> impl DoubleEndedIterator<Item = &Record> {
        let positions = self.corrections.get(&position).into_iter().flatten();
        positions.filter_map(|position| self.records.get(*position))
    }

    pub(super) fn is_registered(&self, serial: &Serial) -> bool {
        self.serials.contains(serial)
    }

    pub(super) fn peak_at(&self, account: u32, month: Month) -> Option<Peak> {
        self.peaks.get(&(account, month)).copied()
    }
}

/// The position of an account; there is no memory for more than fit.
pub(super) fn account_index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
