use super::{
    Account, AccountData, AccountDetails, AccountError, Allocation, Channel, ContradictoryStatus, Format,
    Instance, Kind, Listing, Partnership, Standing, Status, SupportContact, Systems,
};
use crate::ErrorCode;
use crate::calendar::Date;
use crate::offers::BillingModel;
use crate::quantity::Tokens;
use crate::subscriptions::Holding;
use crate::text::{AccountName, Email, Text, Uid};
use std::collections::HashSet;

/// An account as somebody describes it: what is known of it, and nothing that is not.
///
/// Every operation that speaks of an account takes this one shape. It asks for what it needs by its own view, such as
/// [`Listing`] or [`Subscriber`](crate::offers::Subscriber), and leaves the rest; what contradicts itself no view takes.
///
/// ```
/// use alms_core::account::{AccountFacts, Instance, Kind, Format};
/// use alms_core::offers::Subscriber;
/// let facts = AccountFacts {
///     format: Some(Format::Avc),
///     kind: Some(Kind::Customer),
///     instance: Some(Instance::Na),
///     system_count: Some(7),
///     ..AccountFacts::default()
/// };
/// assert_eq!(Subscriber::try_from(&facts)?.systems, Some(7));
/// assert_eq!(facts.listing().unwrap_err().to_string(), "the field `uid` is missing; add it");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountFacts {
    /// The formal identifier.
    pub uid: Option<Uid>,
    /// The company's name.
    pub name: Option<AccountName>,
    /// The server that holds the account.
    pub instance: Option<Instance>,
    /// Legacy or avc.
    pub format: Option<Format>,
    /// What the account is for.
    pub kind: Option<Kind>,
    /// The day the account was created.
    pub created: Option<Date>,
    /// The token stock.
    pub tokens: Option<Tokens>,
    /// The token stock, as a ledger before its first booking calls it.
    pub opening: Option<Tokens>,
    /// The token stock, as a ledger calls it.
    pub balance: Option<Tokens>,
    /// Whether it has service (TOK-6).
    pub status: Option<Status>,
    /// Users who may administer the account.
    pub administrators: Option<Vec<Email>>,
    /// The one of them with whom it is created (ACC-3).
    pub administrator: Option<Email>,
    /// Users who may not.
    pub users: Option<Vec<Email>>,
    /// The partners, and what their users may do (ACC-11).
    pub partnerships: Option<Vec<Partnership>>,
    /// The partners by their UIDs alone.
    pub partners: Option<Vec<Uid>>,
    /// The partner of record (ACC-5).
    pub partner_of_record: Option<Uid>,
    /// The way in which the account came into being.
    pub channel: Option<Channel>,
    /// How its subscriptions are billed, all of them (PAY-4).
    pub billing: Option<BillingModel>,
    /// The vendor's channel business managers for it.
    pub channel_managers: Option<Vec<Email>>,
    /// Whom its customers reach for support (ACC-9).
    pub support_contact: Option<SupportContact>,
    /// The last day on which one of its users signed in.
    pub last_login: Option<Date>,
    /// Of a reseller, whether it signed the IOT Solution Sales Agreement (ACC-6).
    pub agreement: Option<bool>,
    /// The class of offers the account may buy.
    pub offer_class: Option<Text>,
    /// The company's branding.
    pub branding: Option<Text>,
    /// What the customer configured.
    pub configuration: Option<Text>,
    /// The systems.
    pub systems: Option<Systems>,
    /// The days on which the service of systems ends, by their positions.
    pub service_ends: Vec<(usize, Date)>,
    /// How many systems it has; more than are listed where not all of them are.
    pub system_count: Option<u32>,
    /// The subscriptions that it holds.
    pub subscriptions: Option<Vec<Holding>>,
    /// The services that were bought for it and that no system uses yet.
    pub allocations: Option<Vec<Allocation>>,
}

/// Why what is known of an account is not what a view of it needs.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsError {
    /// A fact that is needed.
    #[error("the field `{field}` is missing; add it")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// Two stocks.
    #[error("`{field}` is `{stock}` and `tokens` is `{tokens}`, and both are the stock; give one of them")]
    TwoStocks {
        /// The other name of the stock.
        field: &'static str,
        /// What it says.
        stock: Tokens,
        /// What is said before.
        tokens: Tokens,
    },
    /// A status that the stock contradicts (TOK-6).
    #[error(transparent)]
    Status(#[from] ContradictoryStatus),
    /// Two partners of record in a list.
    #[error("`{partner}` is the second partner of record; name one")]
    SecondOfRecord {
        /// Its position.
        index: usize,
        /// The second one.
        partner: Uid,
    },
    /// Two partners of record, one by name and one by the list.
    #[error(
        "the partner of record is `{named}`, and `{other}` by the partnerships; name one partner of record"
    )]
    TwoOfRecord {
        /// The one that is named.
        named: Uid,
        /// The one of the list.
        other: Uid,
    },
    /// Fewer systems than are listed.
    #[error(
        "`{count}` systems are fewer than the {listed} of the list; correct `system_count`, or leave it out"
    )]
    FewerThanListed {
        /// The number.
        count: u32,
        /// How many are listed.
        listed: usize,
    },
    /// A number where the systems themselves are needed.
    #[error("a number of systems is not enough here; list them in `systems`")]
    NotListed,
    /// Data that do not make an account.
    #[error(transparent)]
    Account(#[from] AccountError),
}

