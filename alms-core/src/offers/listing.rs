use super::{
    AssortedProduct, Assortment, BillingModel, Devices, Product, ProductKind, Services, Subscriber, Tie,
};
use crate::ErrorCode;
use crate::account::{Format, Instance, Kind, Model};
use crate::rule::{Grounds, RuleId};
use crate::text::OfferName;

/// Why an account cannot have an offer, for some device.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Exclusion {
    /// A legacy account is licensed by tokens, not by subscriptions (ACC-1).
    #[error("a `legacy` account is licensed by tokens and has no offers; migrate it first")]
    LegacyAccount,
    /// It is for other devices (OFF-2).
    #[error("`{offer}` is for {fits}, not for `{model}`; choose an offer that fits the device")]
    ModelMismatch {
        /// The offer.
        offer: OfferName,
        /// The devices it is for, in words.
        fits: String,
        /// The device's model.
        model: Model,
    },
    /// It is sold to accounts of other instances (OFF-1; connectivity OFF-4).
    #[error("`{offer}` is not sold on the instance `{instance}`; choose an offer of this instance")]
    NotSoldHere {
        /// The offer.
        offer: OfferName,
        /// The account's instance.
        instance: Instance,
        /// Whether it is connectivity, which depends on the location.
        connectivity: bool,
    },
    /// It is not sold under the account's billing model (PAY-4; connectivity OFF-4).
    #[error(
        "`{offer}` is not sold under the billing model `{billing}` of the account; choose an offer that is"
    )]
    BillingMismatch {
        /// The offer.
        offer: OfferName,
        /// The account's billing model.
        billing: BillingModel,
        /// Whether it is connectivity, which only direct billing sells.
        connectivity: bool,
    },
    /// Reseller accounts get no connectivity and no SIM cards (OFF-4).
    #[error("`{offer}` brings connectivity, which a `reseller` account does not get; use a customer account")]
    ResellerConnectivity {
        /// The offer.
        offer: OfferName,
    },
    /// Tokens are for legacy accounts (TOK-1).
    #[error("`{offer}` is tokens for legacy accounts; choose a subscription")]
    LegacyOnly {
        /// The offer.
        offer: OfferName,
    },
}

impl Exclusion {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::LegacyAccount => ErrorCode::LegacyAccount,
            Self::ModelMismatch { .. } => ErrorCode::ModelMismatch,
            Self::NotSoldHere { .. } => ErrorCode::NotSoldHere,
            Self::BillingMismatch { .. } => ErrorCode::BillingMismatch,
            Self::ResellerConnectivity { .. } => ErrorCode::ResellerConnectivity,
            Self::LegacyOnly { .. } => ErrorCode::LegacyOnly,
        }
    }
}

impl Exclusion {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            Exclusion::LegacyAccount => RuleId::Acc1,
            Exclusion::ModelMismatch { .. } => RuleId::Off2,
            Exclusion::NotSoldHere { connectivity: false, .. } => RuleId::Off1,
            Exclusion::BillingMismatch { connectivity: false, .. } => RuleId::Pay4,
            Exclusion::NotSoldHere { .. }
            | Exclusion::BillingMismatch { .. }
            | Exclusion::ResellerConnectivity { .. } => RuleId::Off4,
            Exclusion::LegacyOnly { .. } => RuleId::Tok1,
        }
    }
}

impl Product {
    /// Everything that keeps this account from having it, whatever the device; empty if nothing does.
    pub fn exclusions(&self, account: &Subscriber) -> Vec<Exclusion> {
        let offer = || self.name.clone();
        let (instance, billing) = (account.instance, account.billing);
        let connectivity = self.is_connectivity();
        let reasons = [
            (account.format == Format::Legacy).then_some(Exclusion::LegacyAccount),
            (self.kind == ProductKind::ServicePack).then(|| Exclusion::LegacyOnly { offer: offer() }),
            (account.kind == Kind::Reseller && self.brings_connectivity())
                .then(|| Exclusion::ResellerConnectivity { offer: offer() }),
            (!self.instances.contains(&instance)).then(|| Exclusion::NotSoldHere {
                offer: offer(),
                instance,
                connectivity,
            }),
            (self.terms.of(billing).is_none()).then(|| Exclusion::BillingMismatch {
                offer: offer(),
                billing,
                connectivity,
            }),
        ];
        reasons.into_iter().flatten().collect()
    }

    /// Whether a device of this model is kept from it (OFF-2).
    pub fn mismatch(&self, model: &Model) -> Option<Exclusion> {
        self.fits.tie(model).is_none().then(|| Exclusion::ModelMismatch {
            offer: self.name.clone(),
            fits: self.fits.to_string(),
            model: model.clone(),
        })
    }

