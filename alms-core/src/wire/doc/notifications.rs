use super::account_view::{Accounts, Element, NotifiedCustomer, NotifiedReseller};
use super::directory::each_account_once;
use super::due::{EndingDoc, WithinDays, within_days};
use super::late::{LateDoc, late_renewal};
use crate::export::{notice_csv, notice_file_name, notification_csv, notification_file_name};
use crate::reseller::{
    NotificationError, NotificationFinding, NotificationFindingCode, RenewalNotice, RenewalNotification,
    RenewalNotifications,
};
use crate::rule::RuleId;
use crate::subscriptions::LateRenewal;
use crate::text::{Email, Uid};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Day, Id, Prose, Text, YearMonth};
use alms_json::Read;
use alms_json::Write;

/// Input of `reseller.notifications`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "NotificationsRequest"))]
pub(in crate::wire) struct NotificationsRequestDoc<'a> {
    /// The day on which the month's notifications are made.
    pub(in crate::wire) on: Day<'a>,
    /// How many days ahead are looked at; 90 where absent.
    within_days: Option<WithinDays<'a>>,
    /// The reseller accounts, each UID once.
    pub(in crate::wire) resellers: Accounts<NotifiedReseller>,
    /// The customers' accounts, each UID once.
    pub(in crate::wire) customers: Accounts<NotifiedCustomer>,
    /// From when a late renewal counts; `from_order` where absent.
    late: Option<LateDoc<'a>>,
}

impl NotificationsRequestDoc<'_> {
    pub(in crate::wire) fn within_days(&self) -> Result<u32, Error> {
        within_days(self.within_days.as_ref())
    }

    pub(in crate::wire) fn late(&self) -> Result<LateRenewal, Error> {
        late_renewal(self.late.as_ref())
    }
}

/// The accounts of a list, each UID once.
pub(in crate::wire) fn each_once<V: Element>(
    list: Accounts<V>,
    field: &str,
    uid: impl Fn(&V::Value) -> &Uid,
) -> Result<Vec<V::Value>, Error> {
    list.read().and_then(|list| each_account_once(list, uid)).at(field)
}

impl From<NotificationError> for Error {
    fn from(error: NotificationError) -> Self {
        match error {
            NotificationError::Fleet { customer, source } => {
                Self::from(source).at_index(customer).at("customers")
            }
            NotificationError::TooLarge { count, max } => {
                Self::new(error.code(), &error).with("count", count).with("limit", max).at("customers")
            }
        }
    }
}

/// Output of `reseller.notifications`. Nothing is sent: the host sends.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Notifications"))]
pub(in crate::wire) struct NotificationsDoc<'a> {
    /// One message for each account and reseller, in the order of the customers and of each one's partners.
    messages: Vec<MessageDoc<'a>>,
    /// One notice for each account with administrators of which something ends within the days, in the order of the customers.
    notices: Vec<NoticeDoc<'a>>,
    /// What keeps a notification from those who should have it.
    findings: Vec<NotificationFindingDoc<'a>>,
    /// The customers of which nothing comes up for renewal, and not everything has ended.
    nothing_due: Vec<Id<'a>>,
}

/// What one reseller is told about one account.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RenewalNotification"))]
struct MessageDoc<'a> {
    /// The month.
    month: YearMonth<'a>,
    /// The reseller's UID.
    reseller: Id<'a>,
    /// The reseller's name.
    reseller_name: Id<'a>,
    /// The customer's UID.
    account: Id<'a>,
    /// The customer's name.
    account_name: Id<'a>,
    /// The reseller's administrators; empty if it has none.
    to: Vec<Id<'a>>,
    /// The channel business managers who are no administrators.
    cc: Vec<Id<'a>>,
    /// The first day to come on which a service ends; null if all have lapsed.
    initial_renewal: Option<Day<'a>>,
    /// The systems that come up for renewal, and those that lapsed at most 12 months ago, the earliest first.
    systems: Vec<EndingDoc<'a>>,
    /// The file to attach.
    attachment: AttachmentDoc<'a>,
}

/// What a customer's own administrators are told (SUB-5).
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "RenewalNotice"))]
struct NoticeDoc<'a> {
    /// The month.
    month: YearMonth<'a>,
    /// The customer's UID.
    account: Id<'a>,
    /// The customer's name.
    account_name: Id<'a>,
    /// The customer's administrators.
    to: Vec<Id<'a>>,
    /// The first day on which a service ends.
    initial_renewal: Option<Day<'a>>,
    /// The systems that end within the days, the earliest first; what has lapsed is not notified any more.
    systems: Vec<EndingDoc<'a>>,
    /// The file to attach.
    attachment: AttachmentDoc<'a>,
}

/// A file to attach.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Attachment"))]
struct AttachmentDoc<'a> {
    /// Its name.
    name: Prose<'a>,
    /// Its content; no cell of it is taken for a formula.
    csv: Prose<'a>,
}

/// Something that keeps a notification from those who should have it.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "NotificationFinding"))]
struct NotificationFindingDoc<'a> {
    /// What it is.
    code: Choice<'a, NotificationFindingCode>,
    /// The rule behind it.
    rule: Choice<'a, RuleId>,
    /// The reseller's UID, where it is one.
    reseller: Option<Id<'a>>,
    /// The customer's UID.
    account: Id<'a>,
    /// A sentence for people.
    message: Prose<'a>,
}

impl<'a> NotificationsDoc<'a> {
    pub(in crate::wire) fn of(notifications: &'a RenewalNotifications<'a>) -> Self {
        let finding = |finding: &'a NotificationFinding<'a>| NotificationFindingDoc {
            code: finding.code.into(),
            rule: finding.code.rule().into(),
            reseller: finding.reseller.map(Text::of),
            account: Text::of(finding.account),
            message: Prose::of(&finding.message),
        };
        Self {
            messages: notifications.messages.iter().map(MessageDoc::of).collect(),
            notices: notifications.notices.iter().map(NoticeDoc::of).collect(),
            findings: notifications.findings.iter().map(finding).collect(),
            nothing_due: notifications.nothing_due.iter().copied().map(Text::of).collect(),
        }
    }
}

impl<'a> NoticeDoc<'a> {
    fn of(notice: &RenewalNotice<'a>) -> Self {
        Self {
            month: notice.month.into(),
            account: Text::of(&notice.customer.uid),
            account_name: Text::of(&notice.customer.name),
            to: notice.to.iter().copied().map(Text::of).collect(),
            initial_renewal: notice.systems.first().map(|ending| ending.end_date.into()),
            systems: notice.systems.iter().map(EndingDoc::of).collect(),
            attachment: AttachmentDoc {
                name: Prose::from(notice_file_name(notice)),
                csv: Prose::from(notice_csv(notice)),
            },
        }
    }
}

impl<'a> MessageDoc<'a> {
    fn of(message: &'a RenewalNotification<'a>) -> Self {
        let addresses = |list: &[&'a Email]| list.iter().copied().map(Text::of).collect();
        Self {
            month: message.month.into(),
            reseller: Text::of(&message.reseller.uid),
            reseller_name: Text::of(&message.reseller.name),
            account: Text::of(&message.customer.uid),
            account_name: Text::of(&message.customer.name),
            to: addresses(&message.to),
            cc: addresses(&message.cc),
            initial_renewal: message.initial_renewal().map(Day::from),
            systems: message.systems.iter().map(EndingDoc::of).collect(),
            attachment: AttachmentDoc {
                name: Prose::from(notification_file_name(message)),
                csv: Prose::from(notification_csv(message)),
            },
        }
    }
}
