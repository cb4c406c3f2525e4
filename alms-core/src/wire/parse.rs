//! From JSON text to a document.

use super::error::Error;
use super::object::Object;
use alms_json::ReadFields;

/// Reads a document.
pub(super) fn document<'a, T: ReadFields<'a>>(input: &'a str) -> Result<T, Error> {
    let mut document = Object(T::empty());
    alms_json::read(input, &mut document)?;
    Ok(document.0)
}
