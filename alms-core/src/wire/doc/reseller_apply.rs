use super::account::AccountDoc;
use super::account_view::{AccountOf, Whole, Written};
use super::apply::{ConsentDoc, consent_by};
use super::reseller_plan::{MergedSystemDoc, ResellerPlanDoc, others};
use super::subscription::SubscriptionDoc;
use super::system::{InAccountDoc, SystemDoc};
use super::xr::{CompatibilityDoc, compatibility};
use crate::migration::{ConsentBy, ResellerApplied, ResellerMerge, ResellerPlan};
use crate::rule::RuleSet;
use crate::subscriptions::OriginData;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::Choice;
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `migration.apply_reseller`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ResellerApplyRequest"))]
pub(in crate::wire) struct ResellerApplyRequestDoc<'a> {
    /// The reseller account as it is now.
    account: AccountOf<'a, Whole>,
    /// The other accounts as they are now, in the order in which they were planned.
    merge: Option<Vec<AccountOf<'a, Whole>>>,
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
            account: self.account.0.0.read(fired).at("account")?,
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
    account: AccountOf<'a, Written>,
    /// One subscription per system, with all services of its model, at no cost.
    subscriptions: Vec<SubscriptionDoc<'a>>,
    /// The systems without a place, as they were.
    over_limit: Vec<LeftSystemDoc<'a>>,
}

/// A system without a place, and the account that it comes from.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "LeftSystem"))]
struct LeftSystemDoc<'a> {
    /// Where it comes from.
    from: MergedSystemDoc<'a>,
    /// The system as it was.
    system: InAccountDoc<'a>,
}

impl<'a> ResellerAppliedDoc<'a> {
    pub(in crate::wire) fn of(applied: &'a ResellerApplied) -> Self {
        let left = applied.over_limit.iter();
        let account = &applied.account.data().uid;
        let facts = |one| {
            SubscriptionDoc::of_facts(&OriginData { account: Some(account.clone()), ..OriginData::from(one) })
        };
        Self {
            account: AccountDoc::of(&applied.account),
            subscriptions: applied.subscriptions.iter().map(facts).collect(),
            over_limit: left
                .map(|(from, system)| LeftSystemDoc {
                    from: MergedSystemDoc::of(from),
                    system: SystemDoc::of_account(system, &from.account),
                })
                .collect(),
        }
    }
}
