use super::account_view::{AccountOf, Subscribing};
use super::catalogue::CatalogueDoc;
use super::product::{ProductDoc, ServicesDoc, months_docs};
use crate::account::Model;
use crate::offers::{
    Assortment, BillingModel, Excluded, Exclusion, Listed, Listing, OverLimit, ProductKind, UnknownOffer,
};
use crate::rule::RuleId;
use crate::wire::error::Error;
use crate::wire::leaf::{Choice, Count, Day, GroundsList, Id, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `offers.for_model`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ForModelRequest"))]
pub(in crate::wire) struct ForModelRequestDoc<'a> {
    /// The account.
    pub(in crate::wire) account: AccountOf<'a, Subscribing>,
    /// The model of the device; any text.
    pub(in crate::wire) model: Text<'a>,
    /// The day.
    pub(in crate::wire) on: Day<'a>,
    /// The versions of the catalogue; the built-in ones where absent.
    pub(in crate::wire) catalogues: Option<Vec<Object<CatalogueDoc<'a>>>>,
    /// A customer's own offers.
    pub(in crate::wire) custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

/// Output of `offers.for_model`: every offer of the catalogue is listed or excluded.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Listing"))]
pub(in crate::wire) struct ListingDoc<'a> {
    /// The model.
    model: Text<'a>,
    /// How the account is billed.
    billing: Choice<'a, BillingModel>,
    /// The catalogue in effect.
    catalogue: CatalogueNameDoc<'a>,
    /// The offer that the device gets where nobody chooses; null if there is none.
    default: Option<Id<'a>>,
    /// The offers that the account can have for the device.
    offers: Vec<ListedDoc<'a>>,
    /// The others, with every reason.
    excluded: Vec<ExcludedDoc<'a>>,
}

/// Which catalogue it is.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CatalogueName"))]
pub(in crate::wire) struct CatalogueNameDoc<'a> {
    /// The version.
    version: Id<'a>,
    /// The first day on which it is in effect.
    effective: Day<'a>,
}

/// An offer that the account can have.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Listed"))]
struct ListedDoc<'a> {
    /// The name.
    offer: Id<'a>,
    /// Device management, connectivity or SIM cards.
    kind: Choice<'a, ProductKind>,
    /// What it includes for the device.
    services: ServicesDoc<'a>,
    /// For how many months it is sold under the account's billing model; empty for an article.
    terms: Vec<Count<'a>>,
    /// Whether it is the customer's own.
    custom: bool,
    /// The rules behind it, the deciding one first.
    rules: GroundsList<'a>,
}

/// An offer that the account cannot have.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Excluded"))]
struct ExcludedDoc<'a> {
    /// The name.
    offer: Id<'a>,
    /// Every reason; at least one.
    reasons: Vec<Error>,
}

impl<'a> CatalogueNameDoc<'a> {
    pub(in crate::wire) fn of(assortment: &'a Assortment) -> Self {
        Self { version: Text::of(assortment.version()), effective: assortment.effective().into() }
    }
}

impl<'a> ListingDoc<'a> {
    pub(in crate::wire) fn of(
        model: &'a Model,
        billing: BillingModel,
        assortment: &'a Assortment,
        listing: &'a Listing<'a>,
    ) -> Self {
        Self {
            model: Text::of(model.as_str()),
            billing: billing.into(),
            catalogue: CatalogueNameDoc::of(assortment),
            default: listing.default_offer().map(|product| Text::of(&product.name)),
            offers: listing.offers.iter().map(|listed| ListedDoc::of(listed, billing)).collect(),
            excluded: listing.excluded.iter().map(ExcludedDoc::of).collect(),
        }
    }
}

impl<'a> ListedDoc<'a> {
    fn of(listed: &'a Listed<'a>, billing: BillingModel) -> Self {
        let product = listed.product;
        Self {
            offer: Text::of(&product.name),
            kind: product.kind.into(),
            services: ServicesDoc::of(listed.services),
            terms: product.terms.of(billing).map(months_docs).unwrap_or_default(),
            custom: listed.custom,
            rules: GroundsList::Grounds(listed.grounds),
        }
    }
}

impl<'a> ExcludedDoc<'a> {
    fn of(excluded: &'a Excluded<'a>) -> Self {
        Self {
            offer: Text::of(&excluded.product.name),
            reasons: excluded.reasons.iter().map(|reason| exclusion(reason, "model")).collect(),
        }
    }
}

/// Why an account cannot have an offer; `subject` is the field that names the device or the offer.
pub(in crate::wire) fn exclusion(exclusion: &Exclusion, subject: &str) -> Error {
    let path = match exclusion {
        Exclusion::LegacyAccount => "account.format",
        Exclusion::ModelMismatch { .. } => subject,
        Exclusion::NotSoldHere { .. } => "account.instance",
        Exclusion::BillingMismatch { .. } => "account.billing",
        Exclusion::ResellerConnectivity { .. } => "account.kind",
        Exclusion::LegacyOnly { .. } => "account.format",
    };
    Error::new(exclusion.code(), exclusion).by_rule(exclusion.rule()).at(path)
}

/// An offer that does not exist, named by the field `subject`.
pub(in crate::wire) fn unknown_offer(unknown: &UnknownOffer, subject: &str) -> Error {
    let error = Error::new(unknown.code(), unknown).by_rule(RuleId::Off5);
    error.with("catalogue", unknown.version.as_str()).at(subject)
}

/// More systems than the kind of account may have.
pub(in crate::wire) fn over_limit(over: &OverLimit) -> Error {
    let error = Error::new(over.code(), over).by_rule(RuleId::Acc8);
    error.with("systems", over.systems).with("max", over.max).at("account.systems")
}
