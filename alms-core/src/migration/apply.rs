//! Booking a plan, with the customer's consent.

use super::draft::{Draft, PlannedSystem, draft};
use super::{ApplyError, Fingerprint, Outcome, Plan, PlanError, Warning, WarningCode};
use crate::account::{Account, Format, System};
use crate::calendar::Date;
use crate::names::named_enum;
use crate::rule::{RuleId, RuleSet};
use crate::subscriptions::Subscription;
use crate::text::Text;

/// The customer's consent to one plan (MIG-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Who consented: the e-mail address of an administrator, unless [`ConsentBy::Anyone`] may; not empty.
    pub by: Text,
    /// When; not after the migration date.
    pub on: Date,
    /// To which plan.
    pub fingerprint: Fingerprint,
}

named_enum! {
    /// Who may consent to a migration (MIG-1): a policy that is no part of the plan.
    pub enum ConsentBy {
        /// An administrator of the account; the default where the account names any.
        Administrators = "administrators",
        /// Anyone; the default where the account names no administrator.
        Anyone = "anyone",
    }
}

impl ConsentBy {
    /// The policy where nobody chooses one.
    pub const fn default_for(account: &Account) -> Self {
        if account.data().administrators.is_empty() { Self::Anyone } else { Self::Administrators }
    }
}

/// What a migration leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The account in the avc format: without deleted systems and without tokens, all else as it was.
    pub account: Account,
    /// One subscription for every system that is left, in the account's order.
    pub subscriptions: Vec<Subscription>,
    /// The deleted systems as they were, to be registered again (MIG-14).
    pub export: Vec<System>,
}

/// Applies `plan` to `account`: exactly what the plan says, or nothing (MIG-1, MIG-2, MIG-14, MIG-19).
///
/// The plan is computed again from the account and has to come out the same; what is booked is that
/// computation, so a plan that was made from other data, or altered, has no effect. Who may consent says `consent_by`;
/// `None` is [`ConsentBy::default_for`] the account. Which offers fit which models is a hint that depends on the catalogue
/// ([`Draft::check_offers`]): it is not compared.
///
/// # Errors
/// [`ApplyError`]: no consent, one of somebody else, of a later day or to another plan, or an account that is not as it
/// was planned.
///
/// ```
/// use alms_core::migration::{ApplyError, Consent, Policy, apply, plan};
/// # use alms_core::wire::account_from_json;
/// let account = account_from_json(
///     r#"{"uid": "a1", "name": "Acme Buses", "instance": "na", "format": "legacy", "kind": "customer", "tokens": 13,
///         "administrators": ["ann@acme.example"],
///         "systems": [{"serial": "LA1", "model": "RV55", "state": "active", "last_communication": "2023-03-01"},
///                     {"serial": "LA2", "model": "RV55", "state": "active", "last_communication": "2022-03-24"}]}"#,
/// )?;
/// let plan = plan(&account, "2023-03-25".parse()?, &Policy::default())?;
/// assert!(matches!(apply(&account, &plan, None, None), Err(ApplyError::ConsentRequired { .. })));
///
/// let (by, on) = ("Ann@acme.example".parse()?, "2023-03-20".parse()?);
/// let consent = Consent { by, on, fingerprint: plan.fingerprint };
/// let applied = apply(&account, &plan, Some(&consent), None)?;
/// assert_eq!(applied.subscriptions[0].end_date, plan.systems[0].end_date);
/// assert_eq!(applied.export[0].serial.as_str(), "LA2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn apply(
    account: &Account,
    agreed: &Plan,
    consent: Option<&Consent>,
    consent_by: Option<ConsentBy>,
) -> Result<Applied, ApplyError> {
    if account.data().format == Format::Avc {
        return Err(PlanError::AlreadyMigrated.into());
    }
    check_consent(account, agreed.on, agreed.fingerprint, consent, consent_by)?;
    let current = Fingerprint::of(account, agreed.on, &agreed.policy);
    if current != agreed.fingerprint {
        return Err(ApplyError::StalePlan { fingerprint: agreed.fingerprint, current });
    }
    let booked = Draft { balance: agreed.balance.clone(), ..draft(account, agreed.on, &agreed.policy)? };
    if !say_the_same(&booked, agreed) || !booked.names_its_balance() {
        return Err(ApplyError::AlteredPlan { fingerprint: current });
    }
    Ok(book(account, &booked))
}

impl Applied {
    /// Every rule that had a part beyond those of the plan.
    pub fn rules(&self) -> RuleSet {
        RuleSet::of(&[RuleId::Mig1, RuleId::Mig19, RuleId::Acc11])
            .with_if(RuleId::Mig14, !self.export.is_empty())
    }
}

/// MIG-1: somebody consented who may, not after the migration date `on`, and to the plan with this fingerprint.
pub(super) fn check_consent(
    account: &Account,
    on: Date,
    fingerprint: Fingerprint,
    consent: Option<&Consent>,
    consent_by: Option<ConsentBy>,
) -> Result<(), ApplyError> {
    let consent = consent.ok_or(ApplyError::ConsentRequired { fingerprint, anonymous: false })?;
    if consent.by.as_str().trim().is_empty() {
        return Err(ApplyError::ConsentRequired { fingerprint, anonymous: true });
    }
    let data = account.data();
    let is_administrator = || data.administrators.iter().any(|email| email.is_address(consent.by.as_str()));
    if consent_by.unwrap_or(ConsentBy::default_for(account)) == ConsentBy::Administrators
        && !is_administrator()
    {
        let (by, account) = (consent.by.clone(), data.uid.clone());
        return Err(ApplyError::ConsentNotByAdministrator { by, account });
    }
    if consent.on > on {
        return Err(ApplyError::ConsentAfterMigration { consented: consent.on, on });
    }
    if consent.fingerprint != fingerprint {
        return Err(ApplyError::ConsentMismatch { named: consent.fingerprint, fingerprint });
    }
    Ok(())
}

/// Whether two drafts say the same, whatever the order in which the host lists the systems.
fn say_the_same(booked: &Draft, agreed: &Draft) -> bool {
    booked == agreed || comparable(booked) == comparable(agreed)
}

/// The draft with its systems in the order of their serials, and without what depends on a catalogue.
fn comparable(draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    draft.systems.sort_by(|a, b| a.serial.cmp(&b.serial));
    draft.warnings.retain(|warning| warning.code != WarningCode::OfferNotForModel);
    for Warning { systems, .. } in &mut draft.warnings {
        systems.sort();
    }
    draft
}

/// Carries out what the draft says about every system.
fn book(account: &Account, booked: &Draft) -> Applied {
    let data = account.data();
    let planned = || data.systems.iter().zip(&booked.systems);
    let export = planned().filter(|(_, planned)| planned.outcome == Outcome::Deleted);
    Applied {
        account: account.migrated(booked.systems.iter().map(|planned| planned.outcome.state())),
        subscriptions: planned()
            .filter_map(|(system, planned)| subscription(system, planned, booked.on))
            .collect(),
        export: export.map(|(system, _)| system.clone()).collect(),
    }
}

/// The subscription of a system; none if it is deleted.
fn subscription(system: &System, planned: &PlannedSystem, on: Date) -> Option<Subscription> {
    Some(Subscription {
        serial: system.serial.clone(),
        model: system.model.clone(),
        offer: planned.outcome.offer()?,
        state: planned.outcome.state()?,
        start_date: on,
        terms_from: match planned.outcome {
            Outcome::AirlinkBasic => Some(on),
            _ => planned.end_date,
        },
        end_date: planned.end_date,
        warranty_end: system.warranty_end,
        grounds: planned.grounds,
    })
}
