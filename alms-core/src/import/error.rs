use crate::names::named_enum;
use std::io;

/// The most titles that a message lists.
const TITLES_MAX: usize = 20;

named_enum! {
    /// What is wrong with a file as a whole, as a stable code.
    pub enum ImportErrorCode {
        /// There is nothing in the file.
        EmptyInput = "empty_input",
        /// The file is UTF-16.
        UnsupportedEncoding = "unsupported_encoding",
        /// JSON that is not UTF-8.
        InvalidUtf8 = "invalid_utf8",
        /// The header lacks columns without which no system can be judged.
        MissingColumn = "missing_column",
        /// Two columns mean the same.
        AmbiguousColumn = "ambiguous_column",
        /// The header is longer than any row may be.
        HeaderTooLong = "header_too_long",
        /// The reader failed before the first row.
        Unreadable = "unreadable",
        /// Not JSON.
        InvalidJson = "invalid_json",
        /// JSON that is not a list of systems.
        NoItems = "no_items",
        /// A field that decides is there twice.
        RepeatedField = "repeated_field",
    }
}

/// Why a file as a whole cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// There is nothing in it.
    #[error("the file is empty; export the systems again")]
    EmptyInput,
    /// UTF-16, recognised by its byte order mark or by zero bytes in the header.
    #[error("the file is encoded as UTF-16; save it as UTF-8 (in Excel: `CSV UTF-8`) and import it again")]
    UnsupportedEncoding,
    /// JSON that is not UTF-8.
    #[error("the byte at offset `{offset}` is not valid UTF-8; save the file as UTF-8 and import it again")]
    InvalidUtf8 {
        /// Where the invalid bytes begin, from 0.
        offset: usize,
    },
    /// The header lacks columns without which no system can be judged.
    #[error("{}", missing(fields, found))]
    MissingColumn {
        /// The titles of the missing columns, as the grid has them.
        fields: Vec<&'static str>,
        /// The titles there are.
        found: Vec<String>,
    },
    /// Two columns mean the same.
    #[error("the columns {} all mean `{field}`; remove all but one of them", list(titles))]
    AmbiguousColumn {
        /// What they mean, as the grid's title.
        field: &'static str,
        /// Their titles.
        titles: Vec<String>,
    },
    /// The header is longer than any row may be.
    #[error(
        "the header is longer than `{}` bytes; is this a CSV export, and is every quote closed?",
        super::csv::ROW_BYTES_MAX
    )]
    HeaderTooLong,
    /// The reader failed before the first row.
    #[error("the file cannot be read: `{message}`; check it and try again")]
    Unreadable {
        /// What kind of failure it was.
        kind: io::ErrorKind,
        /// The reader's words.
        message: String,
    },
    /// Not JSON.
    #[error("line {line}, column {column} is no valid JSON: {message}; save the API's answer unchanged")]
    InvalidJson {
        /// The line, from 1.
        line: u64,
        /// The character in the line, from 1.
        column: u64,
        /// What the parser says.
        message: String,
    },
    /// JSON that is not a list of systems.
    #[error(
        "`{path}` is no list of systems; give an object with `items` (an answer of the API), an array of such \
         objects, or an array of systems"
    )]
    NoItems {
        /// The path of the value; `.` is the document.
        path: String,
    },
    /// A field that decides is there twice.
    #[error("`{path}` stands there twice; remove one of them")]
    RepeatedField {
        /// The path of the field.
        path: String,
    },
}

impl ImportError {
    /// The stable code.
    ///
    /// ```
    /// use alms_core::import::csv;
    /// let error = csv::read(b"", &csv::CsvOptions::default()).unwrap_err();
    /// assert_eq!(error.code().as_str(), "empty_input");
    /// ```
    pub const fn code(&self) -> ImportErrorCode {
        match self {
            Self::EmptyInput => ImportErrorCode::EmptyInput,
            Self::UnsupportedEncoding => ImportErrorCode::UnsupportedEncoding,
            Self::InvalidUtf8 { .. } => ImportErrorCode::InvalidUtf8,
            Self::MissingColumn { .. } => ImportErrorCode::MissingColumn,
            Self::AmbiguousColumn { .. } => ImportErrorCode::AmbiguousColumn,
            Self::HeaderTooLong => ImportErrorCode::HeaderTooLong,
            Self::Unreadable { .. } => ImportErrorCode::Unreadable,
            Self::InvalidJson { .. } => ImportErrorCode::InvalidJson,
            Self::NoItems { .. } => ImportErrorCode::NoItems,
            Self::RepeatedField { .. } => ImportErrorCode::RepeatedField,
        }
    }
}

impl From<io::Error> for ImportError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable { kind: error.kind(), message: error.to_string() }
    }
}

/// The sentence for missing columns, with the reason where it is not obvious.
fn missing(fields: &[&'static str], found: &[String]) -> String {
    let without_communication = if fields.contains(&super::csv::LAST_COMMUNICATION) {
        " (without the last communication every system would count as never communicated and be deleted)"
    } else {
        ""
    };
    format!(
        "the header lacks {}{without_communication}; add to the export what is missing, the columns found are {}",
        list(fields),
        list(found)
    )
}

/// Titles as a sentence has them, the first twenty of them.
fn list<S: AsRef<str>>(titles: &[S]) -> String {
    let shown: Vec<String> = titles.iter().take(TITLES_MAX).map(|title| quoted(title.as_ref())).collect();
    match titles.len().saturating_sub(TITLES_MAX) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn quoted(title: &str) -> String {
    format!("`{}`", super::excerpt::excerpt(title.as_bytes()))
}
