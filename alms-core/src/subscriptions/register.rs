use super::registered::RegisteredSubscription;
use super::{FREE_TERM, Origin, OriginData, OriginError, SubscriptionBilling};
use crate::ErrorCode;
use crate::account::{Format, Kind, Model, SystemState};
use crate::calendar::{Date, Months};
use crate::offers::{
    Assortment, Exclusion, OverLimit, Product, ProductKind, Subscriber, UnknownOffer, default_for,
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
    pub billing: Option<SubscriptionBilling>,
    /// The first registration of the serial in any account, if it was registered before (SER-1).
    pub first_registered: Option<Date>,
    /// The period of direct billing; `None` for the shortest of the offer (SUB-7).
    pub period: Option<Months>,
    /// The offers that the system has in the account already: connectivity is added to a support offer (SUB-11).
    pub held: Vec<HeldOffer>,
}

/// An offer that a system has already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldOffer {
    /// The offer.
    pub offer: OfferName,
    /// What kind of offer it is.
    pub kind: ProductKind,
}

/// Why a system cannot be registered, with the way to fix it.
#[non_exhaustive]
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
        wanted: SubscriptionBilling,
        /// How the account is billed.
        account: SubscriptionBilling,
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
        "`{offer}` is of the kind `{kind}`; register the system under a `support` offer{}", added(*.kind)
    )]
    NotAService {
        /// The offer.
        offer: OfferName,
        /// What it is.
        kind: ProductKind,
    },
    /// The system has the offer, or another support offer, already (SUB-11).
    #[error(
        "`{serial}` has `{held}` already; change its offer by an order or an `offer_change`, or correct the serial number"
    )]
    AlreadyRegistered {
        /// The system.
        serial: Serial,
        /// What it has.
        held: OfferName,
    },
    /// A period that the offer does not have under this billing (SUB-7, OFF-1).
    #[error("`{offer}` is not billed every {months} months; {}", periods(.offered))]
    InvalidPeriod {
        /// The offer.
        offer: OfferName,
        /// The period that is wanted.
        months: Months,
        /// The periods that there are.
        offered: Vec<Months>,
    },
    /// The first registration would be after this one (SER-1).
    #[error(
        "`{first_registered}` is after the day of this registration, {on}; give that day or an earlier one"
    )]
    FirstRegisteredAfterRegistration {
        /// The first registration.
        first_registered: Date,
        /// The day of this one.
        on: Date,
    },
    /// The year ends after the calendar.
    #[error("the end date is beyond `9999-12-31`; give an earlier day of registration")]
    DateOutOfRange,
}

impl Unregistrable {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::LegacyAccount => ErrorCode::LegacyAccount,
            Self::Xr(error) => error.code(),
            Self::OverLimit(error) => error.code(),
            Self::BillingMismatch { .. } => ErrorCode::BillingMismatch,
            Self::UnknownOffer(error) => error.code(),
            Self::NoDefaultOffer { .. } => ErrorCode::NoDefaultOffer,
            Self::Excluded(error) => error.code(),
            Self::NotAService { .. } => ErrorCode::NotAService,
            Self::AlreadyRegistered { .. } => ErrorCode::AlreadyRegistered,
            Self::InvalidPeriod { .. } => ErrorCode::InvalidTerm,
            Self::FirstRegisteredAfterRegistration { .. } => ErrorCode::FirstRegisteredAfterRegistration,
            Self::DateOutOfRange => ErrorCode::DateOutOfRange,
        }
    }
}

/// What to do about connectivity, which a system gets beside a support offer.
const fn added(kind: ProductKind) -> &'static str {
    match kind {
        ProductKind::Connectivity => ", then add this one with the system's `subscriptions`",
        _ => "",
    }
}

fn periods(offered: &[Months]) -> String {
    let offered: Vec<String> = offered.iter().map(|months| format!("`{months}`")).collect();
    if offered.is_empty() {
        "leave `renews_every_months` out".to_owned()
    } else {
        format!("use {}", offered.join(" or "))
    }
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
            Unregistrable::AlreadyRegistered { .. } => RuleId::Sub11,
            Unregistrable::InvalidPeriod { .. } => RuleId::Sub7,
            Unregistrable::FirstRegisteredAfterRegistration { .. } => RuleId::Ser1,
            Unregistrable::NotAService { .. } | Unregistrable::DateOutOfRange => RuleId::Sub1,
        }
    }
}

