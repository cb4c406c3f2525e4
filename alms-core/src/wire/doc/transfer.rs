use super::account::AccountDoc;
use super::account_view::{AccountOf, Taking};
use super::allocation::{AllocationDoc, allocations};
use super::catalogue::{CatalogueDoc, assortment, with_own};
use super::late::{LateDoc, late_renewal};
use super::subscription::SubscriptionDoc;
use super::xr::{CompatibilityDoc, compatibility};
use crate::calendar::Date;
use crate::reseller::{Allocation, TransferAccount, TransferSystem};
use crate::rule::RuleSet;
use crate::subscriptions::LateRenewal;
use crate::unique::first_repetition;
use crate::wire::ErrorCode;
use crate::wire::doc::account::{optional_day, optional_text};
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Day, Id};
use crate::wire::object::Object;
use crate::xr::{Compatibility, SkuRegion};
use alms_json::Read;

/// Input of `reseller.transfer`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TransferRequest"))]
pub(in crate::wire) struct TransferRequestDoc<'a> {
    /// The account that gives the systems.
    from: AccountOf<'a, Taking>,
    /// The account that takes them; one of the two is the reseller's own, a partner of the other.
    to: AccountOf<'a, Taking>,
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

/// A system that is to be transferred.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TransferSystem"))]
struct TransferSystemDoc<'a> {
    /// Its subscription with its history in the account that gives it.
    subscription: Object<SubscriptionDoc<'a>>,
    /// The day of its first registration in any account, as an earlier transfer gave it; that of the subscription where
    /// absent.
    first_registered: Option<Day<'a>>,
    /// The region of its SKU; only XR Series routers need it.
    sku_region: Option<Choice<'a, SkuRegion>>,
    /// The offer in the account that takes it; where absent the default offer of the model, or else another one of the
    /// same type.
    offer: Option<Id<'a>>,
}

impl TransferRequestDoc<'_> {
    /// The account that gives and the one that takes.
    pub(in crate::wire) fn accounts(
        &self,
        on: Date,
        fired: &mut RuleSet,
    ) -> Result<(TransferAccount, TransferAccount), Error> {
        let catalogues = self.catalogues.as_deref();
        let from =
            transfer_account(&self.from, on, catalogues, fired).map_err(|error| error.in_account("from"))?;
        let to = transfer_account(&self.to, on, catalogues, fired).map_err(|error| error.in_account("to"))?;
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
        allocations(self.allocations.as_deref().unwrap_or_default())
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

/// An account that gives or takes systems.
fn transfer_account(
    doc: &AccountDoc<'_>,
    on: Date,
    catalogues: Option<&[Object<CatalogueDoc<'_>>]>,
    fired: &mut RuleSet,
) -> Result<TransferAccount, Misread> {
    let of_account = Misread::Account;
    let common = assortment(on, catalogues, None, fired).map_err(Misread::Catalogue)?;
    let own = with_own(&common, doc.custom.as_deref()).map_err(of_account)?;
    let subscriber = doc.subscriber(fired).map_err(of_account)?;
    let facts = doc.facts().map_err(of_account)?;
    let partnerships = facts.partnerships().map_err(|error| of_account(error.into()))?;
    Ok(TransferAccount {
        uid: doc.uid().map_err(of_account)?,
        subscriber,
        partners: partnerships.into_iter().map(|partnership| partnership.partner).collect(),
        assortment: own.unwrap_or(common),
    })
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
