use super::late::{LateDoc, late_renewal};
use super::subscription::SubscriptionDoc;
use crate::calendar::Date;
use crate::subscriptions::{Due, Ending, LateRenewal, NOTIFICATION_DAYS};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Count, Day, Id, Natural, Text};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `subscriptions.due`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DueRequest"))]
pub(in crate::wire) struct DueRequestDoc<'a> {
    /// The subscriptions with their histories.
    pub(in crate::wire) subscriptions: Vec<Object<SubscriptionDoc<'a>>>,
    /// Today.
    pub(in crate::wire) on: Day<'a>,
    /// How many days ahead are looked at; 90 where absent.
    within_days: Option<WithinDays<'a>>,
    /// From when a late renewal counts; `from_order` where absent.
    late: Option<LateDoc<'a>>,
}

/// The days that are looked ahead: at most 100 years.
pub(in crate::wire) type WithinDays<'a> = Natural<'a, 36_525>;

/// How many days ahead are looked at (SUB-5).
pub(in crate::wire) fn within_days(days: Option<&WithinDays<'_>>) -> Result<u32, Error> {
    let Some(days) = days else { return Ok(NOTIFICATION_DAYS) };
    days.small().at("within_days")
}

impl DueRequestDoc<'_> {
    pub(in crate::wire) fn within_days(&self) -> Result<u32, Error> {
        within_days(self.within_days.as_ref())
    }

    pub(in crate::wire) fn late(&self) -> Result<LateRenewal, Error> {
        late_renewal(self.late.as_ref())
    }
}

/// Output of `subscriptions.due`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Due"))]
pub(in crate::wire) struct DueDoc<'a> {
    /// Today.
    on: Day<'a>,
    /// How many days ahead are looked at.
    within_days: Count<'a>,
    /// The subscriptions that end in this time, the earliest first.
    due: Vec<EndingDoc<'a>>,
    /// The subscriptions that have ended, the earliest first.
    lapsed: Vec<EndingDoc<'a>>,
    /// All subscriptions, by what their renewal asks for.
    summary: DueSummaryDoc<'a>,
}

/// A subscription that ends, or has ended.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "EndingSubscription"))]
pub(in crate::wire) struct EndingDoc<'a> {
    /// The system.
    serial: Id<'a>,
    /// Its model.
    model: Text<'a>,
    /// The offer.
    offer: Id<'a>,
    /// The day on which the service ends.
    end_date: Day<'a>,
    /// The days until then; negative if it has ended.
    days_left: Count<'a>,
    /// The day on which the warranty ends.
    warranty_end: Option<Day<'a>>,
}

/// How many subscriptions there are of each kind.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DueSummary"))]
struct DueSummaryDoc<'a> {
    /// In service, and ending within the days asked for.
    due: Count<'a>,
    /// Ended and not renewed.
    lapsed: Count<'a>,
    /// Ending later.
    later: Count<'a>,
    /// Going on by themselves.
    renewing_by_themselves: Count<'a>,
    /// In inventory.
    inventory: Count<'a>,
    /// Not begun, or terminated.
    other: Count<'a>,
}

impl<'a> DueDoc<'a> {
    pub(in crate::wire) fn of(due: &Due<'a>, on: Date, within_days: u32) -> Self {
        let count = |list: &[Ending<'_>]| Count::from(i64::try_from(list.len()).unwrap_or(i64::MAX));
        Self {
            on: on.into(),
            within_days: within_days.into(),
            due: due.due.iter().map(EndingDoc::of).collect(),
            lapsed: due.lapsed.iter().map(EndingDoc::of).collect(),
            summary: DueSummaryDoc {
                due: count(&due.due),
                lapsed: count(&due.lapsed),
                later: due.later.into(),
                renewing_by_themselves: due.by_themselves.into(),
                inventory: due.inventory.into(),
                other: due.other.into(),
            },
        }
    }
}

impl<'a> EndingDoc<'a> {
    pub(in crate::wire) fn of(ending: &Ending<'a>) -> Self {
        let origin = &ending.holding.origin;
        Self {
            serial: Text::of(origin.serial()),
            model: Text::of(origin.model().as_str()),
            offer: Text::of(ending.state.offer),
            end_date: ending.end_date.into(),
            days_left: ending.days_left.into(),
            warranty_end: ending.state.warranty_end.map(Day::from),
        }
    }
}
