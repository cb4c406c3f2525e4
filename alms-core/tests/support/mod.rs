//! What the differential and property tests share: one way to call the library, one way to say how
//! many random cases to run, the independent second implementation and the input generators.
//!
//! Nothing here uses the library's types: the tests see what every other runtime sees, one operation
//! name and one JSON document in, one JSON document or one error code out.
#![expect(dead_code, reason = "each test binary uses its own part of the shared code")]
#![expect(unreachable_pub, reason = "a test binary has no outside")]

pub mod accounts;
pub mod naive_calendar;
pub mod naive_migration;

use proptest::test_runner::Config;
use serde_json::Value;

/// Calls an operation and returns its output text, or the stable code of its error.
pub fn call_text(operation: &str, input: &str) -> Result<String, String> {
    alms_core::wire::call(operation, input).map_err(|error| error.code().to_owned())
}

/// Calls an operation and returns its output document, or the stable code of its error.
pub fn call(operation: &str, input: &Value) -> Result<Value, String> {
    call_text(operation, &input.to_string())
        .map(|text| serde_json::from_str(&text).expect("the library writes JSON"))
}

/// The number of random documents that a differential test compares: `normal`, unless the
/// environment variable `ALMS_CASES` says otherwise (a million before a release).
pub fn differential_cases(normal: u32) -> Config {
    config(wanted().unwrap_or(normal))
}

/// A run of `count` random cases; fewer if `ALMS_CASES` wants fewer, as for each of thousands of mutants.
pub fn cases(count: u32) -> Config {
    config(wanted().map_or(count, |wanted| wanted.min(count)))
}

fn wanted() -> Option<u32> {
    let text = std::env::var("ALMS_CASES").ok()?;
    Some(text.parse().expect("`ALMS_CASES` is a count"))
}

/// A failure prints its smallest input document; nothing is written beside the sources.
fn config(cases: u32) -> Config {
    Config {
        // A filter that turns some values down does so more often, the more cases there are.
        max_local_rejects: cases.max(Config::default().max_local_rejects),
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}
