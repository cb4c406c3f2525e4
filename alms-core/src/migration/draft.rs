//! The draft of a plan: what happens to every system and to every token.

use super::classify::{Class, Yardstick};
use super::tally::{Tally, months_taken};
use super::warning::{self, Warning, WarningCode};
use super::{BasicGrant, Fingerprint, Plan, PlanError, Policy, TakenBalance, TokenStatement};
use crate::account::{Account, AccountData, Format, Kind, System, SystemState};
use crate::calendar::{Date, Months};
use crate::names::named_enum;
use crate::offers::{Assortment, Offer};
use crate::rule::{Grounds, RULEBOOK, RuleId, RuleSet};
use crate::text::{Serial, Uid};
use crate::tokens::Tokens;

named_enum! {
    /// What becomes of a system.
    pub enum Outcome {
        /// Removed from the account; comes out as an export (MIG-7, MIG-8, MIG-14).
        Deleted = "deleted",
        /// Inventory with AirLink Basic; activating it takes a purchase order (MIG-3, MIG-13).
        Inventory = "inventory",
        /// AirLink Complete until the support end date (MIG-4).
        AirlinkComplete = "airlink_complete",
        /// AirLink Basic until the common end date (MIG-9).
        AirlinkBasic = "airlink_basic",
    }
}

impl Outcome {
    /// The offer that the system gets; none when it is deleted.
    pub const fn offer(self) -> Option<Offer> {
        match self {
            Outcome::Deleted => None,
            Outcome::AirlinkComplete => Some(Offer::AirlinkComplete),
            Outcome::Inventory | Outcome::AirlinkBasic => Some(Offer::AirlinkBasic),
        }
    }

    /// The state after the migration; none when it is deleted.
    pub const fn state(self) -> Option<SystemState> {
        match self {
            Outcome::Deleted => None,
            Outcome::Inventory => Some(SystemState::Inventory),
            Outcome::AirlinkComplete | Outcome::AirlinkBasic => Some(SystemState::Active),
        }
    }
}

/// What becomes of one system.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PlannedSystem {
    /// The system.
    pub serial: Serial,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The day its service ends; `None` when deleted or in inventory.
    pub end_date: Option<Date>,
    /// The months it takes from the pool, 0 when deleted or in inventory.
    pub tokens: Tokens,
    /// The rules behind it.
    pub grounds: Grounds,
}

/// How many systems have which outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Summary {
    /// Systems removed.
    pub deleted: u32,
    /// Systems in inventory.
    pub inventory: u32,
    /// Systems on AirLink Complete.
    pub airlink_complete: u32,
    /// Systems on AirLink Basic.
    pub airlink_basic: u32,
}

/// What a migration does to an account: all that a [`Plan`] says.
///
/// It has no fingerprint, so nobody can consent to it: [`Draft::for_consent`] makes the plan of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The rulebook's version.
    pub rulebook: String,
    /// The account.
    pub account: Uid,
    /// The migration date.
    pub on: Date,
    /// The policy, with every field.
    pub policy: Policy,
    /// Every system, in the account's order.
    pub systems: Vec<PlannedSystem>,
    /// Every token.
    pub tokens: TokenStatement,
    /// What AirLink Basic systems get; `None` without such systems.
    pub basic: Option<BasicGrant>,
    /// Counts by outcome.
    pub summary: Summary,
    /// What to know before agreeing.
    pub warnings: Vec<Warning>,
    /// The balance that was taken as the stock, if a ledger said it.
    pub balance: Option<TakenBalance>,
}

