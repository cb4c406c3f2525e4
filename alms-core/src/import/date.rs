use super::month_name::month_of;
use super::time_of_day::is_time_of_day;
use crate::calendar::{Date, ParseDateError};
use crate::names::named_enum;
use chrono::NaiveDate;
use std::borrow::Cow;

named_enum! {
    /// What a date such as `03/04/2023` means, which has two readings.
    ///
    /// Dates with one reading are understood under every choice: `2023-03-04`, `2023/03/04`, `04.03.2023`,
    /// `4 March 2023`, milliseconds since 1970.
    ///
    /// ```
    /// use alms_core::import::DateOrder;
    /// assert_eq!("day_first".parse(), Ok(DateOrder::DayFirst));
    /// assert_eq!(DateOrder::default(), DateOrder::Iso);
    /// ```
    pub enum DateOrder {
        /// Not chosen: a value above 12 tells for its column; where none does, the dates are errors.
        Iso = "iso",
        /// `DD/MM/YYYY`.
        DayFirst = "day_first",
        /// `MM/DD/YYYY`.
        MonthFirst = "month_first",
    }
}

impl Default for DateOrder {
    /// Nothing is chosen.
    fn default() -> Self {
        DateOrder::Iso
    }
}

/// The first day that a number of milliseconds can mean: no system communicated before.
const FIRST_MILLISECOND: i64 = 946_684_800_000;

const MILLISECONDS_OF_DAY: i64 = 86_400_000;

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateFault {
    /// None of the forms.
    Form,
    /// What follows the date is not a time of day.
    Time,
    /// The calendar has no such day.
    NoSuchDay,
    /// A real day outside the range of dates.
    OutOfRange,
    /// Two readings under [`DateOrder::Iso`]; what the two numbers tell.
    OrderNotChosen(Evidence),
    /// A number that is a day before 2000 as milliseconds.
    Seconds,
    /// A number of milliseconds whose last digits are gone.
    DigitsLost,
}

/// What a date of two numbers and a year tells about the order of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// The first number is above 12.
    DayFirst,
    /// The second number is above 12.
    MonthFirst,
    /// Both can be months.
    Neither,
}

/// The date that a text gives; a time of day may follow.
pub(super) fn parse_date(text: &str, order: DateOrder) -> Result<Date, DateFault> {
    let text = with_plain_blanks(text);
    let text = text.as_ref();
    if let Some(result) = milliseconds(text) {
        return result;
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.' | '-')).unwrap_or(text.len());
    let (date, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    match numeric(date, order) {
        Err(DateFault::Form) => words(text),
        result => with_time(result?, rest),
    }
}

/// What a date with slashes or hyphens tells about the order of its column, if it tells anything.
pub(super) fn evidence(text: &str) -> Option<Evidence> {
    match parse_date(text, DateOrder::Iso) {
        Err(DateFault::OrderNotChosen(evidence)) => Some(evidence),
        _ => None,
    }
}

/// The text with the blanks of other alphabets and typesetters as plain ones.
fn with_plain_blanks(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if c.is_whitespace() && !c.is_control() { ' ' } else { c }).collect())
}

/// A date, if a time of day or nothing follows.
fn with_time(date: Date, rest: &str) -> Result<Date, DateFault> {
    let Some(rest) = rest.strip_prefix(['T', 't', ' ', ',']) else {
        return if rest.is_empty() { Ok(date) } else { Err(DateFault::Time) };
    };
    let time = rest.trim_start_matches([' ', ',']);
    if is_time_of_day(time) { Ok(date) } else { Err(DateFault::Time) }
}

/// The civil date by UTC of a whole number of milliseconds; `None` if the text is not a number.
fn milliseconds(text: &str) -> Option<Result<Date, DateFault>> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    if !unsigned.bytes().next()?.is_ascii_digit() {
        return None;
    }
    let (digits, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((mantissa, exponent)) = unsigned.split_once(['e', 'E']) {
        let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let is_mantissa = mantissa.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        return (is_mantissa && are_digits(power)).then_some(Err(DateFault::DigitsLost));
    }
    if !are_digits(digits) || !are_digits(decimals) {
        return None;
    }
    // `1.5` is not a whole number, and `1.2.2023` has not come this far.
    if decimals.bytes().any(|byte| byte != b'0') {
        return Some(Err(DateFault::Form));
    }
    let number = text.split_once('.').map_or(text, |(number, _)| number);
    Some(of_milliseconds(number))
}

