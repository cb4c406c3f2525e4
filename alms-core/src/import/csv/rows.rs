use super::CsvOptions;
use super::cells::Cells;
use super::header::{Field, Positions};
use super::records::Records;
use crate::account::System;
use crate::import::serials::Serials;
use crate::import::{ImportError, RowError, RowNote};
use std::collections::VecDeque;
use std::io::Read;

/// The rows of a CSV file, one at a time: a system, or an error for each thing that is wrong with a row.
///
/// A row with two bad cells gives two errors in succession. The only thing that grows with the file is the
/// list of its serials, without which a repetition could not be found. A failing reader or a row beyond
/// [`ROW_BYTES_MAX`](super::ROW_BYTES_MAX) is a last [`RowError`] with the code `unreadable` or `row_too_long`.
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
///             notes.extend(rows.take_note().map(|note| note.to_string()));
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
    options: CsvOptions,
    positions: Positions,
    ignored_columns: Vec<String>,
    serials: Serials<u64>,
    /// Errors of the last row that have not been given out.
    errors: VecDeque<RowError>,
    note: Option<RowNote>,
    bad_rows: usize,
}

impl<R: Read> Rows<R> {
    /// Reads the header. The reader need not be buffered.
    ///
    /// # Errors
    /// [`ImportError`], as for [`read`](super::read), and when the reader fails.
    pub fn new(reader: R, options: &CsvOptions) -> Result<Self, ImportError> {
        let records = Records::new(reader)?;
        Ok(Self {
            options: *options,
            positions: Positions::of(&records.columns),
            ignored_columns: records.columns.ignored(),
            records,
            serials: Serials::new(),
            errors: VecDeque::new(),
            note: None,
            bad_rows: 0,
        })
    }

    /// Reads the next row: a system, or errors to be given out.
    fn read_row(&mut self) -> Option<System> {
        self.note = None;
        let system = match self.records.next()? {
            Ok(record) => Cells {
                positions: &self.positions,
                record,
                order: self.options.date_order,
                serials: &mut self.serials,
                errors: &mut self.errors,
                note: &mut self.note,
            }
            .read(),
            Err(error) => {
                self.errors.push_back(error);
                None
            }
        };
        if system.is_none() {
            self.bad_rows = self.bad_rows.saturating_add(1);
        }
        system
    }
}

impl<R> Rows<R> {
    /// The titles of the columns that are not read.
    pub fn ignored_columns(&self) -> &[String] {
        &self.ignored_columns
    }

    /// The delimiter that the header decided on.
    pub fn delimiter(&self) -> char {
        char::from(self.records.delimiter)
    }

    /// What there is to be said about the system that was given out last.
    pub fn take_note(&mut self) -> Option<RowNote> {
        self.note.take()
    }

    /// How many rows were read so far, good and bad.
    pub fn rows_read(&self) -> usize {
        self.records.rows_read
    }

    /// How many of them gave no system.
    pub fn bad_rows(&self) -> usize {
        self.bad_rows
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<System, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(error) = self.errors.pop_front() {
                return Some(Err(error));
            }
            if self.records.ended {
                return None;
            }
            if let Some(system) = self.read_row() {
                return Some(Ok(system));
            }
        }
    }
}

impl<R: Read> std::iter::FusedIterator for Rows<R> {}
