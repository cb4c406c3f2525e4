//! Dates as days since 1970-01-01, which is how columns have them.
//!
//! The functions on plain numbers are what runs over a whole column: no branch, no table, nothing that overflows,
//! so that the compiler makes vector code of them. For days of the library's range they say what [`Date`] says; for
//! other numbers they say something, and the caller knows that it asked for nothing.

use super::{Date, DateOutOfRange};
use chrono::NaiveDate;

/// Days from 0000-03-01 to 1970-01-01. Years that begin in March have their leap day at the end.
const EPOCH: u32 = 719_468;

impl Date {
    /// Days since 1970-01-01, negative before it; Arrow calls it date32.
    ///
    /// ```
    /// use alms_core::calendar::Date;
    /// let date: Date = "2023-03-25".parse()?;
    /// assert_eq!(date.day_number(), 19_441);
    /// assert_eq!(Date::from_day_number(19_441), Ok(date));
    /// assert_eq!((Date::MIN.day_number(), Date::MAX.day_number()), (-25_567, 2_932_896));
    /// # Ok::<(), alms_core::calendar::ParseDateError>(())
    /// ```
    pub const fn day_number(self) -> i32 {
        self.naive().to_epoch_days()
    }

    /// The date so many days after 1970-01-01.
    ///
    /// # Errors
    /// [`DateOutOfRange`] before 1900-01-01 or after 9999-12-31.
    pub fn from_day_number(days: i32) -> Result<Date, DateOutOfRange> {
        NaiveDate::from_epoch_days(days).ok_or(DateOutOfRange)?.try_into()
    }
}

/// A day as a year that began on 1 March, and the days since then.
#[derive(Clone, Copy)]
struct MarchDay {
    year: u32,
    day_of_year: u32,
}

impl MarchDay {
    #[inline(always)]
    const fn of(days: i32) -> Self {
        let days = days.cast_unsigned().wrapping_add(EPOCH);
        // With the leap days that the centuries left out put back, every fourth year is one of 366 days.
        let century = days.wrapping_mul(4).wrapping_add(3) / 146_097;
        Self::of_julian(days.wrapping_add(century).wrapping_sub(century / 4))
    }

    /// From days since 0000-03-01 in a calendar of which every fourth year has 366 days.
    #[inline(always)]
    const fn of_julian(days: u32) -> Self {
        let year = days.wrapping_mul(4).wrapping_add(3) / 1461;
        Self { year, day_of_year: days.wrapping_sub(year.wrapping_mul(1461) / 4) }
    }

    /// Months since year 0.
    #[inline(always)]
    const fn month_index(self) -> i32 {
        // Months from March on have 31 or 30 days in a pattern that this line has exactly: 2141 ÷ 65536 ≈ 1 ÷ 30.6.
        let months_since_march = self.day_of_year.wrapping_mul(2141).wrapping_add(1305) / 65_536;
        self.year.wrapping_mul(12).wrapping_add(months_since_march).wrapping_add(2).cast_signed()
    }
}

/// Days from 0000-03-01 to 1 March of `year`.
#[inline(always)]
const fn march_first(year: u32) -> u32 {
    year.wrapping_mul(365).wrapping_add(year / 4).wrapping_sub(year / 100).wrapping_add(year / 400)
}

/// 2000-03-01, after a leap day, to 2059-09-17, after which only one number of 16 bits is left, for all later days.
pub(crate) const NEAR: std::ops::RangeInclusive<i32> = 11_017..=32_766;

/// Months since year 0 of the month in which the day lies: what [`Date::month_ends_until`] counts with (MIG-5).
#[inline(always)]
pub(crate) const fn month_index(days: i32) -> i32 {
    MarchDay::of(days).month_index()
}

