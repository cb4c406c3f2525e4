use crate::names::named_enum;
use std::io;

/// The most titles that a message lists.
const TITLES_MAX: usize = 20;

named_enum! {
    /// What is wrong with a file as a whole, as a stable code.
    #[non_exhaustive]
    pub enum ImportErrorCode {
        /// There is nothing in the file.
        EmptyInput = "empty_input",
        /// A workbook, an archive or another kind of file that is not text.
        UnsupportedFormat = "unsupported_format",
        /// The file is UTF-16 without its byte order mark.
        UnsupportedEncoding = "unsupported_encoding",
        /// JSON that is not UTF-8.
        InvalidUtf8 = "invalid_utf8",
        /// The header lacks columns without which no system can be judged.
        MissingColumn = "missing_column",
        /// Two columns mean the same and contradict each other, or one column is named for two meanings.
        AmbiguousColumn = "ambiguous_column",
        /// The header is longer than any row may be.
        HeaderTooLong = "header_too_long",
        /// The reader failed before the first row.
        Unreadable = "unreadable",
        /// Not JSON.
        InvalidJson = "invalid_json",
        /// JSON that is not a list of systems.
        NoItems = "no_items",
        /// No item of an API answer has a field without which no system can be judged.
        MissingField = "missing_field",
        /// An API answer says that there are more systems than it has.
        MissingPages = "missing_pages",
        /// A field that decides is there twice.
        RepeatedField = "repeated_field",
    }
}

/// Why a file as a whole cannot be read.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// There is nothing in it.
    #[error("the file is empty; export the systems again")]
    EmptyInput,
    /// A workbook, an archive or another kind of file that is not text.
    #[error("the file is {kind}, not text; {advice}")]
    UnsupportedFormat {
        /// What it is.
        kind: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// UTF-16 without its byte order mark, recognised by zero bytes in the header.
    #[error(
        "the file is encoded as UTF-16 without a byte order mark; save it as UTF-8 (in Excel: `CSV UTF-8`) and \
         import it again"
    )]
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
        fields: Vec<String>,
        /// The titles there are.
        found: Vec<String>,
    },
    /// Two columns mean the same, and their values differ.
    #[error("the columns {} both mean `{field}` and differ in line {line}; remove one of them", list(titles))]
    AmbiguousColumn {
        /// What they mean, as the grid's title.
        field: &'static str,
        /// Their titles.
        titles: Vec<String>,
        /// The first row in which they differ.
        line: u64,
    },
    /// The caller names one column for two meanings.
    #[error("the column {} is named for {}; name a column of its own for each", quoted(title), list(fields))]
    SharedColumn {
        /// The title.
        title: String,
        /// The meanings, as the grid's titles.
        fields: Vec<String>,
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
    #[error("line {line}, column {column} is not valid JSON: {message}; save the API's answer unchanged")]
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
        "`{path}` is not a list of systems; give an object with `items` (an answer of the API), an array of such \
         objects, or an array of systems"
    )]
    NoItems {
        /// The path of the value; `.` is the document.
        path: String,
    },
    /// A field that decides is there twice.
    #[error("`{path}` is there twice; remove one of them")]
    RepeatedField {
        /// The path of the field.
        path: String,
    },
    /// No item has a field without which no system can be judged.
    #[error(
        "no item has `{field}`, without which every system would count as never communicated and be deleted; ask the \
         API for the field, or give it as null where a system never communicated"
    )]
    MissingField {
        /// The field.
        field: &'static str,
    },
    /// The answer says that there are more systems than it has.
    #[error(
        "the answer has `{found}` of `{count}` systems; fetch the other pages and give all of them as an array of \
         answers"
    )]
    MissingPages {
        /// How many systems it has.
        found: u64,
        /// How many there are.
        count: u64,
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
            Self::UnsupportedFormat { .. } => ImportErrorCode::UnsupportedFormat,
            Self::UnsupportedEncoding => ImportErrorCode::UnsupportedEncoding,
            Self::InvalidUtf8 { .. } => ImportErrorCode::InvalidUtf8,
            Self::MissingColumn { .. } => ImportErrorCode::MissingColumn,
            Self::AmbiguousColumn { .. } | Self::SharedColumn { .. } => ImportErrorCode::AmbiguousColumn,
            Self::HeaderTooLong => ImportErrorCode::HeaderTooLong,
            Self::Unreadable { .. } => ImportErrorCode::Unreadable,
            Self::InvalidJson { .. } => ImportErrorCode::InvalidJson,
            Self::NoItems { .. } => ImportErrorCode::NoItems,
            Self::MissingField { .. } => ImportErrorCode::MissingField,
            Self::MissingPages { .. } => ImportErrorCode::MissingPages,
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
fn missing(fields: &[String], found: &[String]) -> String {
    let without_communication = if fields.iter().any(|field| field == super::csv::LAST_COMMUNICATION) {
        " (without the last communication every system would count as never communicated and be deleted)"
    } else {
        ""
    };
    format!(
        "the header lacks {}{without_communication}; add what is missing to the export, or name your titles in \
         `columns`; the columns found are {}",
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
