use crate::ErrorCode;
use crate::account::{AccountFacts, FactsError, needed};
use crate::bounds::lines_max;
use crate::calendar::{Date, Month, Months};
use crate::names::named_enum;
use crate::rule::RuleId;
use crate::subscriptions::{Ending, FleetError, Holding, LateRenewal, due};
use crate::text::{AccountName, Email, Uid};
use std::collections::{HashMap, HashSet};

/// A reseller account, as the monthly notification asks for it (RES-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotifiedReseller {
    /// The account.
    pub uid: Uid,
    /// Its name.
    pub name: AccountName,
    /// Its administrators, who get the notification.
    pub administrators: Vec<Email>,
    /// The vendor's channel business managers for it, who get a copy.
    pub channel_business_managers: Vec<Email>,
}

/// A customer's account and its subscriptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotifiedCustomer {
    /// The account.
    pub uid: Uid,
    /// Its name.
    pub name: AccountName,
    /// Its administrators, who get the notice of SUB-5; empty where they are not known.
    pub administrators: Vec<Email>,
    /// Its partners (ACC-11: there may be several).
    pub partners: Vec<Uid>,
    /// Its subscriptions.
    pub subscriptions: Vec<Holding>,
}

impl TryFrom<AccountFacts> for NotifiedReseller {
    type Error = FactsError;

    fn try_from(facts: AccountFacts) -> Result<Self, FactsError> {
        facts.check()?;
        Ok(Self {
            administrators: facts.administrators(),
            uid: needed(facts.uid, "uid")?,
            name: needed(facts.name, "name")?,
            channel_business_managers: facts.channel_managers.unwrap_or_default(),
        })
    }
}

impl TryFrom<AccountFacts> for NotifiedCustomer {
    type Error = FactsError;

    fn try_from(facts: AccountFacts) -> Result<Self, FactsError> {
        facts.check()?;
        let partners = facts.partnerships()?.into_iter().map(|partnership| partnership.partner).collect();
        Ok(Self {
            administrators: facts.administrators(),
            uid: needed(facts.uid, "uid")?,
            name: needed(facts.name, "name")?,
            partners,
            subscriptions: needed(facts.subscriptions, "subscriptions")?,
        })
    }
}

/// One message: what one reseller is told about one account in one month. Nothing is sent; the host sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenewalNotification<'a> {
    /// The month.
    pub month: Month,
    /// Whose customer it is.
    pub reseller: &'a NotifiedReseller,
    /// Whose systems come up for renewal.
    pub customer: &'a NotifiedCustomer,
    /// The reseller's administrators.
    pub to: Vec<&'a Email>,
    /// The channel business managers who are no administrators.
    pub cc: Vec<&'a Email>,
    /// The systems that come up for renewal, and those that lapsed at most 12 months ago, the earliest first; at least one.
    pub systems: Vec<Ending<'a>>,
}

impl RenewalNotification<'_> {
    /// The first day to come on which a service ends; `None` if all have lapsed.
    pub fn initial_renewal(&self) -> Option<Date> {
        self.systems.iter().find(|ending| ending.days_left > 0).map(|ending| ending.end_date)
    }
}

/// What a customer's own administrators are told in one month (SUB-5). Nothing is sent; the host sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenewalNotice<'a> {
    /// The month.
    pub month: Month,
    /// Whose systems end.
    pub customer: &'a NotifiedCustomer,
    /// The customer's administrators.
    pub to: Vec<&'a Email>,
    /// The systems that end within the days, the earliest first; at least one.
    pub systems: Vec<Ending<'a>>,
}

named_enum! {
    /// What a host should look at when it notifies.
    #[non_exhaustive]
    pub enum NotificationFindingCode {
        /// The reseller has no administrator and gets no notification; only its managers do, if it has any.
        NoAdministrator = "no_administrator" => "add one to the reseller's account",
        /// A customer's partner is not among the resellers.
        UnknownReseller = "unknown_reseller" => "add it, or end the partnership",
        /// Systems of the customer come up for renewal, and nobody is told.
        NobodyNotified = "nobody_notified" => "tell the customer",
        /// All systems of the customer ended more than 12 months ago.
        AllEnded = "all_ended" => "ask whether the account is still used",
    }
}

