use super::CsvOptions;
use super::cells::{Cells, Row};
use super::columns::{Column as _, Titles, number_of};
use super::dates::{Dates, Survey};
use super::header::{Field, Positions};
use super::records::{Record, Records};
use crate::account::System;
use crate::import::excerpt::excerpt;
use crate::import::value;
use crate::import::{ImportError, ImportFinding, ImportFindingCode, RowError, RowErrorCode, RowNote};
use crate::serials::Serials;
use std::collections::VecDeque;
use std::io::Read;

/// The rows of a CSV file, one at a time: a system, or an error for each thing that is wrong with a row.
///
/// A row with two bad cells gives two errors in succession. The only thing that grows with the file is the
/// list of its serials, without which a repetition could not be found. A failing reader or a row beyond
/// [`ROW_BYTES_MAX`](super::ROW_BYTES_MAX) is a last [`RowError`] with the code `unreadable` or `row_too_long`.
///
/// A stream passes once, so that a date such as `03/04/2023` cannot wait for a later one to tell which of the two is the
/// day: choose the [order](CsvOptions::date_order), or [survey](super::survey) the file before.
///
/// ```
/// use alms_core::import::csv::{CsvOptions, Rows};
///
/// let file = "Serial;State;Last Communication\nLA1;Active;2023-03-01\nLA2;retired;2023-03-01\nLA3;?;soon\n";
/// let mut rows = Rows::new(file.as_bytes(), &CsvOptions::default())?;
/// let (mut serials, mut notes, mut errors) = (vec![], vec![], vec![]);
/// while let Some(row) = rows.next() {
///     match row {
///         Ok(system) => {
///             serials.push(system.serial.to_string());
///             notes.extend(rows.take_notes().iter().map(|note| note.to_string()));
///         }
///         Err(error) => errors.push(error.code.as_str()),
///     }
/// }
/// assert_eq!(serials, ["LA1", "LA2"]);
/// assert_eq!(notes, ["line 3, column 2 (`State`): state `retired` taken as inventory"]);
/// assert_eq!(errors, ["unknown_state", "invalid_date"]);
/// assert_eq!((rows.rows_read(), rows.bad_rows()), (3, 1));
/// # Ok::<(), alms_core::import::ImportError>(())
/// ```
#[derive(Debug)]
pub struct Rows<R> {
    records: Records<R, Field>,
    positions: Positions,
    dates: Dates,
    ignored_columns: Vec<String>,
    file_notes: Vec<RowNote>,
    serials: Serials<u64>,
    /// Errors of the last row that have not been given out.
    errors: VecDeque<RowError>,
    notes: Vec<RowNote>,
    left_out: usize,
    bad_rows: usize,
    rest_lost: bool,
    /// For each column that names an account the first two that differ.
    accounts: Vec<(usize, Vec<String>)>,
}

impl<R: Read> Rows<R> {
    /// Reads the header. The reader need not be buffered.
    ///
    /// # Errors
    /// [`ImportError`], as for [`read`](super::read), and when the reader fails. A list of subscriptions without states
    /// and communications gives no systems, and is refused.
    pub fn new(reader: R, options: &CsvOptions) -> Result<Self, ImportError> {
        Self::surveyed(reader, options, &Survey::default())
    }

    /// Reads the header of a file that was [surveyed](super::survey): its dates mean what their columns told.
    ///
    /// # Errors
    /// As for [`Rows::new`].
    pub fn surveyed(reader: R, options: &CsvOptions, survey: &Survey) -> Result<Self, ImportError> {
        let rows = Self::open(reader, options, survey)?;
        if rows.positions.grid.is_none() {
            let fields =
                [Field::State, Field::LastCommunication].map(|field| field.title().to_owned()).to_vec();
            return Err(ImportError::MissingColumn { fields, found: rows.ignored_columns });
        }
        Ok(rows)
    }

    /// The same for any file that [`read`](super::read) reads.
    pub(super) fn open(reader: R, options: &CsvOptions, survey: &Survey) -> Result<Self, ImportError> {
        let mut records = Records::new(reader, &Titles(&options.columns))?;
        let positions = Positions::of(&mut records.columns);
        let mut file_notes = std::mem::take(&mut records.notes);
        file_notes.extend(survey.notes());
        Ok(Self {
            dates: Dates::new(options.date_order, survey),
            accounts: positions.accounts.iter().map(|position| (*position, Vec::new())).collect(),
            positions,
            ignored_columns: records.columns.ignored(),
            file_notes,
            records,
            serials: Serials::new(),
            errors: VecDeque::new(),
            notes: Vec::new(),
            left_out: 0,
            bad_rows: 0,
            rest_lost: false,
        })
    }

