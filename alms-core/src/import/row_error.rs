use crate::names::named_enum;

named_enum! {
    /// What is wrong with a row, as a stable code.
    pub enum RowErrorCode {
        /// A cell that every row needs is empty: the serial number, the state, and where it is asked for the model or the account.
        MissingValue = "missing_value",
        /// A text of more than 256 characters.
        TextTooLong = "text_too_long",
        /// A text that is no state.
        UnknownState = "unknown_state",
        /// A text that is none of the names of its column, such as those of SKU regions and billing models.
        UnknownName = "unknown_name",
        /// Not a date, or a day that the calendar does not have.
        InvalidDate = "invalid_date",
        /// A date with slashes, and nobody chose whether the day or the month comes first.
        AmbiguousDate = "ambiguous_date",
        /// A date outside 1900-01-01 to 9999-12-31.
        OutOfRange = "out_of_range",
        /// A serial for the second time.
        DuplicateSerial = "duplicate_serial",
        /// A cell that is not valid UTF-8.
        InvalidUtf8 = "invalid_utf8",
        /// More or fewer cells than the header has.
        WrongFieldCount = "wrong_field_count",
        /// A quote that is never closed, or text behind a closing one.
        InvalidQuoting = "invalid_quoting",
        /// A row beyond [`csv::ROW_BYTES_MAX`](super::csv::ROW_BYTES_MAX); the rows after it are not read.
        RowTooLong = "row_too_long",
        /// The reader failed; the rows from here on are not read.
        Unreadable = "unreadable",
        /// A JSON value of another type than the field has.
        WrongType = "wrong_type",
        /// A JSON text with an escape that stands for no character.
        InvalidText = "invalid_text",
        /// A JSON item gives a field twice, or one date in two ways that differ.
        RepeatedField = "repeated_field",
    }
}

/// One thing that is wrong with one row.
///
/// ```
/// use alms_core::import::csv;
/// let file = "Serial,State,Last Communication\nLA1,Active,30/02/2023\n";
/// let options = csv::CsvOptions { date_order: csv::DateOrder::DayFirst };
/// let import = csv::read(file.as_bytes(), &options)?;
/// assert_eq!(
///     import.errors[0].to_string(),
///     "line 2, column 3 (`Last Communication`): `30/02/2023` is no day of the calendar as day/month/year; \
///      correct it or choose another date order"
/// );
/// # Ok::<(), alms_core::import::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}{}: {message}", place(*column, field))]
pub struct RowError {
    /// The line of the file, from 1. In CSV the first line of the row (a quoted cell may hold line breaks);
    /// in JSON the line of the value, or of the item if a value is missing.
    pub line: u64,
    /// In CSV the number of the cell in its row, in JSON the character in its line; both from 1. `None` if
    /// the error concerns the row as a whole.
    pub column: Option<u64>,
    /// In CSV the column's title (empty if the error concerns the row as a whole), in JSON the path of the
    /// value, such as `items[3].lastCommDate`.
    pub field: String,
    /// The value, shortened to 80 characters; control characters are escaped, invalid UTF-8 is replaced.
    pub value: String,
    /// What is wrong, for programs.
    pub code: RowErrorCode,
    /// What is wrong and what to do about it, for people.
    pub message: String,
}

/// Something about a good row that a person should know.
///
/// ```
/// use alms_core::import::csv;
/// let file = "Serial,State,Last Communication\nLA1,RETIRED,2023-03-01\n";
/// let import = csv::read(file.as_bytes(), &csv::CsvOptions::default())?;
/// assert_eq!(
///     import.notes[0].to_string(),
///     "line 2, column 2 (`State`): state `RETIRED` taken as inventory"
/// );
/// # Ok::<(), alms_core::import::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowNote {
    /// The line, as in [`RowError`].
    pub line: u64,
    /// The column, as in [`RowError`].
    pub column: Option<u64>,
    /// The column's title or the path, as in [`RowError`].
    pub field: String,
    /// The value, as in [`RowError`].
    pub value: String,
    /// What was taken for what.
    pub message: String,
}

impl std::fmt::Display for RowNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}{}: {}", self.line, place(self.column, &self.field), self.message)
    }
}

/// The part of the place behind the line.
fn place(column: Option<u64>, field: &str) -> String {
    match column {
        Some(column) => format!(", column {column} (`{field}`)"),
        None => String::new(),
    }
}