impl NotificationFindingCode {
    /// The rule behind it.
    pub const fn rule(self) -> RuleId {
        RuleId::Res3
    }
}

/// Something that keeps a notification from those who should have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationFinding<'a> {
    /// What it is.
    pub code: NotificationFindingCode,
    /// The reseller, where it is one.
    pub reseller: Option<&'a Uid>,
    /// The customer.
    pub account: &'a Uid,
    /// A sentence for people.
    pub message: String,
}

/// Why there are no notifications.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotificationError {
    /// A history that the rules do not allow.
    #[error("{source}")]
    Fleet {
        /// The place of the customer.
        customer: usize,
        /// What is wrong.
        source: FleetError,
    },
    /// More to be told to more partners than anybody reads.
    #[error(
        "the subscriptions and recipients of all messages are `{count}`, which are too many; notify fewer customers at once, \
         {max} lines at most"
    )]
    TooLarge {
        /// How many lines there would be: the customer's subscriptions and the reseller's addresses, for each partnership.
        count: usize,
        /// How many there may be.
        max: usize,
    },
}

impl NotificationError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Fleet { source, .. } => source.code(),
            Self::TooLarge { .. } => ErrorCode::TooLarge,
        }
    }
}

/// As many partners hear of a subscription, however many there are; of few more.
const PARTNERS_ALWAYS: usize = 10;

/// The notifications of a month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RenewalNotifications<'a> {
    /// The messages, in the order of the customers and of each one's partners.
    pub messages: Vec<RenewalNotification<'a>>,
    /// The notices to the customers themselves, in their order.
    pub notices: Vec<RenewalNotice<'a>>,
    /// What to look at.
    pub findings: Vec<NotificationFinding<'a>>,
    /// The customers of which nothing comes up for renewal, and not everything has ended.
    pub nothing_due: Vec<&'a Uid>,
}

/// Who is told what in the month of the day `on`: for every customer and reseller of it the systems that end within
/// `days`, and those that lapsed at most 12 months ago (RES-3); for the customer itself those that end (SUB-5).
///
/// A customer of which nothing comes up for renewal gives no message; of one whose systems have all ended longer ago a
/// finding tells.
///
/// # Errors
/// [`NotificationError`]: a history that the rules do not allow, or too many messages.
///
/// ```
/// use alms_core::reseller::renewal_notifications;
/// use alms_core::subscriptions::LateRenewal;
/// let none = renewal_notifications(&[], &[], "2023-10-20".parse()?, 90, LateRenewal::FromOrder);
/// assert!(none.is_ok_and(|notifications| notifications.messages.is_empty()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn renewal_notifications<'a>(
    resellers: &'a [NotifiedReseller],
    customers: &'a [NotifiedCustomer],
    on: Date,
    days: u32,
    late: LateRenewal,
) -> Result<RenewalNotifications<'a>, NotificationError> {
    let by_uid: HashMap<&Uid, &NotifiedReseller> =
        resellers.iter().map(|reseller| (&reseller.uid, reseller)).collect();
    check_size(resellers, customers, &by_uid)?;
    let mut notifications = RenewalNotifications::default();
    for (index, customer) in customers.iter().enumerate() {
        let due = due(&customer.subscriptions, on, days, late)
            .map_err(|source| NotificationError::Fleet { customer: index, source })?;
        notifications.notice(customer, &due.due, Month::of(on));
        let oldest = on.add_months(Months::YEAR.negated()).unwrap_or(Date::MIN);
        let lapsed = due.lapsed.iter().filter(|ending| ending.end_date >= oldest);
        // Both are in the order of their ends, and what has lapsed ended before.
        let coming: Vec<Ending<'_>> = lapsed.chain(&due.due).cloned().collect();
        let nothing_left = [due.later, due.by_themselves, due.inventory] == [0; 3] && !due.lapsed.is_empty();
        if !coming.is_empty() {
            notifications.notify(customer, &coming, &by_uid, Month::of(on));
        } else if nothing_left {
            notifications.find(NotificationFindingCode::AllEnded, None, customer);
        } else {
            notifications.nothing_due.push(&customer.uid);
        }
    }
    Ok(notifications)
}