fn of_milliseconds(number: &str) -> Result<Date, DateFault> {
    // Too many digits for the integer are out of range like any other time beyond the calendar.
    let milliseconds: i64 = number.parse().map_err(|_| DateFault::OutOfRange)?;
    // Rounded down: the last millisecond of 1999 is a time in 1999.
    let days = milliseconds.checked_div_euclid(MILLISECONDS_OF_DAY).and_then(|days| i32::try_from(days).ok());
    let day = days.and_then(NaiveDate::from_epoch_days).ok_or(DateFault::OutOfRange)?;
    let date = day.try_into().map_err(|_| DateFault::OutOfRange)?;
    if milliseconds < FIRST_MILLISECOND { Err(DateFault::Seconds) } else { Ok(date) }
}

/// Three numbers with the same mark between them.
fn numeric(text: &str, order: DateOrder) -> Result<Date, DateFault> {
    let iso = text.parse::<Date>();
    if let Ok(date) = iso {
        return Ok(date);
    }
    if let Err(ParseDateError::NoSuchDay) = iso {
        return Err(DateFault::NoSuchDay);
    }
    if let Err(ParseDateError::OutOfRange) = iso {
        return Err(DateFault::OutOfRange);
    }
    let mark = text.chars().find(|c| !c.is_ascii_digit()).ok_or(DateFault::Form)?;
    let mut parts = text.split(mark);
    let (Some(first), Some(second), Some(third), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(DateFault::Form);
    };
    if first.len() == 4 {
        return day_of(number(first, 4..=4)?, number(second, 1..=2)?, number(third, 1..=2)?);
    }
    let (first, second, year) = (number(first, 1..=2)?, number(second, 1..=2)?, number(third, 4..=4)?);
    match (mark, order) {
        // Nobody writes the month first with dots.
        ('.', _) | (_, DateOrder::DayFirst) => day_of(year, second, first),
        (_, DateOrder::MonthFirst) => day_of(year, first, second),
        (_, DateOrder::Iso) if first == second => day_of(year, first, second),
        (_, DateOrder::Iso) => undecided(first, second, year),
    }
}

/// What a date tells of which nobody chose the order; a day that the calendar has under no order is said at once.
fn undecided(first: u16, second: u16, year: u16) -> Result<Date, DateFault> {
    match (day_of(year, second, first), day_of(year, first, second)) {
        (Ok(_), Ok(_)) => Err(DateFault::OrderNotChosen(Evidence::Neither)),
        (Ok(_), Err(_)) => Err(DateFault::OrderNotChosen(Evidence::DayFirst)),
        (Err(_), Ok(_)) => Err(DateFault::OrderNotChosen(Evidence::MonthFirst)),
        (Err(fault), Err(_)) => Err(fault),
    }
}

/// The date of the same text under an order.
fn day_of(year: u16, month: u16, day: u16) -> Result<Date, DateFault> {
    let date = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    date.ok_or(DateFault::NoSuchDay)?.try_into().map_err(|_| DateFault::OutOfRange)
}

/// The value of this many ASCII digits; four of them fit.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Result<u16, DateFault> {
    if !digits.contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DateFault::Form);
    }
    text.parse().map_err(|_| DateFault::Form)
}

/// Words between day, month, year and time that say nothing.
const FILLERS: [&str; 8] = ["de", "del", "of", "at", "um", "le", "à", "uhr"];

/// The parts of a date with the name of a month, as far as they are found.
#[derive(Debug, Default)]
struct Words<'a> {
    day: Option<u16>,
    month: Option<u16>,
    year: Option<u16>,
    /// The time of day, from its first colon on.
    time: Vec<&'a str>,
    /// Words of letters so far: one of them may be a day of the week.
    names: u8,
    /// The month may be a Tuesday: `mar.` in French and Spanish.
    may_be_tuesday: bool,
}

