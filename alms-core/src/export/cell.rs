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
        let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        Self(if formula { format!("'{text}") } else { text.to_owned() })
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_made_a_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(Cell::text(text).as_str(), format!("'{text}"));
        }
        for text in ["", "PO-1", " =1", "'=1", "a=b"] {
            assert_eq!(Cell::text(text).as_str(), text);
        }
        assert_eq!(Cell::value(Some(-5)).as_str(), "-5");
        assert_eq!(Cell::value(None::<i64>).as_str(), "");
    }
}