/// Registers a system in an avc account (SUB-1), or adds connectivity to one that it holds (SUB-11).
///
/// The included first year belongs to the serial and begins with its first registration in any account. Of a serial that
/// was registered before, what is left of the year is served; after it the system is in inventory until an order activates
/// it, and under direct billing it is billed from its first day (SER-1). In a reseller's account everything is free (RES-1).
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
///     first_registered: None,
///     period: None,
///     held: vec![],
/// };
/// let assortment = built_in_catalogues().in_effect(system.on)?.assortment();
/// let subscription = register(&account, &system, &assortment, &Compatibility::default()).unwrap();
/// assert_eq!(subscription.offer.as_str(), "AirLink Complete");
/// assert_eq!(subscription.end_date, Some("2024-01-15".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn register(
    account: &Subscriber,
    system: &Registration,
    assortment: &Assortment,
    table: &Compatibility,
) -> Result<RegisteredSubscription, Vec<Unregistrable>> {
    let candidate = Candidate::of(system);
    let (product, origin) = candidate.entitlement(account, assortment, table)?;
    let data = origin.data();
    let (first_registered, end_date) = (data.first_registered.unwrap_or(system.on), origin.end_date());
    let is_used_up =
        first_registered < system.on && origin.included_until().is_none_or(|until| until <= system.on);
    let deciding = match data.billing {
        SubscriptionBilling::Free => RuleId::Res1,
        _ if product.kind == ProductKind::Connectivity => RuleId::Sub11,
        _ if is_used_up => RuleId::Ser1,
        _ => RuleId::Sub1,
    };
    Ok(RegisteredSubscription {
        serial: system.serial.clone(),
        model: system.model.clone(),
        offer: product.name.clone(),
        kind: product.kind,
        state: if end_date.is_some() { SystemState::Active } else { SystemState::Inventory },
        first_registered,
        registered: system.on,
        end_date,
        included_until: origin.included_until().filter(|until| *until > system.on),
        // Of a warranty that was interrupted nothing is left (SUB-6).
        warranty_end: origin.warranty_end().filter(|_| !is_used_up),
        billing: data.billing,
        catalogue: assortment.version().clone(),
        renews_every: origin.renews_every(),
        grounds: Grounds::new(deciding)
            .with(RuleId::Sub1)
            .with(RuleId::Off5)
            .with_if(RuleId::Ser1, system.first_registered.is_some())
            .with_if(RuleId::Off3, system.offer.is_none())
            .with_if(RuleId::Xrs1, system.model.is_xr())
            .with_if(RuleId::Xrs2, system.model.is_xr()),
    })
}

/// What of a registration can stand in its way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<'a> {
    /// `None` if it cannot be read; nothing follows from it then.
    pub(crate) serial: Option<&'a Serial>,
    /// `None` if it cannot be read; nothing follows from it then.
    pub(crate) model: Option<&'a Model>,
    pub(crate) sku_region: Option<SkuRegion>,
    pub(crate) on: Date,
    pub(crate) offer: Option<&'a OfferName>,
    pub(crate) billing: Option<SubscriptionBilling>,
    pub(crate) first_registered: Option<Date>,
    pub(crate) period: Option<Months>,
    pub(crate) held: &'a [HeldOffer],
}

impl<'a> Candidate<'a> {
    fn of(system: &'a Registration) -> Self {
        let Registration { serial, model, sku_region, on, offer, billing, first_registered, period, held } =
            system;
        Self {
            serial: Some(serial),
            model: Some(model),
            sku_region: *sku_region,
            on: *on,
            offer: offer.as_ref(),
            billing: *billing,
            first_registered: *first_registered,
            period: *period,
            held,
        }
    }

    /// A device that was never registered, billed as its account is.
    pub(crate) fn of_device(
        model: &'a Model,
        sku_region: Option<SkuRegion>,
        on: Date,
        offer: Option<&'a OfferName>,
    ) -> Self {
        let (billing, first_registered, period) = (None, None, None);
        Self {
            serial: None,
            model: Some(model),
            sku_region,
            on,
            offer,
            billing,
            first_registered,
            period,
            held: &[],
        }
    }

    /// The offer and how the subscription begins, or everything that stands in the way.
    pub(crate) fn entitlement<'p>(
        &self,
        account: &Subscriber,
        assortment: &'p Assortment,
        table: &Compatibility,
    ) -> Result<(&'p Product, Origin), Vec<Unregistrable>> {
        let chosen = chosen(account, self, assortment);
        // Connectivity takes no room beside the system that has it (ACC-8).
        let is_added = chosen.as_ref().is_ok_and(|product| self.is_added(product));
        let mut errors = of_account(account, self, table, is_added);
        match chosen {
            Ok(product) => {
                errors.extend(of_offer(account, self, product));
                match self.begun(account, product) {
                    Ok(origin) if errors.is_empty() => return Ok((product, origin)),
                    Ok(_) => {}
                    Err(error) => errors.push(error),
                }
            }
            Err(error) => {
                errors.extend(error);
                errors.extend(self.later_first_registration());
            }
        }
        Err(errors)
    }

    /// Whether the offer is connectivity for a system that has a support offer (SUB-11).
    fn is_added(&self, product: &Product) -> bool {
        product.kind == ProductKind::Connectivity
            && self.held.iter().any(|held| held.kind == ProductKind::Support)
    }

    fn later_first_registration(&self) -> Option<Unregistrable> {
        let on = self.on;
        let first_registered = self.first_registered.filter(|first_registered| *first_registered > on)?;
        Some(Unregistrable::FirstRegisteredAfterRegistration { first_registered, on })
    }

    /// How the subscription begins (SUB-1, SER-1, RES-1, SUB-11).
    fn begun(&self, account: &Subscriber, product: &Product) -> Result<Origin, Unregistrable> {
        let nobody = || Serial::UNREAD;
        let data = OriginData {
            model: self.model.cloned().unwrap_or(Model::unknown()),
            kind: product.kind,
            billing: billing_of(account),
            renews_every: renews_every(account, product, self.period),
            first_registered: Some(self.first_registered.unwrap_or(self.on)),
            registered: Some(self.on),
            ..OriginData::new(self.serial.cloned().unwrap_or_else(nobody), product.name.clone())
        };
        Origin::try_new(data).map_err(|error| match error {
            OriginError::FirstRegisteredAfterRegistration { first_registered, .. } => {
                Unregistrable::FirstRegisteredAfterRegistration { first_registered, on: self.on }
            }
            _ => Unregistrable::DateOutOfRange,
        })
    }
}

