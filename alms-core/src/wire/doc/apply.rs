use super::account::{AccountDoc, Held};
use super::account_view::{AccountOf, Whole, Written};
use super::plan::PlanDoc;
use super::replay::LedgerDoc;
use super::system::{InAccountDoc, SystemDoc};
use crate::migration::{Applied, ApplyError, Consent, ConsentBy, Fingerprint};
use crate::rule::RuleId;
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located, shown};
use crate::wire::leaf::{Choice, Day, Prose, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;
use std::borrow::Cow;

/// Input of `migration.apply`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ApplyRequest"))]
pub(in crate::wire) struct ApplyRequestDoc<'a> {
    /// The account as it is now.
    pub(in crate::wire) account: AccountOf<'a, Whole>,
    /// The plan, unaltered.
    pub(in crate::wire) plan: Object<PlanDoc<'a>>,
    /// The customer's consent.
    pub(in crate::wire) consent: Option<Object<ConsentDoc<'a>>>,
    /// Who may consent; `administrators` where absent and the account names any, else `anyone`.
    consent_by: Option<Choice<'a, ConsentBy>>,
    /// The ledger that says the stock as of the migration date; `account.tokens` may then be absent.
    pub(in crate::wire) ledger: Option<Object<LedgerDoc>>,
}

/// The customer's consent to one plan.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Consent"))]
pub(in crate::wire) struct ConsentDoc<'a> {
    /// Who consented: the e-mail address of an administrator of the account, unless `consent_by` is `anyone`.
    by: Option<Text<'a>>,
    /// When; not after the migration date.
    on: Day<'a>,
    /// The fingerprint of the plan consented to.
    fingerprint: Prose<'a>,
}

impl ConsentDoc<'_> {
    /// The consent; a fingerprint of no form at all is another plan's, too.
    pub(in crate::wire) fn read(&self, plan: Fingerprint) -> Result<Consent, Error> {
        let by = self.by.as_ref().unwrap_or(&Text(Cow::Borrowed(""))).read().at("by")?;
        let on = self.on.read().at("on")?;
        let named = self.fingerprint.as_str();
        let fingerprint = named.parse().map_err(|_| {
            let message = format!(
                "the consent names the plan `{}`, this plan is `{plan}`; ask for consent to this plan",
                shown(named)
            );
            Error::new(ErrorCode::ConsentMismatch, message)
                .by_rule(RuleId::Mig1)
                .with("plan", plan.to_string())
                .at("fingerprint")
        })?;
        Ok(Consent { by, on, fingerprint })
    }
}

impl ApplyRequestDoc<'_> {
    pub(in crate::wire) fn consent_by(&self) -> Result<Option<ConsentBy>, Error> {
        consent_by(self.consent_by.as_ref())
    }
}

/// The policy of MIG-1 where a document has one.
pub(in crate::wire) fn consent_by(doc: Option<&Choice<'_, ConsentBy>>) -> Result<Option<ConsentBy>, Error> {
    doc.map(Choice::read).transpose().at("consent_by")
}

/// Output of `migration.apply`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Applied"))]
pub(in crate::wire) struct AppliedDoc<'a> {
    /// The avc account with its subscriptions.
    account: AccountOf<'a, Written>,
    /// One subscription per system that is left.
    subscriptions: Held<'a>,
    /// The deleted systems, as they were, with the account that had them.
    export: Vec<InAccountDoc<'a>>,
}

impl<'a> AppliedDoc<'a> {
    pub(in crate::wire) fn of(applied: &'a Applied) -> Self {
        let uid = &applied.account.data().uid;
        let export = applied.export.iter().map(|system| SystemDoc::of_account(system, uid));
        Self {
            account: AccountDoc::holding(&applied.account, &applied.subscriptions),
            subscriptions: Held::Of(&applied.subscriptions, uid),
            export: export.collect(),
        }
    }
}

impl From<ApplyError> for Error {
    fn from(error: ApplyError) -> Self {
        match &error {
            ApplyError::Plan(plan) => plan.clone().into(),
            ApplyError::Reseller(plan) => plan.clone().into(),
            ApplyError::ConsentRequired { fingerprint, anonymous } => {
                let place = if *anonymous { "consent.by" } else { "consent" };
                let required = Error::new(error.code(), &error).by_rule(RuleId::Mig1).at(place);
                required.with("plan", fingerprint.to_string())
            }
            ApplyError::ConsentNotByAdministrator { account, .. } => {
                let error = Error::new(error.code(), &error).by_rule(RuleId::Mig1);
                error.with("account", account.as_str()).at("consent.by")
            }
            ApplyError::ConsentAfterMigration { on, .. } => {
                let error = Error::new(error.code(), &error).by_rule(RuleId::Mig1);
                error.with("on", on.to_string()).at("consent.on")
            }
            ApplyError::ConsentMismatch { fingerprint, .. } => Error::new(error.code(), &error)
                .by_rule(RuleId::Mig1)
                .with("plan", fingerprint.to_string())
                .at("consent.fingerprint"),
            ApplyError::AlteredPlan { .. } => {
                Error::new(error.code(), &error).by_rule(RuleId::Mig19).at("plan")
            }
            ApplyError::StalePlan { current, .. } => Error::new(error.code(), &error)
                .by_rule(RuleId::Mig19)
                .with("current", current.to_string())
                .at("plan.fingerprint"),
        }
    }
}
