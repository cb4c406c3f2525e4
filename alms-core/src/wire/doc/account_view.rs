//! What operations make of an account that is read.

use super::account::{AccountDoc, SystemsField, missing, optional_day, optional_text, texts};
use super::allocation::allocations;
use super::directory::PartnershipDoc;
use super::subscription::fleet;
use crate::account::{Account, AccountError, AccountFacts, FactsError, Listing, Partnership, Systems};
#[cfg(feature = "accounts")]
use crate::account::{AccountRequest, AccountRequestError};
use crate::bounds::SYSTEMS_MAX;
use crate::offers::Subscriber;
use crate::rule::{RuleId, RuleSet};
use crate::text::{AtLeast, Email, TextError, Uid};
use crate::tokens::{ContradictoryStatus, Tokens};
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located, each};
use crate::wire::faults::Faults;
use crate::wire::leaf::{Choice, Count, Id};
use crate::wire::object::Object;
use crate::wire::view::{View, Viewed, views};
use alms_json::{Fill, Read, Shape, Source, Stop};
use std::marker::PhantomData;
use std::str::FromStr;

views! {
    /// An account with its systems.
    Whole "Account": ["uid", "name", "instance", "format", "kind", "systems"];
    /// An account, as a directory lists it.
    Listed "ListedAccount": ["uid", "name", "instance", "format", "kind"];
    /// An account, as far as offers, billing and registration ask about it.
    Subscribing "Subscriber": ["format", "kind", "instance"];
    /// An account in which systems are registered, or to which they are transferred.
    Taking "TargetAccount": ["uid", "format", "kind", "instance"];
    /// An account with a token stock.
    Holding "Holder": ["uid", "name", "kind"];
    /// A customer of the Customers page.
    OnPage "Customer": ["uid", "name", "systems"];
    /// A reseller that is notified.
    NotifiedReseller "NotifiedReseller": ["uid", "name"];
    /// A customer of whose renewals somebody is notified.
    NotifiedCustomer "NotifiedCustomer": ["uid", "name", "subscriptions"];
    /// An account that is asked for.
    Wanted "AccountRequest": ["uid", "name"];
    /// A whole account, as it is written.
    Written "Account": [
        "uid", "name", "instance", "format", "kind", "tokens", "administrators", "users", "partners", "partnerships",
        "systems",
    ];
    /// An account after it was linked with another one.
    Linked "LinkedAccount": ["uid", "name", "instance", "format", "kind", "administrators", "users"];
    /// An account after systems were registered in it.
    Registered "RegisteredAccount": ["uid", "format", "kind", "instance", "systems"];
    /// An account of which nothing is needed.
    Any "PartneredAccount": [];
}

/// An account with the fields that the view `V` needs.
pub(in crate::wire) type AccountOf<'a, V> = Viewed<AccountDoc<'a>, V>;

