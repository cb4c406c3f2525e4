use super::late::LateRenewal;
use crate::calendar::{Date, DateOutOfRange, Months};

/// How long service and warranty of a system last, and from when its terms count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The first registration of the serial, where known; a migrated system may not have one.
    pub first_registered: Option<Date>,
    /// The day from which the chain of terms counts ([`chain_start`]).
    pub terms_from: Date,
    /// The day on which the service ends.
    pub end_date: Date,
    /// The day on which the warranty ends, as stated or as it moved with the service; `None` without warranty.
    pub warranty_end: Option<Date>,
}

/// The day from which a chain of terms counts that ends on `end_date` (SUB-2).
///
/// Stated is `terms_from`. If it is not recorded, the first of the registrations stands for it of which the end is the
/// anniversary, clamped to a month's last day or not; else the end itself.
///
/// ```
/// use alms_core::subscriptions::chain_start;
/// let leap_day = "2024-02-29".parse()?;
/// assert_eq!(chain_start(None, [None, Some(leap_day)], "2025-02-28".parse()?), leap_day);
/// assert_eq!(chain_start(None, [None, Some(leap_day)], "2025-03-01".parse()?), "2025-03-01".parse()?);
/// # Ok::<(), alms_core::calendar::ParseDateError>(())
/// ```
pub fn chain_start(terms_from: Option<Date>, registrations: [Option<Date>; 2], end_date: Date) -> Date {
    let candidates = match terms_from {
        Some(terms_from) => [Some(terms_from), None],
        None => registrations,
    };
    let mut anchors = candidates.into_iter().flatten();
    anchors.find(|from| whole_months(*from, end_date).is_some()).unwrap_or(end_date)
}

/// The months from `from` to `end_date`, if the one is the clamped anniversary of the other.
pub(super) fn whole_months(from: Date, end_date: Date) -> Option<Months> {
    let months = from.month_ends_until(end_date);
    (months >= Months::ZERO && from.add_months(months) == Ok(end_date)).then_some(months)
}

/// The most years after the first registration that a warranty lasts (SUB-6).
const WARRANTY_YEARS_MAX: u16 = 5;

/// Where the next term of a chain begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct NextTerm {
    /// Its first day.
    pub(super) from: Date,
    /// The day from which its chain counts.
    anchor: Date,
    /// The months from there to the first day.
    done: Months,
}

impl NextTerm {
    /// A term on which a chain of its own begins.
    pub(super) fn new(from: Date) -> Self {
        Self { from, anchor: from, done: Months::ZERO }
    }

    /// The end after so many months.
    pub(super) fn end(self, months: Months) -> Result<Date, DateOutOfRange> {
        let all = self.done.get().checked_add(months.get()).ok_or(DateOutOfRange)?;
        self.anchor.add_months(Months::try_new(all).map_err(|_| DateOutOfRange)?)
    }

    /// The fewest months, at least one, whose end is not before `date`; `None` if it lies after the calendar.
    pub(super) fn months_until(self, date: Date) -> Option<Months> {
        let apart = self.anchor.month_ends_until(date).get().checked_sub(self.done.get())?.max(1);
        let enough = |months: i64| {
            let months = Months::try_new(months).ok()?;
            self.end(months).is_ok_and(|end| end >= date).then_some(months)
        };
        // The month that holds the date may be reached on an earlier day of it.
        enough(apart).or_else(|| enough(apart.checked_add(1)?))
    }
}

impl Term {
    /// Where a term begins that is ordered on the day `on` (SUB-2, SUB-4).
    pub(super) fn next(&self, on: Date, late: LateRenewal) -> NextTerm {
        let from = late.counts_from(self.end_date, on);
        match whole_months(self.terms_from, self.end_date).filter(|_| from == self.end_date) {
            Some(done) => NextTerm { from, anchor: self.terms_from, done },
            None => NextTerm::new(from),
        }
    }

    /// The term after an order that makes it last until `end_date`; where it leaves a gap the warranty is interrupted (SUB-6).
    pub(super) fn prolonged(&self, next: NextTerm, end_date: Date) -> Self {
        let warranty_end = match self.limited_warranty() {
            // One that ended before the service did stays what it was.
            Some(warranty_end) if warranty_end < self.end_date => Some(warranty_end),
            Some(_) if next.from > self.end_date => None,
            other => other.map(|warranty_end| self.moved(warranty_end, end_date)),
        };
        Self { first_registered: self.first_registered, terms_from: next.anchor, end_date, warranty_end }
    }

    /// The warranty as far as it may last at most; without a registration the stated date is its limit.
    fn limited_warranty(&self) -> Option<Date> {
        self.warranty_end
            .map(|warranty_end| self.limit().map_or(warranty_end, |limit| warranty_end.min(limit)))
    }

    /// The warranty after the service was prolonged without a gap.
    fn moved(&self, warranty_end: Date, end_date: Date) -> Date {
        self.limit().map_or(warranty_end, |limit| warranty_end.max(end_date).min(limit))
    }

    /// Five years after the first registration; those that end after the calendar are no limit within it.
    fn limit(&self) -> Option<Date> {
        let first = self.first_registered?;
        Some(first.add_months(Months::years(WARRANTY_YEARS_MAX)).unwrap_or(Date::MAX))
    }

    /// The end of the warranty of a service that ends on `service_end`, or goes on (SUB-6): not after the service, and at
    /// most five years after the first registration.
    pub(super) fn warranty_shown(&self, service_end: Option<Date>) -> Option<Date> {
        let ends = [self.limited_warranty(), service_end].into_iter().flatten();
        self.warranty_end.and(ends.min())
    }

    /// The same for a service that goes on by itself from the end of this term, until it is terminated.
    pub(super) fn going_on(&self) -> Self {
        let moved = |warranty_end: Date| {
            if warranty_end >= self.end_date { self.moved(warranty_end, Date::MAX) } else { warranty_end }
        };
        Self { warranty_end: self.limited_warranty().map(moved), ..*self }
    }
}