impl FactsError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Account(error) => error.code(),
            Self::Status(error) => error.code(),
            Self::Missing { .. }
            | Self::TwoStocks { .. }
            | Self::SecondOfRecord { .. }
            | Self::TwoOfRecord { .. }
            | Self::FewerThanListed { .. }
            | Self::NotListed => ErrorCode::InvalidInput,
        }
    }
}

impl FactsError {
    /// The field that is wrong or missing.
    pub const fn field(&self) -> &'static str {
        match self {
            FactsError::Missing { field } | FactsError::TwoStocks { field, .. } => field,
            FactsError::Status(_) => "status",
            FactsError::SecondOfRecord { .. } | FactsError::TwoOfRecord { .. } => "partnerships",
            FactsError::FewerThanListed { .. } => "system_count",
            FactsError::NotListed => "systems",
            FactsError::Account(AccountError::FormatNotAvailable { .. }) => "format",
        }
    }
}

impl From<Account> for AccountFacts {
    /// All that an account says; what it holds is said by its host.
    ///
    /// ```
    /// use alms_core::account::{Account, AccountData, AccountFacts, Format, Instance, Kind};
    /// let (uid, name) = ("c1".parse()?, "Acme Buses".parse()?);
    /// let account = Account::try_new(AccountData::new(uid, name, Instance::Na, Format::Avc, Kind::Customer))?;
    /// let facts = AccountFacts::from(account.clone());
    /// assert_eq!(facts.listing()?.name.as_str(), "Acme Buses");
    /// assert_eq!(facts.account(None)?, account);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn from(account: Account) -> Self {
        let data = account.into_data();
        Self {
            uid: Some(data.uid),
            name: Some(data.name),
            instance: Some(data.instance),
            format: Some(data.format),
            kind: Some(data.kind),
            created: data.created,
            tokens: Some(data.tokens),
            administrators: Some(data.administrators),
            users: Some(data.users),
            partnerships: Some(data.partnerships),
            billing: data.details.billing,
            channel_managers: Some(data.details.channel_managers),
            support_contact: data.details.support_contact,
            last_login: data.details.last_login,
            agreement: data.details.agreement,
            offer_class: data.offer_class,
            branding: data.branding,
            configuration: data.configuration,
            systems: Some(data.systems),
            ..Self::default()
        }
    }
}

/// A fact that is needed.
pub(crate) fn needed<T>(fact: Option<T>, field: &'static str) -> Result<T, FactsError> {
    fact.ok_or(FactsError::Missing { field })
}

impl AccountFacts {
    /// Says what contradicts itself; every view asks it.
    ///
    /// # Errors
    /// [`FactsError`], but none of those for a fact that is missing.
    pub fn check(&self) -> Result<(), FactsError> {
        self.standing()?;
        self.of_record()?;
        self.count()?;
        Ok(())
    }

    /// The token stock, by whichever name it is given.
    ///
    /// # Errors
    /// [`FactsError::TwoStocks`]: two names that say different things.
    pub fn stock(&self) -> Result<Option<Tokens>, FactsError> {
        let mut stock = self.tokens;
        for (field, named) in [("opening", self.opening), ("balance", self.balance)] {
            match (stock, named) {
                (Some(tokens), Some(named)) if tokens != named => {
                    return Err(FactsError::TwoStocks { field, stock: named, tokens });
                }
                _ => stock = stock.or(named),
            }
        }
        Ok(stock)
    }

    /// Its stock and status; an account without a stock has no tokens.
    ///
    /// # Errors
    /// [`FactsError`]: two stocks, or a status that the stock contradicts.
    pub fn standing(&self) -> Result<Standing, FactsError> {
        let stock = self.stock()?;
        match (stock, self.status) {
            (Some(stock), Some(status)) => Ok(Standing::try_new(stock, status)?),
            (stock, None) => Ok(Standing::opening(stock.unwrap_or_default())),
            (None, Some(status)) => Ok(Standing { balance: Tokens::ZERO, status }),
        }
    }

