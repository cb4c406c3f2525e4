//! What an answer is, whatever was asked.

use std::str::FromStr as _;

use alms_core::rule::RuleId;
use alms_core::wire::{self, ErrorCode};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// An error as it goes over the wire; nothing else is in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireError {
    code: String,
    rule: Option<String>,
    path: String,
    message: String,
    #[expect(dead_code, reason = "it has to be an object")]
    context: serde_json::Map<String, serde_json::Value>,
}

/// Any bytes as an operation's name and its input, a line each; without a line end, the input of the first operation.
pub fn check_bytes(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (op, input) = text.split_once('\n').unwrap_or((wire::operations()[0].name, text));
    check(op, input);
}

/// Asks twice, and looks at the answer: JSON, or an error with a known code; the same bytes each time. Gives the answer.
pub fn check(op: &str, input: &str) -> String {
    let first = wire::call(op, input);
    let second = wire::call(op, input);
    match (first, second) {
        (Ok(first), Ok(second)) => {
            assert_eq!(first, second, "two answers to one question");
            serde_json::from_str::<IgnoredAny>(&first).expect("an answer is JSON");
            assert!(first.starts_with('{'), "an answer is an object: {first}");
            first
        }
        (Err(first), Err(second)) => {
            let json = first.to_json();
            assert_eq!(json, second.to_json(), "two refusals of one question");
            let error: WireError = serde_json::from_str(&json).expect("an error has its five fields");
            assert_eq!((error.code.as_str(), error.path.as_str()), (first.code(), first.path()));
            check_error(&error);
            json
        }
        (first, second) => panic!("an answer and a refusal: {first:?}, {second:?}"),
    }
}

fn check_error(error: &WireError) {
    ErrorCode::from_str(&error.code).expect("a code of the published list");
    if let Some(rule) = &error.rule {
        RuleId::from_str(rule).expect("a rule of the rulebook");
    }
    let message = &error.message;
    assert!(!message.is_empty() && !message.ends_with('.'), "one sentence without its full stop: {message}");
    let first = message.chars().next().unwrap_or_default();
    assert!(!first.is_uppercase() || message.starts_with("XR"), "a message begins in lower case: {message}");
}