/// Each partner of a customer gets a message of its own, with all systems and to all addresses.
fn check_size(
    resellers: &[NotifiedReseller],
    customers: &[NotifiedCustomer],
    by_uid: &HashMap<&Uid, &NotifiedReseller>,
) -> Result<(), NotificationError> {
    let addresses = |reseller: &NotifiedReseller| {
        reseller.administrators.len().saturating_add(reseller.channel_business_managers.len())
    };
    let subscriptions = |customer: &NotifiedCustomer| customer.subscriptions.len();
    let lines_of = |customer: &NotifiedCustomer| {
        let partners = customer.partners.iter().filter_map(|partner| by_uid.get(partner));
        partners
            .map(|reseller| subscriptions(customer).saturating_add(addresses(reseller)))
            .fold(0, usize::saturating_add)
    };
    let count = customers.iter().map(lines_of).fold(0, usize::saturating_add);
    let things = customers.iter().map(subscriptions).chain(resellers.iter().map(addresses));
    let max = lines_max(things.fold(0, usize::saturating_add), PARTNERS_ALWAYS);
    if count > max { Err(NotificationError::TooLarge { count, max }) } else { Ok(()) }
}

impl<'a> RenewalNotifications<'a> {
    /// SUB-5: what ends is told to the customer; what has lapsed is not notified any more.
    fn notice(&mut self, customer: &'a NotifiedCustomer, due: &[Ending<'a>], month: Month) {
        let to = once(&customer.administrators, &[]);
        if !to.is_empty() && !due.is_empty() {
            self.notices.push(RenewalNotice { month, customer, to, systems: due.to_vec() });
        }
    }

    fn notify(
        &mut self,
        customer: &'a NotifiedCustomer,
        coming: &[Ending<'a>],
        resellers: &HashMap<&Uid, &'a NotifiedReseller>,
        month: Month,
    ) {
        let mut told = !customer.administrators.is_empty();
        let mut seen = HashSet::with_capacity(customer.partners.len());
        for partner in &customer.partners {
            if !seen.insert(partner) {
                continue;
            }
            let Some(reseller) = resellers.get(partner).copied() else {
                self.find(NotificationFindingCode::UnknownReseller, Some(partner), customer);
                continue;
            };
            if reseller.administrators.is_empty() {
                self.find(NotificationFindingCode::NoAdministrator, Some(partner), customer);
            }
            let to = once(&reseller.administrators, &[]);
            let cc = once(&reseller.channel_business_managers, &to);
            if !to.is_empty() || !cc.is_empty() {
                told = true;
                let systems = coming.to_vec();
                self.messages.push(RenewalNotification { month, reseller, customer, to, cc, systems });
            }
        }
        if !told {
            self.find(NotificationFindingCode::NobodyNotified, None, customer);
        }
    }

    fn find(
        &mut self,
        code: NotificationFindingCode,
        reseller: Option<&'a Uid>,
        customer: &'a NotifiedCustomer,
    ) {
        let account = &customer.uid;
        let message = match (code, reseller) {
            (NotificationFindingCode::NoAdministrator, Some(reseller)) => format!(
                "the reseller `{reseller}` has no administrator and is not notified about `{account}`; add one"
            ),
            (NotificationFindingCode::UnknownReseller, Some(reseller)) => format!(
                "the partner `{reseller}` of `{account}` is not among the resellers; add it, or end the partnership"
            ),
            (NotificationFindingCode::AllEnded, _) => {
                format!(
                    "all systems of `{account}` ended more than 12 months ago; ask whether the account is still used"
                )
            }
            _ => format!("nobody is notified about the renewals of `{account}`; tell the customer"),
        };
        self.findings.push(NotificationFinding { code, reseller, account, message });
    }
}

/// Each address once, without those that have the message already.
fn once<'a>(addresses: &'a [Email], others: &[&Email]) -> Vec<&'a Email> {
    let mut seen: HashSet<String> = others.iter().map(|other| other.folded()).collect();
    addresses.iter().filter(|address| seen.insert(address.folded())).collect()
}
