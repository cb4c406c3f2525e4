use crate::names::named_enum;
use crate::rule::RuleId;

named_enum! {
    /// What was read as something else, or left out, as a stable code.
    #[non_exhaustive]
    pub enum NoteCode {
        /// A state that the rules do not know was taken for another one.
        StateTaken = "state_taken" => "check that the state means this; write the state of the rules otherwise",
        /// Blanks and invisible characters at the ends of a serial number were removed (SER-3).
        SerialTrimmed = "serial_trimmed" => "nothing; to avoid the note, export the serials without them",
        /// A serial number was unwrapped: `="0012"`, a leading apostrophe (SER-3).
        SerialUnwrapped = "serial_unwrapped" => "nothing; to avoid the note, export the serials as text",
        /// A serial number was a number with decimals of nothing but zeros (SER-3).
        SerialNumber = "serial_number" => "check that no leading zeros are lost; export the serials as text",
        /// A SIM that is a system of its own was left out.
        SimLeftOut = "sim_left_out" => "nothing; it is part of its router's offer",
        /// Lines above the header were skipped.
        LinesSkipped = "lines_skipped" => "check that they are not rows of systems",
        /// A value above 12 tells whether the day or the month comes first in the dates of a column.
        DateOrderFound = "date_order_found" => "choose the order by `dates` if it is another",
        /// Two columns mean the same and have equal values in every row.
        ColumnsAgree = "columns_agree" => "nothing; to avoid the note, remove one of the columns",
        /// A cell takes more than 20 lines.
        LongCell = "long_cell" => "check that no quote is missing",
    }
}

impl NoteCode {
    /// The rule behind it, if there is one.
    pub const fn rule(self) -> Option<RuleId> {
        match self {
            Self::SerialTrimmed | Self::SerialUnwrapped | Self::SerialNumber => Some(RuleId::Ser3),
            _ => None,
        }
    }
}

/// What was done to a value, before it is known where in a file the value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) code: NoteCode,
    pub(super) message: String,
}

/// Something that a person should know about a row or a file that is read.
///
/// ```
/// use alms_core::import::csv;
/// let file = "Serial,State,Last Communication\nLA1,RETIRED,2023-03-01\n";
/// let import = csv::read(file.as_bytes(), &csv::CsvOptions::default())?;
/// assert_eq!(
///     import.notes[0].to_string(),
///     "line 2, column 2 (`State`): state `RETIRED` taken as inventory"
/// );
/// assert_eq!(import.notes[0].code.as_str(), "state_taken");
/// # Ok::<(), alms_core::import::ImportError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowNote {
    /// The line, as in [`RowError`](super::RowError).
    pub line: u64,
    /// The column, as in [`RowError`](super::RowError).
    pub column: Option<u64>,
    /// The column's title or the path, as in [`RowError`](super::RowError).
    pub field: String,
    /// The value, as in [`RowError`](super::RowError).
    pub value: String,
    /// What was done, for programs.
    pub code: NoteCode,
    /// What was taken for what.
    pub message: String,
}

impl std::fmt::Display for RowNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}{}: {}", self.line, super::row_error::place(self.column, &self.field), self.message)
    }
}

named_enum! {
    /// What to look at in a file that is read, as a stable code.
    #[non_exhaustive]
    pub enum ImportFindingCode {
        /// The name of a column or field that is not read speaks of support, service or warranty, and of an end.
        UnreadEndDate = "unread_end_date" => "name the column in `columns`, rename the field of an API answer, or remove it",
        /// The file has the systems of several accounts.
        SeveralAccounts = "several_accounts" => "give the systems of one account",
        /// A page is full, and the answer does not say how many systems there are.
        PageFull = "page_full" => "check that no page is missing",
    }
}

/// Something to look at in a file as a whole; not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFinding {
    /// What it is.
    pub code: ImportFindingCode,
    /// In CSV the number of the column, from 1.
    pub column: Option<u64>,
    /// In CSV the column's title, in JSON the path.
    pub field: String,
    /// What to look at and what to do about it.
    pub message: String,
}

impl std::fmt::Display for ImportFinding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}
