use super::Date;
use crate::ErrorCode;
use chrono::NaiveDate;
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

/// A date as the ten ASCII characters `YYYY-MM-DD`.
///
/// The library prints a date or two for every system; this does it without the formatting machinery.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct IsoDate([u8; 10]);

impl IsoDate {
    pub(super) fn new(date: Date) -> Self {
        let year = date.year().unsigned_abs();
        let (month, day) = (date.month(), date.day());
        Self([
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ])
    }

    /// The text as ASCII bytes.
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        // Only ASCII was written; the empty text is the unreachable other arm, not a panic.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// The last decimal digit of `number` as a character.
const fn digit(number: u32) -> u8 {
    // `0x30 | n` is '0' + n for 0 ≤ n ≤ 9.
    b'0' | (number % 10) as u8
}

impl Deref for IsoDate {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for IsoDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is not a date of the library.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseDateError {
    /// Not of the form `YYYY-MM-DD`.
    #[error("a date has the form `YYYY-MM-DD`")]
    Form,
    /// A day or month that the calendar does not have, such as 30 February.
    #[error("the calendar has no such day")]
    NoSuchDay,
    /// A real date outside 1900-01-01 to 9999-12-31.
    #[error("dates go from 1900-01-01 to 9999-12-31")]
    OutOfRange,
}

impl ParseDateError {
    /// The stable code: the same that the wire form gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Form | Self::NoSuchDay => ErrorCode::InvalidInput,
            Self::OutOfRange => ErrorCode::OutOfRange,
        }
    }
}

impl FromStr for Date {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, ParseDateError> {
        let (year, month, day) = match *text.as_bytes() {
            [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => {
                (number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?)
            }
            [ref year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() > 4 => {
                number(year)?;
                (u32::MAX, number(&[m1, m2])?, number(&[d1, d2])?)
            }
            _ => return Err(ParseDateError::Form),
        };
        let year = match i32::try_from(year) {
            Ok(year @ 0..=9999) => year,
            _ => return Err(ParseDateError::OutOfRange),
        };
        NaiveDate::from_ymd_opt(year, month, day)
            .ok_or(ParseDateError::NoSuchDay)?
            .try_into()
            .map_err(|_| ParseDateError::OutOfRange)
    }
}

/// The value of ASCII digits; saturates, because a longer year is out of range anyway.
fn number(digits: &[u8]) -> Result<u32, ParseDateError> {
    digits.iter().try_fold(0_u32, |value, byte| match byte {
        b'0'..=b'9' => Ok(value.saturating_mul(10).saturating_add(u32::from(byte & 0x0f))),
        _ => Err(ParseDateError::Form),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back() {
        for text in ["1900-01-01", "2000-02-29", "2023-10-09", "9999-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn each_way_to_be_wrong_has_its_name() {
        for text in [
            "",
            "2023-3-1",
            "20230301",
            "2023-03-01 ",
            "2023/03/01",
            "-001-01-01",
            "２０２３-0",
            "2023-03-0a",
        ] {
            assert_eq!(text.parse::<Date>(), Err(ParseDateError::Form), "{text}");
        }
        for text in ["2023-02-29", "1900-02-29", "2023-13-01", "2023-00-10", "2023-04-31", "2023-04-00"] {
            assert_eq!(text.parse::<Date>(), Err(ParseDateError::NoSuchDay), "{text}");
        }
        for text in ["1899-12-31", "0000-01-01", "10000-01-01", "99999999999999-01-01"] {
            assert_eq!(text.parse::<Date>(), Err(ParseDateError::OutOfRange), "{text}");
        }
    }
}
