//! The transfer of systems between a reseller's own account and a partnered one (RES-5, RES-6).

mod allocation;
mod fault;
mod judge;

pub use allocation::AllocationState;
pub use fault::TransferFault;

use crate::account::{AccountFacts, Allocation, FactsError, Model, needed};
use crate::calendar::{Date, Months};
use crate::names::named_enum;
use crate::offers::{Assortment, ProductKind, Subscriber};
use crate::rule::{Grounds, RuleId};
use crate::subscriptions::{FleetError, Holding, LateRenewal, LifeState, OriginData, SubscriptionBilling};
use crate::text::{CatalogueVersion, OfferName, Serial, Uid};
use crate::xr::{Compatibility, SkuRegion};
use judge::Judge;

/// An account that gives or takes systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferAccount {
    /// The formal identifier.
    pub uid: Uid,
    /// What registration asks about it.
    pub subscriber: Subscriber,
    /// Its partners (ACC-11).
    pub partners: Vec<Uid>,
    /// What it can choose from, offers of its own included (OFF-5).
    pub assortment: Assortment,
}

impl TransferAccount {
    /// The account that somebody describes, with what it can choose from.
    ///
    /// # Errors
    /// [`FactsError`]: something that is needed is missing, or contradicts itself.
    pub fn of(facts: &AccountFacts, assortment: Assortment) -> Result<Self, FactsError> {
        let partnerships = facts.partnerships()?;
        Ok(Self {
            uid: needed(facts.uid.clone(), "uid")?,
            subscriber: Subscriber::try_from(facts)?,
            partners: partnerships.into_iter().map(|partnership| partnership.partner).collect(),
            assortment,
        })
    }
}

/// A system that is to be transferred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferSystem {
    /// Its subscription in the account that gives it.
    pub holding: Holding,
    /// The day of its first registration in any account; `None` if that is the subscription's.
    pub first_registered: Option<Date>,
    /// The region of its SKU, of an XR Series router.
    pub sku_region: Option<SkuRegion>,
    /// The offer in the account that takes it; `None` for the default one, or else another of the same type.
    pub offer: Option<OfferName>,
}

/// Who gives what to whom.
#[derive(Debug, Clone, Copy)]
pub struct TransferRequest<'a> {
    /// The account that gives.
    pub from: &'a TransferAccount,
    /// The account that takes.
    pub to: &'a TransferAccount,
    /// The systems, in the order in which they take room and allocations.
    pub systems: &'a [TransferSystem],
    /// What was bought for the account that takes (RES-6).
    pub allocations: &'a [Allocation],
    /// Which instances take which XR Series routers.
    pub table: &'a Compatibility,
    /// From when a late renewal counts in the histories.
    pub late: LateRenewal,
    /// The day of the transfer.
    pub on: Date,
}

/// What a system is entitled to in the account that takes it; a subscription to every other operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferredSubscription {
    /// The account that takes it.
    pub account: Uid,
    /// The system.
    pub serial: Serial,
    /// Its model.
    pub model: Model,
    /// The offer.
    pub offer: OfferName,
    /// What kind of offer it is.
    pub kind: ProductKind,
    /// The day of the transfer.
    pub start_date: Date,
    /// The first registration of the serial in any account, where known (SER-1).
    pub first_registered: Option<Date>,
    /// The day of the transfer, on which it is registered in the account; `None` if the first registration is not known.
    pub registered: Option<Date>,
    /// The day on which its chain of terms began: the first registration in the included year, else the day of the transfer.
    pub terms_from: Date,
    /// The first day after the included year; the day of the transfer if nothing is left of it.
    pub included_until: Date,
    /// The day the service ends.
    pub end_date: Date,
    /// The day the warranty ends, which goes on as it was.
    pub warranty_end: Option<Date>,
    /// How it is billed.
    pub billing: SubscriptionBilling,
    /// For how many months the service goes on by itself; `None` where it takes an order.
    pub renews_every: Option<Months>,
    /// The version of the catalogue under which it was sold (OFF-5).
    pub catalogue: CatalogueVersion,
    /// The rules behind it, the deciding one first.
    pub grounds: Grounds,
}

impl TransferSystem {
    /// A system on the default offer of the account that takes it.
    pub const fn new(holding: Holding) -> Self {
        Self { holding, first_registered: None, sku_region: None, offer: None }
    }
}

