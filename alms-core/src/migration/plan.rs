//! The plan: a draft with the fingerprint that a consent names.

use super::draft::{Draft, draft};
use super::{Fingerprint, PlanError, Policy, TakenBalance};
use crate::account::Account;
use crate::calendar::Date;
use crate::offers::Assortment;
use std::ops::Deref;

/// A migration plan: data that can be stored, shown, agreed to by its fingerprint, and applied.
///
/// All that it says stands in its draft, and is read as the plan's own: `plan.systems`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What it says.
    pub draft: Draft,
    /// What a consent names.
    pub fingerprint: Fingerprint,
}

/// Plans the migration of `account` on the day `on` (MIG-2 to MIG-17, MIG-19).
///
/// Planning needs no consent and changes nothing.
///
/// # Errors
/// [`PlanError`]: an avc or a reseller account, an XR Series router in it, or a date past 9999-12-31.
///
/// See the [module](super) for an example.
pub fn plan(account: &Account, on: Date, policy: &Policy) -> Result<Plan, PlanError> {
    Ok(draft(account, on, policy)?.for_consent(account))
}

/// What reads a draft reads a plan. There is no `DerefMut`: whoever changes what a plan says has to name its draft.
impl Deref for Plan {
    type Target = Draft;

    fn deref(&self) -> &Draft {
        &self.draft
    }
}

impl Plan {
    /// The same plan, with the warning of [`Draft::check_offers`], on which its fingerprint does not depend.
    #[must_use]
    pub fn check_offers(self, account: &Account, assortment: &Assortment) -> Self {
        Self { draft: self.draft.check_offers(account, assortment), ..self }
    }

    /// The same plan with the balance that it was made from.
    #[must_use]
    pub fn from_balance(self, balance: TakenBalance) -> Self {
        Self { draft: self.draft.from_balance(balance), ..self }
    }
}
