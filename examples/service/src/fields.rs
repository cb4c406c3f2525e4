//! Reading the service's own documents, whose values the library reads; and putting documents together.

use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The document that a body holds.
pub(crate) fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Problem> {
    // serde takes a list for an object, its elements for the fields.
    if json.trim_start_matches([' ', '\t', '\n', '\r']).starts_with('[') {
        return Err(not_an_object());
    }
    serde_json::from_str(json).map_err(|error| unreadable(&error))
}

/// A document as text.
pub(crate) fn text(document: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(document).map_err(|error| broken(&error))
}

/// A document that was written by the library, to be a part of another one.
pub(crate) fn part(json: &str) -> Result<&RawValue, Problem> {
    serde_json::from_str(json).map_err(|error| broken(&error))
}

/// What is stored or computed is not JSON, which it always is.
fn broken(error: &serde_json::Error) -> Problem {
    tracing::error!(%error, "a document is not JSON");
    Problem::internal()
}

fn not_an_object() -> Problem {
    Problem::invalid("", "the body is not an object; write an object here")
}

fn unreadable(error: &serde_json::Error) -> Problem {
    let reason = error.to_string();
    if !error.is_data() {
        let (line, column) = (error.line(), error.column());
        let message =
            format!("the input is not a JSON document at line {line}, column {column}; correct it there");
        return Problem::invalid("", message).with("line", line).with("column", column);
    }
    if let Some(field) = quoted(&reason, "missing field `") {
        return Problem::invalid(&field, format!("the field `{field}` is missing; add it"));
    }
    if let Some(field) = quoted(&reason, "duplicate field `") {
        return Problem::invalid(&field, format!("the field `{field}` is there twice; give it once"));
    }
    if let Some(field) = quoted(&reason, "unknown field `") {
        let known = reason.rsplit_once("expected ").map_or("none", |(_, known)| known);
        let known = known.split(" at line ").next().unwrap_or_default().trim_start_matches("one of ");
        return Problem::invalid(&field, format!("the field `{field}` is unknown here; use {known}"));
    }
    not_an_object()
}

/// The name that follows `opening` in backticks, shortened to what a person can take in.
fn quoted(reason: &str, opening: &str) -> Option<String> {
    let rest = reason.strip_prefix(opening)?;
    // A name may hold a backtick itself.
    let name = rest.rsplit_once("`, expected").or_else(|| rest.rsplit_once('`'))?.0;
    Some(name.chars().take(60).collect())
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::documents::PlanRequest;

    #[test]
    fn each_known_field_once() {
        let request: PlanRequest<'_> = read(r#" {"policy": null, "on": 7}"#).unwrap();
        assert!(request.policy.is_none() && request.on.get() == "7");
        for (wrong, says) in [
            (r#"{"on": 1, "c": 1}"#, "the field `c` is unknown here; use `on` or `policy`"),
            (r#"{"on": 1, "on": 1}"#, "the field `on` is there twice; give it once"),
            ("{}", "the field `on` is missing; add it"),
            ("[1]", "the body is not an object; write an object here"),
            ("7", "the body is not an object; write an object here"),
            ("{", "the input is not a JSON document at line 1, column 1; correct it there"),
            ("", "the input is not a JSON document at line 1, column 0; correct it there"),
            (r#"{"on": 1} 2"#, "the input is not a JSON document at line 1, column 11; correct it there"),
        ] {
            let problem = read::<PlanRequest<'_>>(wrong).err().unwrap();
            assert_eq!(problem.message(), says, "{wrong}");
        }
    }
}
