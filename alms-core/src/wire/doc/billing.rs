use super::account_view::{AccountOf, Subscribing};
use super::catalogue::CatalogueDoc;
use super::listing::{CatalogueNameDoc, exclusion};
use super::product::ProductDoc;
use crate::billing::{BillingOptions, Country, Obstacle, Payment, PaymentChannel, PaymentMethod, Service};
use crate::offers::{Assortment, BillingModel, ProductKind, Region, SalesChannel};
use crate::rule::RuleId;
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, CountryCode, Day, Id, Prose, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `billing.options`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BillingRequest"))]
pub(in crate::wire) struct BillingRequestDoc<'a> {
    /// The country of residence, ISO 3166-1 alpha-2.
    country: CountryCode<'a>,
    /// The country of the billing address; that of residence where absent.
    billing_address: Option<CountryCode<'a>>,
    /// The account; null if there is none yet.
    pub(in crate::wire) account: Option<AccountOf<'a, Subscribing>>,
    /// How a subscription that is wanted is to be billed.
    wanted_billing: Option<Choice<'a, BillingModel>>,
    /// The day.
    pub(in crate::wire) on: Day<'a>,
    /// The versions of the catalogue; the built-in ones where absent.
    pub(in crate::wire) catalogues: Option<Vec<Object<CatalogueDoc<'a>>>>,
    /// A customer's own offers.
    pub(in crate::wire) custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

impl BillingRequestDoc<'_> {
    pub(in crate::wire) fn country(&self) -> Result<Country, Error> {
        self.country.read().at("country")
    }

    /// The country of the billing address, if it is given.
    pub(in crate::wire) fn billing_address(&self) -> Result<Option<Country>, Error> {
        self.billing_address.as_ref().map(CountryCode::read).transpose().at("billing_address")
    }

    pub(in crate::wire) fn wanted_billing(&self) -> Result<Option<BillingModel>, Error> {
        self.wanted_billing.as_ref().map(Choice::read).transpose().at("wanted_billing")
    }
}

/// Output of `billing.options`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BillingOptions"))]
pub(in crate::wire) struct BillingOptionsDoc<'a> {
    /// The country of residence.
    country: CountryCode<'a>,
    /// Its region.
    region: Choice<'a, Region>,
    /// The catalogue in effect.
    catalogue: CatalogueNameDoc<'a>,
    /// Always false: registering XR Series routers needs no payment details (PAY-1).
    payment_details_required_to_register: bool,
    /// Whether the web sign-up can sell services here.
    web_sign_up: bool,
    /// Every method of payment.
    pub(in crate::wire) payments: Vec<PaymentDoc<'a>>,
    /// The region's row of the table of services.
    pub(in crate::wire) services: Vec<ServiceDoc<'a>>,
    /// What stands against the wanted subscription.
    pub(in crate::wire) errors: Vec<Error>,
}

/// A method of payment.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Payment"))]
pub(in crate::wire) struct PaymentDoc<'a> {
    /// The method.
    method: Choice<'a, PaymentMethod>,
    /// Whether it can be used.
    available: bool,
    /// Who arranges it; where it is not available, who may still help.
    how: Choice<'a, PaymentChannel>,
    /// What has to be the case for it.
    condition: Prose<'a>,
    /// The rule that offers it.
    rule: Choice<'a, RuleId>,
    /// Everything that stands in the way, each with what to do.
    pub(in crate::wire) errors: Vec<Error>,
}

/// A service, and how it is sold in the region.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Service"))]
pub(in crate::wire) struct ServiceDoc<'a> {
    /// Support, connectivity or SIM cards.
    kind: Choice<'a, ProductKind>,
    /// The offer; null where there is no standard one of this kind.
    offer: Option<Id<'a>>,
    /// How it is sold.
    how: Choice<'a, SalesChannel>,
    /// Whether the account can have it; true without an account.
    available: bool,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
    /// Everything that keeps the account from it.
    pub(in crate::wire) errors: Vec<Error>,
}

impl<'a> BillingOptionsDoc<'a> {
    pub(in crate::wire) fn of(
        country: Country,
        address: Option<Country>,
        assortment: &'a Assortment,
        options: &'a BillingOptions<'a>,
        wanted: Option<Error>,
    ) -> Self {
        let address_field = if address.is_some() { "billing_address" } else { "country" };
        Self {
            country: CountryCode::of(country),
            region: options.region.into(),
            catalogue: CatalogueNameDoc::of(assortment),
            payment_details_required_to_register: false,
            web_sign_up: options.web_sign_up(),
            payments: options.payments.iter().map(|one| PaymentDoc::of(one, address_field)).collect(),
            services: options.services.iter().map(ServiceDoc::of).collect(),
            errors: wanted.into_iter().collect(),
        }
    }
}

impl PaymentDoc<'_> {
    fn of(payment: &Payment, address_field: &str) -> Self {
        Self {
            method: payment.method.into(),
            available: payment.obstacles.is_empty(),
            how: payment.channel.into(),
            condition: Prose::of(payment.method.condition()),
            rule: payment.method.rule().into(),
            errors: payment.obstacles.iter().map(|one| obstacle(*one, address_field)).collect(),
        }
    }
}

impl<'a> ServiceDoc<'a> {
    fn of(service: &'a Service<'a>) -> Self {
        Self {
            kind: service.kind.into(),
            offer: service.product.map(|product| Text::of(&product.name)),
            how: service.channel.into(),
            available: service.exclusions.is_empty(),
            rule: RuleId::Pay3.into(),
            errors: service.exclusions.iter().map(|one| exclusion(one, "custom")).collect(),
        }
    }
}

/// What stands in the way of a method of payment.
fn obstacle(obstacle: Obstacle, address_field: &str) -> Error {
    let path = match obstacle {
        Obstacle::CardOutsideUs(_) => "country",
        Obstacle::BillingAddressOutsideUs(_) => address_field,
        Obstacle::SepaOutsideEu(_) => "country",
        Obstacle::BillingMismatch { .. } => "account.billing",
    };
    Error::new(obstacle.code(), obstacle).by_rule(obstacle.rule()).at(path)
}

/// A subscription that would be billed otherwise than the account (SUB-8), at the field `place`.
pub(in crate::wire) fn billing_mismatch(wanted: BillingModel, account: BillingModel, place: &str) -> Error {
    let message = format!(
        "the subscription is to be billed `{wanted}`, the account is billed `{account}`; use the account's model"
    );
    Error::new(ErrorCode::BillingMismatch, message).by_rule(RuleId::Sub8).at(place)
}
