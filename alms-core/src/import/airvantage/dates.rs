use super::scalar::{Kind, text, wrong_type};
use crate::calendar::Date;
use crate::import::date::{Evidence, evidence};
use crate::import::fault::Fault;
use crate::import::value::{self, DateOf};
use crate::import::{DateOrder, RowErrorCode};

/// The date of a value: milliseconds, or a text, which may say that there is none.
pub(super) fn date(raw: &str, of: DateOf) -> Result<Option<Date>, Fault> {
    match Kind::of(raw) {
        Kind::Text => {
            let text = text(raw)?;
            // A value of JSON has no column whose other values tell the order.
            let order = match evidence(&text) {
                Some(Evidence::DayFirst) => DateOrder::DayFirst,
                Some(Evidence::MonthFirst) => DateOrder::MonthFirst,
                _ => DateOrder::Iso,
            };
            value::date(&text, order, of)
        }
        Kind::Number if raw.contains(['e', 'E']) => {
            let rest = "is not a whole number of milliseconds; give it without fraction and exponent";
            Err(Fault::of_value(RowErrorCode::InvalidDate, raw.as_bytes(), rest))
        }
        Kind::Number => value::date(raw, DateOrder::Iso, of),
        _ => Err(wrong_type(raw, "milliseconds since 1970 or a text such as `2023-03-25`")),
    }
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
            ("946684800000", "2000-01-01"),
            ("1679702399999", "2023-03-24"),
            ("1679702400000", "2023-03-25"),
            ("1679702400000.0", "2023-03-25"),
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
        for raw in ["1.5", "1e12", "1E400"] {
            assert_eq!(read(raw), Err(RowErrorCode::InvalidDate), "{raw}");
        }
        for raw in ["1679702400", "0", "-0", "-1", "946684799999", "-2208988800000"] {
            assert_eq!(read(raw), Err(RowErrorCode::UnitOfTime), "{raw}");
        }
    }

    #[test]
    fn texts_are_dates() {
        for (raw, expected) in [
            (r#""2023-03-25""#, "2023-03-25"),
            (r#""2023-03-25T23:00:00.000+02:00""#, "2023-03-25"),
            (r#""""#, "none"),
            (r#""never""#, "none"),
            (r#""\u0032023-03-25""#, "2023-03-25"),
            (r#""1679702400000""#, "2023-03-25"),
            (r#""25 Mar 2023""#, "2023-03-25"),
            (r#""25/03/2023""#, "2023-03-25"),
            (r#""03/25/2023""#, "2023-03-25"),
        ] {
            assert_eq!(read(raw).unwrap(), expected, "{raw}");
        }
        for (raw, code) in [
            (r#""03/04/2023""#, RowErrorCode::AmbiguousDate),
            (r#""1679702400""#, RowErrorCode::UnitOfTime),
            (r#""soon""#, RowErrorCode::InvalidDate),
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
