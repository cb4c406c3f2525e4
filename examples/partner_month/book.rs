//! What a partner keeps of its accounts, from a file.

use crate::args::Args;
use alms_core::account::{Partnership, SystemState};
use alms_core::calendar::Date;
use alms_core::offers::{BillingModel, Subscriber};
use alms_core::reseller::{
    BulkAccount, Customer, CustomerData, CustomerSystem, NotifiedCustomer, NotifiedReseller,
};
use alms_core::subscriptions::{Holding, LateRenewal, LifeState, state};
use alms_core::text::{Email, Serial, Uid};
use alms_core::wire;
use anyhow::{Context as _, Result, anyhow};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::str::FromStr;

/// The book as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BookDoc<'a> {
    on: String,
    reseller: ResellerDoc,
    #[serde(borrow)]
    accounts: Vec<AccountDoc<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResellerDoc {
    uid: String,
    name: String,
    #[serde(default)]
    administrators: Vec<String>,
    #[serde(default)]
    channel_business_managers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountDoc<'a> {
    uid: String,
    name: String,
    format: String,
    kind: String,
    instance: String,
    billing: Option<String>,
    /// The profile of the partner's users; without one the account is no customer of the partner.
    profile: Option<String>,
    last_login: Option<String>,
    #[serde(default)]
    administrators: Vec<String>,
    #[serde(borrow, default)]
    subscriptions: Vec<&'a RawValue>,
}

/// The reseller, and all accounts that it knows.
pub(crate) struct Book {
    pub(crate) on: Date,
    pub(crate) reseller: NotifiedReseller,
    accounts: Vec<KnownAccount>,
}

struct KnownAccount {
    subscriber: Subscriber,
    partnership: Option<Partnership>,
    last_login: Option<Date>,
    administrators: Vec<Email>,
    notified: NotifiedCustomer,
}

/// A text, and where it is from.
pub(crate) struct Source<'a> {
    pub(crate) name: String,
    pub(crate) text: Cow<'a, str>,
}

impl Source<'_> {
    pub(crate) fn read(path: Option<&Path>, name: &str, text: &'static str) -> Result<Self> {
        let Some(path) = path else { return Ok(Self { name: name.to_owned(), text: text.into() }) };
        let name = path.display().to_string();
        let text = fs::read_to_string(path).with_context(|| name.clone())?;
        Ok(Self { name, text: text.into() })
    }
}

impl Book {
    pub(crate) fn read(args: &Args) -> Result<Self> {
        let data = include_str!("data/book.json");
        let Source { name, text } = Source::read(args.book.as_deref(), "partner_month/data/book.json", data)?;
        let doc: BookDoc<'_> = serde_json::from_str(&text).with_context(|| name.clone())?;
        doc.read().context(name)
    }

    /// The customers with the states of their systems on that day, as the Customers page wants them.
    pub(crate) fn customers(&self, on: Date) -> Result<Vec<Customer>> {
        let partnered = self.accounts.iter().filter(|account| account.partnership.is_some());
        partnered.map(|account| account.customer(on)).collect()
    }

    /// The customers with their subscriptions, as the notifications want them.
    pub(crate) fn notified(&self) -> Vec<NotifiedCustomer> {
        let partnered = self.accounts.iter().filter(|account| account.partnership.is_some());
        partnered.map(|account| account.notified.clone()).collect()
    }

    /// Every account, customer or not: who knows the UID may register there (RES-4).
    pub(crate) fn targets(&self) -> Vec<BulkAccount> {
        let target = |account: &KnownAccount| BulkAccount {
            uid: account.notified.uid.clone(),
            subscriber: account.subscriber,
            own: None,
        };
        self.accounts.iter().map(target).collect()
    }

