use super::booking::BookingDoc;
use crate::tokens::{Booking, MonthPeak, UsageMeter};
use crate::wire::error::{Error, Located};
use crate::wire::leaf::{Count, Day, Id, Natural, Text, YearMonth};
use crate::wire::object::Object;
use alms_json::Read;
use alms_json::Write;

/// Input of `tokens.meter`.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MeterRequest"))]
pub(in crate::wire) struct MeterRequestDoc<'a> {
    /// Daily counts in any order.
    pub(in crate::wire) counts: Vec<Object<DailyCountDoc<'a>>>,
}

/// How many systems of an account were active on a day.
#[derive(Read)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "DailyCount"))]
pub(in crate::wire) struct DailyCountDoc<'a> {
    /// The account.
    account: Id<'a>,
    /// The day.
    on: Day<'a>,
    /// The active systems.
    active: Natural<'a>,
}

impl DailyCountDoc<'_> {
    pub(in crate::wire) fn count(&self, meter: &mut UsageMeter) -> Result<(), Error> {
        let (account, on) = (self.account.read().at("account")?, self.on.read().at("on")?);
        meter.count(&account, on, self.active.peak().at("active")?);
        Ok(())
    }
}

/// Output of `tokens.meter`.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Metered"))]
pub(in crate::wire) struct MeteredDoc<'a> {
    /// A peak per account and month.
    peaks: Vec<MonthPeakDoc<'a>>,
    /// The consumption of each of these months, as `tokens.replay` books it: on the month's last day, under the key
    /// `consumption:` and account and month; without those whose key would be too long.
    bookings: Vec<BookingDoc<'a>>,
}

/// A month's peak of an account.
#[derive(Write)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MonthPeak"))]
struct MonthPeakDoc<'a> {
    /// The account.
    account: Id<'a>,
    /// The month.
    month: YearMonth<'a>,
    /// The most systems that were active on one of the days counted.
    peak: Count<'a>,
    /// The days for which there is a count.
    days_counted: Count<'a>,
    /// The days of the month without one.
    days_missing: Count<'a>,
}

impl<'a> MeteredDoc<'a> {
    pub(in crate::wire) fn of(peaks: &'a [MonthPeak], bookings: &'a [Booking]) -> Self {
        let peaks = peaks.iter().map(|one| MonthPeakDoc {
            account: Text::of(&one.account),
            month: one.month.into(),
            peak: one.peak.into(),
            days_counted: one.days_counted.into(),
            days_missing: one.days_missing().into(),
        });
        Self { peaks: peaks.collect(), bookings: bookings.iter().map(BookingDoc::of).collect() }
    }
}
