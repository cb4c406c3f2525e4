//! Systems from CSV exports of the systems grid, and back.
//!
//! [`read`] takes a file in memory, [`Rows`] streams from any [`std::io::Read`], [`write()`] and
//! [`CsvWriter`] write what both read back.
//!
//! # What is understood
//!
//! * UTF-8, with or without byte order mark; UTF-16 with one. Workbooks and archives are refused by their names.
//! * `,`, `;` or tab between cells, decided from the header alone; quotes as in RFC 4180; lines that end in
//!   LF, CRLF or CR. Rows of nothing but delimiters and blanks are skipped.
//! * Above the header a line `sep=;` or `#TYPE …`, and up to five lines of a title if the header is complete.
//! * Titles in English, German, French and Spanish whatever their case, accents, spaces and punctuation, in any order;
//!   a title of your own by [`CsvOptions::columns`]:
//!
//! | the grid's title | also | without it |
//! |---|---|---|
//! | `Serial Number` | `Serial`, `S/N`, `Seriennummer`, `Numéro de série`, `Número de serie`, … | error |
//! | `Lifecycle State` | `State`, `Life Cycle`, `Zustand`, `État`, `Estado`, … | error |
//! | `Last Communication` | `lastCommDate`, `Last Seen`, `Letzte Kommunikation`, `Dernière communication`, … | error: every system would be deleted |
//! | `Gateway Type` | `Model`, `Device Type`, `Modell`, `Modèle`, `Modelo`, … | no model |
//! | `Support Expiry Date` | `Support Date`, `support_end`, `Supportende`, `Fin de support`, … | no support |
//! | `Warranty Date` | `warranty_end`, `Garantieende`, `Fin de garantie`, … | no warranty |
//! | `Offer` and `End Date` | `Offer Name`; `Offer End Date`, `Renewal Date`, … | no subscriptions |
//!
//!   A list of serials, offers and end dates, such as the CSV of a renewal notification, needs no states and
//!   communications; it gives [subscriptions](super::ListedSubscription), and no systems.
//!   Two columns of one meaning are read if their values agree in every row. All other columns (`Name` among them) are
//!   ignored and listed; what is in them is not even decoded. One that seems to hold the end of a support, service or
//!   warranty is a finding, and so is a column that names several accounts.
//! * Dates with or without a time of day, whatever has one reading: `2023-03-25`, `2023/03/25`, `25.03.2023`,
//!   `25 Mar 2023`, milliseconds. `03/04/2023` means what [`CsvOptions::date_order`] says, else what another value of
//!   the column tells. An empty cell, `-`, `n/a` and `none` are no date, for the last communication `never` too.
//! * States as in [`state`](super::state).
//!
//! [`fleet`] reads the systems or accounts of whole fleets, [`registrations`] lists of systems that are to be registered,
//! and [`counts`] daily counts of active systems, in the same manner.
//!
//! A quote that is never closed, or text behind a closing one, can hide whole rows inside one cell; such a
//! row is an error, whichever column it is in, and says how many lines it takes.

mod bulk_column;
mod cells;
mod columns;
pub mod counts;
mod dates;
pub mod fleet;
mod head;
mod header;
mod records;
#[cfg(feature = "reseller")]
pub mod registrations;
mod rows;
mod scanner;
mod write;

pub use super::DateOrder;
pub use dates::Survey;
pub use header::SystemColumn;
pub use rows::Rows;
pub use write::{CsvWriter, write, write_with_accounts};

pub(super) use columns::folded;
pub(super) use header::LAST_COMMUNICATION;
pub(crate) use write::serial_cell;

use super::{Import, ImportError, RowErrorCode};
use crate::order::sort_by_key;
use cells::Row;
use std::io::Read;

/// The longest row, in bytes: what a reader keeps in memory, and where it stops when a quote is left open.
// Miri takes minutes for a megabyte: four blocks of `records` are enough for it to see what lies beyond one.
pub const ROW_BYTES_MAX: usize = if cfg!(miri) { 1 << 12 } else { 1 << 20 };

