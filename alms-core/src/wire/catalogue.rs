//! An input for every error code that produces it: the source of the published list, and a test of it.

use super::ErrorCode;

/// A call that fails.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The operation.
    pub op: &'static str,
    /// The input document.
    pub input: &'static str,
}

/// An account with the given fields after its name, and these systems.
macro_rules! account {
    ($fields:literal, $systems:literal) => {
        concat!(
            r#"{"uid":"a1","name":"Acme Buses","instance":"na","#,
            $fields,
            r#","systems":["#,
            $systems,
            "]}"
        )
    };
}

/// A legacy customer account with 12 tokens.
macro_rules! customer {
    ($systems:literal) => {
        account!(r#""format":"legacy","kind":"customer","tokens":12"#, $systems)
    };
}

/// A request to plan this account.
macro_rules! planning {
    ($account:expr) => {
        concat!(r#"{"account":"#, $account, r#","on":"2023-03-25"}"#)
    };
}

/// A plan that was made from some other account than the one it is applied to.
macro_rules! applying {
    ($consent:literal) => {
        concat!(
            r#"{"account":"#,
            customer!(""),
            r#","plan":{"rulebook":"alms-rulebook/1","account":"a1","on":"2023-03-25","policy":{},"systems":[],"#,
            r#""tokens":{"opening":24,"written_off":0,"complete":0,"basic":0,"pro_rata":0,"unallocated":24,"#,
            r#""overgranted":0,"shortfall":0},"basic":null,"#,
            r#""summary":{"deleted":0,"inventory":0,"airlink_complete":0,"airlink_basic":0},"warnings":[],"#,
            r#""fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}"#,
            $consent,
            "}"
        )
    };
}

/// The call that shows `code`.
pub const fn example(code: ErrorCode) -> Example {
    let (op, input) = match code {
        ErrorCode::AlreadyMigrated => {
            ("migration.plan", planning!(account!(r#""format":"avc","kind":"customer","tokens":0"#, "")))
        }
        ErrorCode::ConsentMismatch => (
            "migration.apply",
            applying!(r#","consent":{"by":"J. Doe","on":"2023-03-20","fingerprint":"sha256:1111"}"#),
        ),
        ErrorCode::ConsentRequired => ("migration.apply", applying!("")),
        ErrorCode::DateOutOfRange => ("calendar.add_months", r#"{"date":"9999-12-01","months":1}"#),
        ErrorCode::DuplicateSerial => (
            "migration.plan",
            planning!(customer!(
                r#"{"serial":"LA1","model":"RV55","state":"active"},{"serial":"LA1","model":"RV50","state":"active"}"#
            )),
        ),
        ErrorCode::FormatNotAvailable => (
            "migration.plan",
            planning!(account!(
                r#""format":"legacy","kind":"customer","created":"2022-01-01","tokens":12"#,
                ""
            )),
        ),
        ErrorCode::InvalidFile => {
            ("systems.from_csv", r#"{"csv":"Serial Number;Lifecycle State\nLA1;Active\n"}"#)
        }
        ErrorCode::InvalidInput => ("calendar.add_months", r#"{"date":"2023-02-30","months":1}"#),
        ErrorCode::NotFreeTier => ("accounts.convert", concat!(r#"{"account":"#, customer!(""), "}")),
        ErrorCode::OutOfRange => ("calendar.add_months", r#"{"date":"1899-12-31","months":1}"#),
        ErrorCode::ResellerAccount => {
            ("migration.plan", planning!(account!(r#""format":"legacy","kind":"reseller","tokens":12"#, "")))
        }
        ErrorCode::StalePlan => (
            "migration.apply",
            applying!(
                r#","consent":{"by":"J. Doe","on":"2023-03-20","fingerprint":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}"#
            ),
        ),
        ErrorCode::TooFewScenarios => {
            ("migration.compare", concat!(r#"{"account":"#, customer!(""), r#","scenarios":[]}"#))
        }
        ErrorCode::UnknownOperation => ("migration.guess", "{}"),
        ErrorCode::UnknownSerial => (
            "migration.explain",
            concat!(r#"{"account":"#, customer!(""), r#","on":"2023-03-25","serial":"LA1"}"#),
        ),
        ErrorCode::XrInLegacyAccount => {
            ("migration.plan", planning!(customer!(r#"{"serial":"LA1","model":"XR80","state":"active"}"#)))
        }
    };
    Example { op, input }
}

// Files are read by a feature.
#[cfg(all(test, feature = "import"))]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_produced_by_its_example() {
        for code in ErrorCode::ALL {
            let Example { op, input } = example(*code);
            let error = super::super::call(op, input).unwrap_err();
            assert_eq!(error.code(), code.as_str(), "{error}");
        }
    }

    /// "lower-case, no final period, the value in backticks, says what to do": a remedy follows a `;` or `:`.
    #[test]
    fn messages_read_as_agreed() {
        for code in ErrorCode::ALL {
            let Example { op, input } = example(*code);
            let message = super::super::call(op, input).unwrap_err().message().to_owned();
            assert!(message.starts_with(|c: char| c.is_lowercase() || c == '`'), "{message}");
            assert!(!message.ends_with('.') && !message.contains(". "), "{message}");
            assert!(message.contains('`'), "{message}");
            assert!(message.contains("; "), "no remedy in: {message}");
        }
    }
}
