use crate::calendar::{Date, DateOutOfRange, Months};
use crate::names::named_enum;
use crate::rule::{Grounds, RuleId};

/// How long service and warranty of a system last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceTerm {
    /// The day of registration, where known; a migrated system may not have one.
    pub registered: Option<Date>,
    /// The day on which the service ends.
    pub end_date: Date,
    /// The day on which the warranty ends; `None` without warranty.
    pub warranty_end: Option<Date>,
}

named_enum! {
    /// From when a late renewal counts. The sources do not say (SUB-4).
    pub enum LateRenewal {
        /// From the day of the order: nothing is paid for the time without service.
        FromOrder = "from_order",
        /// From the lapsed end date, as if the renewal had been in time.
        FromEnd = "from_end",
    }
}

impl LateRenewal {
    /// The day from which a renewal counts that arrives on the day `on`; one in time counts from the end of the term.
    pub(super) fn counts_from(self, end_date: Date, on: Date) -> Date {
        match self {
            LateRenewal::FromOrder => end_date.max(on),
            LateRenewal::FromEnd => end_date,
        }
    }
}

/// What a renewal leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewal {
    /// The new day on which the service ends.
    pub end_date: Date,
    /// The new day on which the warranty ends; `None` without warranty.
    pub warranty_end: Option<Date>,
    /// Whether the service was suspended and is not any more.
    pub reactivated: bool,
    /// The rules behind it.
    pub grounds: Grounds,
}

/// The most years after registration that a warranty lasts (SUB-6).
const WARRANTY_YEARS_MAX: u16 = 5;

/// Renews by a purchase order of so many `years` that arrives on the day `on` (SUB-2, SUB-4, SUB-6).
///
/// Up to and including its last day a term is prolonged from its end, however early the order arrives. After that
/// the renewal is late, and `late` says from when it counts. The warranty goes along while there is no gap in the
/// service, to at most five years after registration; one that ended before the service did stays ended, and
/// without a day of registration it stays as it is.
///
/// # Errors
/// [`DateOutOfRange`]: the new end would lie after 9999-12-31.
///
/// ```
/// use alms_core::subscriptions::{LateRenewal, ServiceTerm, renew};
/// let term = ServiceTerm {
///     registered: Some("2023-01-15".parse()?),
///     end_date: "2024-01-15".parse()?,
///     warranty_end: Some("2024-01-15".parse()?),
/// };
/// // January 2024 + 3 years, though it arrives in October 2023.
/// let early = renew(&term, 3, "2023-10-20".parse()?, LateRenewal::FromOrder)?;
/// assert_eq!(early.end_date, "2027-01-15".parse()?);
/// let late = renew(&term, 3, "2024-03-01".parse()?, LateRenewal::FromOrder)?;
/// assert_eq!((late.end_date, late.reactivated), ("2027-03-01".parse()?, true));
/// // The gap in February ended the warranty.
/// assert_eq!(late.warranty_end, term.warranty_end);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn renew(term: &ServiceTerm, years: u16, on: Date, late: LateRenewal) -> Result<Renewal, DateOutOfRange> {
    let is_late = on > term.end_date;
    let from = late.counts_from(term.end_date, on);
    let gap = from > term.end_date;
    let end_date = from.add_months(Months::years(years))?;
    let warranty_end = if gap { term.warranty_end } else { prolonged_warranty(term, end_date) };
    // The warranty does not go along with the service: there was a gap, or five years are over.
    let ran_along = term.warranty_end.is_some_and(|warranty_end| warranty_end >= term.end_date);
    let warranty_stays_behind = ran_along && warranty_end < Some(end_date);
    Ok(Renewal {
        end_date,
        warranty_end,
        reactivated: is_late && end_date > on,
        grounds: Grounds::new(if is_late { RuleId::Sub4 } else { RuleId::Sub2 })
            .with_if(RuleId::Sub6, warranty_stays_behind),
    })
}

/// SUB-6: along with the service, to at most five years after registration.
pub(super) fn prolonged_warranty(term: &ServiceTerm, end_date: Date) -> Option<Date> {
    let warranty_end = term.warranty_end?;
    let Some(registered) = term.registered else { return Some(warranty_end) };
    if warranty_end < term.end_date {
        return Some(warranty_end);
    }
    // Five years that end after the calendar are no limit within it.
    let limit = registered.add_months(Months::years(WARRANTY_YEARS_MAX)).unwrap_or(Date::MAX);
    Some(end_date.min(limit).max(warranty_end))
}
