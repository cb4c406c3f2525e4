//! What a ledger knows, and how it is looked up.

use super::error::{Refusal, UnknownAccount};
use super::holder::{Holder, Standing};
use super::receipt::AccountId;
use super::record::Record;
use super::records::Records;
use super::view::{OrderState, Position};
use crate::calendar::Month;
use crate::text::{AccountName, BookingKey, Serial, Uid};
use crate::tokens::Peak;
use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};

/// The accounts, how they stand, and every booking.
#[derive(Debug, Clone, Default)]
pub(super) struct Books {
    pub(super) holders: Vec<Holder>,
    pub(super) standings: Vec<Standing>,
    /// Of each account, the partners that are in the ledger themselves (ORD-9).
    pub(super) partners: Vec<Vec<u32>>,
    pub(super) by_uid: HashMap<Uid, u32, RandomState>,
    pub(super) by_name: HashMap<AccountName, Vec<u32>, RandomState>,
    pub(super) records: Records,
    /// The orders and transfers that were edited or deleted, by their position.
    pub(super) amended: HashMap<usize, OrderState, RandomState>,
    pub(super) peaks: HashMap<(u32, Month), Peak, RandomState>,
    pub(super) serials: HashSet<Serial, RandomState>,
}

impl Books {
    /// Finds the partners of all accounts (ORD-9).
    pub(super) fn find_partners(&mut self) {
        self.partners = self.holders.iter().map(|holder| self.positions(&holder.partners)).collect();
    }

    /// Finds the partners of the account that was added last, and whose partner it is.
    pub(super) fn find_partners_with(&mut self, last: usize) {
        let Some(added) = self.holders.get(last) else { return };
        let own = self.positions(&added.partners);
        for (holder, partners) in self.holders.iter().zip(&mut self.partners) {
            if holder.partners.contains(&added.uid) {
                partners.push(account_index(last));
            }
        }
        self.partners.push(own);
    }

    fn positions(&self, uids: &[Uid]) -> Vec<u32> {
        uids.iter().filter_map(|uid| self.by_uid.get(uid).copied()).collect()
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
        self.partners.get(customer as usize).is_some_and(|partners| partners.contains(&partner))
    }

    /// The accounts of this name.
    pub(super) fn named(&self, name: &AccountName) -> impl Iterator<Item = Position<'_>> {
        self.by_name.get(name).into_iter().flatten().filter_map(|index| self.at(*index))
    }

    pub(super) fn find(&self, key: &BookingKey) -> Option<(usize, &Record)> {
        let position = self.records.find(key)?;
        Some((position, self.records.get(position)?))
    }

    pub(super) fn order_state(&self, position: usize) -> OrderState {
        self.amended.get(&position).copied().unwrap_or(OrderState::Booked)
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