/// How an account's subscriptions are paid for: those of a reseller are free (RES-1), others as the account is billed.
fn billing_of(account: &Subscriber) -> SubscriptionBilling {
    match account.kind {
        Kind::Reseller => SubscriptionBilling::Free,
        _ => account.billing.into(),
    }
}

/// The term by which the service goes on by itself: in a reseller account that of the free services, under direct
/// billing the period that was chosen, or the offer's shortest.
fn renews_every(account: &Subscriber, product: &Product, wanted: Option<Months>) -> Option<Months> {
    match billing_of(account) {
        SubscriptionBilling::Free => Some(FREE_TERM),
        SubscriptionBilling::Direct => {
            wanted.or_else(|| product.terms.direct.as_deref()?.iter().min().copied())
        }
        SubscriptionBilling::PrePaid => None,
    }
}

/// SUB-7: the periods among which a registration may choose.
fn periods_of(account: &Subscriber, product: &Product) -> Vec<Months> {
    match billing_of(account) {
        SubscriptionBilling::Free => vec![FREE_TERM],
        SubscriptionBilling::Direct => product.terms.direct.clone().unwrap_or_default(),
        SubscriptionBilling::PrePaid => Vec::new(),
    }
}

/// What format, limit, billing and, for an XR, instance of the account have against it.
fn of_account(
    account: &Subscriber,
    system: &Candidate<'_>,
    table: &Compatibility,
    is_added: bool,
) -> Vec<Unregistrable> {
    let is_xr = system.model.is_some_and(Model::is_xr);
    let legacy = (account.format == Format::Legacy && !is_xr).then_some(Unregistrable::LegacyAccount);
    let xr = if is_xr { criteria(Some(account), system.sku_region, table) } else { Vec::new() };
    let limit = account.room_for(1).err().filter(|_| !is_added).map(Unregistrable::from);
    let billing = billing_mismatch(account, system.billing);
    legacy.into_iter().chain(xr.into_iter().map(Unregistrable::Xr)).chain(limit).chain(billing).collect()
}

/// SUB-8: a subscription that is to be billed otherwise than the account; a reseller's are free, whatever its billing.
pub(crate) fn billing_mismatch(
    account: &Subscriber,
    wanted: Option<SubscriptionBilling>,
) -> Option<Unregistrable> {
    let (own, of_account) = (billing_of(account), account.billing.into());
    let wanted = wanted.filter(|wanted| *wanted != own && *wanted != of_account)?;
    Some(Unregistrable::BillingMismatch { wanted, account: of_account })
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
    let model = system.model.ok_or(None)?;
    if account.format == Format::Legacy {
        return Err(None);
    }
    let default = default_for(assortment, account, model).map(|one| &one.product);
    default.ok_or_else(|| {
        let (model, version) = (model.clone(), assortment.version().clone());
        Some(Unregistrable::NoDefaultOffer { model, version })
    })
}

/// What the offer has against it.
fn of_offer(account: &Subscriber, system: &Candidate<'_>, product: &Product) -> Vec<Unregistrable> {
    let kind = not_a_service(product).filter(|_| !system.is_added(product));
    let in_the_way = |held: &&HeldOffer| match product.kind {
        ProductKind::Support => held.kind == ProductKind::Support,
        _ => held.offer == product.name,
    };
    let held = system.held.iter().find(in_the_way).zip(system.serial);
    let held = held.map(|(held, serial)| Unregistrable::AlreadyRegistered {
        serial: serial.clone(),
        held: held.offer.clone(),
    });
    let offered = periods_of(account, product);
    let period = system.period.filter(|months| !offered.contains(months)).map(|months| {
        let offer = product.name.clone();
        Unregistrable::InvalidPeriod { offer, months, offered }
    });
    let exclusions = system.model.map(|model| product.exclusions_for(account, model)).unwrap_or_default();
    let exclusions = exclusions.into_iter().filter(|exclusion| *exclusion != Exclusion::LegacyAccount);
    kind.into_iter().chain(held).chain(exclusions.map(Unregistrable::Excluded)).chain(period).collect()
}

/// SUB-1: a product that no system is registered under.
pub(crate) fn not_a_service(product: &Product) -> Option<Unregistrable> {
    (product.kind != ProductKind::Support)
        .then(|| Unregistrable::NotAService { offer: product.name.clone(), kind: product.kind })
}
