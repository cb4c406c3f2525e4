use super::term::whole_months;
use crate::calendar::{Date, DateOutOfRange, Months};

/// The periods of a service that goes on by itself: each begins where the one before ends (SUB-7, RES-1).
///
/// Every boundary is counted from one anchor and never from the boundary before, so that a short month shortens
/// one period and no later one: 31 January, 29 February, 31 March.
///
/// ```
/// use alms_core::calendar::Months;
/// use alms_core::subscriptions::Periods;
/// // Registered on 31 January 2023, the first year included, billed by the month from then on.
/// let periods = Periods::after("2023-01-31".parse()?, Months::YEAR, Months::from(1));
/// let starts: Vec<_> = periods.starts(0).take(3).map(|start| start.to_string()).collect();
/// assert_eq!(starts, ["2024-01-31", "2024-02-29", "2024-03-31"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Periods {
    anchor: Date,
    first: Months,
    length: Months,
}

/// One period: from its first day up to the day on which the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day.
    pub start_date: Date,
    /// The day on which it ends and the next begins.
    pub end_date: Date,
}

impl Periods {
    /// Periods of `length` months, at least one, the first of which begins `first` months after `anchor`.
    pub fn after(anchor: Date, first: Months, length: Months) -> Self {
        // A period without a month would never end.
        Self { anchor, first, length: length.max(Months::from(1)) }
    }

    /// Periods from the end of a first term, counted from `anchor` if the term is whole months long from there.
    pub(super) fn following(anchor: Date, first_end: Date, length: Months) -> Self {
        match whole_months(anchor, first_end) {
            Some(months) => Self::after(anchor, months, length),
            None => Self::after(first_end, Months::ZERO, length),
        }
    }

    /// Periods of another length from the day `from` on, on which one of these begins; counted from the same anchor.
    pub(super) fn continued(self, from: Date, length: Months) -> Self {
        let before = self.index_of(from).map_or(0, i64::from).saturating_mul(self.length.get());
        let first = Months::try_new(self.first.get().saturating_add(before)).unwrap_or(self.first);
        Self::after(self.anchor, first, length)
    }

    /// The first days of the periods from the one at `index` on, as far as the calendar goes.
    pub fn starts(self, index: u32) -> impl Iterator<Item = Date> {
        (index..).map_while(move |index| self.start(index).ok())
    }

    /// The period at `index`, the first being 0.
    ///
    /// # Errors
    /// [`DateOutOfRange`] where it ends after 9999-12-31.
    pub fn period(self, index: u32) -> Result<Period, DateOutOfRange> {
        let next = index.checked_add(1).ok_or(DateOutOfRange)?;
        Ok(Period { start_date: self.start(index)?, end_date: self.start(next)? })
    }

    /// The months of a period.
    pub const fn length(self) -> Months {
        self.length
    }

    /// The index of the period in which `date` lies; `None` before the first.
    pub fn index_of(self, date: Date) -> Option<u32> {
        let months = self.anchor.month_ends_until(date).get().checked_sub(self.first.get())?;
        let index = u32::try_from(months.checked_div_euclid(self.length.get())?).ok();
        // The month of the date may have begun a period that starts on a later day of it.
        match index {
            Some(index) if self.start(index).is_ok_and(|start| start <= date) => Some(index),
            Some(index) => index.checked_sub(1),
            None => None,
        }
    }

    pub(super) fn start(self, index: u32) -> Result<Date, DateOutOfRange> {
        let months = self.length.get().checked_mul(i64::from(index)).ok_or(DateOutOfRange)?;
        let months = months.checked_add(self.first.get()).ok_or(DateOutOfRange)?;
        self.anchor.add_months(Months::try_new(months).map_err(|_| DateOutOfRange)?)
    }
}
