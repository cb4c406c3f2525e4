use super::account::texts;
use super::catalogue::{CatalogueDoc, assortment, with_own};
use super::late::{LateDoc, late_renewal};
use super::product::ProductDoc;
use super::subscriber::{SubscriberFields, subscriber};
use super::subscription::{HoldingDoc, MonthCount, Years, length};
use super::xr::{CompatibilityDoc, compatibility};
use crate::account::{Format, Instance, Kind};
use crate::calendar::{Date, Months};
use crate::offers::BillingModel;
use crate::reseller::{Allocation, TransferAccount, TransferSystem};
use crate::rule::RuleSet;
use crate::subscriptions::LateRenewal;
use crate::unique::first_repetition;
use crate::wire::ErrorCode;
use crate::wire::doc::account::{optional_day, optional_text};
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Day, Id, SystemCount};
use crate::wire::object::Object;
use crate::xr::{Compatibility, SkuRegion};
use alms_json::Read;

/// Input of `reseller.transfer`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TransferRequest"))]
pub(in crate::wire) struct TransferRequestDoc<'a> {
    /// The account that gives the systems.
    from: Object<TransferAccountDoc<'a>>,
    /// The account that takes them; one of the two is the reseller's own, a partner of the other.
    to: Object<TransferAccountDoc<'a>>,
    /// The day of the transfer.
    pub(in crate::wire) on: Day<'a>,
    /// The systems, each serial once; in their order they take room and allocations.
    systems: Vec<Object<TransferSystemDoc<'a>>>,
    /// Services that were bought for the account that takes the systems.
    allocations: Option<Vec<Object<AllocationDoc<'a>>>>,
    /// Which instances take the routers of which SKU region; `na` for North America and `eu` for Global where absent.
    compatibility: Option<Object<CompatibilityDoc<'a>>>,
    /// The versions of the catalogue; the built-in ones where absent.
    catalogues: Option<Vec<Object<CatalogueDoc<'a>>>>,
    /// From when a late renewal counts; `from_order` where absent.
    late: Option<LateDoc<'a>>,
}

/// An account that gives or takes systems.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TransferAccount"))]
struct TransferAccountDoc<'a> {
    /// The formal identifier.
    uid: Id<'a>,
    /// Legacy (tokens) or avc (a subscription per system).
    format: Choice<'a, Format>,
    /// What the account is for.
    kind: Choice<'a, Kind>,
    /// The server that holds the account.
    instance: Choice<'a, Instance>,
    /// How all its subscriptions are billed; `pre_paid` where absent.
    billing: Option<Choice<'a, BillingModel>>,
    /// How many systems it has; null where that is not known.
    systems: Option<SystemCount<'a>>,
    /// The UIDs of its partners.
    partners: Option<Vec<Id<'a>>>,
    /// The offers of its own.
    custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

/// A system that is to be transferred.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TransferSystem"))]
struct TransferSystemDoc<'a> {
    /// Its subscription with its history in the account that gives it.
    subscription: Object<HoldingDoc<'a>>,
    /// The day of its first registration in any account, as an earlier transfer gave it; that of the subscription where
    /// absent.
    first_registered: Option<Day<'a>>,
    /// The region of its SKU; only XR Series routers need it.
    sku_region: Option<Choice<'a, SkuRegion>>,
    /// The offer in the account that takes it; where absent the default offer of the model, or else another one of the
    /// same type.
    offer: Option<Id<'a>>,
}

/// Services that were bought for an account.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "AllocationRequest"))]
struct AllocationDoc<'a> {
    /// The offer.
    offer: Id<'a>,
    /// For how many months each of them is; 12 where absent.
    months: Option<MonthCount<'a>>,
    /// For how many years, an older form of 12 times as many `months`.
    years: Option<Years<'a>>,
    /// For how many systems; 1 where absent.
    quantity: Option<SystemCount<'a>>,
    /// The one system that it was bought for; any where absent.
    serial: Option<Id<'a>>,
}

