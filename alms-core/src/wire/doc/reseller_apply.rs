use super::account::{AccountDoc, SystemDoc};
use super::apply::{ConsentDoc, consent_by};
use super::reseller_plan::{MergedSystemDoc, ResellerPlanDoc, others};
use super::xr::{CompatibilityDoc, compatibility};
use crate::calendar::Months;
use crate::migration::{ConsentBy, ResellerApplied, ResellerMerge, ResellerPlan, ResellerSubscription};
use crate::rule::RuleSet;
use crate::subscriptions::SubscriptionBilling;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, GroundsList, Id, Prose, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `migration.apply_reseller`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ResellerApplyRequest"))]
pub(in crate::wire) struct ResellerApplyRequestDoc<'a> {
    /// The reseller account as it is now.
    account: Object<AccountDoc<'a>>,
    /// The other accounts as they are now, in the order in which they were planned.
    merge: Option<Vec<Object<AccountDoc<'a>>>>,
    /// The plan, unaltered.
    pub(in crate::wire) plan: Object<ResellerPlanDoc<'a>>,
    /// The partner's consent.
    pub(in crate::wire) consent: Option<Object<ConsentDoc<'a>>>,
    /// Who may consent; `administrators` where absent and the reseller account names any, else `anyone`.
    consent_by: Option<Choice<'a, ConsentBy>>,
    /// Which instances take the routers of which SKU region, as the plan was made with it.
    compatibility: Option<Object<CompatibilityDoc<'a>>>,
}

impl ResellerApplyRequestDoc<'_> {
    pub(in crate::wire) fn consent_by(&self) -> Result<Option<ConsentBy>, Error> {
        consent_by(self.consent_by.as_ref())
    }

    /// The accounts, with what the plan says was asked for.
    pub(in crate::wire) fn merge(
        self,
        plan: &ResellerPlan,
        fired: &mut RuleSet,
    ) -> Result<ResellerMerge, Error> {
        Ok(ResellerMerge {
            account: self.account.0.read(fired).at("account")?,
            others: others(self.merge, fired)?,
            on: plan.on,
            instance: Some(plan.instance),
            keep: plan.keep.clone(),
            compatibility: compatibility(self.compatibility.as_ref())?,
        })
    }
}

/// Output of `migration.apply_reseller`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ResellerApplied"))]
pub(in crate::wire) struct ResellerAppliedDoc<'a> {
    /// The avc account: users, partners and up to 20 systems of all accounts.
    account: AccountDoc<'a>,
    /// One subscription per system.
    subscriptions: Vec<ResellerSubscriptionDoc<'a>>,
    /// The systems without a place, as they were.
    over_limit: Vec<LeftSystemDoc<'a>>,
}

/// What a system of a reseller has: all services, at no cost.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ResellerSubscription"))]
struct ResellerSubscriptionDoc<'a> {
    /// The system.
    serial: Id<'a>,
    /// Its model.
    model: Text<'a>,
    /// `all`: every service that its model has.
    services: Prose<'a>,
    /// The first day.
    start_date: Day<'a>,
    /// The day on which the services end, and renew by themselves.
    end_date: Day<'a>,
    /// Always `free`: never invoiced, quoted or ordered.
    billing: Choice<'a, SubscriptionBilling>,
    /// For how many months they go on by themselves.
    renews_every_months: Count<'a>,
    /// After how many years they end each time.
    renewal_years: Count<'a>,
    /// The last day of warranty, where known.
    warranty_end: Option<Day<'a>>,
    /// The rules behind it, the deciding one first.
    rules: GroundsList<'a>,
}

/// A system without a place, and the account that it comes from.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "LeftSystem"))]
struct LeftSystemDoc<'a> {
    /// Where it comes from.
    from: MergedSystemDoc<'a>,
    /// The system as it was.
    system: SystemDoc<'a>,
}

impl<'a> ResellerAppliedDoc<'a> {
    pub(in crate::wire) fn of(applied: &'a ResellerApplied) -> Self {
        let left = applied.over_limit.iter();
        Self {
            account: AccountDoc::of(&applied.account),
            subscriptions: applied.subscriptions.iter().map(ResellerSubscriptionDoc::of).collect(),
            over_limit: left
                .map(|(from, system)| LeftSystemDoc {
                    from: MergedSystemDoc::of(from),
                    system: SystemDoc::of(system),
                })
                .collect(),
        }
    }
}

impl<'a> ResellerSubscriptionDoc<'a> {
    fn of(subscription: &'a ResellerSubscription) -> Self {
        Self {
            serial: Text::of(&subscription.serial),
            model: Text::of(subscription.model.as_str()),
            services: Prose::of("all"),
            start_date: subscription.start_date.into(),
            end_date: subscription.end_date.into(),
            billing: SubscriptionBilling::Free.into(),
            renews_every_months: Months::years(subscription.renewal_years).get().into(),
            renewal_years: u32::from(subscription.renewal_years).into(),
            warranty_end: subscription.warranty_end.map(Day::from),
            rules: GroundsList::Grounds(subscription.grounds),
        }
    }
}
