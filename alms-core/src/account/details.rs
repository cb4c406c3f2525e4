use super::SupportContact;
use crate::calendar::Date;
use crate::offers::BillingModel;
use crate::text::Email;

/// What else a host knows of an account; none of it is needed to have one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountDetails {
    /// How its subscriptions are billed, all of them (PAY-4), where known.
    pub billing: Option<BillingModel>,
    /// The vendor's channel business managers for it.
    pub channel_managers: Vec<Email>,
    /// Whom its customers reach for support (ACC-9).
    pub support_contact: Option<SupportContact>,
    /// The last day on which one of its users signed in, where known.
    pub last_login: Option<Date>,
    /// Of a reseller, whether it signed the IOT Solution Sales Agreement (ACC-6), where known.
    pub agreement: Option<bool>,
}
