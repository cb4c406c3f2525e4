use super::scalar::{Kind, text, wrong_type};
use crate::calendar::Date;
use crate::import::RowErrorCode;
use crate::import::fault::Fault;
use crate::import::value::{DateOf, iso_date};
use chrono::NaiveDate;

const MILLISECONDS_OF_DAY: i64 = 86_400_000;

/// The date of a value: milliseconds, or an ISO text, which may say that there is none.
pub(super) fn date(raw: &str, of: DateOf) -> Result<Option<Date>, Fault> {
    match Kind::of(raw) {
        Kind::Text => iso_date(&text(raw)?, of),
        Kind::Number => milliseconds(raw).map(Some),
        _ => Err(wrong_type(raw, "milliseconds since 1970 or a text such as `2023-03-25`")),
    }
}

/// The civil date by UTC.
fn milliseconds(raw: &str) -> Result<Date, Fault> {
    if raw.contains(['.', 'e', 'E']) {
        let rest = "is no whole number of milliseconds; give it without fraction and exponent";
        return Err(Fault::of_value(RowErrorCode::InvalidDate, raw.as_bytes(), rest));
    }
    // Too many digits for the integer are out of range like any other time beyond the calendar.
    utc_date(raw).ok_or_else(|| {
        let rest = "milliseconds lie outside 1900-01-01 to 9999-12-31; correct the value";
        Fault::of_value(RowErrorCode::OutOfRange, raw.as_bytes(), rest)
    })
}

fn utc_date(raw: &str) -> Option<Date> {
    let milliseconds: i64 = raw.parse().ok()?;
    // Rounded down: the last millisecond of 1969 is a time in 1969.
    let days = i32::try_from(milliseconds.checked_div_euclid(MILLISECONDS_OF_DAY)?).ok()?;
    NaiveDate::from_epoch_days(days)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> Result<String, RowErrorCode> {
        let date = date(raw, DateOf::LastCommunication).map_err(|fault| fault.code)?;
        Ok(date.map_or("none".to_owned(), |date| date.to_string()))
    }

    #[test]
    fn milliseconds_are_days_by_utc() {
        for (raw, expected) in [
            ("0", "1970-01-01"),
            ("-0", "1970-01-01"),
            ("-1", "1969-12-31"),
            ("-86400000", "1969-12-31"),
            ("-86400001", "1969-12-30"),
            ("86399999", "1970-01-01"),
            ("86400000", "1970-01-02"),
            ("1679702399999", "2023-03-24"),
            ("1679702400000", "2023-03-25"),
            ("-2208988800000", "1900-01-01"),
            ("253402300799999", "9999-12-31"),
        ] {
            assert_eq!(read(raw).unwrap(), expected, "{raw}");
        }
    }

    #[test]
    fn other_numbers_are_errors() {
        for raw in [
            "-2208988800001",
            "253402300800000",
            "9223372036854775807",
            "-9223372036854775809",
            &"9".repeat(400),
        ] {
            assert_eq!(read(raw), Err(RowErrorCode::OutOfRange), "{raw}");
        }
        for raw in ["1.5", "1679702400000.0", "1e12", "1E400"] {
            assert_eq!(read(raw), Err(RowErrorCode::InvalidDate), "{raw}");
        }
    }

    #[test]
    fn texts_are_iso_dates() {
        for (raw, expected) in [
            (r#""2023-03-25""#, "2023-03-25"),
            (r#""2023-03-25T23:00:00.000+02:00""#, "2023-03-25"),
            (r#""""#, "none"),
            (r#""never""#, "none"),
            (r#""\u0032023-03-25""#, "2023-03-25"),
        ] {
            assert_eq!(read(raw).unwrap(), expected, "{raw}");
        }
        for (raw, code) in [
            (r#""25/03/2023""#, RowErrorCode::InvalidDate),
            (r#""1679702400000""#, RowErrorCode::InvalidDate),
            (r#""1899-12-31""#, RowErrorCode::OutOfRange),
            (r#""\ud800""#, RowErrorCode::InvalidText),
            ("true", RowErrorCode::WrongType),
            ("[]", RowErrorCode::WrongType),
            ("{}", RowErrorCode::WrongType),
        ] {
            assert_eq!(read(raw), Err(code), "{raw}");
        }
        assert_eq!(date(r#""never""#, DateOf::End).unwrap_err().code, RowErrorCode::InvalidDate);
    }
}
