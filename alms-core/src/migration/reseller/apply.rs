use super::error::ResellerPlanError;
use super::plan::{ResellerMerge, ResellerPlan, TERM_YEARS, plan_reseller};
use super::system::MergedSystem;
use crate::account::{Account, AccountData, Format, Model, Partnership, System, SystemState, Systems};
use crate::calendar::{Date, Months};
use crate::migration::apply::{Consent, ConsentBy, check_consent};
use crate::migration::{ApplyError, Fingerprint};
use crate::offers::{Assortment, BillingModel, Offer, Subscriber, SupportLevel, default_for};
use crate::rule::{Grounds, RuleId, RuleSet};
use crate::subscriptions::{LifeState, OriginData, SubscriptionBilling, chain_start};
use crate::text::{OfferName, Serial, Uid};
use std::collections::HashMap;

/// What a system of a reseller has: all services, at no cost (RES-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResellerSubscription {
    /// The system.
    pub serial: Serial,
    /// Its model.
    pub model: Model,
    /// The offer with the services of its model: AirLink Complete, unless [`ResellerApplied::with_offers`] finds another.
    pub offer: OfferName,
    /// The first day.
    pub start_date: Date,
    /// The day on which the services end, and renew by themselves.
    pub end_date: Date,
    /// For how many months they go on each time.
    pub renews_every: Months,
    /// The last day of warranty, where known; the merge leaves it as it was.
    pub warranty_end: Option<Date>,
    /// The rules behind it.
    pub grounds: Grounds,
}

impl From<&ResellerSubscription> for OriginData {
    /// How things stand at the end of the day of the migration; the first registration is not known.
    fn from(subscription: &ResellerSubscription) -> Self {
        let ResellerSubscription { start_date, end_date, .. } = *subscription;
        Self {
            model: subscription.model.clone(),
            billing: SubscriptionBilling::Free,
            renews_every: Some(subscription.renews_every),
            state: Some(LifeState::Active),
            as_of: Some(start_date),
            start_date: Some(start_date),
            terms_from: Some(chain_start(Some(start_date), [None; 2], end_date)),
            end_date: Some(end_date),
            warranty_end: subscription.warranty_end,
            grounds: Some(subscription.grounds),
            ..Self::new(subscription.serial.clone(), subscription.offer.clone())
        }
    }
}

/// What a reseller's migration leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResellerApplied {
    /// The avc account: users, partners and up to 20 systems of all accounts, and no tokens.
    pub account: Account,
    /// One subscription for each of its systems.
    pub subscriptions: Vec<ResellerSubscription>,
    /// The systems without a place, as they were, with the account that they come from.
    pub over_limit: Vec<(MergedSystem, System)>,
}

impl ResellerApplied {
    /// Every rule that had a part beyond those of the plan.
    pub const fn rules(&self) -> RuleSet {
        RuleSet::of(&[RuleId::Mig1, RuleId::Mig19])
    }

    /// With the default offer of each model where that comes with support, as a registration in the account gives it (OFF-3,
    /// RES-1).
    #[must_use]
    pub fn with_offers(mut self, assortment: &Assortment) -> Self {
        let billing = self.account.data().details.billing.unwrap_or(BillingModel::PrePaid);
        let account = Subscriber::of(&self.account, billing);
        for subscription in &mut self.subscriptions {
            let default = default_for(assortment, &account, &subscription.model)
                .filter(|one| one.product.services.support != SupportLevel::None);
            if let Some(one) = default {
                subscription.offer = one.product.name.clone();
            }
        }
        self
    }
}

