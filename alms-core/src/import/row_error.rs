use crate::names::named_enum;
use crate::rule::RuleId;

named_enum! {
    /// What is wrong with a row, as a stable code.
    #[non_exhaustive]
    pub enum RowErrorCode {
        /// A cell that every row needs is empty: the serial number, the state, and where it is asked for the model or the account.
        MissingValue = "missing_value",
        /// A text of more than 256 characters.
        TextTooLong = "text_too_long",
        /// A text that is not a state.
        UnknownState = "unknown_state",
        /// A text that is none of the names of its column, such as those of SKU regions and billing models.
        UnknownName = "unknown_name",
        /// Not a date, or a day that the calendar does not have.
        InvalidDate = "invalid_date",
        /// Dates of a column do not tell whether the day or the month comes first, and nobody chose; one error for the column.
        AmbiguousDate = "ambiguous_date",
        /// A date outside 1900-01-01 to 9999-12-31.
        OutOfRange = "out_of_range",
        /// A number of seconds where milliseconds are meant: as milliseconds it is a day before 2000.
        UnitOfTime = "unit_of_time",
        /// A blank or an invisible character inside a serial number (SER-3).
        InvalidSerial = "invalid_serial",
        /// A spreadsheet dropped digits of a serial number, or hid all of them (SER-3).
        DigitsLost = "digits_lost",
        /// A word such as `#N/A`, `n/a` or `null` where a serial number should be (SER-3).
        NotAValue = "not_a_value",
        /// A control character inside a cell.
        ControlCharacter = "control_character",
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
        /// Two columns mean the same, and their values in the row differ.
        ConflictingColumns = "conflicting_columns",
    }
}

impl RowErrorCode {
    /// The rule behind it, if there is one.
    pub const fn rule(self) -> Option<RuleId> {
        match self {
            Self::InvalidSerial | Self::DigitsLost | Self::NotAValue => Some(RuleId::Ser3),
            _ => None,
        }
    }
}

/// One thing that is wrong with one row.
///
/// ```
/// use alms_core::import::csv;
/// let file = "Serial,State,Last Communication\nLA1,Active,30/02/2023\n";
/// let options = csv::CsvOptions { date_order: csv::DateOrder::DayFirst, ..csv::CsvOptions::default() };
/// let import = csv::read(file.as_bytes(), &options)?;
/// assert_eq!(
///     import.errors[0].to_string(),
///     "line 2, column 3 (`Last Communication`): `30/02/2023` is not a day of the calendar as day/month/year; \
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
    /// How many lines of the file the row takes; more than one where a cell holds line breaks.
    pub lines: u64,
    /// The value, shortened to 80 characters; control and format characters are escaped, invalid UTF-8 is replaced.
    pub value: String,
    /// What is wrong, for programs.
    pub code: RowErrorCode,
    /// What is wrong and what to do about it, for people.
    pub message: String,
}

/// The part of the place behind the line.
pub(super) fn place(column: Option<u64>, field: &str) -> String {
    match column {
        Some(column) => format!(", column {column} (`{field}`)"),
        None => String::new(),
    }
}
