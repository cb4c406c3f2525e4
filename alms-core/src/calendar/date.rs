use super::{IsoDate, Months};
use crate::ErrorCode;
use chrono::{Datelike, Days, NaiveDate};
use std::fmt;

/// A civil date from 1900-01-01 to 9999-12-31.
///
/// Parsed from and printed as `YYYY-MM-DD`; every value that exists lies in the range.
///
/// ```
/// use alms_core::calendar::Date;
///
/// let date: Date = "2024-02-29".parse()?;
/// assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
/// assert!("2023-02-29".parse::<Date>().is_err());
/// assert!("1899-12-31".parse::<Date>().is_err());
/// # Ok::<(), alms_core::calendar::ParseDateError>(())
/// ```
///
/// A host that has days of `chrono` converts them; one outside the range is refused.
///
/// ```
/// use alms_core::calendar::{Date, DateOutOfRange};
/// use chrono::NaiveDate;
///
/// let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
/// let date = Date::try_from(day)?;
/// assert_eq!((date.to_string(), NaiveDate::from(date)), ("2024-02-29".to_owned(), day));
/// assert_eq!(Date::try_from(NaiveDate::MIN), Err(DateOutOfRange));
/// # Ok::<(), DateOutOfRange>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// A computed date that lies outside 1900-01-01 to 9999-12-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the computed date lies outside 1900-01-01 to 9999-12-31")]
pub struct DateOutOfRange;

impl DateOutOfRange {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        ErrorCode::DateOutOfRange
    }
}

impl Date {
    /// 1900-01-01.
    pub const MIN: Date = Date(match NaiveDate::from_ymd_opt(1900, 1, 1) {
        Some(date) => date,
        None => NaiveDate::MIN,
    });
    /// 9999-12-31.
    pub const MAX: Date = Date(match NaiveDate::from_ymd_opt(9999, 12, 31) {
        Some(date) => date,
        None => NaiveDate::MAX,
    });

    /// This many months on (or back), clamped to the month's last day.
    ///
    /// # Errors
    /// [`DateOutOfRange`] when the result is before 1900-01-01 or after 9999-12-31.
    ///
    /// ```
    /// use alms_core::calendar::{Date, Months};
    /// let leap_day: Date = "2024-02-29".parse()?;
    /// assert_eq!(leap_day.add_months(Months::YEAR)?.to_string(), "2025-02-28");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add_months(self, months: Months) -> Result<Date, DateOutOfRange> {
        let count = u32::try_from(months.get().unsigned_abs()).map_err(|_| DateOutOfRange)?;
        let step = chrono::Months::new(count);
        let moved =
            if months.get() < 0 { self.0.checked_sub_months(step) } else { self.0.checked_add_months(step) };
        moved.ok_or(DateOutOfRange)?.try_into()
    }

    /// This many days on.
    ///
    /// # Errors
    /// [`DateOutOfRange`] when the result is after 9999-12-31.
    pub fn add_days(self, days: u32) -> Result<Date, DateOutOfRange> {
        self.0.checked_add_days(Days::new(u64::from(days))).ok_or(DateOutOfRange)?.try_into()
    }

    /// This many days back.
    ///
    /// # Errors
    /// [`DateOutOfRange`] when the result is before 1900-01-01.
    pub fn minus_days(self, days: u32) -> Result<Date, DateOutOfRange> {
        self.0.checked_sub_days(Days::new(u64::from(days))).ok_or(DateOutOfRange)?.try_into()
    }

    /// Days from `self` to `later`; negative when `later` is the earlier one.
    pub fn days_until(self, later: Date) -> i64 {
        later.0.signed_duration_since(self.0).num_days()
    }

    /// Month ends from `self` up to `later`, which is the difference of their calendar months:
    /// May to August is 3, whatever the days (MIG-5).
    ///
    /// ```
    /// use alms_core::calendar::Date;
    /// let may: Date = "2023-05-31".parse()?;
    /// let august: Date = "2023-08-01".parse()?;
    /// assert_eq!(may.month_ends_until(august).get(), 3);
    /// # Ok::<(), alms_core::calendar::ParseDateError>(())
    /// ```
    pub fn month_ends_until(self, later: Date) -> Months {
        Months::between(self.month_index(), later.month_index())
    }

    /// The year, 1900 to 9999.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The first day of its month.
    pub(super) fn first_of_month(self) -> Date {
        // 1900-01-01 is the first day of a month, so no month begins before the range.
        Date(self.0.with_day(1).unwrap_or(self.0))
    }

    /// The last day of its month.
    pub(super) fn last_of_month(self) -> Date {
        // 9999-12-31 is the last day of a month, so no month ends after the range.
        Date(self.0.with_day(u32::from(self.0.num_days_in_month())).unwrap_or(self.0))
    }

    /// The date as its ten characters, without allocation.
    pub fn iso(self) -> IsoDate {
        IsoDate::new(self)
    }

    /// The date as the calendar crate has it.
    pub(super) const fn naive(self) -> NaiveDate {
        self.0
    }

    /// Months since year 0.
    fn month_index(self) -> i32 {
        self.0.year().saturating_mul(12).saturating_add(self.0.month0().cast_signed())
    }
}

impl TryFrom<NaiveDate> for Date {
    type Error = DateOutOfRange;

    fn try_from(date: NaiveDate) -> Result<Self, DateOutOfRange> {
        if date < Self::MIN.0 || date > Self::MAX.0 {
            return Err(DateOutOfRange);
        }
        Ok(Self(date))
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.iso().as_str())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.iso().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_range_is_the_contracts() {
        assert_eq!(Date::MIN.to_string(), "1900-01-01");
        assert_eq!(Date::MAX.to_string(), "9999-12-31");
        assert_eq!(Date::MAX.add_days(1), Err(DateOutOfRange));
        assert_eq!(Date::MIN.add_months(Months::try_new(-1).unwrap()), Err(DateOutOfRange));
        assert_eq!(date("9999-11-30").add_months(Months::try_new(1).unwrap()), Ok(date("9999-12-30")));
    }

    #[test]
    fn months_beyond_any_calendar_are_out_of_range_not_a_panic() {
        for count in [i64::from(u32::MAX) + 1, 1_000_000_000_000_000, -1_000_000_000_000_000] {
            assert_eq!(Date::MIN.add_months(Months::try_new(count).unwrap()), Err(DateOutOfRange));
        }
    }

    #[test]
    fn an_optional_date_is_as_small_as_a_date() {
        assert_eq!(size_of::<Option<Date>>(), 4);
    }

    #[test]
    fn days_count_both_ways() {
        assert_eq!(date("2024-02-28").days_until(date("2024-03-01")), 2);
        assert_eq!(date("2024-03-01").days_until(date("2024-02-28")), -2);
    }
}