/// Plans as [`plan`](super::plan()) does, without the fingerprint, which is most of a plan's cost: for hosts that ask for it
/// only when somebody is to consent.
///
/// # Errors
/// As [`plan`](super::plan()).
///
/// ```
/// use alms_core::migration::{Policy, draft, plan};
/// # let account = alms_core::wire::account_from_json(
/// #     r#"{"uid": "a1", "name": "Acme Buses", "instance": "na", "format": "legacy", "kind": "customer", "tokens": 13,
/// #         "systems": [{"serial": "LA1", "model": "RV55", "state": "active", "last_communication": "2023-03-01"}]}"#,
/// # )?;
/// let (on, policy) = ("2023-03-25".parse()?, Policy::default());
/// let draft = draft(&account, on, &policy)?;
/// assert_eq!(draft.summary.airlink_basic, 1);
/// assert_eq!(draft.for_consent(&account), plan(&account, on, &policy)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn draft(account: &Account, on: Date, policy: &Policy) -> Result<Draft, PlanError> {
    check_plannable(account)?;
    let data = account.data();
    let yardstick = Yardstick::new(on, policy);
    let tally = Tally::new(data, &yardstick);
    let (pool, basic) = tally
        .counts
        .divided(data.tokens, on, policy.month_rounding)
        .map_err(|_| PlanError::BasicEndOutOfRange { tokens: data.tokens.get() })?;
    let draft = Draft {
        rulebook: RULEBOOK.to_owned(),
        account: data.uid.clone(),
        on,
        policy: *policy,
        systems: assigned(data, &tally, &yardstick, basic.as_ref(), policy)?,
        tokens: pool.statement(basic.as_ref(), policy),
        summary: tally.counts.summary,
        warnings: warning::all(data, &tally, &yardstick, &pool, basic.as_ref(), policy),
        basic,
        balance: None,
    };
    debug_assert!(draft.tokens.is_conserved(), "MIG-16: {:?}", draft.tokens);
    Ok(draft)
}

impl Draft {
    /// The same draft, with a warning of the systems of `account` whose offer is not for their model in this catalogue
    /// (MIG-4, OFF-2). Of a model that nobody recorded nothing is said.
    ///
    /// That warning is a hint of the catalogue, which is no part of the plan: a consent does not depend on it.
    ///
    /// ```
    /// use alms_core::migration::{Policy, WarningCode, draft};
    /// use alms_core::wire::built_in_catalogues;
    /// # let account = alms_core::wire::account_from_json(
    /// #     r#"{"uid": "a1", "name": "Acme Buses", "instance": "na", "format": "legacy", "kind": "customer", "tokens": 13,
    /// #         "systems": [{"serial": "LA1", "model": "Raven XE", "state": "active", "support_end": "2023-08-31"}]}"#,
    /// # )?;
    /// let on = "2023-03-25".parse()?;
    /// let assortment = built_in_catalogues().in_effect(on)?.assortment();
    /// let draft = draft(&account, on, &Policy::default())?.check_offers(&account, &assortment);
    /// // AirLink Complete is not for a Raven.
    /// assert!(draft.warnings.iter().any(|warning| warning.code == WarningCode::OfferNotForModel));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn check_offers(mut self, account: &Account, assortment: &Assortment) -> Self {
        self.warnings.retain(|warning| warning.code != WarningCode::OfferNotForModel);
        if let Some(warning) = warning::about_offers(account.data(), &self.systems, assortment) {
            let later = |other: &Warning| other.code > warning.code;
            let place = self.warnings.iter().position(later).unwrap_or(self.warnings.len());
            self.warnings.insert(place, warning);
        }
        self
    }

    /// The plan that somebody can consent to. `account` is the one that the draft was made from.
    pub fn for_consent(self, account: &Account) -> Plan {
        Plan { fingerprint: Fingerprint::of(account, self.on, &self.policy), draft: self }
    }

    /// The same draft with the balance that it was made from.
    #[must_use]
    pub fn from_balance(self, balance: TakenBalance) -> Self {
        Self { balance: Some(balance), ..self }
    }

    /// Whether the balance that it names, if any, is the stock that it was made from.
    pub(super) fn names_its_balance(&self) -> bool {
        self.balance.as_ref().is_none_or(|balance| {
            balance.account == self.account
                && balance.tokens == self.tokens.opening
                && balance.as_of == self.on
        })
    }

    /// Every rule that had a part in it.
    pub fn rules(&self) -> RuleSet {
        let always = RuleSet::of(&[RuleId::Acc1, RuleId::Mig16, RuleId::Mig19]);
        let with_policies = always
            .with_if(RuleId::Mig10, self.basic.is_some())
            .with_if(RuleId::Mig11, self.summary.airlink_complete > 0);
        let of_systems = self.systems.iter().map(|system| system.grounds.set());
        let of_warnings = self.warnings.iter().map(|warning| RuleSet::EMPTY.with(warning.code.rule()));
        of_systems.chain(of_warnings).fold(with_policies, RuleSet::union)
    }
}

