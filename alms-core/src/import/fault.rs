//! What is wrong with a value, before it is known where in a file the value stands.

use super::excerpt::excerpt;
use super::note::Said;
use super::{RowError, RowErrorCode, RowNote};

/// What is wrong and what to do, without the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: RowErrorCode,
    pub(super) message: String,
}

/// Where in a file a value stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) line: u64,
    pub(super) column: Option<u64>,
    pub(super) field: String,
    /// How many lines the row takes.
    pub(super) lines: u64,
}

impl Fault {
    pub(super) fn new(code: RowErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// A message that begins with the value in backticks.
    pub(super) fn of_value(code: RowErrorCode, value: &[u8], rest: &str) -> Self {
        Self { code, message: format!("`{}` {rest}", excerpt(value)) }
    }

    pub(super) fn at(self, place: Place, value: &[u8]) -> RowError {
        RowError {
            line: place.line,
            column: place.column,
            field: place.field,
            lines: place.lines,
            value: excerpt(value),
            code: self.code,
            message: self.message,
        }
    }
}

impl Place {
    pub(super) fn note(self, value: &[u8], said: Said) -> RowNote {
        let Said { code, message } = said;
        RowNote {
            line: self.line,
            column: self.column,
            field: self.field,
            value: excerpt(value),
            code,
            message,
        }
    }
}
