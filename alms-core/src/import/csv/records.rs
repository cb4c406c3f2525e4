use super::ROW_BYTES_MAX;
use super::columns::{Column, Columns, Titles, number_of};
use super::head::{Above, Head, Merit};
use super::scanner::{QuoteFault, ScannedRow, Scanner};
use crate::import::excerpt::excerpt;
use crate::import::fault::{Fault, Place};
use crate::import::note::Said;
use crate::import::serial::bare;
use crate::import::utf16::Decoder;
use crate::import::{ImportError, NoteCode, RowError, RowErrorCode, RowNote};
use crate::text::is_format;
use csv::ByteRecord;
use std::io::Read;

/// The bytes that are read at once; each may begin a row that waits until it is taken.
const BLOCK_BYTES: usize = if cfg!(miri) { 1 << 10 } else { 1 << 14 };

/// A cell that takes more lines than these is noted: a quote may be there by mistake.
const LINES_MAX: u64 = 20;

/// What a cell holds, as text.
pub(super) type Cell<'a> = Result<&'a str, Fault>;

/// The rows of a CSV file behind its header, as cells.
#[derive(Debug)]
pub(super) struct Records<R, C> {
    reader: csv::Reader<Scanner<Decoder<R>>>,
    record: ByteRecord,
    pub(super) columns: Columns<C>,
    pub(super) delimiter: u8,
    /// How many rows were read so far, one that failed included.
    pub(super) rows_read: usize,
    pub(super) ended: bool,
    /// What was skipped above the header.
    pub(super) notes: Vec<RowNote>,
    /// The line of the header.
    line: u64,
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
    pub(super) fn new(reader: R, titles: &Titles<'_, C>) -> Result<Self, ImportError> {
        let mut reader = Decoder::new(reader);
        let Head { bytes, delimiter, line, skipped } =
            Head::read(&mut reader, &|record| merit(titles, record))?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            // Rows of another length are our own error, which names the line.
            .flexible(true)
            .delimiter(delimiter)
            .buffer_capacity(BLOCK_BYTES)
            .from_reader(Scanner::new(bytes, reader, delimiter, line));
        let mut record = ByteRecord::new();
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Err(ImportError::EmptyInput),
            Err(_) if reader.get_ref().row_too_long() => return Err(ImportError::HeaderTooLong),
            Err(error) => return Err(std::io::Error::from(error).into()),
        }
        reader.get_mut().take_row();
        let columns = Columns::read(&record, titles)?;
        let notes = skipped.iter().map(|line| skipped_note(line.line, &line.text, line.kind)).collect();
        Ok(Self { reader, record, columns, delimiter, rows_read: 0, ended: false, notes, line })
    }

    /// The next row, or the error after which no row can be read.
    pub(super) fn next(&mut self) -> Option<Result<Record<'_, C>, RowError>> {
        if self.ended {
            return None;
        }
        let row = loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    return None;
                }
                Err(error) => return Some(Err(self.end_with(error))),
            }
            let row = self.reader.get_mut().take_row();
            if row.fault.is_some() || !self.record.iter().all(is_empty) {
                break row;
            }
        };
        self.rows_read = self.rows_read.saturating_add(1);
        Some(Ok(Record { row, cells: &self.record, columns: &self.columns }))
    }

    /// A note for each pair of columns that mean the same.
    pub(super) fn agreed(&self) -> Vec<RowNote> {
        let note = |(first, later): &(usize, usize)| {
            let [first, field] = [first, later].map(|at| excerpt(self.columns.title(*at).as_bytes()));
            let message =
                format!("the columns `{first}` and `{field}` agree in every row, and are read as one");
            let place = Place { line: self.line, column: Some(number_of(*later)), field, lines: 1 };
            place.note(b"", Said { code: NoteCode::ColumnsAgree, message })
        };
        self.columns.copies().iter().map(note).collect()
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
        fault.at(Place { line, column: None, field: String::new(), lines: 1 }, b"")
    }
}

/// How well a line does as a header.
fn merit<C: Column>(titles: &Titles<'_, C>, record: &ByteRecord) -> Merit {
    let found: Vec<C> =
        record.iter().filter_map(|title| titles.meaning(bare(&String::from_utf8_lossy(title)))).collect();
    let required = C::required(&|column| found.contains(&column));
    let complete = required.iter().all(|column| found.contains(column));
    Merit { complete, known: found.len(), titles: record.len() }
}

