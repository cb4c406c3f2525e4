use super::account::{AccountDoc, missing};
use super::account_view::{AccountOf, Taking};
use super::catalogue::{CatalogueDoc, assortment, with_own};
use super::directory::each_account_once;
use super::system::{Registered, SystemDoc};
use super::xr::{CompatibilityDoc, compatibility};
use crate::account::AccountFacts;
use crate::calendar::Date;
use crate::import::DateOrder;
use crate::offers::Assortment;
use crate::reseller::{AccountRegistrations, BulkAccount, BulkColumn};
use crate::rule::RuleSet;
use crate::text::{Serial, Uid};
use crate::unique::first_repetition;
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located, each};
use crate::wire::leaf::{Choice, Day, Prose};
use crate::wire::object::Object;
use crate::wire::view::Viewed;
use crate::xr::Compatibility;
use alms_json::Read;
use std::collections::HashMap;

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
    accounts: Vec<AccountOf<'a, Taking>>,
    /// The systems that are registered already, as far as known, each serial once.
    fleet: Option<Vec<Viewed<SystemDoc<'a>, Registered>>>,
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
            |(index, doc): (usize, &AccountOf<'_, Taking>)| target(doc, common, fired).at_index(index);
        let accounts: Result<Vec<_>, Error> = self.accounts.iter().enumerate().map(&mut read).collect();
        accounts.and_then(|list| each_account_once(list, |account| &account.uid)).at("accounts")
    }

    /// The accounts in which something is registered, as they are then.
    pub(in crate::wire) fn accounts_after(
        &self,
        registered: &[AccountRegistrations<'_>],
    ) -> Result<Vec<AccountFacts>, Error> {
        let facts = each(self.accounts.iter(), |doc: &AccountOf<'_, Taking>| doc.facts()).at("accounts")?;
        let mut known: HashMap<Option<Uid>, AccountFacts> =
            facts.into_iter().map(|facts| (facts.uid.clone(), facts)).collect();
        let mut after = |one: &AccountRegistrations<'_>| {
            let facts = known.remove(&Some(one.account.uid.clone()))?;
            Some(one.account_after(facts))
        };
        Ok(registered.iter().filter_map(&mut after).collect())
    }

    pub(in crate::wire) fn fleet(&self) -> Result<Vec<(Serial, Uid)>, Error> {
        let read = |doc: &Viewed<SystemDoc<'_>, Registered>| known(doc);
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

/// An account in which systems are to be registered.
fn target(
    doc: &AccountDoc<'_>,
    common: Option<&Assortment>,
    fired: &mut RuleSet,
) -> Result<BulkAccount, Error> {
    Ok(BulkAccount {
        subscriber: doc.subscriber(fired)?,
        uid: doc.uid()?,
        own: match common {
            Some(common) => with_own(common, doc.custom.as_deref())?,
            None => None,
        },
    })
}

/// A system that is registered, and its account.
fn known(doc: &SystemDoc<'_>) -> Result<(Serial, Uid), Error> {
    let facts = doc.facts()?;
    let serial = facts.serial.ok_or_else(|| missing("serial"))?;
    Ok((serial, facts.account.ok_or_else(|| missing("account"))?))
}