    /// The users who may administer the account, by whichever name they are given.
    pub fn administrators(&self) -> Vec<Email> {
        let mut administrators = self.administrators.clone().unwrap_or_default();
        if let Some(one) = &self.administrator
            && !administrators.iter().any(|administrator| administrator.is_same(one))
        {
            administrators.push(one.clone());
        }
        administrators
    }

    /// The partnerships; of a partner that only its UID names it is one that is read-only and not of record.
    ///
    /// # Errors
    /// [`FactsError`]: a second partner of record.
    pub fn partnerships(&self) -> Result<Vec<Partnership>, FactsError> {
        self.of_record()?;
        let mut partnerships = self.partnerships.clone().unwrap_or_default();
        let known: HashSet<&Uid> =
            self.partnerships.iter().flatten().map(|partnership| &partnership.partner).collect();
        let named = self.partners.iter().flatten().filter(|partner| !known.contains(partner));
        partnerships.extend(named.cloned().map(Partnership::new));
        Ok(partnerships)
    }

    /// The partner of record, by name or by the partnerships.
    ///
    /// # Errors
    /// [`FactsError`]: two of them.
    pub fn of_record(&self) -> Result<Option<&Uid>, FactsError> {
        let listed = self.partnerships.iter().flatten().enumerate();
        let mut listed = listed.filter(|(_, partnership)| partnership.of_record);
        let first = listed.next().map(|(_, partnership)| &partnership.partner);
        if let Some((index, Partnership { partner, .. })) = listed.next() {
            return Err(FactsError::SecondOfRecord { index, partner: partner.clone() });
        }
        match (&self.partner_of_record, first) {
            (Some(named), Some(other)) if named != other => {
                Err(FactsError::TwoOfRecord { named: named.clone(), other: other.clone() })
            }
            (named, other) => Ok(named.as_ref().or(other)),
        }
    }

    /// How many systems it has: `system_count`, else the length of the list.
    ///
    /// # Errors
    /// [`FactsError::FewerThanListed`].
    pub fn count(&self) -> Result<Option<u32>, FactsError> {
        let listed = self.systems.as_ref().map(Systems::len);
        match (self.system_count, listed) {
            (Some(count), Some(listed)) if (count as usize) < listed => {
                Err(FactsError::FewerThanListed { count, listed })
            }
            (Some(count), _) => Ok(Some(count)),
            // An account has at most 10 million.
            (None, listed) => Ok(listed.map(|listed| u32::try_from(listed).unwrap_or(u32::MAX))),
        }
    }

    /// The systems, where they are needed one by one.
    ///
    /// # Errors
    /// [`FactsError`]: only their number is known, or not even that.
    pub(crate) fn take_systems(&mut self) -> Result<Systems, FactsError> {
        match (self.systems.take(), self.system_count) {
            (Some(systems), _) => Ok(systems),
            (None, Some(_)) => Err(FactsError::NotListed),
            (None, None) => Err(FactsError::Missing { field: "systems" }),
        }
    }

    /// The whole account, with the stock that its own field or a ledger says.
    ///
    /// # Errors
    /// [`FactsError`].
    pub fn account(mut self, ledger: Option<Tokens>) -> Result<Account, FactsError> {
        self.check()?;
        let partnerships = self.partnerships()?;
        let data = AccountData {
            uid: needed(self.uid.take(), "uid")?,
            name: needed(self.name.take(), "name")?,
            instance: needed(self.instance, "instance")?,
            format: needed(self.format, "format")?,
            kind: needed(self.kind, "kind")?,
            created: self.created,
            tokens: needed(ledger.or(self.stock()?), "tokens")?,
            administrators: self.administrators(),
            users: self.users.take().unwrap_or_default(),
            partnerships,
            offer_class: self.offer_class.take(),
            branding: self.branding.take(),
            configuration: self.configuration.take(),
            systems: self.take_systems()?,
            details: AccountDetails {
                billing: self.billing,
                channel_managers: self.channel_managers.take().unwrap_or_default(),
                support_contact: self.support_contact.take(),
                last_login: self.last_login,
                agreement: self.agreement,
            },
        };
        Ok(Account::try_new(data)?)
    }

    /// What a directory says of it.
    ///
    /// # Errors
    /// [`FactsError`].
    pub fn listing(&self) -> Result<Listing, FactsError> {
        self.check()?;
        Ok(Listing {
            uid: needed(self.uid.clone(), "uid")?,
            name: needed(self.name.clone(), "name")?,
            instance: needed(self.instance, "instance")?,
            format: needed(self.format, "format")?,
            kind: needed(self.kind, "kind")?,
            administrators: self.administrators(),
            users: self.users.clone().unwrap_or_default(),
            partnerships: self.partnerships()?,
            agreement: self.agreement,
        })
    }
}
