//! Errors of the wire form itself.

use super::ErrorCode;

/// The operation and the input that show `code`, if it is one of these.
pub(super) const fn example(code: ErrorCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
        ErrorCode::DateOutOfRange => ("calendar.add_months", r#"{"date":"9999-12-01","months":1}"#),
        ErrorCode::InvalidFile => {
            ("systems.from_csv", r#"{"csv":"Serial Number;Lifecycle State\nLA1;Active\n"}"#)
        }
        ErrorCode::InvalidInput => ("calendar.add_months", r#"{"date":"2023-02-30","months":1}"#),
        ErrorCode::OutOfRange => ("calendar.add_months", r#"{"date":"1899-12-31","months":1}"#),
        ErrorCode::UnknownOperation => ("migration.guess", "{}"),
        _ => return None,
    })
}
