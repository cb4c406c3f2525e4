use super::guarded;
use crate::import::csv::serial_cell;
use crate::text::Serial;
use std::fmt::Display;

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell(String);

impl Cell {
    /// A number, a date or a name of the library's own; empty for what is not known.
    pub(super) fn value(value: Option<impl Display>) -> Self {
        Self(value.map(|value| value.to_string()).unwrap_or_default())
    }

    /// A text that somebody typed. A spreadsheet takes what begins like a formula for one, and runs it.
    pub(super) fn text(text: &str) -> Self {
        Self(guarded(text).into_owned())
    }

    /// A serial number, which a reader of systems gives as it was.
    pub(super) fn serial(serial: &Serial) -> Self {
        Self(serial_cell(serial).into_owned())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_texts_are_guarded() {
        assert_eq!(Cell::text("=1").as_str(), "'=1");
        assert_eq!(Cell::value(Some(-5)).as_str(), "-5");
        assert_eq!(Cell::value(None::<i64>).as_str(), "");
    }
}
