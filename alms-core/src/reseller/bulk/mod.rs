//! The registration of many systems in many accounts at once (RES-4).

mod fault;
mod registrar;
mod targets;

pub use fault::{BulkCause, BulkFault};
pub use targets::{BulkAccount, BulkTargets};

use crate::account::{AccountFacts, BulkColumn, Model, System, SystemState, Systems};
use crate::calendar::Date;
use crate::calendar::Months;
use crate::subscriptions::{RegisteredSubscription, RegistrationFinding, SubscriptionBilling};
use crate::text::{BookingKey, OfferName, Serial, Uid};
use crate::tokens::{Booking, Entry};
use crate::xr::SkuRegion;
pub(crate) use registrar::Registrar;
use std::collections::HashSet;

/// One system that is to be registered, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRow {
    /// Its line in the host's file or list, by which a repetition names it.
    pub line: u64,
    /// The account.
    pub account: Uid,
    /// The serial number.
    pub serial: Serial,
    /// The model.
    pub model: Model,
    /// The region of its SKU, of an XR Series router.
    pub sku_region: Option<SkuRegion>,
    /// The offer; `None` for the default offer of the model.
    pub offer: Option<OfferName>,
    /// How the subscription is to be billed; `None` for the way of the account.
    pub billing: Option<SubscriptionBilling>,
    /// The first registration of the serial in any account, if it was registered before (SER-1).
    pub first_registered: Option<Date>,
    /// The period of direct billing; `None` for the shortest of the offer (SUB-7).
    pub period: Option<Months>,
}

/// A system that can be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkRegistered {
    /// In an avc account it gets a subscription (SUB-1).
    Subscription(RegisteredSubscription),
    /// In a legacy account it brings a Service Pack (TOK-7): a `registration` to be booked in the account's ledger.
    Booking(PackRegistration),
}

/// A registration in a legacy account, which its ledger books (TOK-7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRegistration {
    /// The day.
    pub on: Date,
    /// The account.
    pub account: Uid,
    /// The system.
    pub serial: Serial,
    /// Its model.
    pub model: Model,
}

impl PackRegistration {
    /// The key under which it is booked once; `None` where it would have more than 256 characters.
    pub fn key(&self) -> Option<BookingKey> {
        format!("registration:{}:{}:{}", self.on, self.account, self.serial).parse().ok()
    }

    /// The booking of this registration, under its [`key`](Self::key); `None` where it has none.
    ///
    /// ```
    /// use alms_core::reseller::PackRegistration;
    /// let (on, account) = ("2023-05-03".parse()?, "c1".parse()?);
    /// let registration = PackRegistration { on, account, serial: "GX1".parse()?, model: "GX450".parse()? };
    /// assert_eq!(registration.booking().unwrap().key.as_str(), "registration:2023-05-03:c1:GX1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn booking(&self) -> Option<Booking> {
        let Self { on, account, serial, model } = self.clone();
        Some(Booking { key: self.key()?, on, entry: Entry::Registration { account, serial, model } })
    }
}

/// What becomes of each row: what it registers, or everything that stands in its way.
pub type BulkResult = Result<BulkRegistered, Vec<BulkFault>>;

/// What is registered in one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRegistrations<'a> {
    /// The account.
    pub account: &'a BulkAccount,
    /// How many systems it has then, as far as known.
    pub systems: u32,
    /// What is registered, in the order of the rows.
    pub registered: Vec<&'a BulkRegistered>,
}

impl AccountRegistrations<'_> {
    /// The account with the systems that are registered, of which `facts` is what was known before.
    pub fn account_after(&self, mut facts: AccountFacts) -> AccountFacts {
        let mut systems = facts.systems.take().map(Systems::into_vec).unwrap_or_default();
        let mut known: HashSet<Serial> = systems.iter().map(|system| system.serial.clone()).collect();
        for registered in &self.registered {
            let (system, end_date) = registered.system();
            if known.insert(system.serial.clone()) {
                facts.service_ends.extend(end_date.map(|end| (systems.len(), end)));
                systems.push(system);
            }
        }
        facts.system_count = (self.systems as usize > systems.len()).then_some(self.systems);
        // Each serial is there once.
        facts.systems = Systems::try_new(systems).ok();
        facts
    }
}

impl BulkRegistered {
    /// The system, and the day on which its service ends.
    fn system(&self) -> (System, Option<Date>) {
        let system = |serial: &Serial, model: &Model, state| System {
            serial: serial.clone(),
            model: model.clone(),
            state,
            last_communication: None,
            support_end: None,
            warranty_end: None,
            sku_region: None,
        };
        match self {
            BulkRegistered::Subscription(new) => {
                let system = system(&new.serial, &new.model, new.state);
                (System { warranty_end: new.warranty_end, ..system }, new.end_date)
            }
            BulkRegistered::Booking(new) => (system(&new.serial, &new.model, SystemState::Active), None),
        }
    }
}