/// Applies the plan of a reseller's migration: exactly what it says, or nothing (MIG-1, MIG-18, MIG-19).
///
/// As with [`apply`](crate::migration::apply), the plan is computed again from the accounts as they are now. An
/// administrator who consents is one of the reseller account.
///
/// # Errors
/// [`ApplyError`]: no consent, one of somebody else, of a later day or to another plan, or accounts that are not as they
/// were planned.
///
/// ```
/// use alms_core::migration::{Consent, ResellerMerge, apply_reseller, plan_reseller};
/// # use alms_core::wire::account_from_json;
/// # let account = account_from_json(r#"{"uid": "p1", "name": "Partner", "instance": "na", "format": "legacy",
/// #     "kind": "reseller", "tokens": 0, "systems": [{"serial": "LA1", "model": "RV55", "state": "active"}]}"#)?;
/// let merge = ResellerMerge::of(account, "2024-11-15".parse()?);
/// let plan = plan_reseller(&merge)?;
/// assert!(apply_reseller(&merge, &plan, None, None).is_err());
/// let consent = Consent { by: "J. Doe".parse()?, on: "2024-11-01".parse()?, fingerprint: plan.fingerprint };
/// let applied = apply_reseller(&merge, &plan, Some(&consent), None)?;
/// assert_eq!(applied.subscriptions[0].end_date, "2029-11-15".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn apply_reseller(
    merge: &ResellerMerge,
    agreed: &ResellerPlan,
    consent: Option<&Consent>,
    consent_by: Option<ConsentBy>,
) -> Result<ResellerApplied, ApplyError> {
    let data = merge.account.data();
    if data.format == Format::Avc {
        return Err(ResellerPlanError::AlreadyMigrated { uid: data.uid.clone() }.into());
    }
    check_consent(&merge.account, agreed.on, agreed.fingerprint, consent, consent_by)?;
    let current = Fingerprint::of_reseller(merge);
    if current != agreed.fingerprint {
        return Err(ApplyError::StalePlan { fingerprint: agreed.fingerprint, current });
    }
    let booked = plan_reseller(merge)?;
    if booked != *agreed {
        return Err(ApplyError::AlteredPlan { fingerprint: current });
    }
    Ok(book(merge, &booked))
}

/// Carries out what the plan says.
fn book(merge: &ResellerMerge, booked: &ResellerPlan) -> ResellerApplied {
    let accounts: HashMap<&Uid, &AccountData> =
        merge.accounts().map(Account::data).map(|data| (&data.uid, data)).collect();
    let system = |planned: &MergedSystem| -> Option<System> {
        let data = accounts.get(&planned.account)?;
        let position = data.systems.position(planned.serial.as_str())?;
        data.systems.as_slice().get(position).cloned()
    };
    let kept: Vec<System> = booked
        .systems
        .iter()
        .filter_map(system)
        .map(|system| System { state: SystemState::Active, ..system })
        .collect();
    let subscriptions = kept.iter().map(|system| subscription(system, booked)).collect();
    let people = (booked.administrators.clone(), booked.users.clone());
    // Every serial was planned once.
    let systems = Systems::try_new(kept).unwrap_or_default();
    ResellerApplied {
        account: merge.account.merged(
            booked.instance,
            people,
            partnerships(merge, &booked.partners),
            systems,
        ),
        subscriptions,
        over_limit: booked
            .over_limit
            .iter()
            .filter_map(|planned| Some((planned.clone(), system(planned)?)))
            .collect(),
    }
}

/// The partnerships of the merged account: each as the first of the accounts has it, and one partner of record at most.
fn partnerships(merge: &ResellerMerge, partners: &[Uid]) -> Vec<Partnership> {
    let mut known: HashMap<&Uid, &Partnership> = HashMap::new();
    for partnership in merge.accounts().flat_map(|account| &account.data().partnerships) {
        known.entry(&partnership.partner).or_insert(partnership);
    }
    let mut of_record = false;
    let mut partnership = |partner: &Uid| {
        let found = known.get(partner).copied().cloned();
        let found = found.unwrap_or_else(|| Partnership::new(partner.clone()));
        let is_first = found.of_record && !of_record;
        of_record |= found.of_record;
        Partnership { of_record: is_first, ..found }
    };
    partners.iter().map(&mut partnership).collect()
}

fn subscription(system: &System, booked: &ResellerPlan) -> ResellerSubscription {
    ResellerSubscription {
        serial: system.serial.clone(),
        model: system.model.clone(),
        offer: Offer::AirlinkComplete.into(),
        start_date: booked.on,
        end_date: booked.end_date,
        renews_every: Months::years(TERM_YEARS),
        warranty_end: system.warranty_end,
        grounds: Grounds::new(RuleId::Mig18).with(RuleId::Res1),
    }
}