/// A date with the name of its month, in any order: `25 Mar 2023`, `March 25, 2023 2:10 PM`, `25-Mar-2023`,
/// `Sat Mar 25 14:10:22 UTC 2023`.
fn words(text: &str) -> Result<Date, DateFault> {
    let mut found = Words::default();
    for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
        if word.contains(':') || !found.time.is_empty() {
            found.take_of_time(word);
        } else {
            word.split(['-', '/']).filter(|part| !part.is_empty()).try_for_each(|part| found.take(part))?;
        }
    }
    let (Some(day), Some(month), Some(year)) = (found.day, found.month, found.year) else {
        return Err(DateFault::Form);
    };
    let date = day_of(year, month, day)?;
    let time = found.time.join(" ");
    if time.is_empty() || is_time_of_day(&time) { Ok(date) } else { Err(DateFault::Time) }
}

impl<'a> Words<'a> {
    fn take(&mut self, word: &str) -> Result<(), DateFault> {
        if let Ok(year) = number(word, 4..=4) {
            return set(&mut self.year, year);
        }
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        if let Ok(day) = number(digits, 1..=2) {
            let behind = word.get(digits.len()..).unwrap_or_default();
            let is_ordinal =
                ["", ".", "st", "nd", "rd", "th", "er"].iter().any(|end| behind.eq_ignore_ascii_case(end));
            return if is_ordinal { set(&mut self.day, day) } else { Err(DateFault::Form) };
        }
        if FILLERS.iter().any(|filler| word.eq_ignore_ascii_case(filler)) {
            return Ok(());
        }
        if !word.chars().all(|c| c.is_alphabetic() || c == '.') {
            return Err(DateFault::Form);
        }
        self.names = self.names.saturating_add(1);
        match month_of(word) {
            Some(month) if self.month.is_none() || self.may_be_tuesday => {
                self.may_be_tuesday =
                    self.month.is_none() && word.trim_end_matches('.').eq_ignore_ascii_case("mar");
                self.month = Some(month);
            }
            // A day of the week.
            None if self.names == 1 => {}
            _ => return Err(DateFault::Form),
        }
        Ok(())
    }

    /// A word behind the first colon: a year may follow the time.
    fn take_of_time(&mut self, word: &'a str) {
        match number(word, 4..=4) {
            Ok(year) if self.year.is_none() => self.year = Some(year),
            _ if word.eq_ignore_ascii_case("uhr") => {}
            _ => self.time.push(word),
        }
    }
}