/// MIG-2, MIG-18 and MIG-17, in this order: what concerns the whole account first.
pub(super) fn check_plannable(account: &Account) -> Result<(), PlanError> {
    let data = account.data();
    if data.format == Format::Avc {
        return Err(PlanError::AlreadyMigrated);
    }
    if data.kind == Kind::Reseller {
        return Err(PlanError::ResellerAccount);
    }
    let mut routers = data.systems.iter().enumerate().filter(|(_, system)| system.model.is_xr());
    match routers.next() {
        None => Ok(()),
        Some((index, first)) => Err(PlanError::XrInLegacyAccount {
            index,
            serial: first.serial.clone(),
            model: first.model.clone(),
            count: routers.count().saturating_add(1),
        }),
    }
}

/// The second pass: outcome, end date, tokens and grounds of every system.
fn assigned(
    data: &AccountData,
    tally: &Tally,
    yardstick: &Yardstick,
    basic: Option<&BasicGrant>,
    policy: &Policy,
) -> Result<Vec<PlannedSystem>, PlanError> {
    let years = policy.complete_renewal.years();
    let basic_grounds = Grounds::new(RuleId::Mig9)
        .with_if(RuleId::Mig10, basic.is_some_and(|basic| basic.is_rounded(policy.month_rounding)))
        .with_if(RuleId::Mig15, basic.is_some_and(|basic| basic.is_nothing() || basic.is_long()));
    let complete_grounds = Grounds::new(RuleId::Mig4).with(RuleId::Mig5).with_if(RuleId::Mig11, years > 0);
    let mut systems = Vec::with_capacity(data.systems.len());
    for (index, (system, (facts, class))) in data.systems.iter().zip(&tally.classes).enumerate() {
        let (end_date, taken, grounds) =
            match class {
                Class::Supported => {
                    let end = complete_end(system, years).ok_or_else(|| {
                        PlanError::CompleteEndOutOfRange { index, serial: system.serial.clone(), years }
                    })?;
                    (Some(end), months_taken(system, yardstick.on).get(), complete_grounds)
                }
                Class::Remaining => {
                    let granted = basic.map_or(0, |basic| basic.granted_months.get());
                    (basic.map(|basic| basic.end_date), granted, basic_grounds)
                }
                Class::Maintenance | Class::Inventory | Class::Silent | Class::Stale => {
                    (None, 0, Grounds::new(class.rule()))
                }
            };
        let grounds = grounds
            .with_if(RuleId::Mig6, facts.expiry_counted(yardstick.cleanup))
            .with_if(RuleId::Mig12, facts.contended());
        systems.push(PlannedSystem {
            serial: system.serial.clone(),
            outcome: class.outcome(),
            end_date,
            tokens: Tokens::clamped(taken),
            grounds,
        });
    }
    Ok(systems)
}

/// MIG-4 and MIG-11: the support end date, and the years of the policy.
fn complete_end(system: &System, years: u16) -> Option<Date> {
    let end = system.support_end?;
    if years == 0 { Some(end) } else { end.add_months(Months::years(years)).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_without_a_part_in_the_plan_is_not_among_its_rules() {
        let account = crate::wire::account_from_json(
            r#"{"uid": "a1", "name": "Acme", "instance": "na", "format": "legacy", "kind": "customer", "tokens": 0,
                "systems": []}"#,
        );
        let draft = draft(&account.unwrap(), "2023-03-25".parse().unwrap(), &Policy::default()).unwrap();
        assert_eq!(draft.rules(), RuleSet::of(&[RuleId::Acc1, RuleId::Mig16, RuleId::Mig19]));
    }
}