/// What becomes of a list of systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRegistration<'a> {
    /// One result for each row, in their order.
    pub results: Vec<BulkResult>,
    /// What to look at.
    pub findings: Vec<RegistrationFinding>,
    /// The accounts in which something is registered, in the order of the targets.
    accounts: Vec<ChangedAccount<'a>>,
}

impl BulkRegistration<'_> {
    /// What results if the good rows are applied and the others are not, by account.
    ///
    /// It is what the rows were judged by: each one as if the good rows before it were registered.
    pub fn registered(&self) -> Vec<AccountRegistrations<'_>> {
        registered(&self.accounts, self.results.iter().filter_map(|result| result.as_ref().ok()))
    }
}

/// An account in which something is registered, how many systems it has then, and the numbers of its good rows.
pub(crate) type ChangedAccount<'a> = (&'a BulkAccount, u32, Vec<usize>);

/// What is registered by account, from what all good rows register.
pub(crate) fn registered<'r>(
    accounts: &'r [ChangedAccount<'_>],
    good: impl Iterator<Item = &'r BulkRegistered>,
) -> Vec<AccountRegistrations<'r>> {
    let good: Vec<_> = good.collect();
    let of_account = |(account, systems, rows): &'r ChangedAccount<'_>| AccountRegistrations {
        account,
        systems: *systems,
        registered: rows.iter().filter_map(|row| good.get(*row).copied()).collect(),
    };
    accounts.iter().map(of_account).collect()
}

/// Registers many systems of several models in several accounts (RES-4): every row by itself, in one pass.
///
/// A row is judged as if the good rows before it were registered: the limit of an account's kind (ACC-8) counts them,
/// and a serial number is taken once. The accounts need no partnership; whoever knows the UID may register there.
///
/// ```
/// use alms_core::account::{Format, Instance, Kind};
/// use alms_core::offers::{BillingModel, Subscriber};
/// use alms_core::reseller::{BulkAccount, BulkRow, BulkTargets, bulk_register};
/// use alms_core::wire::built_in_catalogues;
/// use alms_core::xr::Compatibility;
/// let subscriber = Subscriber {
///     format: Format::Avc,
///     kind: Kind::Customer,
///     instance: Instance::Na,
///     billing: BillingModel::PrePaid,
///     systems: None,
/// };
/// let row = |line, account: &str| -> Result<_, Box<dyn std::error::Error>> {
///     let (account, serial, model) = (account.parse()?, "LA1".parse()?, "RV55".parse()?);
///     let (offer, first_registered) = (None, None);
///     Ok(BulkRow { line, account, serial, model, sku_region: None, offer, billing: None, first_registered, period: None })
/// };
/// let on = "2024-05-01".parse()?;
/// let targets = BulkTargets {
///     accounts: &[BulkAccount { uid: "c1".parse()?, subscriber, own: None }],
///     known: &[],
///     assortment: Some(&built_in_catalogues().in_effect(on)?.assortment()),
///     table: &Compatibility::default(),
///     on,
///     known_serials: true,
/// };
/// // The second row names the system of the first one, and an account that is not there.
/// let rows = [row(2, "c1")?, row(3, "c9")?];
/// let registration = bulk_register(&rows, &targets);
/// assert!(registration.results[0].is_ok());
/// assert_eq!(registration.results[1].as_ref().unwrap_err().len(), 2);
/// assert_eq!(registration.registered()[0].registered.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn bulk_register<'a>(rows: &[BulkRow], targets: &BulkTargets<'a>) -> BulkRegistration<'a> {
    let mut registrar = Registrar::new(targets);
    let results = rows.iter().map(|row| registrar.take(&Draft::of(row))).collect();
    BulkRegistration { results, findings: registrar.findings(), accounts: registrar.finish() }
}

/// A row of a file, some of whose cells cannot be read: `None`, and among the `unread` columns.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draft<'r> {
    pub(crate) line: u64,
    pub(crate) account: Option<&'r Uid>,
    pub(crate) serial: Option<&'r Serial>,
    pub(crate) model: Option<&'r Model>,
    pub(crate) sku_region: Option<SkuRegion>,
    pub(crate) offer: Option<&'r OfferName>,
    pub(crate) billing: Option<SubscriptionBilling>,
    pub(crate) first_registered: Option<Date>,
    pub(crate) period: Option<Months>,
    /// The columns in which something stands that is no value; nothing is concluded from them.
    pub(crate) unread: &'r [BulkColumn],
}

impl<'r> Draft<'r> {
    fn of(row: &'r BulkRow) -> Self {
        let BulkRow { line, account, serial, model, sku_region, offer, billing, first_registered, period } =
            row;
        Self {
            line: *line,
            account: Some(account),
            serial: Some(serial),
            model: Some(model),
            sku_region: *sku_region,
            offer: offer.as_ref(),
            billing: *billing,
            first_registered: *first_registered,
            period: *period,
            unread: &[],
        }
    }

    fn is_unread(&self, column: BulkColumn) -> bool {
        self.unread.contains(&column)
    }
}
