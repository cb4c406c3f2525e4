use super::catalogue::{CatalogueDoc, assortment, with_own};
use super::directory::each_account_once;
use super::product::ProductDoc;
use super::subscriber::{SubscriberFields, subscriber};
use super::xr::{CompatibilityDoc, compatibility};
use crate::account::{Format, Instance, Kind};
use crate::calendar::Date;
use crate::import::DateOrder;
use crate::offers::{Assortment, BillingModel};
use crate::reseller::{BulkAccount, BulkColumn};
use crate::rule::RuleSet;
use crate::text::{Serial, Uid};
use crate::unique::first_repetition;
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Day, Id, Prose, SystemCount};
use crate::wire::object::Object;
use crate::xr::Compatibility;
use alms_json::Read;

/// Input of `reseller.bulk_register`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BulkRequest"))]
pub(in crate::wire) struct BulkRequestDoc<'a> {
    /// The file's text: a header and a row per system, with serial number, model and the UID of the account, and where
    /// wanted the offer, the SKU region and the billing model.
    pub(in crate::wire) csv: Prose<'a>,
    /// The titles of columns, where they are others than those that are known.
    columns: Option<Object<BulkColumnsDoc<'a>>>,
    /// What dates such as `03/04/2023` mean; `iso` where absent: what another value of the column tells, else an error.
    dates: Option<Choice<'a, DateOrder>>,
    /// The day of registration.
    pub(in crate::wire) on: Day<'a>,
    /// The accounts that rows may name, each UID once; none of them need be a partner's.
    accounts: Vec<Object<TargetAccountDoc<'a>>>,
    /// The systems that are registered already, as far as known, each serial once.
    fleet: Option<Vec<Object<KnownSystemDoc<'a>>>>,
    /// Which instances take the routers of which SKU region; `na` for North America and `eu` for Global where absent.
    compatibility: Option<Object<CompatibilityDoc<'a>>>,
    /// Whether every serial that is not in `fleet` was never registered before; if false, a finding counts the systems that
    /// get an included year without a first registration. True where absent.
    pub(in crate::wire) known_serials: Option<bool>,
    /// The versions of the catalogue; the built-in ones where absent.
    catalogues: Option<Vec<Object<CatalogueDoc<'a>>>>,
}

/// Titles of the columns of a list of registrations; each has to be there.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "BulkColumns"))]
struct BulkColumnsDoc<'a> {
    /// Of the serial numbers.
    serial: Option<Prose<'a>>,
    /// Of the models.
    model: Option<Prose<'a>>,
    /// Of the accounts' UIDs.
    account: Option<Prose<'a>>,
    /// Of the offers.
    offer: Option<Prose<'a>>,
    /// Of the SKU regions.
    sku_region: Option<Prose<'a>>,
    /// Of the billing models.
    billing: Option<Prose<'a>>,
}

/// An account in which systems are to be registered.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "TargetAccount"))]
struct TargetAccountDoc<'a> {
    /// The formal identifier, by which rows name it.
    uid: Id<'a>,
    /// Legacy (tokens) or avc (a subscription per system).
    format: Choice<'a, Format>,
    /// What the account is for.
    kind: Choice<'a, Kind>,
    /// The server that holds the account.
    instance: Choice<'a, Instance>,
    /// How all its subscriptions are billed; `pre_paid` where absent.
    billing: Option<Choice<'a, BillingModel>>,
    /// How many systems it has; at least those of `fleet` are counted.
    systems: Option<SystemCount<'a>>,
    /// The offers of its own.
    custom: Option<Vec<Object<ProductDoc<'a>>>>,
}

/// A system that is registered.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "KnownSystem"))]
struct KnownSystemDoc<'a> {
    /// The serial number.
    serial: Id<'a>,
    /// The UID of its account, which may be another than those of `accounts`.
    account: Id<'a>,
}

impl BulkRequestDoc<'_> {
    /// The titles that the caller names.
    pub(in crate::wire) fn titles(&self) -> Vec<(BulkColumn, String)> {
        let Some(columns) = &self.columns else { return Vec::new() };
        let named = [
            (BulkColumn::Serial, &columns.serial),
            (BulkColumn::Model, &columns.model),
            (BulkColumn::Account, &columns.account),
            (BulkColumn::Offer, &columns.offer),
            (BulkColumn::SkuRegion, &columns.sku_region),
            (BulkColumn::Billing, &columns.billing),
        ];
        let title = |(column, title): (BulkColumn, &Option<Prose<'_>>)| {
            title.as_ref().map(|title| (column, title.as_str().to_owned()))
        };
        named.into_iter().filter_map(title).collect()
    }

    pub(in crate::wire) fn dates(&self) -> Result<DateOrder, Error> {
        self.dates.as_ref().map_or(Ok(DateOrder::default()), Choice::read).at("dates")
    }

    /// The accounts; `common` is what those without own offers choose from.
    pub(in crate::wire) fn accounts(
        &self,
        common: Option<&Assortment>,
        fired: &mut RuleSet,
    ) -> Result<Vec<BulkAccount>, Error> {
        let mut read =
            |(index, doc): (usize, &Object<TargetAccountDoc<'_>>)| doc.read(common, fired).at_index(index);
        let accounts: Result<Vec<_>, Error> = self.accounts.iter().enumerate().map(&mut read).collect();
        accounts.and_then(|list| each_account_once(list, |account| &account.uid)).at("accounts")
    }

    pub(in crate::wire) fn fleet(&self) -> Result<Vec<(Serial, Uid)>, Error> {
        let read = |doc: &Object<KnownSystemDoc<'_>>| doc.read();
        let fleet: Vec<_> = each(self.fleet.iter().flatten(), read).at("fleet")?;
        match first_repetition(fleet.iter().map(|(serial, _)| serial)) {
            None => Ok(fleet),
            Some((index, serial)) => {
                let message = format!("the serial `{serial}` is in the list twice; give each system once");
                let error = Error::new(ErrorCode::DuplicateSerial, message);
                Err(error.at("serial").at_index(index).at("fleet"))
            }
        }
    }

    /// What accounts without own offers choose from; nothing before the first catalogue, which is said of each row (RES-4).
    pub(in crate::wire) fn assortment(
        &self,
        on: Date,
        fired: &mut RuleSet,
    ) -> Result<Option<Assortment>, Error> {
        match assortment(on, self.catalogues.as_deref(), None, fired) {
            Ok(assortment) => Ok(Some(assortment)),
            Err(error) if error.code() == ErrorCode::NoCatalogue.as_str() => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(in crate::wire) fn compatibility(&self) -> Result<Compatibility, Error> {
        compatibility(self.compatibility.as_ref())
    }
}

impl TargetAccountDoc<'_> {
    fn read(&self, common: Option<&Assortment>, fired: &mut RuleSet) -> Result<BulkAccount, Error> {
        let TargetAccountDoc { format, kind, instance, billing, systems, .. } = self;
        let (billing, systems) = (billing.as_ref(), systems.as_ref());
        Ok(BulkAccount {
            uid: self.uid.read().at("uid")?,
            subscriber: subscriber(SubscriberFields { format, kind, instance, billing, systems }, fired)?,
            own: match common {
                Some(common) => with_own(common, self.custom.as_deref())?,
                None => None,
            },
        })
    }
}

impl KnownSystemDoc<'_> {
    fn read(&self) -> Result<(Serial, Uid), Error> {
        Ok((self.serial.read().at("serial")?, self.account.read().at("account")?))
    }
}
