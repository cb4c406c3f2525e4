//! From JSON text to a document, and from a failure to a place and a sentence.

mod locate;

use super::error::{Error, shown};
use super::object::Object;
use alms_json::{Fill, ReadFields};
use locate::{Place, locate};

/// Reads a document.
///
/// The reader does not know where it is; only when it fails, the place is looked for.
pub(super) fn document<'a, T: ReadFields<'a>>(input: &'a str) -> Result<T, Error> {
    let mut document = Object(T::empty());
    fill(input, &mut document)?;
    Ok(document.0)
}

fn fill<'a>(input: &'a str, place: &mut dyn Fill<'a>) -> Result<(), Error> {
    alms_json::read(input, place).map_err(|error| located(input, &error))
}

fn located(input: &str, error: &serde_json::Error) -> Error {
    if error.is_data() {
        wrong_shape(&locate(input, error.line(), error.column()), &reason(error))
    } else {
        malformed(error)
    }
}

/// Not JSON.
fn malformed(error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let message = format!(
        "the input is not a JSON document: {} at line {line}, column {column}; correct it there",
        reason(error)
    );
    Error::invalid_input(message).with("line", line).with("column", column)
}

/// JSON, but not this document.
fn wrong_shape(place: &Place<'_>, reason: &str) -> Error {
    if let Some(field) = quoted_field(reason, "missing field `") {
        return Error::invalid_input(format!("the field `{field}` is missing; add it"))
            .at(field)
            .at_place(&place.path);
    }
    if let Some(field) = quoted_field(reason, "unknown field `") {
        let allowed = reason.split_once("expected ").map_or("none", |(_, allowed)| allowed);
        let message = format!("the field `{}` is unknown here; use {allowed}", shown(field));
        return Error::invalid_input(message).at(&shown(field)).at_place(&place.path);
    }
    if let Some(field) = quoted_field(reason, "duplicate field `") {
        return Error::invalid_input(format!("the field `{field}` is there twice; give it once"))
            .at(field)
            .at_place(&place.path);
    }
    let expected = reason.rsplit_once("expected ").map_or(reason, |(_, expected)| expected);
    // serde's word for it is not the user's.
    let expected = if expected == "a sequence" { "a list" } else { expected };
    Error::invalid_input(format!("`{}` is not {expected}; write {expected} here", shown(place.value)))
        .at_place(&place.path)
}

/// The reader's sentence without its trailing position.
fn reason(error: &serde_json::Error) -> String {
    let position = format!(" at line {} column {}", error.line(), error.column());
    let sentence = error.to_string();
    sentence.strip_suffix(&position).unwrap_or(&sentence).to_owned()
}

/// The name that follows `opening` in backticks.
fn quoted_field<'a>(reason: &'a str, opening: &str) -> Option<&'a str> {
    let rest = reason.strip_prefix(opening)?;
    // The name may hold a backtick itself; the reader's own text after it does not begin with one.
    rest.split_once("`, expected")
        .map(|(field, _)| field)
        .or_else(|| rest.rsplit_once('`').map(|(field, _)| field))
}

impl Error {
    /// Places the error inside what `place` names, if it names anything.
    fn at_place(self, place: &str) -> Self {
        if place.is_empty() { self } else { self.at(place) }
    }
}
