use super::time_of_day::is_time_of_day;
use crate::calendar::{Date, ParseDateError};
use crate::names::named_enum;
use chrono::NaiveDate;

named_enum! {
    /// What a date with slashes means. It is chosen, never guessed: `03/04/2023` looks alike either way.
    ///
    /// `YYYY-MM-DD` is understood under every choice.
    ///
    /// ```
    /// use alms_core::import::DateOrder;
    /// assert_eq!("day_first".parse(), Ok(DateOrder::DayFirst));
    /// assert_eq!(DateOrder::default(), DateOrder::Iso);
    /// ```
    pub enum DateOrder {
        /// A date with slashes is an error.
        Iso = "iso",
        /// `DD/MM/YYYY`.
        DayFirst = "day_first",
        /// `MM/DD/YYYY`.
        MonthFirst = "month_first",
    }
}

impl Default for DateOrder {
    /// ISO, the one form that needs no choice.
    fn default() -> Self {
        DateOrder::Iso
    }
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateFault {
    /// Neither `YYYY-MM-DD` nor one with slashes.
    Form,
    /// What follows the date is no time of day.
    Time,
    /// The calendar has no such day.
    NoSuchDay,
    /// A real day outside the range of dates.
    OutOfRange,
    /// With slashes, under [`DateOrder::Iso`].
    OrderNotChosen,
}

/// The date that is printed at the beginning of `text`; a time of day may follow.
pub(super) fn parse_date(text: &str, order: DateOrder) -> Result<Date, DateFault> {
    let (date, time) = split_time(text);
    let date = if date.contains('/') { slashed(date, order)? } else { date.parse().map_err(fault)? };
    match time {
        Some(time) if !is_time_of_day(time) => Err(DateFault::Time),
        _ => Ok(date),
    }
}

/// The date and what follows a space or a `T`.
fn split_time(text: &str) -> (&str, Option<&str>) {
    match text.split_once([' ', 'T', 't']) {
        Some((date, time)) => (date, Some(time.trim_start())),
        None => (text, None),
    }
}

const fn fault(error: ParseDateError) -> DateFault {
    match error {
        ParseDateError::Form => DateFault::Form,
        ParseDateError::NoSuchDay => DateFault::NoSuchDay,
        ParseDateError::OutOfRange => DateFault::OutOfRange,
    }
}

/// One or two digits, one or two digits, four digits: day, month, year in the chosen order.
fn slashed(text: &str, order: DateOrder) -> Result<Date, DateFault> {
    let mut parts = text.split('/');
    let (Some(first), Some(second), Some(year), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(DateFault::Form);
    };
    let (first, second, year) = (number(first, 1..=2)?, number(second, 1..=2)?, number(year, 4..=4)?);
    let (day, month) = match order {
        DateOrder::Iso => return Err(DateFault::OrderNotChosen),
        DateOrder::DayFirst => (first, second),
        DateOrder::MonthFirst => (second, first),
    };
    let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    date.ok_or(DateFault::NoSuchDay)?.try_into().map_err(|_| DateFault::OutOfRange)
}

/// The value of so many ASCII digits; four of them fit.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Result<u16, DateFault> {
    if !digits.contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateFault::Form);
    }
    text.parse().map_err(|_| DateFault::Form)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str, order: DateOrder) -> Result<String, DateFault> {
        parse_date(text, order).map(|date| date.to_string())
    }

    #[test]
    fn iso_is_understood_under_every_choice() {
        for order in DateOrder::ALL {
            assert_eq!(parsed("2023-03-04", *order).unwrap(), "2023-03-04");
            assert_eq!(parsed("2023-03-04T23:59:59Z", *order).unwrap(), "2023-03-04");
        }
    }

    #[test]
    fn slashes_mean_what_was_chosen() {
        for (text, day_first, month_first) in [
            ("03/04/2023", "2023-04-03", "2023-03-04"),
            ("3/4/2023", "2023-04-03", "2023-03-04"),
            ("03/04/2023 12:34", "2023-04-03", "2023-03-04"),
            ("12/12/9999", "9999-12-12", "9999-12-12"),
        ] {
            assert_eq!(parsed(text, DateOrder::DayFirst).unwrap(), day_first);
            assert_eq!(parsed(text, DateOrder::MonthFirst).unwrap(), month_first);
            assert_eq!(parsed(text, DateOrder::Iso), Err(DateFault::OrderNotChosen));
        }
        assert_eq!(parsed("29/02/2024", DateOrder::DayFirst).unwrap(), "2024-02-29");
        assert_eq!(parsed("29/02/2024", DateOrder::MonthFirst), Err(DateFault::NoSuchDay));
        // Even where only one order is possible, nothing is guessed.
        assert_eq!(parsed("31/12/2024", DateOrder::Iso), Err(DateFault::OrderNotChosen));
    }

    #[test]
    fn each_way_to_be_wrong_has_its_name() {
        let both = [DateOrder::DayFirst, DateOrder::MonthFirst];
        for order in both {
            for text in [
                "1/2/23",
                "1/2/02023",
                "001/2/2023",
                "1/2",
                "1/2/3/2023",
                "//",
                "/",
                "+1/2/2023",
                "2023/03/01",
                "1.2.2023",
                "01-02-2023",
                "1/ 2/2023",
                "１/2/2023",
                "2023-3-1",
                "soon",
                "",
            ] {
                assert_eq!(parsed(text, order), Err(DateFault::Form), "{text}");
            }
            for text in ["30/02/2023", "31/04/2023", "0/1/2023", "1/0/2023", "2023-02-30", "99/99/2023"] {
                // 04/31 and 02/30 are impossible the other way round, too.
                assert_eq!(parsed(text, order), Err(DateFault::NoSuchDay), "{text}");
            }
            for text in ["1/1/1899", "01/01/0000", "1899-12-31", "10000-01-01"] {
                assert_eq!(parsed(text, order), Err(DateFault::OutOfRange), "{text}");
            }
            for text in ["1/1/2023 ", "1/1/2023T", "2023-01-01 25:00", "2023-01-01 later", "2023-01-01T12"] {
                assert_eq!(parsed(text, order), Err(DateFault::Time), "{text}");
            }
        }
    }
}