/// What a CSV file does not say by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CsvOptions {
    /// What a date such as `03/04/2023` means.
    pub date_order: DateOrder,
    /// The titles of columns, where they are others than those that are known.
    pub columns: Vec<(SystemColumn, String)>,
}

/// Reads a whole file that is in memory.
///
/// # Errors
/// [`ImportError`] when the file as a whole cannot be read: it is empty, of another kind, or its header lacks a
/// required column or has two that contradict each other. What is wrong with single rows is in [`Import::errors`].
///
/// ```
/// use alms_core::import::csv;
/// let file = "Name,Serial Number,Gateway Type,Lifecycle State,Last Communication,Support Expiry Date\n\
///             Bus 1,LA1,RV55,Active,03/04/2023,\n";
/// let options = csv::CsvOptions { date_order: csv::DateOrder::DayFirst, ..csv::CsvOptions::default() };
/// let import = csv::read(file.as_bytes(), &options)?;
/// assert_eq!(import.systems[0].last_communication, Some("2023-04-03".parse()?));
/// assert_eq!(import.ignored_columns, ["Name"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(bytes: &[u8], options: &CsvOptions) -> Result<Import, ImportError> {
    let import = collected(Rows::open(bytes, options, &Survey::default())?)?;
    if import.error_counts.contains_key(&RowErrorCode::AmbiguousDate) {
        let survey = survey(bytes, options)?;
        if survey.tells() {
            return collected(Rows::open(bytes, options, &survey)?);
        }
    }
    Ok(import)
}

/// Looks at the dates of a file: for which columns a value above 12 tells whether the day or the month comes first.
///
/// [`read`] does it by itself where it has to; it is for files that are read as a [stream](Rows::surveyed), which it
/// reads once more.
///
/// # Errors
/// [`ImportError`] when the file as a whole cannot be read.
///
/// ```
/// use alms_core::import::csv::{CsvOptions, Rows, survey};
/// let file = "Serial,State,Last Communication\nLA1,Active,03/04/2023\nLA2,Active,25/04/2023\n";
/// let options = CsvOptions::default();
/// let survey = survey(file.as_bytes(), &options)?;
/// let mut rows = Rows::surveyed(file.as_bytes(), &options, &survey)?;
/// assert_eq!(rows.next().unwrap()?.last_communication, Some("2023-04-03".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn survey(reader: impl Read, options: &CsvOptions) -> Result<Survey, ImportError> {
    Ok(Rows::open(reader, options, &Survey::default())?.survey())
}

fn collected(mut rows: Rows<&[u8]>) -> Result<Import, ImportError> {
    let mut import = Import { ignored_columns: rows.ignored_columns().to_vec(), ..Import::default() };
    rows.file_notes().iter().cloned().for_each(|note| import.note(note));
    while let Some(row) = rows.read_row() {
        if let Row::Read(system, subscription) = row {
            import.systems.extend(system);
            import.subscriptions.extend(subscription);
        }
        rows.take_notes().into_iter().for_each(|note| import.note(note));
        let errors: Vec<_> = rows.take_errors().collect();
        if let Some(refused) = errors.iter().find_map(|error| rows.ambiguous(error)) {
            return Err(refused);
        }
        errors.into_iter().for_each(|error| import.error(error));
    }
    rows.agreed().into_iter().for_each(|note| import.note(note));
    // What concerns the file comes where it is in the file.
    sort_by_key(&mut import.notes, |note| (note.line, note.column));
    import.findings = rows.findings();
    (import.rows, import.left_out) = (rows.rows_read(), rows.left_out());
    (import.bad_rows, import.rest_lost) = (rows.bad_rows(), rows.rest_lost());
    Ok(import)
}

#[cfg(test)]
mod tests;