impl AccountDoc<'_> {
    /// What it says.
    pub(in crate::wire) fn facts(&self) -> Result<AccountFacts, Error> {
        self.facts_with(self.systems.clone())
    }

    /// What it says, its systems moved.
    fn into_facts(mut self) -> Result<AccountFacts, Error> {
        let systems = std::mem::replace(&mut self.systems, SystemsField::Absent);
        self.facts_with(systems)
    }

    fn facts_with(&self, systems: SystemsField<'_>) -> Result<AccountFacts, Error> {
        self.check_custom()?;
        let tokens =
            |count: &Option<Count<'_>>, field| count.as_ref().map(Count::tokens).transpose().at(field);
        let facts = AccountFacts {
            uid: optional_text(self.uid.as_ref(), "uid")?,
            name: optional_text(self.name.as_ref(), "name")?,
            instance: self.instance.as_ref().map(Choice::read).transpose().at("instance")?,
            format: self.format.as_ref().map(Choice::read).transpose().at("format")?,
            kind: self.kind.as_ref().map(Choice::read).transpose().at("kind")?,
            created: optional_day(self.created.as_ref(), "created")?,
            tokens: tokens(&self.tokens, "tokens")?,
            opening: tokens(&self.opening, "opening")?,
            balance: tokens(&self.balance, "balance")?,
            status: self.status.as_ref().map(Choice::read).transpose().at("status")?,
            administrators: optional_texts(self.administrators.as_deref(), "administrators")?,
            administrator: optional_text(self.administrator.as_ref(), "administrator")?,
            users: optional_texts(self.users.as_deref(), "users")?,
            partners: optional_texts(self.partners.as_deref(), "partners")?,
            partnerships: self.partnerships.as_deref().map(partnerships).transpose()?,
            partner_of_record: optional_text(self.partner_of_record.as_ref(), "partner_of_record")?,
            channel: self.channel.as_ref().map(|channel| channel.read()).transpose().at("channel")?,
            offer_class: optional_text(self.offer_class.as_ref(), "offer_class")?,
            branding: optional_text(self.branding.as_ref(), "branding")?,
            configuration: optional_text(self.configuration.as_ref(), "configuration")?,
            billing: self.billing.as_ref().map(Choice::read).transpose().at("billing")?,
            channel_managers: self.channel_managers()?,
            support_contact: self
                .support_contact
                .as_ref()
                .map(|one| one.read())
                .transpose()
                .at("support_contact")?,
            last_login: optional_day(self.last_login.as_ref(), "last_login")?,
            agreement: self.agreement,
            subscriptions: self.subscriptions.as_ref().map(|held| fleet(held.docs())).transpose()?,
            allocations: self.allocations.as_deref().map(allocations).transpose()?,
            ..AccountFacts::default()
        };
        self.with_systems(facts, systems)
    }

    fn with_systems(
        &self,
        mut facts: AccountFacts,
        systems: SystemsField<'_>,
    ) -> Result<AccountFacts, Error> {
        facts.system_count = self.system_count.as_ref().map(Count::small).transpose().at("system_count")?;
        match systems {
            SystemsField::Absent => {}
            SystemsField::Listed(list) => {
                let (systems, told) = list.read().at("systems")?;
                facts.service_ends = told.ends;
                facts.systems = Some(Systems::try_new(systems).at("systems")?);
            }
            SystemsField::Counted(count) => {
                let count = counted(count).at("systems")?;
                if facts.system_count.is_some_and(|other| other != count) {
                    let message =
                        format!("`{count}` is not `system_count`, of which it is an older form; remove it");
                    return Err(Error::invalid_input(message).at("systems"));
                }
                facts.system_count = Some(count);
            }
        }
        Ok(facts)
    }

    /// The channel business managers, by either name.
    fn channel_managers(&self) -> Result<Option<Vec<Email>>, Error> {
        let older = optional_texts(self.channel_business_managers.as_deref(), "channel_business_managers")?;
        let managers = optional_texts(self.channel_managers.as_deref(), "channel_managers")?;
        match (managers, older) {
            (Some(_), Some(_)) => {
                let message = "`channel_business_managers` is an older name of `channel_managers`; remove one of the two";
                Err(Error::invalid_input(message).at("channel_business_managers"))
            }
            (managers, older) => Ok(managers.or(older)),
        }
    }

    /// Offers of its own that are none are refused, also where nobody asks for them.
    fn check_custom(&self) -> Result<(), Error> {
        for (index, product) in self.custom.iter().flatten().enumerate() {
            let mut faults = Faults::default();
            product.read(&mut faults);
            if let Some(fault) = faults.0.into_iter().next() {
                return Err(fault.at_index(index).at("custom"));
            }
        }
        Ok(())
    }

    /// The account's UID.
    pub(in crate::wire) fn uid(&self) -> Result<Uid, Error> {
        optional_text(self.uid.as_ref(), "uid")?.ok_or_else(|| missing("uid"))
    }

    /// The stock that the document gives, if it gives one.
    pub(in crate::wire) fn tokens(&self) -> Result<Option<Tokens>, Error> {
        let tokens =
            |count: &Option<Count<'_>>, field| count.as_ref().map(Count::tokens).transpose().at(field);
        let facts = AccountFacts {
            tokens: tokens(&self.tokens, "tokens")?,
            opening: tokens(&self.opening, "opening")?,
            balance: tokens(&self.balance, "balance")?,
            ..AccountFacts::default()
        };
        Ok(facts.stock()?)
    }

    /// The account, and the rules that were asked about it (ACC-1, ACC-2).
    pub(in crate::wire) fn read(self, fired: &mut RuleSet) -> Result<Account, Error> {
        self.account(None, fired)
    }

    /// The account with this stock.
    pub(in crate::wire) fn read_with(self, tokens: Tokens, fired: &mut RuleSet) -> Result<Account, Error> {
        self.account(Some(tokens), fired)
    }

    fn account(self, tokens: Option<Tokens>, fired: &mut RuleSet) -> Result<Account, Error> {
        *fired = fired.with(RuleId::Acc1).with_if(RuleId::Acc2, self.created.is_some());
        Ok(self.into_facts()?.account(tokens)?)
    }

    /// What offers, billing and registration ask about it, and the rules behind that.
    pub(in crate::wire) fn subscriber(&self, fired: &mut RuleSet) -> Result<Subscriber, Error> {
        let subscriber = Subscriber::try_from(&self.facts()?)?;
        let limited = subscriber.systems.is_some() && subscriber.kind.systems_max().is_some();
        *fired = fired.with(RuleId::Acc1).with_if(RuleId::Acc8, limited);
        Ok(subscriber)
    }

    /// What a directory says of it.
    pub(in crate::wire) fn listing(&self) -> Result<Listing, Error> {
        Ok(self.facts()?.listing()?)
    }

    /// The account that is asked for.
    #[cfg(feature = "accounts")]
    pub(in crate::wire) fn request(self) -> Result<AccountRequest, Error> {
        Ok(AccountRequest::of(self.into_facts()?)?)
    }
}