/// Takes a number that must not be there twice.
fn set(place: &mut Option<u16>, value: u16) -> Result<(), DateFault> {
    if place.replace(value).is_some() { Err(DateFault::Form) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str, order: DateOrder) -> Result<String, DateFault> {
        parse_date(text, order).map(|date| date.to_string())
    }

    #[test]
    fn what_has_one_reading_is_understood_under_every_choice() {
        for order in DateOrder::ALL {
            for text in [
                "2023-03-25",
                "2023-03-25T23:59:59Z",
                "2023/03/25 14:10:22",
                "2023/3/25",
                "2023.03.25",
                "2023-3-25",
                "25.03.2023",
                "25.3.2023 14:10",
                "25 Mar 2023",
                "25-Mar-2023",
                "25/Mar/2023",
                "Mar 25, 2023",
                "March 25, 2023, 2:10 PM",
                "March 25th 2023 at 2:10:22 p.m.",
                "25. März 2023",
                "25. März 2023, 14:10 Uhr",
                "25 mars 2023",
                "mar. 25 mars 2023",
                "25 de marzo de 2023",
                "Saturday, 25 March 2023",
                "Sat, 25 Mar 2023 14:10:22 GMT",
                "Sat Mar 25 14:10:22 UTC 2023",
                "2023 Mar 25",
                "2023-03-25 14:10:22 +0000 UTC",
                "2023-03-25T14:10:22+01:00[Europe/Berlin]",
                "2023-03-25, 2:10:22\u{202f}PM",
                "2023-03-25 2:10:22 p. m.",
                "1679702400000",
                "1679702400000.0",
                "1679788799999",
            ] {
                assert_eq!(parsed(text, *order).as_deref(), Ok("2023-03-25"), "{text}");
            }
            assert_eq!(parsed("05/05/2023", *order).as_deref(), Ok("2023-05-05"));
        }
    }

    #[test]
    fn slashes_mean_what_was_chosen() {
        for (text, day_first, month_first) in [
            ("03/04/2023", "2023-04-03", "2023-03-04"),
            ("3/4/2023", "2023-04-03", "2023-03-04"),
            ("3-4-2023", "2023-04-03", "2023-03-04"),
            ("03/04/2023 12:34", "2023-04-03", "2023-03-04"),
            ("03/04/2023, 12:34:56 PM", "2023-04-03", "2023-03-04"),
        ] {
            assert_eq!(parsed(text, DateOrder::DayFirst).unwrap(), day_first);
            assert_eq!(parsed(text, DateOrder::MonthFirst).unwrap(), month_first);
            assert_eq!(parsed(text, DateOrder::Iso), Err(DateFault::OrderNotChosen(Evidence::Neither)));
        }
        assert_eq!(parsed("29/02/2024", DateOrder::DayFirst).unwrap(), "2024-02-29");
        assert_eq!(parsed("29/02/2024", DateOrder::MonthFirst), Err(DateFault::NoSuchDay));
        assert_eq!(evidence("31/12/2024"), Some(Evidence::DayFirst));
        assert_eq!(evidence("12/31/2024 08:00"), Some(Evidence::MonthFirst));
        assert_eq!(evidence("12/12/2024"), None);
        assert_eq!(evidence("2024-12-31"), None);
    }

    #[test]
    fn numbers_are_milliseconds_and_never_seconds() {
        for (text, fault) in [
            ("1679702400", DateFault::Seconds),
            ("0", DateFault::Seconds),
            ("-1", DateFault::Seconds),
            ("946684799999", DateFault::Seconds),
            ("-2208988800001", DateFault::OutOfRange),
            ("253402300800000", DateFault::OutOfRange),
            ("9223372036854775808", DateFault::OutOfRange),
            ("1679702400000.5", DateFault::Form),
            ("1.6797024E+12", DateFault::DigitsLost),
            ("1e12", DateFault::DigitsLost),
        ] {
            assert_eq!(parsed(text, DateOrder::Iso), Err(fault), "{text}");
        }
        assert_eq!(parsed("946684800000", DateOrder::Iso).as_deref(), Ok("2000-01-01"));
        assert_eq!(parsed("253402300799999", DateOrder::Iso).as_deref(), Ok("9999-12-31"));
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
                "1.2/2023",
                "//",
                "/",
                "+1/2/2023",
                "1/ 2/2023",
                "１/2/2023",
                "soon",
                "",
                "25 Mar",
                "Mar 2023",
                "25 Mar Apr May 2023",
                "25 Apr Mar 2023",
                "25 Foo Bar 2023",
                "25 25 Mar 2023",
                "25 Mar 2023 2024",
                "25x Mar 2023",
                "25 Mar 23",
            ] {
                assert_eq!(parsed(text, order), Err(DateFault::Form), "{text}");
            }
            for text in [
                "30/02/2023",
                "31/04/2023",
                "0/1/2023",
                "1/0/2023",
                "2023-02-30",
                "99/99/2023",
                "30 Feb 2023",
                "31.04.2023",
                "2023/13/01",
            ] {
                // 04/31 and 02/30 are impossible the other way round, too.
                assert_eq!(parsed(text, order), Err(DateFault::NoSuchDay), "{text}");
            }
            for text in ["1/1/1899", "01/01/0000", "1899-12-31", "10000-01-01", "1 Jan 1899"] {
                assert!(
                    matches!(parsed(text, order), Err(DateFault::OutOfRange | DateFault::NoSuchDay)),
                    "{text}"
                );
            }
            for text in [
                "1/1/2023 x",
                "1/1/2023T",
                "2023-01-01 25:00",
                "2023-01-01 later",
                "2023-01-01T12",
                "1 Jan 2023 25:00",
                "2023-01-01[x]",
            ] {
                assert_eq!(parsed(text, order), Err(DateFault::Time), "{text}");
            }
        }
        assert_eq!(parsed("31/04/2023", DateOrder::Iso), Err(DateFault::NoSuchDay));
    }
}