impl TransferRequestDoc<'_> {
    /// The account that gives and the one that takes.
    pub(in crate::wire) fn accounts(
        &self,
        on: Date,
        fired: &mut RuleSet,
    ) -> Result<(TransferAccount, TransferAccount), Error> {
        let catalogues = self.catalogues.as_deref();
        let from = self.from.read(on, catalogues, fired).map_err(|error| error.in_account("from"))?;
        let to = self.to.read(on, catalogues, fired).map_err(|error| error.in_account("to"))?;
        Ok((from, to))
    }

    pub(in crate::wire) fn systems(&self) -> Result<Vec<TransferSystem>, Error> {
        let read = |doc: &Object<TransferSystemDoc<'_>>| doc.read();
        let systems: Vec<TransferSystem> = each(self.systems.iter(), read).at("systems")?;
        match first_repetition(systems.iter().map(|system| system.holding.origin.serial())) {
            None => Ok(systems),
            Some((index, serial)) => {
                let message = format!("the serial `{serial}` is in the list twice; give each system once");
                let error = Error::new(ErrorCode::DuplicateSerial, message).at("serial").at("subscription");
                Err(error.at_index(index).at("systems"))
            }
        }
    }

    pub(in crate::wire) fn allocations(&self) -> Result<Vec<Allocation>, Error> {
        let read = |(index, doc): (usize, &Object<AllocationDoc<'_>>)| doc.read().at_index(index);
        let docs = self.allocations.iter().flatten().enumerate();
        docs.map(read).collect::<Result<_, _>>().at("allocations")
    }

    pub(in crate::wire) fn compatibility(&self) -> Result<Compatibility, Error> {
        compatibility(self.compatibility.as_ref())
    }

    pub(in crate::wire) fn late(&self) -> Result<LateRenewal, Error> {
        late_renewal(self.late.as_ref())
    }
}

/// What is wrong with an account, or with what both of them choose from.
enum Misread {
    Account(Error),
    Catalogue(Error),
}

impl Misread {
    fn in_account(self, name: &str) -> Error {
        match self {
            Misread::Account(error) => error.at(name),
            Misread::Catalogue(error) => error,
        }
    }
}

impl TransferAccountDoc<'_> {
    fn read(
        &self,
        on: Date,
        catalogues: Option<&[Object<CatalogueDoc<'_>>]>,
        fired: &mut RuleSet,
    ) -> Result<TransferAccount, Misread> {
        let TransferAccountDoc { format, kind, instance, billing, systems, .. } = self;
        let (billing, systems) = (billing.as_ref(), systems.as_ref());
        let fields = SubscriberFields { format, kind, instance, billing, systems };
        let of_account = Misread::Account;
        let common = assortment(on, catalogues, None, fired).map_err(Misread::Catalogue)?;
        let own = with_own(&common, self.custom.as_deref());
        Ok(TransferAccount {
            uid: self.uid.read().at("uid").map_err(of_account)?,
            subscriber: subscriber(fields, fired).map_err(of_account)?,
            partners: texts(self.partners.as_deref(), "partners").map_err(of_account)?,
            assortment: own.map_err(of_account)?.unwrap_or(common),
        })
    }
}

impl TransferSystemDoc<'_> {
    fn read(&self) -> Result<TransferSystem, Error> {
        Ok(TransferSystem {
            holding: self.subscription.read().at("subscription")?,
            first_registered: optional_day(self.first_registered.as_ref(), "first_registered")?,
            sku_region: self.sku_region.as_ref().map(Choice::read).transpose().at("sku_region")?,
            offer: optional_text(self.offer.as_ref(), "offer")?,
        })
    }
}

impl AllocationDoc<'_> {
    fn read(&self) -> Result<Allocation, Error> {
        Ok(Allocation {
            offer: self.offer.read().at("offer")?,
            months: length(self.months.as_ref(), self.years.as_ref())?
                .map_or(Months::YEAR, |(months, _)| months),
            quantity: self.quantity.as_ref().map_or(Ok(1), quantity).at("quantity")?,
            serial: optional_text(self.serial.as_ref(), "serial")?,
        })
    }
}

/// A number of systems, as many as an account may have.
fn quantity(count: &SystemCount<'_>) -> Result<u32, Error> {
    count.small()
}