/// A number of systems, within the limit of an account.
fn counted(count: i64) -> Result<u32, Error> {
    let max = SYSTEMS_MAX as i64;
    match u32::try_from(count) {
        Ok(number) if count <= max => Ok(number),
        _ => {
            let message = format!("`{count}` is out of range; give a number from 0 to {max}");
            Err(Error::new(ErrorCode::OutOfRange, message).with("min", 0).with("max", max))
        }
    }
}

fn optional_texts<T>(list: Option<&[Id<'_>]>, field: &str) -> Result<Option<Vec<T>>, Error>
where
    T: AtLeast<1> + FromStr<Err = TextError>,
{
    list.map(|list| texts(Some(list), field)).transpose()
}

fn partnerships(docs: &[Object<PartnershipDoc<'_>>]) -> Result<Vec<Partnership>, Error> {
    let read = |doc: &Object<PartnershipDoc<'_>>| doc.read();
    each(docs.iter(), read).at("partnerships")
}

/// A view of which a list is made.
pub(in crate::wire) trait Element: View {
    /// What becomes of an account.
    type Value;

    /// The account as this view sees it.
    fn read(doc: AccountDoc<'_>) -> Result<Self::Value, Error>;
}

macro_rules! elements {
    ($($view:ident: $value:ty, $read:expr;)+) => {$(
        impl Element for $view {
            type Value = $value;

            fn read(doc: AccountDoc<'_>) -> Result<Self::Value, Error> {
                let read: fn(AccountFacts) -> Result<$value, FactsError> = $read;
                Ok(read(doc.into_facts()?)?)
            }
        }
    )+};
}

elements! {
    Listed: Listing, |facts| facts.listing();
    OnPage: AccountFacts, |facts| facts.check().map(|()| facts);
}

#[cfg(feature = "ledger")]
elements! {
    Holding: crate::tokens::Holder, |facts| crate::tokens::Holder::try_from(&facts);
}

#[cfg(all(feature = "reseller", feature = "files"))]
elements! {
    NotifiedReseller: crate::reseller::NotifiedReseller, crate::reseller::NotifiedReseller::try_from;
    NotifiedCustomer: crate::reseller::NotifiedCustomer, crate::reseller::NotifiedCustomer::try_from;
}

/// A list of accounts.
///
/// Each becomes what its view sees as soon as it has been read, so that a long list is in memory once.
pub(in crate::wire) struct Accounts<V: Element>(Result<Vec<V::Value>, Error>, PhantomData<V>);

impl<V: Element> Accounts<V> {
    /// The accounts in their order; an error says which one is wrong.
    pub(in crate::wire) fn read(self) -> Result<Vec<V::Value>, Error> {
        self.0
    }
}

impl<'a, V: Element> Fill<'a> for Accounts<V> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut list = ReadAccounts::<V>(Ok(Vec::new()));
        source.value(Shape { expected: "a list", list: Some(&mut list), ..Shape::default() })?;
        self.0 = list.0;
        Ok(())
    }
}

impl<'a, V: Element> Read<'a> for Accounts<V> {
    fn empty() -> Self {
        Self(Ok(Vec::new()), PhantomData)
    }
}

/// The accounts that are read so far.
struct ReadAccounts<V: Element>(Result<Vec<V::Value>, Error>);

impl<'a, V: Element> Fill<'a> for ReadAccounts<V> {
    fn fill(&mut self, source: &mut dyn Source<'a>) -> Result<(), Stop> {
        let mut doc = <AccountOf<'a, V> as Read<'a>>::empty();
        doc.fill(source)?;
        // After the first error the rest is only checked for its shape.
        if let Ok(good) = &mut self.0 {
            match V::read(doc.0.0).at_index(good.len()) {
                Ok(account) => good.push(account),
                Err(error) => self.0 = Err(error),
            }
        }
        Ok(())
    }
}

impl From<FactsError> for Error {
    fn from(error: FactsError) -> Self {
        match error {
            FactsError::Missing { field } => missing(field),
            FactsError::Account(error) => error.into(),
            FactsError::Status(error) => Error::from(error).at("status"),
            FactsError::SecondOfRecord { index, .. } => {
                Error::new(error.code(), &error).at("of_record").at_index(index).at(error.field())
            }
            _ => Error::new(error.code(), &error).at(error.field()),
        }
    }
}

#[cfg(feature = "accounts")]
impl From<AccountRequestError> for Error {
    fn from(error: AccountRequestError) -> Self {
        match error {
            AccountRequestError::Facts(error) => error.into(),
            AccountRequestError::SeveralAdministrators { .. } => {
                Error::new(error.code(), error).at("administrators")
            }
        }
    }
}

impl From<AccountError> for Error {
    fn from(error: AccountError) -> Self {
        match &error {
            AccountError::FormatNotAvailable { created } => Error::new(error.code(), &error)
                .by_rule(RuleId::Acc2)
                .with("created", created.to_string())
                .at("format"),
        }
    }
}

impl From<ContradictoryStatus> for Error {
    fn from(error: ContradictoryStatus) -> Self {
        Self::new(error.code(), error)
    }
}