/// What [`month_index`] gives, found in less time and 16 bits; for [`NEAR`] days only.
#[inline(always)]
pub(crate) const fn month_index_near(days: i16) -> i16 {
    const YEARS: u16 = 2000;
    let days = days.cast_unsigned().wrapping_sub(*NEAR.start() as u16);
    // Every fourth year has 366 days. 45933 ÷ 2^24 is so little below 1 ÷ 365.25 that every day gets its year.
    let year = high(days.wrapping_add(1), 45_933) >> 8;
    let day_of_year = days.wrapping_sub(year.wrapping_mul(365)).wrapping_sub(year / 4);
    // Twice the pattern of the long form: 34267 ÷ 2^20 ≈ 1 ÷ 30.6.
    let months_since_march = high(day_of_year.wrapping_mul(2).wrapping_add(1), 34_267) >> 5;
    let months = YEARS.wrapping_add(year).wrapping_mul(12).wrapping_add(months_since_march);
    months.wrapping_add(2).cast_signed()
}

/// The high half of a product, for which processors have an instruction.
#[inline(always)]
const fn high(one: u16, other: u16) -> u16 {
    ((one as u32).wrapping_mul(other as u32) >> 16) as u16
}

/// The day so many years later, 29 February becoming 28 where there is none (MIG-11); it may lie past 9999-12-31.
#[inline(always)]
pub(crate) const fn plus_years(days: i32, years: u16) -> i32 {
    let MarchDay { year, day_of_year } = MarchDay::of(days);
    let year = year.wrapping_add(years as u32);
    let start = march_first(year);
    let last_day = march_first(year.wrapping_add(1)).wrapping_sub(start).wrapping_sub(1);
    let day_of_year = if day_of_year < last_day { day_of_year } else { last_day };
    start.wrapping_add(day_of_year).wrapping_sub(EPOCH).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Months;

    /// All three million of them. Miri is thousands of times slower: it sees one in ten thousand.
    fn every_day() -> impl Iterator<Item = (i32, Date)> {
        (Date::MIN.day_number()..=Date::MAX.day_number())
            .step_by(if cfg!(miri) { 9973 } else { 1 })
            .map(|days| (days, Date::from_day_number(days).unwrap()))
    }

    #[test]
    fn the_month_of_every_day_is_that_of_the_calendar() {
        for (days, date) in every_day() {
            assert_eq!(date.day_number(), days);
            let from_first = Date::MIN.month_ends_until(date).get();
            assert_eq!(i64::from(month_index(days) - 1900 * 12), from_first, "{date}");
            if NEAR.contains(&days) {
                let near = month_index_near(i16::try_from(days).unwrap());
                assert_eq!(i32::from(near), month_index(days), "{date}");
            }
        }
    }

    #[test]
    fn near_is_from_a_leap_day_to_the_last_but_one_of_16_bits() {
        let bounds =
            [*NEAR.start(), *NEAR.end()].map(|days| Date::from_day_number(days).unwrap().to_string());
        assert_eq!(bounds, ["2000-03-01", "2059-09-17"]);
        assert_eq!(*NEAR.end(), i32::from(i16::MAX) - 1);
        let before = *NEAR.start() - 1;
        assert_ne!(i32::from(month_index_near(i16::try_from(before).unwrap())), month_index(before));
    }

    #[test]
    fn years_later_is_the_same_day_or_the_end_of_february() {
        for years in [0, 1, 3, 4, 5, 100, 400] {
            for (days, date) in every_day().filter(|(days, date)| days % 29 == 0 || date.month() == 2) {
                let Ok(later) = date.add_months(Months::years(years)) else {
                    assert!(plus_years(days, years) > Date::MAX.day_number(), "{date} + {years}");
                    continue;
                };
                assert_eq!(plus_years(days, years), later.day_number(), "{date} + {years}");
            }
        }
    }

    #[test]
    fn the_longest_policy_leads_past_the_last_date_and_not_round_to_the_first() {
        for date in [Date::MIN, Date::MAX] {
            assert!(plus_years(date.day_number(), u16::MAX) > Date::MAX.day_number());
        }
    }

    #[test]
    fn no_number_of_days_is_too_large() {
        for days in [i32::MIN, -1_000_000, 3_000_000, i32::MAX] {
            assert_eq!(Date::from_day_number(days), Err(DateOutOfRange), "{days}");
            // The answer means nothing; there is one.
            let _ = (month_index(days), plus_years(days, u16::MAX));
        }
    }
}