    /// Looks at the dates of all rows.
    pub(super) fn survey(mut self) -> Survey {
        let mut survey = Survey::of(self.positions.dates());
        while let Some(record) = self.records.next() {
            if let Ok(record) = record {
                survey.see(&record);
            }
        }
        survey
    }

    /// Reads the next row; its errors are to be given out. `None` at the end of the file.
    pub(super) fn read_row(&mut self) -> Option<Row> {
        self.notes.clear();
        let row = match self.records.next()? {
            Ok(record) => {
                self.rest_lost |= record.takes_the_rest();
                see_accounts(&mut self.accounts, &record);
                let cells = Cells {
                    positions: &self.positions,
                    record,
                    dates: &mut self.dates,
                    serials: &mut self.serials,
                    errors: &mut self.errors,
                    notes: &mut self.notes,
                };
                cells.read()
            }
            Err(error) => {
                self.rest_lost = true;
                self.errors.push_back(error);
                Row::Bad
            }
        };
        match row {
            Row::Bad => self.bad_rows = self.bad_rows.saturating_add(1),
            Row::LeftOut => self.left_out = self.left_out.saturating_add(1),
            Row::Read(..) => {}
        }
        Some(row)
    }

    /// The errors of the rows read so far that have not been given out.
    pub(super) fn take_errors(&mut self) -> impl Iterator<Item = RowError> {
        self.errors.drain(..)
    }

    /// Why the file cannot be read, if an error says that two of its columns contradict each other.
    pub(super) fn ambiguous(&self, error: &RowError) -> Option<ImportError> {
        if error.code != RowErrorCode::ConflictingColumns {
            return None;
        }
        let columns = &self.records.columns;
        let later = |(_, later): &&(usize, usize)| error.column == Some(number_of(*later));
        columns
            .copies()
            .iter()
            .find(later)
            .map(|(first, later)| columns.ambiguous(*first, *later, error.line))
    }

    /// What the columns that mean the same are worth a note, once the rows have shown that they agree.
    pub(super) fn agreed(&self) -> Vec<RowNote> {
        self.records.agreed()
    }
}

impl<R> Rows<R> {
    /// The titles of the columns that are not read, shortened.
    pub fn ignored_columns(&self) -> &[String] {
        &self.ignored_columns
    }

    /// What to look at in the file as a whole, as far as its rows were read.
    pub fn findings(&self) -> Vec<ImportFinding> {
        let mut findings = self.records.columns.findings();
        findings.extend(self.accounts.iter().filter_map(|(position, accounts)| {
            let [first, second] = accounts.as_slice() else { return None };
            let field = excerpt(self.records.columns.title(*position).as_bytes());
            Some(ImportFinding {
                code: ImportFindingCode::SeveralAccounts,
                column: Some(number_of(*position)),
                message: format!(
                    "the column `{field}` names several accounts, such as `{first}` and `{second}`; give the systems \
                     of one account"
                ),
                field,
            })
        }));
        findings
    }

    /// What a person should know about the file as a whole: lines above the header, what its dates mean.
    pub fn file_notes(&self) -> &[RowNote] {
        &self.file_notes
    }

    /// The delimiter that the header decided on.
    pub fn delimiter(&self) -> char {
        char::from(self.records.delimiter)
    }

    /// What a person should know about the row that was read last, and did not turn out bad.
    pub fn take_notes(&mut self) -> Vec<RowNote> {
        std::mem::take(&mut self.notes)
    }

    /// How many rows were read so far, good and bad; empty ones do not count.
    pub fn rows_read(&self) -> usize {
        self.records.rows_read
    }

    /// How many of them gave no system because something is wrong with them.
    pub fn bad_rows(&self) -> usize {
        self.bad_rows
    }

    /// How many of them are left out, and not bad.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Whether the rest of the file could not be read.
    pub fn rest_lost(&self) -> bool {
        self.rest_lost
    }
}

/// Takes the accounts that a row names, as long as they are not known to differ.
fn see_accounts(accounts: &mut [(usize, Vec<String>)], record: &Record<'_, Field>) {
    for (position, seen) in accounts.iter_mut().filter(|(_, seen)| seen.len() < 2) {
        let name = record.text(*position).unwrap_or_default();
        let shown = excerpt(name.as_bytes());
        if !value::is_nothing(name) && !seen.contains(&shown) && record.misalignment().is_none() {
            seen.push(shown);
        }
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<System, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(error) = self.errors.pop_front() {
                return Some(Err(error));
            }
            if let Row::Read(Some(system), _) = self.read_row()? {
                return Some(Ok(system));
            }
        }
    }
}

impl<R: Read> std::iter::FusedIterator for Rows<R> {}
