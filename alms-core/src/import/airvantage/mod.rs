//! Systems from the AirVantage API: the JSON that its system list answers with.
//!
//! Taken are an answer as it is (an object with `items`), an array of such answers (the pages of a long
//! list), and an array of systems.
//!
//! | of a system | from |
//! |---|---|
//! | serial | `gateway.serialNumber`, else `serialNumber` |
//! | model | `gateway.type`, else `type`, else no model |
//! | state | `lifeCycleState`, else the older `state`; but `MAINTENANCE` in `state` is maintenance, whatever the other says |
//! | last communication | `lastCommDate`; absent or `null`: it never communicated, unless no system has it |
//! | support | `supportExpiryDate` or `supportEndDate`, at the top or in `data` |
//! | warranty | `warrantyExpiryDate`, `warrantyDate` or `warrantyEndDate`, at the top or in `data` |
//!
//! A date is a whole number of milliseconds since 1970, which is the civil date by UTC, or a text with one reading.
//! A SIM that is a system of its own is left out with a note. Where `count`, `size` and `offset` say that pages are
//! missing, the answer is refused.
//! States are mapped as in [`state`](super::state). The answer is a foreign format: all other fields are
//! ignored, with a finding where a name speaks of the end of a support, service or warranty.
//!
//! Errors have the line and the character at which the value stands (or the item, if the value is missing)
//! and its path; all that is wrong with an item is reported, and the other items are read.

mod dates;
mod document;
mod fields;
mod item;
mod locator;
mod pages;
mod reader;
mod scalar;

use super::utf16::decoded;
use super::{Import, ImportError};
use document::Document;
use reader::Reader;

/// Reads a whole JSON document that is in memory.
///
/// # Errors
/// [`ImportError`] when the document as a whole cannot be read: it is empty, not text, not JSON, not a list of systems,
/// without any last communication, or pages of it are missing. What is wrong with single systems is in [`Import::errors`].
///
/// ```
/// use alms_core::account::SystemState;
/// use alms_core::import::airvantage;
///
/// let answer = br#"{"count": 2, "items": [
///     {"gateway": {"serialNumber": "LA1", "type": "RV55"}, "lifeCycleState": "ACTIVE", "lastCommDate": 1679702400000},
///     {"gateway": {"type": "RV55"}, "lifeCycleState": "ACTIVE"}
/// ]}"#;
/// let import = airvantage::read(answer)?;
/// assert_eq!(import.systems[0].state, SystemState::Active);
/// assert_eq!(import.systems[0].last_communication, Some("2023-03-25".parse()?));
/// assert_eq!(
///     import.errors[0].to_string(),
///     "line 3, column 5 (`items[1].gateway.serialNumber`): the serial number is missing; give every system its \
///      serial number"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(bytes: &[u8]) -> Result<Import, ImportError> {
    let bytes = decoded(bytes);
    let document = Document::parse(&bytes)?;
    let mut reader = Reader::new(document.text());
    let pages = document.each_item(|item, path| reader.read(item, path))?;
    let mut import = reader.finish()?;
    pages.check()?;
    import.findings.extend(pages.findings());
    Ok(import)
}

#[cfg(test)]
mod tests;
