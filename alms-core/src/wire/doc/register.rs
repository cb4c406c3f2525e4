use super::billing::billing_mismatch;
use super::catalogue::CatalogueDoc;
use super::listing::{exclusion, over_limit, unknown_offer};
use super::product::ProductDoc;
use super::subscriber::SubscriberDoc;
use super::xr::{CompatibilityDoc, compatibility, criterion};
use crate::account::SystemState;
use crate::offers::BillingModel;
use crate::rule::RuleSet;
use crate::subscriptions::{RegisteredSubscription, Registration, Unregistrable};
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Count, Day, GroundsList, Id, Text};
use crate::wire::object::Object;
use crate::xr::{Compatibility, SkuRegion};
use alms_json::Read;
use alms_json::Write;

/// Input of `subscriptions.register`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RegisterRequest"))]
pub(in crate::wire) struct RegisterRequestDoc<'a> {
    /// The account.
    pub(in crate::wire) account: Object<SubscriberDoc<'a>>,
    /// The system.
    system: Object<NewSystemDoc<'a>>,
    /// The day of registration.
    on: Day<'a>,
    /// The offer; the default offer of the model where absent.
    offer: Option<Id<'a>>,
    /// How the subscription is to be billed; as the account where absent.
    billing: Option<Choice<'a, BillingModel>>,
    /// Which instances take the routers of which SKU region; `na` for North America and `eu` for Global where absent.
    compatibility: Option<Object<CompatibilityDoc<'a>>>,
    /// The versions of the catalogue; the built-in ones where absent.
    pub(in crate::wire) catalogues: Option<Vec<Object<CatalogueDoc<'a>>>>,
    /// A customer's own offers.
    pub(in crate::wire) custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

/// A system that is to be registered.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "NewSystem"))]
struct NewSystemDoc<'a> {
    /// The serial number.
    serial: Id<'a>,
    /// The model; any text.
    model: Text<'a>,
    /// The region of its SKU; only XR Series routers need it.
    sku_region: Option<Choice<'a, SkuRegion>>,
}

impl RegisterRequestDoc<'_> {
    pub(in crate::wire) fn registration(&self) -> Result<Registration, Error> {
        let NewSystemDoc { serial, model, sku_region } = &self.system.0;
        Ok(Registration {
            serial: serial.read().at("serial").at("system")?,
            model: model.read().at("model").at("system")?,
            sku_region: sku_region.as_ref().map(Choice::read).transpose().at("sku_region").at("system")?,
            on: self.on.read().at("on")?,
            offer: self.offer.as_ref().map(Text::read).transpose().at("offer")?,
            billing: self.billing.as_ref().map(Choice::read).transpose().at("billing")?,
        })
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
    subscription: Option<RegisteredSubscriptionDoc<'a>>,
    /// Everything that stands in the way, each with what to do.
    errors: Vec<Error>,
}

/// What a registered system is entitled to.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RegisteredSubscription"))]
pub(in crate::wire) struct RegisteredSubscriptionDoc<'a> {
    /// The system.
    serial: Id<'a>,
    /// Its model.
    model: Text<'a>,
    /// The offer.
    offer: Id<'a>,
    /// Active.
    state: Choice<'a, SystemState>,
    /// The first day.
    start_date: Day<'a>,
    /// The day of registration.
    registered: Day<'a>,
    /// The day the service ends.
    end_date: Day<'a>,
    /// The day the included warranty ends.
    warranty_end: Day<'a>,
    /// How it is billed.
    billing: Choice<'a, BillingModel>,
    /// For how many months the service goes on by itself; null where it takes an order.
    renews_every_months: Option<Count<'a>>,
    /// The version of the catalogue under which it was sold.
    catalogue: Id<'a>,
    /// The rules behind it, the deciding one first.
    rules: GroundsList<'a>,
}

impl<'a> RegisteredDoc<'a> {
    pub(in crate::wire) fn of(result: &'a Result<RegisteredSubscription, Vec<Unregistrable>>) -> Self {
        let registered = result.as_ref().ok();
        Self {
            ok: result.is_ok(),
            subscription: registered.map(RegisteredSubscriptionDoc::of),
            errors: result.as_ref().err().into_iter().flatten().map(refused).collect(),
        }
    }
}

impl<'a> RegisteredSubscriptionDoc<'a> {
    pub(in crate::wire) fn of(subscription: &'a RegisteredSubscription) -> Self {
        Self {
            serial: Text::of(&subscription.serial),
            model: Text::of(subscription.model.as_str()),
            offer: Text::of(&subscription.offer),
            state: subscription.state.into(),
            start_date: subscription.registered.into(),
            registered: subscription.registered.into(),
            end_date: subscription.end_date.into(),
            warranty_end: subscription.warranty_end.into(),
            billing: subscription.billing.into(),
            renews_every_months: subscription.renews_every.map(|months| months.get().into()),
            catalogue: Text::of(&subscription.catalogue),
            rules: GroundsList::Grounds(subscription.grounds),
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
    let (code, path) = match error {
        Unregistrable::Xr(failed) => return criterion(failed, "system.sku_region"),
        Unregistrable::OverLimit(over) => return over_limit(over),
        Unregistrable::Excluded(reason) => return exclusion(reason, "offer"),
        Unregistrable::UnknownOffer(unknown) => return unknown_offer(unknown, "offer"),
        Unregistrable::BillingMismatch { wanted, account } => {
            return billing_mismatch(*wanted, *account, "billing");
        }
        Unregistrable::LegacyAccount => (ErrorCode::LegacyAccount, "account.format"),
        Unregistrable::NoDefaultOffer { .. } => (ErrorCode::NoDefaultOffer, "system.model"),
        Unregistrable::NotAService { .. } => (ErrorCode::NotAService, "offer"),
        Unregistrable::DateOutOfRange => (ErrorCode::DateOutOfRange, "on"),
    };
    Error::new(code, error).by_rule(error.rule()).at(path)
}
