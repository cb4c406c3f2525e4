use super::{Date, DateOutOfRange, Months};
use crate::ErrorCode;
use std::fmt;
use std::str::FromStr;

/// A calendar month from 1900-01 to 9999-12.
///
/// Parsed from and printed as `YYYY-MM`.
///
/// ```
/// use alms_core::calendar::Month;
/// let month: Month = "2024-02".parse()?;
/// assert_eq!(month.last_day().to_string(), "2024-02-29");
/// assert!(month.contains("2024-02-01".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first_day: Date,
}

/// A text that is not a month of the library.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseMonthError {
    /// Not of the form `YYYY-MM`.
    #[error("a month has the form `YYYY-MM`")]
    Form,
    /// A month number that is not 01 to 12.
    #[error("the calendar has no such month")]
    NoSuchMonth,
    /// A real month outside 1900-01 to 9999-12.
    #[error("months go from 1900-01 to 9999-12")]
    OutOfRange,
}

impl ParseMonthError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Form | Self::NoSuchMonth => ErrorCode::InvalidInput,
            Self::OutOfRange => ErrorCode::OutOfRange,
        }
    }
}

impl Month {
    /// The month in which `date` lies.
    pub fn of(date: Date) -> Self {
        Self { first_day: date.first_of_month() }
    }

    /// Its first day.
    pub const fn first_day(self) -> Date {
        self.first_day
    }

    /// Its last day, the month end.
    pub fn last_day(self) -> Date {
        self.first_day.last_of_month()
    }

    /// Whether `date` lies in it.
    pub fn contains(self, date: Date) -> bool {
        Self::of(date) == self
    }

    /// This many months on, or back.
    ///
    /// # Errors
    /// [`DateOutOfRange`] before 1900-01 or after 9999-12.
    pub fn plus(self, months: Months) -> Result<Self, DateOutOfRange> {
        self.first_day.add_months(months).map(|first_day| Self { first_day })
    }

    /// The months from `self` to `later`; negative when `later` is the earlier one.
    pub fn months_until(self, later: Self) -> Months {
        self.first_day.month_ends_until(later.first_day)
    }

    /// How many days it has.
    pub fn days(self) -> u32 {
        self.last_day().day()
    }
}

impl FromStr for Month {
    type Err = ParseMonthError;

    fn from_str(text: &str) -> Result<Self, ParseMonthError> {
        let mut first_day = String::with_capacity(10);
        first_day.push_str(text);
        first_day.push_str("-01");
        first_day.parse::<Date>().map(Self::of).map_err(|error| match error {
            super::ParseDateError::Form => ParseMonthError::Form,
            super::ParseDateError::NoSuchDay => ParseMonthError::NoSuchMonth,
            super::ParseDateError::OutOfRange => ParseMonthError::OutOfRange,
        })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The first seven of the ten characters of a date.
        f.pad(self.first_day.iso().get(..7).unwrap_or_default())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_printed_is_read_back_and_nothing_else() {
        for text in ["1900-01", "2024-02", "9999-12"] {
            assert_eq!(month(text).to_string(), text);
        }
        for text in ["", "2023", "2023-1", "2023-01-01", "2023/01", " 2023-01", "23-01"] {
            assert_eq!(text.parse::<Month>(), Err(ParseMonthError::Form), "{text}");
        }
        for text in ["2023-00", "2023-13"] {
            assert_eq!(text.parse::<Month>(), Err(ParseMonthError::NoSuchMonth), "{text}");
        }
        for text in ["1899-12", "10000-01"] {
            assert_eq!(text.parse::<Month>(), Err(ParseMonthError::OutOfRange), "{text}");
        }
    }

    #[test]
    fn months_end_where_the_calendar_says() {
        for (text, last) in
            [("2023-02", 28), ("2024-02", 29), ("1900-02", 28), ("9999-12", 31), ("2023-04", 30)]
        {
            assert_eq!(month(text).days(), last, "{text}");
        }
        assert!(!month("2023-05").contains("2022-05-31".parse().unwrap()));
    }

    #[test]
    fn the_range_is_that_of_dates() {
        assert_eq!(month("9999-12").plus(Months::try_new(1).unwrap()), Err(DateOutOfRange));
        assert_eq!(month("1900-01").plus(Months::try_new(-1).unwrap()), Err(DateOutOfRange));
        assert_eq!(month("2023-11").plus(Months::try_new(3).unwrap()), Ok(month("2024-02")));
        assert_eq!(month("2024-02").months_until(month("2023-11")).get(), -3);
    }
}
