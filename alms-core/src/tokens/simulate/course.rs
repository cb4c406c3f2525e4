//! The course of a simulated month: who had service in it, who was suspended or reactivated.

use crate::text::Uid;
use crate::tokens::ledger::{AccountId, Ledger, Receipt};
use crate::tokens::{Standing, Status};
use std::collections::HashSet;

/// What happens in the course of a month.
pub(super) struct Course {
    /// Whether receipts say how accounts stand.
    by_receipts: bool,
    /// Whether each account had service at some time in it.
    pub(super) served: Vec<bool>,
    pub(super) suspended: Vec<Uid>,
    pub(super) reactivated: Vec<Uid>,
    /// Who is named there already.
    named: HashSet<(AccountId, Status)>,
}

impl Course {
    pub(super) fn new(standings: &[Standing], by_receipts: bool) -> Self {
        Self {
            by_receipts,
            served: standings.iter().map(|standing| standing.status == Status::Active).collect(),
            suspended: Vec::new(),
            reactivated: Vec::new(),
            named: HashSet::new(),
        }
    }

    pub(super) fn note(&mut self, ledger: &Ledger, receipt: &Receipt) {
        if !self.by_receipts {
            return;
        }
        for effect in receipt.effects().filter(|effect| effect.after().status == Status::Active) {
            if let Some(served) = self.served.get_mut(effect.account.position()) {
                *served = true;
            }
        }
        receipt.suspended().for_each(|account| self.turned(ledger, account, Status::Suspended));
        receipt.reactivated().for_each(|account| self.turned(ledger, account, Status::Active));
    }

    /// Notes the accounts that stand otherwise than before, by bookings that the ledger had for these days.
    pub(super) fn compare(&mut self, ledger: &Ledger, before: &[Standing], after: &[Standing]) {
        for ((account, before), after) in ledger.accounts().zip(before).zip(after) {
            if before.status != after.status {
                self.turned(ledger, account.id(), after.status);
            }
            if let Some(served) = self.served.get_mut(account.id().position()) {
                *served |= after.status == Status::Active;
            }
        }
    }

    /// Names an account that was suspended or reactivated, unless it is named.
    fn turned(&mut self, ledger: &Ledger, account: AccountId, to: Status) {
        if !self.named.insert((account, to)) {
            return;
        }
        let list = match to {
            Status::Suspended => &mut self.suspended,
            Status::Active => &mut self.reactivated,
        };
        list.extend(ledger.holder(account).map(|holder| holder.uid.clone()));
    }
}