    /// Every system, with its account.
    pub(crate) fn fleet(&self) -> Vec<(Serial, Uid)> {
        let of = |account: &KnownAccount| {
            let NotifiedCustomer { uid, subscriptions, .. } = account.notified.clone();
            subscriptions.into_iter().map(move |holding| (holding.origin.serial().clone(), uid.clone()))
        };
        self.accounts.iter().flat_map(of).collect()
    }
}

impl BookDoc<'_> {
    fn read(&self) -> Result<Book> {
        let reseller = NotifiedReseller {
            uid: value(&self.reseller.uid)?,
            name: value(&self.reseller.name)?,
            administrators: values(&self.reseller.administrators)?,
            channel_business_managers: values(&self.reseller.channel_business_managers)?,
        };
        let read = |account: &AccountDoc<'_>| account.read(&reseller.uid).context(account.uid.clone());
        let accounts = self.accounts.iter().map(read).collect::<Result<_>>()?;
        Ok(Book { on: value(&self.on)?, reseller, accounts })
    }
}

impl AccountDoc<'_> {
    fn read(&self, reseller: &Uid) -> Result<KnownAccount> {
        let billing = self.billing.as_deref().map_or(Ok(BillingModel::PrePaid), value)?;
        let partnership = self.profile.as_deref().map(|profile| -> Result<_> {
            Ok(Partnership { profile: value(profile)?, ..Partnership::new(reseller.clone()) })
        });
        let partnership = partnership.transpose()?;
        let read = |(index, json): (usize, &&RawValue)| -> Result<Holding> {
            wire::subscription_from_json(json.get())
                .map_err(|error| anyhow!("subscriptions[{index}].{error}"))
        };
        Ok(KnownAccount {
            subscriber: Subscriber {
                format: value(&self.format)?,
                kind: value(&self.kind)?,
                instance: value(&self.instance)?,
                billing,
                // The systems of the book are counted.
                systems: None,
            },
            last_login: self.last_login.as_deref().map(value).transpose()?,
            administrators: values(&self.administrators)?,
            notified: NotifiedCustomer {
                uid: value(&self.uid)?,
                name: value(&self.name)?,
                administrators: values(&self.administrators)?,
                partners: partnership.iter().map(|_| reseller.clone()).collect(),
                subscriptions: self.subscriptions.iter().enumerate().map(read).collect::<Result<_>>()?,
            },
            partnership,
        })
    }
}

impl KnownAccount {
    fn customer(&self, on: Date) -> Result<Customer> {
        let NotifiedCustomer { uid, name, subscriptions, .. } = &self.notified;
        Ok(Customer::try_new(CustomerData {
            uid: uid.clone(),
            name: name.clone(),
            partnerships: self.partnership.iter().cloned().collect(),
            last_login: self.last_login,
            administrators: self.administrators.clone(),
            systems: subscriptions.iter().map(|holding| system(holding, on)).collect::<Result<_>>()?,
        })?)
    }
}

/// What the Customers page shows of a system; what renews by itself has no day on which a renewal is due.
fn system(holding: &Holding, on: Date) -> Result<CustomerSystem> {
    let found = state(holding, on, LateRenewal::FromOrder)?;
    Ok(CustomerSystem {
        serial: holding.origin.serial().clone(),
        model: holding.origin.model().clone(),
        state: match found.state {
            LifeState::Active => SystemState::Active,
            LifeState::Suspended | LifeState::Terminated => SystemState::Suspended,
            LifeState::Inventory | LifeState::NotStarted => SystemState::Inventory,
        },
        end_date: found.end_date.filter(|_| !found.renews_by_itself),
    })
}

fn value<T: FromStr<Err: Display>>(text: &str) -> Result<T> {
    text.parse().map_err(|error: T::Err| match error.to_string() {
        // It names the value itself.
        message if message.starts_with('`') => anyhow!(message),
        message => anyhow!("`{text}`: {message}"),
    })
}

fn values<T: FromStr<Err: Display>>(texts: &[String]) -> Result<Vec<T>> {
    texts.iter().map(|text| value(text)).collect()
}
