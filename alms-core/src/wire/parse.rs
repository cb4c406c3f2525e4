//! From JSON text to a document, and from a failure to a place and a sentence.

use super::error::{Error, shown};
use super::object::Object;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_path_to_error::{Path, Segment};
use std::collections::HashMap;

/// Reads a document.
///
/// The fast reader does not know where it is; only when it fails, a second one that does reads again.
pub(super) fn document<'a, T: Deserialize<'a>>(input: &'a str) -> Result<T, Error> {
    match serde_json::from_str::<Object<T>>(input) {
        Ok(Object(document)) => Ok(document),
        Err(error) => Err(located::<Object<T>>(input, &error)),
    }
}

fn located<'a, T: Deserialize<'a>>(input: &'a str, first: &serde_json::Error) -> Error {
    let mut reader = serde_json::Deserializer::from_str(input);
    match serde_path_to_error::deserialize::<_, T>(&mut reader) {
        Err(error) if error.inner().is_data() => wrong_shape(input, error.path(), error.inner()),
        Err(error) => malformed(error.inner()),
        // The document was complete, so what failed the first time came after it.
        Ok(_) => malformed(first),
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
fn wrong_shape(input: &str, path: &Path, error: &serde_json::Error) -> Error {
    let reason = reason(error);
    let place = path_text(path);
    if let Some(field) = quoted_field(&reason, "missing field `") {
        return Error::invalid_input(format!("the field `{field}` is missing; add it"))
            .at(field)
            .at_place(&place);
    }
    if let Some(field) = quoted_field(&reason, "unknown field `") {
        let allowed = reason.split_once("expected ").map_or("none", |(_, allowed)| allowed);
        let message = format!("the field `{}` is unknown here; use {allowed}", shown(field));
        return Error::invalid_input(message).at(&shown(field)).at_place(parent(&place, field));
    }
    if let Some(field) = quoted_field(&reason, "duplicate field `") {
        return Error::invalid_input(format!("the field `{field}` is there twice; give it once"))
            .at(field)
            .at_place(parent(&place, field));
    }
    let expected = reason.rsplit_once("expected ").map_or(reason.as_str(), |(_, expected)| expected);
    // serde's word for it is not the user's.
    let expected = if expected == "a sequence" { "a list" } else { expected };
    // Where the rest of the input is broken, the value cannot be cut out of it: show where it begins.
    let found = value_at(input, path).map_or(input.trim_start(), RawValue::get);
    Error::invalid_input(format!("`{}` is not {expected}; write {expected} here", shown(found)))
        .at_place(&place)
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

/// The object that holds `field`, when the path already ends with it.
fn parent<'a>(place: &'a str, field: &str) -> &'a str {
    let outer = place.strip_suffix(field).unwrap_or(place);
    outer.strip_suffix('.').unwrap_or(outer)
}

fn path_text(path: &Path) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("[{index}]")),
            Segment::Map { key } | Segment::Enum { variant: key } => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            Segment::Unknown => {}
        }
    }
    text
}

/// What the user wrote at `path`.
fn value_at<'a>(input: &'a str, path: &Path) -> Option<&'a RawValue> {
    path.iter().try_fold(serde_json::from_str(input).ok()?, |value: &RawValue, segment| match segment {
        Segment::Seq { index } => {
            serde_json::from_str::<Vec<&RawValue>>(value.get()).ok()?.get(*index).copied()
        }
        Segment::Map { key } => {
            serde_json::from_str::<HashMap<std::borrow::Cow<'_, str>, &RawValue>>(value.get())
                .ok()?
                .get(key.as_str())
                .copied()
        }
        _ => None,
    })
}

impl Error {
    /// Places the error inside what `place` names, if it names anything.
    fn at_place(self, place: &str) -> Self {
        if place.is_empty() { self } else { self.at(place) }
    }
}
