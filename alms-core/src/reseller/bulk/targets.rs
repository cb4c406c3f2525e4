use crate::account::{AccountFacts, FactsError, needed};
use crate::calendar::Date;
use crate::offers::{Assortment, Subscriber};
use crate::text::{Serial, Uid};
use crate::xr::Compatibility;

/// An account in which systems are to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkAccount {
    /// The formal identifier, by which rows name it.
    pub uid: Uid,
    /// What registration asks about it.
    pub subscriber: Subscriber,
    /// What it can choose from, where it has offers of its own (OFF-5); else what all accounts can.
    pub own: Option<Assortment>,
}

impl TryFrom<&AccountFacts> for BulkAccount {
    type Error = FactsError;

    /// An account without offers of its own.
    fn try_from(facts: &AccountFacts) -> Result<Self, FactsError> {
        Ok(Self {
            uid: needed(facts.uid.clone(), "uid")?,
            subscriber: Subscriber::try_from(facts)?,
            own: None,
        })
    }
}

/// Where systems can be registered, and what is there already.
#[derive(Debug, Clone, Copy)]
pub struct BulkTargets<'a> {
    /// The accounts, each UID once: of two the first counts.
    pub accounts: &'a [BulkAccount],
    /// The systems that are registered somewhere, each with its account; in one of these accounts or in another.
    pub known: &'a [(Serial, Uid)],
    /// What accounts without offers of their own can choose from; `None` before the first catalogue, which legacy accounts
    /// do not need (RES-4).
    pub assortment: Option<&'a Assortment>,
    /// Which instances take which XR Series routers.
    pub table: &'a Compatibility,
    /// The day of registration.
    pub on: Date,
    /// Whether a serial that is not `known`, and of which a row tells no first registration, was never registered (SER-1);
    /// else a finding counts them.
    pub known_serials: bool,
}

impl<'a> BulkTargets<'a> {
    /// What this account can choose from.
    pub(super) fn assortment_of(&self, account: &'a BulkAccount) -> Option<&'a Assortment> {
        account.own.as_ref().or(self.assortment)
    }
}
