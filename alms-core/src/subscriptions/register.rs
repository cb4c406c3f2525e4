use crate::account::{Format, Kind, Model, SystemState};
use crate::calendar::{Date, DateOutOfRange, Months};
use crate::offers::{
    Assortment, BillingModel, Exclusion, OverLimit, Product, ProductKind, Subscriber, UnknownOffer, for_model,
};
use crate::rule::{Grounds, RuleId};
use crate::text::{CatalogueVersion, OfferName, Serial};
use crate::xr::{Compatibility, Criterion, SkuRegion, criteria};

/// A system that is to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The serial number.
    pub serial: Serial,
    /// The model.
    pub model: Model,
    /// The region of its SKU, of an XR Series router.
    pub sku_region: Option<SkuRegion>,
    /// The day of registration.
    pub on: Date,
    /// The offer; `None` for the default offer of the model.
    pub offer: Option<OfferName>,
    /// How the subscription is to be billed; `None` for the way of the account.
    pub billing: Option<BillingModel>,
}

/// What a registered system is entitled to, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredSubscription {
    /// The system.
    pub serial: Serial,
    /// Its model.
    pub model: Model,
    /// The offer.
    pub offer: OfferName,
    /// Active.
    pub state: SystemState,
    /// The day of registration, on which the subscription starts.
    pub registered: Date,
    /// The day the service ends: a year later, in a reseller account five.
    pub end_date: Date,
    /// The day the included warranty ends: a year later.
    pub warranty_end: Date,
    /// How it is billed.
    pub billing: BillingModel,
    /// The version of the catalogue under which it was sold (OFF-5).
    pub catalogue: CatalogueVersion,
    /// For how many months the service goes on by itself, again and again: five years in a reseller account, a period
    /// under direct billing; `None` where it takes an order.
    pub renews_every: Option<Months>,
    /// The rules behind it.
    pub grounds: Grounds,
}

/// Why a system cannot be registered, with the way to fix it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unregistrable {
    /// A legacy account takes systems by tokens (TOK-7).
    #[error(
        "a `legacy` account registers by tokens; book a `registration` in its ledger, or migrate the account first"
    )]
    LegacyAccount,
    /// What an XR Series router asks of the account (XRS-1, XRS-2).
    #[error(transparent)]
    Xr(Criterion),
    /// The account has no room (ACC-8).
    #[error(transparent)]
    OverLimit(#[from] OverLimit),
    /// The subscription would be billed otherwise than the account (SUB-8).
    #[error(
        "the subscription is to be billed `{wanted}`, the account is billed `{account}`; use the account's model"
    )]
    BillingMismatch {
        /// How the subscription is to be billed.
        wanted: BillingModel,
        /// How the account is billed.
        account: BillingModel,
    },
    /// There is no offer of this name (OFF-5).
    #[error(transparent)]
    UnknownOffer(#[from] UnknownOffer),
    /// The catalogue has no default for the model (OFF-3).
    #[error("the catalogue `{version}` has no default offer for `{model}` in this account; choose an offer")]
    NoDefaultOffer {
        /// The model.
        model: Model,
        /// The version of the catalogue.
        version: CatalogueVersion,
    },
    /// The account or the device cannot have the offer (OFF-1, OFF-2, OFF-4, PAY-4).
    #[error(transparent)]
    Excluded(Exclusion),
    /// The offer is no device management (SUB-1).
    #[error(
        "`{offer}` is of the kind `{kind}`; register the system under a `support` offer and add this one afterwards"
    )]
    NotAService {
        /// The offer.
        offer: OfferName,
        /// What it is.
        kind: ProductKind,
    },
    /// The year ends after the calendar.
    #[error("the end date is beyond `9999-12-31`; give an earlier day of registration")]
    DateOutOfRange,
}