/// Whether nobody would see anything in a cell: blanks, marks, and the end of a file as DOS marked it.
fn is_empty(cell: &[u8]) -> bool {
    cell.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0x1a)
        || std::str::from_utf8(cell)
            .is_ok_and(|text| text.chars().all(|c| c.is_whitespace() || c == '\u{1a}' || is_format(c)))
}

fn skipped_note(line: u64, text: &[u8], kind: Above) -> RowNote {
    let message = match kind {
        Above::Delimiter => "the line that names the delimiter was skipped",
        Above::Type => "the line that names a type was skipped",
        Above::Title => "the line above the header was skipped",
    };
    let place = Place { line, column: None, field: String::new(), lines: 1 };
    place.note(text, Said { code: NoteCode::LinesSkipped, message: message.to_owned() })
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
                QuoteFault::Unclosed => format!(
                    "opens with a quote that is never closed, and takes {} to the end of the file; close it",
                    self.lines_taken()
                ),
                QuoteFault::TextBehind if self.row.lines > 1 => format!(
                    "goes on behind its closing quote, and takes {}; double the quotes that are part of the text, and \
                     close every other",
                    self.lines_taken()
                ),
                QuoteFault::TextBehind => {
                    "goes on behind its closing quote; double the quotes that are part of the text".to_owned()
                }
            };
            return Some(self.error(position, Fault::of_value(RowErrorCode::InvalidQuoting, cell, &rest)));
        }
        let (found, expected) = (self.cells.len(), self.columns.len());
        if found == expected {
            return None;
        }
        let taken =
            if self.row.lines > 1 { format!(" and takes {}", self.lines_taken()) } else { String::new() };
        let message = format!(
            "the row has `{found}` cells{taken}, the header has `{expected}`; quote a cell that holds the delimiter"
        );
        let place = Place { line: self.row.line, column: None, field: String::new(), lines: self.row.lines };
        Some(Fault::new(RowErrorCode::WrongFieldCount, message).at(place, found.to_string().as_bytes()))
    }

    /// Whether the row is the file's last because a quote in it is never closed.
    pub(super) fn takes_the_rest(&self) -> bool {
        matches!(self.row.fault, Some((QuoteFault::Unclosed, _)))
    }

    /// The lines of the row in words, such as `98 lines, 4 to 101`.
    fn lines_taken(&self) -> String {
        let ScannedRow { line, lines, .. } = self.row;
        let last = line.saturating_add(lines.saturating_sub(1));
        if lines == 1 { format!("line {line}") } else { format!("the {lines} lines from {line} to {last}") }
    }

    /// The note that a cell takes a suspicious number of lines.
    pub(super) fn long_cell(&self) -> Option<RowNote> {
        let (cell, lines) = self.row.tallest.filter(|(_, lines)| *lines > LINES_MAX)?;
        let message = format!("the cell takes {lines} lines; check that no quote is missing");
        let value = self.cells.get(cell).unwrap_or_default();
        Some(self.place(cell).note(value, Said { code: NoteCode::LongCell, message }))
    }

    /// Two columns of one meaning whose values differ.
    pub(super) fn conflict(&self) -> Option<(usize, usize)> {
        if self.columns.copies().is_empty() {
            return None;
        }
        self.columns.conflict(&|position| self.text(position))
    }

    /// Why the file cannot be read whose columns differ in this row.
    pub(super) fn ambiguous(&self, first: usize, later: usize) -> ImportError {
        self.columns.ambiguous(first, later, self.row.line)
    }

    /// A cell as text, without what nobody sees at its ends.
    pub(super) fn text(&self, position: usize) -> Cell<'a> {
        self.whole_text(position).map(bare)
    }

    /// A cell as text, as it is.
    pub(super) fn whole_text(&self, position: usize) -> Cell<'a> {
        let cell = self.cells.get(position).unwrap_or_default();
        std::str::from_utf8(cell).map_err(|_| {
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
        let field = excerpt(self.columns.title(position).as_bytes());
        Place { line: self.row.line, column: Some(number_of(position)), field, lines: self.row.lines }
    }
}
