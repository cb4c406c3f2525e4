use super::late::LateDoc;
use super::subscription::SubscriptionDoc;
use crate::wire::leaf::{Count, Day, Prose, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `subscriptions.to_ics`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "IcsRequest"))]
pub(in crate::wire) struct IcsRequestDoc<'a> {
    /// The subscriptions with their histories.
    pub(in crate::wire) subscriptions: Vec<Object<SubscriptionDoc<'a>>>,
    /// The day of the export; what ended before it is left out.
    pub(in crate::wire) on: Day<'a>,
    /// The calendar's name, such as the account's; `Renewals` where absent.
    pub(in crate::wire) name: Option<Text<'a>>,
    /// From when a late renewal counts; `from_order` where absent.
    pub(in crate::wire) late: Option<LateDoc<'a>>,
}

/// Output of `subscriptions.to_ics`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "IcsText"))]
pub(in crate::wire) struct IcsTextDoc<'a> {
    /// An iCalendar file (RFC 5545); null if nothing ends, for a calendar without an entry is not valid.
    pub(in crate::wire) ics: Option<Prose<'a>>,
    /// How many entries it has.
    pub(in crate::wire) events: Count<'a>,
}
