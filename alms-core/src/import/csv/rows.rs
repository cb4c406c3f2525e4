use super::cells::Cells;
use super::head::Head;
use super::header::Header;
use super::scanner::Scanner;
use super::{CsvOptions, ROW_BYTES_MAX};
use crate::account::System;
use crate::import::fault::{Fault, Place};
use crate::import::serials::Serials;
use crate::import::{ImportError, RowError, RowErrorCode, RowNote};
use csv::ByteRecord;
use std::collections::VecDeque;
use std::io::Read;

/// The bytes that are read at once.
const BLOCK_BYTES: usize = 1 << 16;

/// The rows of a CSV file, one at a time: a system, or an error for each thing that is wrong with a row.
///
/// A row with two bad cells gives two errors in succession. The only thing that grows with the file is the
/// list of its serials, without which a repetition could not be found. A failing reader or a row beyond
/// [`ROW_BYTES_MAX`] is a last [`RowError`] with the code `unreadable` or `row_too_long`.
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
    reader: csv::Reader<Scanner<R>>,
    record: ByteRecord,
    options: CsvOptions,
    header: Header,
    ignored_columns: Vec<String>,
    delimiter: u8,
    serials: Serials<u64>,
    /// Errors of the last row that have not been given out.
    errors: VecDeque<RowError>,
    note: Option<RowNote>,
    rows_read: usize,
    bad_rows: usize,
    ended: bool,
}

impl<R: Read> Rows<R> {
    /// Reads the header. The reader need not be buffered.
    ///
    /// # Errors
    /// [`ImportError`], as for [`read`](super::read), and when the reader fails.
    pub fn new(mut reader: R, options: &CsvOptions) -> Result<Self, ImportError> {
        let Head { bytes, delimiter } = Head::read(&mut reader)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            // Rows of another length are our own error, which names the line.
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(BLOCK_BYTES)
            .from_reader(Scanner::new(bytes, reader, delimiter));
        let mut record = ByteRecord::new();
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Err(ImportError::EmptyInput),
            Err(_) if reader.get_ref().row_too_long() => return Err(ImportError::HeaderTooLong),
            Err(error) => return Err(std::io::Error::from(error).into()),
        }
        reader.get_mut().take_row();
        let header = Header::read(&record)?;
        Ok(Self {
            reader,
            record,
            options: *options,
            ignored_columns: header.ignored(),
            header,
            delimiter,
            serials: Serials::new(),
            errors: VecDeque::new(),
            note: None,
            rows_read: 0,
            bad_rows: 0,
            ended: false,
        })
    }

    /// Reads the next row: a system, or errors to be given out.
    fn read_row(&mut self) -> Option<System> {
        self.note = None;
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => {
                self.ended = true;
                return None;
            }
            Err(error) => {
                self.end_with(error);
                return None;
            }
        }
        self.rows_read = self.rows_read.saturating_add(1);
        let cells = Cells {
            row: self.reader.get_mut().take_row(),
            header: &self.header,
            record: &self.record,
            order: self.options.date_order,
            serials: &mut self.serials,
            errors: &mut self.errors,
            note: &mut self.note,
        };
        let system = cells.read();
        if system.is_none() {
            self.bad_rows = self.bad_rows.saturating_add(1);
        }
        system
    }

    /// No row can be read any more; the one that failed counts as bad.
    fn end_with(&mut self, error: csv::Error) {
        self.ended = true;
        self.rows_read = self.rows_read.saturating_add(1);
        self.bad_rows = self.bad_rows.saturating_add(1);
        let fault = if self.reader.get_ref().row_too_long() {
            let message = format!(
                "the row is longer than `{ROW_BYTES_MAX}` bytes, and no row after it was read; is a quote left open?"
            );
            Fault::new(RowErrorCode::RowTooLong, message)
        } else {
            let reason = std::io::Error::from(error).to_string();
            let rest = "stopped the reading, and no row after it was read; check the file and try again";
            Fault::of_value(RowErrorCode::Unreadable, reason.as_bytes(), rest)
        };
        let line = self.reader.get_mut().take_row().line;
        self.errors.push_back(fault.at(Place { line, column: None, field: String::new() }, b""));
    }
}

impl<R> Rows<R> {
    /// The titles of the columns that are not read.
    pub fn ignored_columns(&self) -> &[String] {
        &self.ignored_columns
    }

    /// The delimiter that the header decided on.
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// What there is to be said about the system that was given out last.
    pub fn take_note(&mut self) -> Option<RowNote> {
        self.note.take()
    }

    /// How many rows were read so far, good and bad.
    pub fn rows_read(&self) -> usize {
        self.rows_read
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
            if self.ended {
                return None;
            }
            if let Some(system) = self.read_row() {
                return Some(Ok(system));
            }
        }
    }
}

impl<R: Read> std::iter::FusedIterator for Rows<R> {}
