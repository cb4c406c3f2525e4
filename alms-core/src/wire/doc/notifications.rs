use super::account::texts;
use super::directory::each_account_once;
use super::due::{EndingDoc, WithinDays, within_days};
use super::late::{LateDoc, late_renewal};
use super::subscription::{HoldingDoc, fleet};
use crate::export::{notice_csv, notice_file_name, notification_csv, notification_file_name};
use crate::reseller::{
    NotificationError, NotificationFinding, NotificationFindingCode, NotifiedCustomer, NotifiedReseller,
    RenewalNotice, RenewalNotification, RenewalNotifications,
};
use crate::rule::RuleId;
use crate::subscriptions::LateRenewal;
use crate::text::Email;
use crate::wire::ErrorCode;
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Choice, Day, Id, Prose, Text, YearMonth};
use crate::wire::object::Object;
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
    resellers: Vec<Object<NotifiedResellerDoc<'a>>>,
    /// The customers' accounts, each UID once.
    customers: Vec<Object<NotifiedCustomerDoc<'a>>>,
    /// From when a late renewal counts; `from_order` where absent.
    late: Option<LateDoc<'a>>,
}

/// A reseller account.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "NotifiedReseller"))]
struct NotifiedResellerDoc<'a> {
    /// The account.
    uid: Id<'a>,
    /// Its name.
    name: Id<'a>,
    /// Its administrators, who get the notification.
    administrators: Option<Vec<Id<'a>>>,
    /// The vendor's channel business managers for it, who get a copy.
    channel_business_managers: Option<Vec<Id<'a>>>,
}

/// A customer's account.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "NotifiedCustomer"))]
struct NotifiedCustomerDoc<'a> {
    /// The account.
    uid: Id<'a>,
    /// Its name.
    name: Id<'a>,
    /// Its administrators, who get the notice of what ends; those of nobody where absent.
    administrators: Option<Vec<Id<'a>>>,
    /// The UIDs of its partners.
    partners: Option<Vec<Id<'a>>>,
    /// Its subscriptions with their histories.
    subscriptions: Vec<Object<HoldingDoc<'a>>>,
}

impl NotificationsRequestDoc<'_> {
    pub(in crate::wire) fn within_days(&self) -> Result<u32, Error> {
        within_days(self.within_days.as_ref())
    }

    pub(in crate::wire) fn resellers(&self) -> Result<Vec<NotifiedReseller>, Error> {
        let read = |(index, doc): (usize, &Object<NotifiedResellerDoc<'_>>)| doc.read().at_index(index);
        let resellers: Result<Vec<_>, Error> = self.resellers.iter().enumerate().map(read).collect();
        resellers.and_then(|list| each_account_once(list, |reseller| &reseller.uid)).at("resellers")
    }

    pub(in crate::wire) fn customers(&self) -> Result<Vec<NotifiedCustomer>, Error> {
        let read = |(index, doc): (usize, &Object<NotifiedCustomerDoc<'_>>)| doc.read().at_index(index);
        let customers: Result<Vec<_>, Error> = self.customers.iter().enumerate().map(read).collect();
        customers.and_then(|list| each_account_once(list, |customer| &customer.uid)).at("customers")
    }

    pub(in crate::wire) fn late(&self) -> Result<LateRenewal, Error> {
        late_renewal(self.late.as_ref())
    }
}

impl NotifiedResellerDoc<'_> {
    fn read(&self) -> Result<NotifiedReseller, Error> {
        let managers = self.channel_business_managers.as_deref();
        Ok(NotifiedReseller {
            uid: self.uid.read().at("uid")?,
            name: self.name.read().at("name")?,
            administrators: texts(self.administrators.as_deref(), "administrators")?,
            channel_business_managers: texts(managers, "channel_business_managers")?,
        })
    }
}

impl NotifiedCustomerDoc<'_> {
    fn read(&self) -> Result<NotifiedCustomer, Error> {
        Ok(NotifiedCustomer {
            uid: self.uid.read().at("uid")?,
            name: self.name.read().at("name")?,
            administrators: texts(self.administrators.as_deref(), "administrators")?,
            partners: texts(self.partners.as_deref(), "partners")?,
            subscriptions: fleet(&self.subscriptions)?,
        })
    }
}

impl From<NotificationError> for Error {
    fn from(error: NotificationError) -> Self {
        match error {
            NotificationError::Fleet { customer, source } => {
                Self::from(source).at_index(customer).at("customers")
            }
            NotificationError::TooLarge { count, max } => {
                Self::new(ErrorCode::TooLarge, &error).with("count", count).with("limit", max).at("customers")
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
