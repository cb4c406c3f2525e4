use super::ROW_BYTES_MAX;
use super::columns::{Column, Columns};
use super::head::Head;
use super::scanner::{QuoteFault, ScannedRow, Scanner};
use crate::import::excerpt::excerpt;
use crate::import::fault::{Fault, Place};
use crate::import::{ImportError, RowError, RowErrorCode};
use csv::ByteRecord;
use std::io::Read;

/// The bytes that are read at once.
const BLOCK_BYTES: usize = if cfg!(miri) { 1 << 10 } else { 1 << 16 };

/// The rows of a CSV file behind its header, as cells.
#[derive(Debug)]
pub(super) struct Records<R, C> {
    reader: csv::Reader<Scanner<R>>,
    record: ByteRecord,
    pub(super) columns: Columns<C>,
    pub(super) delimiter: u8,
    /// How many rows were read so far, one that failed included.
    pub(super) rows_read: usize,
    pub(super) ended: bool,
}

/// The cells of one row.
#[derive(Debug)]
pub(super) struct Record<'a, C> {
    row: ScannedRow,
    cells: &'a ByteRecord,
    columns: &'a Columns<C>,
}

impl<R: Read, C: Column> Records<R, C> {
    /// Reads the header. The reader need not be buffered.
    pub(super) fn new(mut reader: R) -> Result<Self, ImportError> {
        let Head { bytes, delimiter } = Head::read(&mut reader, |title| C::of_title(title).is_some())?;
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
        let columns = Columns::read(&record)?;
        Ok(Self { reader, record, columns, delimiter, rows_read: 0, ended: false })
    }

    /// The next row, or the error after which no row can be read.
    pub(super) fn next(&mut self) -> Option<Result<Record<'_, C>, RowError>> {
        if self.ended {
            return None;
        }
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => {
                self.ended = true;
                return None;
            }
            Err(error) => return Some(Err(self.end_with(error))),
        }
        self.rows_read = self.rows_read.saturating_add(1);
        let row = self.reader.get_mut().take_row();
        Some(Ok(Record { row, cells: &self.record, columns: &self.columns }))
    }

    fn end_with(&mut self, error: csv::Error) -> RowError {
        self.ended = true;
        self.rows_read = self.rows_read.saturating_add(1);
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
        fault.at(Place { line, column: None, field: String::new() }, b"")
    }
}

impl<'a, C: Column> Record<'a, C> {
    /// The line of the row's first byte.
    pub(super) const fn line(&self) -> u64 {
        self.row.line
    }

    /// Where a column stands.
    pub(super) fn position(&self, column: C) -> Option<usize> {
        self.columns.position(column)
    }

    /// Why cells may stand under wrong titles, so that no cell of the row can be trusted.
    pub(super) fn misalignment(&self) -> Option<RowError> {
        if let Some((fault, position)) = self.row.fault {
            let cell = self.cells.get(position).unwrap_or_default();
            let rest = match fault {
                QuoteFault::Unclosed => "opens with a quote that is never closed; close it",
                QuoteFault::TextBehind => {
                    "goes on behind its closing quote; double the quotes that are part of the text"
                }
            };
            return Some(self.error(position, Fault::of_value(RowErrorCode::InvalidQuoting, cell, rest)));
        }
        let (found, expected) = (self.cells.len(), self.columns.len());
        if found == expected {
            return None;
        }
        let message = format!(
            "the row has `{found}` cells, the header has `{expected}`; quote a cell that holds the delimiter"
        );
        let place = Place { line: self.row.line, column: None, field: String::new() };
        Some(Fault::new(RowErrorCode::WrongFieldCount, message).at(place, found.to_string().as_bytes()))
    }

    /// A cell as text, without the white space around it.
    pub(super) fn text(&self, position: usize) -> Result<&'a str, Fault> {
        let cell = self.cells.get(position).unwrap_or_default();
        std::str::from_utf8(cell).map(str::trim).map_err(|_| {
            let rest = "is not valid UTF-8; save the file as UTF-8 (in Excel: `CSV UTF-8`)";
            Fault::of_value(RowErrorCode::InvalidUtf8, cell, rest)
        })
    }

    /// What is wrong with the cell at a position.
    pub(super) fn error(&self, position: usize, fault: Fault) -> RowError {
        let cell = self.cells.get(position).unwrap_or_default();
        fault.at(self.place(position), cell.trim_ascii())
    }

    pub(super) fn place(&self, position: usize) -> Place {
        let column = u64::try_from(position).unwrap_or(u64::MAX).saturating_add(1);
        let field = excerpt(self.columns.title(position).as_bytes());
        Place { line: self.row.line, column: Some(column), field }
    }
}