impl Unregistrable {
    /// The rule behind it.
    pub const fn rule(&self) -> RuleId {
        match self {
            Unregistrable::LegacyAccount => RuleId::Tok7,
            Unregistrable::Xr(criterion) => criterion.rule(),
            Unregistrable::OverLimit(_) => RuleId::Acc8,
            Unregistrable::BillingMismatch { .. } => RuleId::Sub8,
            Unregistrable::UnknownOffer(_) => RuleId::Off5,
            Unregistrable::NoDefaultOffer { .. } => RuleId::Off3,
            Unregistrable::Excluded(exclusion) => exclusion.rule(),
            Unregistrable::NotAService { .. } | Unregistrable::DateOutOfRange => RuleId::Sub1,
        }
    }
}

/// Years of free service in a reseller account (RES-1).
const RESELLER_YEARS: u16 = 5;

/// Registers a system in an avc account: its included first year starts (SUB-1).
///
/// # Errors
/// Everything that keeps the system from it, not only the first.
///
/// ```
/// use alms_core::account::{Format, Instance, Kind};
/// use alms_core::offers::{BillingModel, Subscriber};
/// use alms_core::subscriptions::{Registration, register};
/// use alms_core::wire::built_in_catalogues;
/// use alms_core::xr::Compatibility;
/// let account = Subscriber {
///     format: Format::Avc,
///     kind: Kind::Customer,
///     instance: Instance::Na,
///     billing: BillingModel::PrePaid,
///     systems: None,
/// };
/// let system = Registration {
///     serial: "LA1".parse()?,
///     model: "RV55".parse()?,
///     sku_region: None,
///     on: "2023-01-15".parse()?,
///     offer: None,
///     billing: None,
/// };
/// let assortment = built_in_catalogues().in_effect(system.on)?.assortment();
/// let subscription = register(&account, &system, &assortment, &Compatibility::default()).unwrap();
/// assert_eq!(subscription.offer.as_str(), "AirLink Complete");
/// assert_eq!(subscription.end_date, "2024-01-15".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn register(
    account: &Subscriber,
    system: &Registration,
    assortment: &Assortment,
    table: &Compatibility,
) -> Result<RegisteredSubscription, Vec<Unregistrable>> {
    let candidate = Candidate::of(system);
    let (product, (end_date, warranty_end)) = candidate.entitlement(account, assortment, table)?;
    let is_reseller = account.kind == Kind::Reseller;
    Ok(RegisteredSubscription {
        serial: system.serial.clone(),
        model: system.model.clone(),
        offer: product.name.clone(),
        state: SystemState::Active,
        registered: system.on,
        end_date,
        warranty_end,
        billing: account.billing,
        catalogue: assortment.version().clone(),
        renews_every: renews_every(account, product),
        grounds: Grounds::new(if is_reseller { RuleId::Res1 } else { RuleId::Sub1 })
            .with(RuleId::Sub1)
            .with(RuleId::Off5)
            .with_if(RuleId::Off3, system.offer.is_none())
            .with_if(RuleId::Xrs1, system.model.is_xr())
            .with_if(RuleId::Xrs2, system.model.is_xr()),
    })
}

/// What of a registration can stand in its way: all but the serial number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<'a> {
    pub(crate) model: &'a Model,
    pub(crate) sku_region: Option<SkuRegion>,
    pub(crate) on: Date,
    pub(crate) offer: Option<&'a OfferName>,
    pub(crate) billing: Option<BillingModel>,
}

impl<'a> Candidate<'a> {
    fn of(system: &'a Registration) -> Self {
        let Registration { model, sku_region, on, offer, billing, .. } = system;
        Self { model, sku_region: *sku_region, on: *on, offer: offer.as_ref(), billing: *billing }
    }

