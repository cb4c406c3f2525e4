use super::account::missing;
use super::account_view::{AccountOf, Subscribing};
use super::catalogue::CatalogueDoc;
use super::listing::{exclusion, over_limit, unknown_offer};
use super::product::ProductDoc;
use super::subscription::{RENEWS_MONTHS_MAX, SubscriptionDoc, fleet};
use super::system::{SystemDoc, SystemFacts, ToRegister};
use super::xr::{CompatibilityDoc, compatibility, criterion};
use crate::calendar::Date;
use crate::rule::{RuleId, RuleSet};
use crate::subscriptions::LateRenewal;
use crate::subscriptions::{
    HeldOffer, LifeState, RegisteredSubscription, Registration, RegistrationFinding, RegistrationFindingCode,
    SubscriptionBilling, Unregistrable, registration_findings, settled_state,
};
use crate::text::Serial;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, Id, Prose, Text};
use crate::wire::object::Object;
use crate::wire::view::Viewed;
use crate::xr::Compatibility;
use alms_json::Read;
use alms_json::Write;

/// Input of `subscriptions.register`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RegisterRequest"))]
pub(in crate::wire) struct RegisterRequestDoc<'a> {
    /// The account.
    pub(in crate::wire) account: AccountOf<'a, Subscribing>,
    /// The system.
    system: Viewed<SystemDoc<'a>, ToRegister>,
    /// The day of registration.
    on: Day<'a>,
    /// The offer; the default offer of the model where absent.
    offer: Option<Id<'a>>,
    /// How the subscription is to be billed; as the account where absent.
    billing: Option<Choice<'a, SubscriptionBilling>>,
    /// The period of direct billing in months, of those that the offer has; the shortest where absent.
    renews_every_months: Option<Count<'a, 1, RENEWS_MONTHS_MAX>>,
    /// What the system has in the account already, with its history; connectivity is added to a support offer.
    subscriptions: Option<Vec<Object<SubscriptionDoc<'a>>>>,
    /// Whether a serial without `first_registered` was never registered before; if false, a finding says that it is assumed.
    /// True where absent.
    pub(in crate::wire) known_serials: Option<bool>,
    /// Which instances take the routers of which SKU region; `na` for North America and `eu` for Global where absent.
    compatibility: Option<Object<CompatibilityDoc<'a>>>,
    /// The versions of the catalogue; the built-in ones where absent.
    pub(in crate::wire) catalogues: Option<Vec<Object<CatalogueDoc<'a>>>>,
    /// A customer's own offers.
    pub(in crate::wire) custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

impl RegisterRequestDoc<'_> {
    pub(in crate::wire) fn registration(&self) -> Result<Registration, Error> {
        let SystemFacts { serial, model, sku_region, first_registered, .. } =
            self.system.facts().at("system")?;
        let serial = serial.ok_or_else(|| missing("serial")).at("system")?;
        let on = self.on.read().at("on")?;
        Ok(Registration {
            held: self.held(&serial, on)?,
            serial,
            model: model.ok_or_else(|| missing("model")).at("system")?,
            sku_region,
            first_registered,
            on,
            period: self
                .renews_every_months
                .as_ref()
                .map(Count::months)
                .transpose()
                .at("renews_every_months")?,
            offer: self.offer.as_ref().map(Text::read).transpose().at("offer")?,
            billing: self.billing.as_ref().map(Choice::read).transpose().at("billing")?,
        })
    }

    /// The offers that the system has on the day; what is terminated it has no more.
    fn held(&self, serial: &Serial, on: Date) -> Result<Vec<HeldOffer>, Error> {
        let fleet = fleet(self.subscriptions.as_deref().unwrap_or_default())?;
        let mut held = Vec::new();
        for (index, holding) in
            fleet.iter().enumerate().filter(|(_, holding)| holding.origin.serial() == serial)
        {
            let state = settled_state(index, holding, on, LateRenewal::FromOrder)?;
            if state.state != LifeState::Terminated {
                held.push(HeldOffer { offer: state.offer.clone(), kind: holding.origin.data().kind });
            }
        }
        Ok(held)
    }

    pub(in crate::wire) fn compatibility(&self) -> Result<Compatibility, Error> {
        compatibility(self.compatibility.as_ref())
    }
}

/// Output of `subscriptions.register`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Registered"))]
pub(in crate::wire) struct RegisteredDoc<'a> {
    /// Whether the system is registered.
    ok: bool,
    /// Its subscription; null if it is not.
    subscription: Option<SubscriptionDoc<'a>>,
    /// What to look at; no errors.
    findings: Vec<RegistrationFindingDoc<'a>>,
    /// Everything that stands in the way, each with what to do.
    errors: Vec<Error>,
}

/// Something to look at when systems are registered; no error.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RegistrationFinding"))]
pub(in crate::wire) struct RegistrationFindingDoc<'a> {
    /// What it is.
    code: Choice<'a, RegistrationFindingCode>,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
    /// How many systems.
    count: Count<'a>,
    /// A sentence for people.
    message: Prose<'a>,
}

impl RegistrationFindingDoc<'_> {
    pub(in crate::wire) fn of(finding: &RegistrationFinding) -> Self {
        Self {
            code: finding.code.into(),
            rule: finding.rule().into(),
            count: i64::try_from(finding.count).unwrap_or(i64::MAX).into(),
            message: Prose::from(finding.message()),
        }
    }
}

impl<'a> RegisteredDoc<'a> {
    /// `is_assumed` says that nobody knows whether the serial was registered before.
    pub(in crate::wire) fn of(
        result: &'a Result<RegisteredSubscription, Vec<Unregistrable>>,
        is_assumed: bool,
    ) -> Self {
        let registered = result.as_ref().ok();
        let assumed = usize::from(is_assumed && registered.is_some());
        let used_up = usize::from(registered.is_some_and(RegisteredSubscription::needs_order));
        Self {
            ok: result.is_ok(),
            subscription: registered.map(|registered| SubscriptionDoc::of_facts(&registered.into())),
            findings: registration_findings(assumed, used_up)
                .iter()
                .map(RegistrationFindingDoc::of)
                .collect(),
            errors: result.as_ref().err().into_iter().flatten().map(refused).collect(),
        }
    }
}

/// The rules that had a part in a registration.
pub(in crate::wire) fn rules(result: &Result<RegisteredSubscription, Vec<Unregistrable>>) -> RuleSet {
    match result {
        Ok(subscription) => subscription.grounds.set(),
        Err(errors) => errors.iter().map(Unregistrable::rule).collect(),
    }
}

/// What stands in the way of a registration, with its place in `subscriptions.register`.
pub(in crate::wire) fn refused(error: &Unregistrable) -> Error {
    let path = match error {
        Unregistrable::Xr(failed) => return criterion(failed, "system.sku_region"),
        Unregistrable::OverLimit(over) => return over_limit(over),
        Unregistrable::Excluded(reason) => return exclusion(reason, "offer"),
        Unregistrable::UnknownOffer(unknown) => return unknown_offer(unknown, "offer"),
        Unregistrable::BillingMismatch { .. } => "billing",
        Unregistrable::LegacyAccount => "account.format",
        Unregistrable::NoDefaultOffer { .. } => "system.model",
        Unregistrable::NotAService { .. } => "offer",
        Unregistrable::AlreadyRegistered { .. } => "system.serial",
        Unregistrable::InvalidPeriod { .. } => "renews_every_months",
        Unregistrable::FirstRegisteredAfterRegistration { .. } => "system.first_registered",
        Unregistrable::DateOutOfRange => "on",
    };
    Error::new(error.code(), error).by_rule(error.rule()).at(path)
}
