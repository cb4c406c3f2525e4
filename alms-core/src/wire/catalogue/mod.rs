//! An input for every error code that produces it: the source of the published list, and a test of it.

use super::ErrorCode;
use serde_json::value::RawValue;

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

mod accounts;
mod ledger;
mod migration;
mod offers;
mod reseller;
mod subscriptions;
mod wire;

/// A call that fails, or whose results hold an error.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The operation.
    pub op: &'static str,
    /// The input document.
    pub input: &'static str,
}

/// The call that shows `code`.
pub fn example(code: ErrorCode) -> Example {
    let areas = [
        accounts::example,
        ledger::example,
        migration::example,
        offers::example,
        reseller::example,
        subscriptions::example,
        wire::example,
    ];
    // A test asks every code for its example.
    let (op, input) = areas.iter().find_map(|area| area(code)).unwrap_or_default();
    Example { op, input }
}

/// The error of this `code` as its example produces it: that of the call, or one among its results.
pub fn produced(code: ErrorCode) -> Option<String> {
    let Example { op, input } = example(code);
    match super::call(op, input) {
        Err(error) => Some(error.to_json()),
        Ok(output) => {
            let start = output.find(&format!(r#"{{"code":"{code}","#))?;
            let mut values =
                serde_json::Deserializer::from_str(output.get(start..)?).into_iter::<&RawValue>();
            values.next()?.ok().map(|error| error.get().to_owned())
        }
    }
}

// Files are read by a feature.
#[cfg(all(test, feature = "areas"))]
mod tests {
    use super::*;

    /// A field of the error that an example produces.
    fn field(code: ErrorCode, name: &str) -> Option<String> {
        let error: serde_json::Value = serde_json::from_str(&produced(code)?).ok()?;
        error.get(name)?.as_str().map(str::to_owned)
    }

    #[test]
    fn every_code_is_produced_by_its_example() {
        for code in ErrorCode::ALL {
            assert_eq!(field(*code, "code").as_deref(), Some(code.as_str()));
        }
    }

    /// "lower-case, no final period, the value in backticks, says what to do": a remedy follows a `;` or `:`.
    #[test]
    fn messages_read_as_agreed() {
        for code in ErrorCode::ALL {
            let message = field(*code, "message").unwrap();
            assert!(message.starts_with(|c: char| c.is_lowercase() || c == '`'), "{message}");
            assert!(!message.ends_with('.') && !message.contains(". "), "{message}");
            assert!(message.contains('`'), "{message}");
            assert!(message.contains("; "), "no remedy in: {message}");
        }
    }
}