impl From<&TransferredSubscription> for OriginData {
    /// How things stand at the end of the day of the transfer.
    fn from(transferred: &TransferredSubscription) -> Self {
        let on = transferred.start_date;
        Self {
            account: Some(transferred.account.clone()),
            model: transferred.model.clone(),
            kind: transferred.kind,
            catalogue: Some(transferred.catalogue.clone()),
            state: Some(LifeState::Active),
            as_of: Some(on),
            first_registered: transferred.first_registered,
            registered: transferred.registered,
            start_date: Some(on),
            terms_from: Some(transferred.terms_from),
            included_until: Some(transferred.included_until),
            end_date: Some(transferred.end_date),
            warranty_end: transferred.warranty_end,
            billing: transferred.billing,
            renews_every: transferred.renews_every,
            grounds: Some(transferred.grounds),
            ..Self::new(transferred.serial.clone(), transferred.offer.clone())
        }
    }
}

/// A system that can be transferred, and what results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transferred {
    /// What it is entitled to then.
    pub subscription: TransferredSubscription,
    /// The position of the allocation that it uses (RES-6).
    pub allocation: Option<usize>,
    /// What to look at.
    pub findings: Vec<TransferFinding>,
}

named_enum! {
    /// What a host should look at before it transfers.
    #[non_exhaustive]
    pub enum TransferFindingCode {
        /// The service is paid until a later day, and what is left of it is not carried over.
        PaidTermLeft = "paid_term_left" => "transfer the system after that day, or accept that the rest is lost",
    }
}

impl TransferFindingCode {
    /// The rule behind it.
    pub const fn rule(self) -> RuleId {
        RuleId::Res5
    }
}

/// Something to look at; no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferFinding {
    /// What it is.
    pub code: TransferFindingCode,
    /// A sentence for people.
    pub message: String,
}

/// What becomes of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// For each system what results, or everything that stands in its way.
    pub results: Vec<Result<Transferred, Vec<TransferFault>>>,
    /// What is left of each allocation.
    pub allocations: Vec<AllocationState>,
}

/// Transfers systems between a reseller's own account and a partnered one (RES-5): every system by itself.
///
/// In a customer's account a system activates as new, on the default offer of its model if that is of the type that the
/// system has, else on another offer of this type: with what is left of the year after its first registration (SER-1). A
/// year after that it needs a service that was bought (RES-6): an [`Allocation`]; under direct billing it is billed from the
/// day of the transfer. In a reseller's account it is free for five years (RES-1).
///
/// A system is judged as if the good ones before it were transferred: the limit of the account (ACC-8) and the
/// allocations count them.
///
/// # Errors
/// [`FleetError`]: a history that the rules do not allow.
///
/// ```
/// use alms_core::account::{Format, Instance, Kind};
/// use alms_core::offers::{BillingModel, Subscriber};
/// use alms_core::reseller::{TransferAccount, TransferRequest, TransferSystem, transfer};
/// use alms_core::subscriptions::{Holding, LateRenewal, Origin, OriginData, SubscriptionBilling};
/// use alms_core::wire::built_in_catalogues;
/// use alms_core::xr::Compatibility;
/// let on = "2024-05-01".parse()?;
/// let account = |uid: &str, kind, partners: &[&str]| -> Result<_, Box<dyn std::error::Error>> {
///     let (format, instance, billing) = (Format::Avc, Instance::Na, BillingModel::PrePaid);
///     let partners = partners.iter().map(|uid| uid.parse()).collect::<Result<_, _>>()?;
///     let assortment = built_in_catalogues().in_effect(on)?.assortment();
///     let subscriber = Subscriber { format, kind, instance, billing, systems: None };
///     Ok(TransferAccount { uid: uid.parse()?, subscriber, partners, assortment })
/// };
/// // Registered in the reseller's account in January.
/// let origin = Origin::try_new(OriginData {
///     model: "RV55".parse()?,
///     billing: SubscriptionBilling::Free,
///     registered: Some("2024-01-15".parse()?),
///     ..OriginData::new("LA1".parse()?, "AirLink Complete".parse()?)
/// })?;
/// let holding = Holding { origin, events: vec![] };
/// let transfer = transfer(&TransferRequest {
///     from: &account("r1", Kind::Reseller, &[])?,
///     to: &account("c1", Kind::Customer, &["r1"])?,
///     systems: &[TransferSystem { holding, first_registered: None, sku_region: None, offer: None }],
///     allocations: &[],
///     table: &Compatibility::default(),
///     late: LateRenewal::FromOrder,
///     on,
/// })?;
/// assert_eq!(transfer.results[0].as_ref().unwrap().subscription.end_date, "2025-01-15".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn transfer(request: &TransferRequest<'_>) -> Result<Transfer, FleetError> {
    let mut judge = Judge::new(request);
    let systems = request.systems.iter().enumerate();
    let results = systems.map(|(index, system)| judge.take(index, system)).collect::<Result<_, _>>()?;
    Ok(Transfer { results, allocations: judge.finish() })
}