    /// Everything that keeps a device of this model from it, and the account.
    pub fn exclusions_for(&self, account: &Subscriber, model: &Model) -> Vec<Exclusion> {
        self.mismatch(model).into_iter().chain(self.exclusions(account)).collect()
    }
}

/// An offer that an account can have for a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed<'a> {
    /// The offer.
    pub product: &'a Product,
    /// What it includes for the device (XRS-5).
    pub services: Services,
    /// Whether it is the customer's own (OFF-5).
    pub custom: bool,
    /// Whether it is what the device gets where nobody chooses (OFF-3).
    pub is_default: bool,
    /// The rules behind it.
    pub grounds: Grounds,
}

/// An offer that an account cannot have for a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded<'a> {
    /// The offer.
    pub product: &'a Product,
    /// Every reason; at least one.
    pub reasons: Vec<Exclusion>,
}

/// Every offer of an assortment: it is listed, or there is a reason why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<'a> {
    /// The offers for the device, in the assortment's order.
    pub offers: Vec<Listed<'a>>,
    /// The others, in the assortment's order.
    pub excluded: Vec<Excluded<'a>>,
}

impl Listing<'_> {
    /// What the device gets where nobody chooses.
    pub fn default_offer(&self) -> Option<&Product> {
        self.offers.iter().find(|listed| listed.is_default).map(|listed| listed.product)
    }
}

/// The offers that an account can have for a device of this model, and why not the others (OFF-2 to OFF-5, PAY-4).
///
/// The default is the offer that names the device most closely: a model beats its series, a series any device, and of
/// two that are equally close the customer's own.
///
/// # Errors
/// [`Exclusion::LegacyAccount`]: such an account has no offers at all.
///
/// ```
/// use alms_core::account::{Format, Instance, Kind};
/// use alms_core::offers::{BillingModel, Subscriber, for_model};
/// use alms_core::wire::built_in_catalogues;
/// let account = Subscriber {
///     format: Format::Avc,
///     kind: Kind::Customer,
///     instance: Instance::Na,
///     billing: BillingModel::PrePaid,
///     systems: None,
/// };
/// let assortment = built_in_catalogues().in_effect("2023-03-25".parse()?)?.assortment();
/// let listing = for_model(&assortment, &account, &"AirLink XR80".parse()?)?;
/// assert_eq!(listing.default_offer().unwrap().name.as_str(), "AirLink Complete (XR80)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn for_model<'a>(
    assortment: &'a Assortment,
    account: &Subscriber,
    model: &Model,
) -> Result<Listing<'a>, Exclusion> {
    if account.format == Format::Legacy {
        return Err(Exclusion::LegacyAccount);
    }
    let (mut fitting, mut excluded) = (Vec::new(), Vec::new());
    for one in assortment.products() {
        match one.product.exclusions_for(account, model) {
            reasons if reasons.is_empty() => fitting.push(one),
            reasons => excluded.push(Excluded { product: &one.product, reasons }),
        }
    }
    let default = default_for(assortment, account, model);
    let listed = |one: &'a AssortedProduct| {
        let is_default = default.is_some_and(|default| std::ptr::eq(default, one));
        Listed {
            product: &one.product,
            services: one.product.services_for(model),
            custom: one.custom,
            is_default,
            grounds: grounds(one, is_default),
        }
    };
    Ok(Listing { offers: fitting.iter().copied().map(listed).collect(), excluded })
}

/// What an account gets for a device of this model where nobody chooses (OFF-3): the offer whose `default_for` names the
/// model most closely; `None` for a legacy account, too.
pub(crate) fn default_for<'a>(
    assortment: &'a Assortment,
    account: &Subscriber,
    model: &Model,
) -> Option<&'a AssortedProduct> {
    let ties = [Tie::Model, Tie::Series, Tie::Any].into_iter();
    let mut closest = ties.flat_map(|tie| assortment.defaults(model, tie));
    closest.find(|one| one.product.exclusions(account).is_empty())
}

fn grounds(one: &AssortedProduct, is_default: bool) -> Grounds {
    let AssortedProduct { product, custom } = one;
    let names_models = |models: &[Model]| !models.is_empty();
    let tied = matches!(&product.fits, Devices::Named { models, .. } if names_models(models));
    Grounds::new(RuleId::Off1)
        .with_if(RuleId::Off2, tied)
        .with_if(RuleId::Off3, is_default)
        .with_if(RuleId::Off4, product.is_connectivity())
        .with_if(RuleId::Off5, *custom)
        .with(RuleId::Pay4)
}
