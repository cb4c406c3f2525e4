use crate::ErrorCode;
use crate::calendar::{Date, DateOutOfRange, Months};
use std::fmt;

/// On which day the systems of an account are invoiced (SUB-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InvoiceDay {
    /// Each system on its own day: the day of its registration or activation.
    #[default]
    Own,
    /// All on one day of the month; the first period of a system is shorter, and paid for by its days.
    Day(DayOfMonth),
}

/// A day that every month has: 1 to 28.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayOfMonth(u8);

/// A day that some month does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a day that every month has; use 1 to 28")]
pub struct DayOfMonthError(pub i64);

impl DayOfMonthError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::OutOfRange
    }
}

impl DayOfMonth {
    /// The last one.
    pub const MAX: i64 = 28;

    /// The day with this number.
    ///
    /// # Errors
    /// [`DayOfMonthError`] below 1 and above 28.
    ///
    /// ```
    /// use alms_core::subscriptions::DayOfMonth;
    /// assert!(DayOfMonth::try_new(28).is_ok() && DayOfMonth::try_new(29).is_err());
    /// ```
    pub fn try_new(day: i64) -> Result<Self, DayOfMonthError> {
        let number = u8::try_from(day).ok().filter(|day| (1..=Self::MAX).contains(&i64::from(*day)));
        number.map(Self).ok_or(DayOfMonthError(day))
    }

    /// Its number.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The first such day that is not before `date`.
    pub(super) fn on_or_after(self, date: Date) -> Result<Date, DateOutOfRange> {
        let first_of_month = date.minus_days(date.day().saturating_sub(1))?;
        let of_month = first_of_month.add_days(u32::from(self.0).saturating_sub(1))?;
        if of_month < date { of_month.add_months(Months::from(1)) } else { Ok(of_month) }
    }
}

impl fmt::Display for DayOfMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