    /// The offer and the days on which service and warranty end, or everything that stands in the way.
    pub(crate) fn entitlement<'p>(
        &self,
        account: &Subscriber,
        assortment: &'p Assortment,
        table: &Compatibility,
    ) -> Result<(&'p Product, (Date, Date)), Vec<Unregistrable>> {
        let mut errors = of_account(account, self, table);
        let product = match chosen(account, self, assortment) {
            Ok(product) => {
                errors.extend(of_offer(account, self.model, product));
                Some(product)
            }
            Err(error) => {
                errors.extend(error);
                None
            }
        };
        let ends = ends(account, self.on).map_err(|_| Unregistrable::DateOutOfRange);
        match (product, ends) {
            (Some(product), Ok(ends)) if errors.is_empty() => Ok((product, ends)),
            (_, ends) => Err(errors.into_iter().chain(ends.err()).collect()),
        }
    }
}

/// The days on which service and warranty end.
fn ends(account: &Subscriber, on: Date) -> Result<(Date, Date), DateOutOfRange> {
    let years = if account.kind == Kind::Reseller { RESELLER_YEARS } else { 1 };
    Ok((on.add_months(Months::years(years))?, on.add_months(Months::YEAR)?))
}

/// The term by which the service goes on by itself: in a reseller account that of the free services, under direct
/// billing the offer's shortest period.
fn renews_every(account: &Subscriber, product: &Product) -> Option<Months> {
    match (account.kind, account.billing) {
        (Kind::Reseller, _) => Some(Months::years(RESELLER_YEARS)),
        (_, BillingModel::Direct) => product.terms.direct.as_deref()?.iter().min().copied(),
        (_, BillingModel::PrePaid) => None,
    }
}

/// What format, limit, billing model and, for an XR, instance of the account have against it.
fn of_account(account: &Subscriber, system: &Candidate<'_>, table: &Compatibility) -> Vec<Unregistrable> {
    let is_xr = system.model.is_xr();
    let legacy = (account.format == Format::Legacy && !is_xr).then_some(Unregistrable::LegacyAccount);
    let xr = if is_xr { criteria(Some(account), system.sku_region, table) } else { Vec::new() };
    let billing = billing_mismatch(account, system.billing);
    let limit = account.room_for(1).err().map(Unregistrable::from);
    legacy.into_iter().chain(xr.into_iter().map(Unregistrable::Xr)).chain(limit).chain(billing).collect()
}

/// SUB-8: a subscription that is to be billed otherwise than the account.
pub(crate) fn billing_mismatch(account: &Subscriber, wanted: Option<BillingModel>) -> Option<Unregistrable> {
    let wanted = wanted.filter(|wanted| *wanted != account.billing)?;
    Some(Unregistrable::BillingMismatch { wanted, account: account.billing })
}

/// The offer that is asked for, else the default of the model; no error where the account itself is the obstacle.
fn chosen<'a>(
    account: &Subscriber,
    system: &Candidate<'_>,
    assortment: &'a Assortment,
) -> Result<&'a Product, Option<Unregistrable>> {
    if let Some(name) = system.offer {
        return assortment.find(name).map(|found| &found.product).map_err(|unknown| Some(unknown.into()));
    }
    // A legacy account has no default offer, which is said of the account already.
    let listing = for_model(assortment, account, system.model).map_err(|_| None)?;
    let default = listing.offers.iter().find(|listed| listed.is_default).map(|listed| listed.product);
    default.ok_or_else(|| {
        let (model, version) = (system.model.clone(), assortment.version().clone());
        Some(Unregistrable::NoDefaultOffer { model, version })
    })
}

/// What the offer has against it.
fn of_offer(account: &Subscriber, model: &Model, product: &Product) -> Vec<Unregistrable> {
    let kind = not_a_service(product);
    let exclusions = product.exclusions_for(account, model).into_iter();
    let exclusions = exclusions.filter(|exclusion| *exclusion != Exclusion::LegacyAccount);
    kind.into_iter().chain(exclusions.map(Unregistrable::Excluded)).collect()
}

/// SUB-1: a product that no system is registered under.
pub(crate) fn not_a_service(product: &Product) -> Option<Unregistrable> {
    (product.kind != ProductKind::Support)
        .then(|| Unregistrable::NotAService { offer: product.name.clone(), kind: product.kind })
}
