//! Systems from CSV exports of the systems grid, and back.
//!
//! [`read`] takes a file in memory, [`Rows`] streams from any [`std::io::Read`], [`write()`] and
//! [`CsvWriter`] write what both read back.
//!
//! # What is understood
//!
//! * UTF-8, with or without byte order mark. UTF-16 is refused with advice.
//! * `,`, `;` or tab between cells, decided from the header alone; quotes as in RFC 4180; lines that end in
//!   LF, CRLF or CR. Empty lines are skipped.
//! * Titles whatever their case, spaces and punctuation, in any order:
//!
//! | the grid's title | also | without it |
//! |---|---|---|
//! | `Serial Number` | `Serial`, `Serial No.`, `S/N`, `Gateway Serial Number`, `Device Serial Number`, … | error |
//! | `Lifecycle State` | `State`, `Life Cycle`, `System State` | error |
//! | `Last Communication` | `Last Communication Date`, `lastCommDate`, `Last Seen`, … | error: every system would be deleted |
//! | `Gateway Type` | `Model`, `Gateway Model`, `Device Type`, `Device Model` | no model |
//! | `Support Expiry Date` | `Support Date`, `support_end`, `Support End Date`, … | no support |
//! | `Warranty Date` | `warranty_end`, `Warranty Expiry Date`, `Warranty End Date`, … | no warranty |
//!
//!   All other columns (`Name` among them) are ignored and listed; what is in them is not even decoded.
//! * Dates as [`CsvOptions::date_order`] says, with or without a time of day. An empty cell, `-`, `n/a` and
//!   `none` are no date, for the last communication `never` too.
//! * States as in [`state`](super::state).
//!
//! [`registrations`] reads lists of systems that are to be registered, in the same manner.
//!
//! A quote that is never closed, or text behind a closing one, can hide whole rows inside one cell; such a
//! row is an error, whichever column it is in.

mod cells;
mod columns;
mod head;
mod header;
mod records;
pub mod registrations;
mod rows;
mod scanner;
mod write;

pub use super::DateOrder;
pub use rows::Rows;
pub use write::{CsvWriter, write};

pub(super) use header::LAST_COMMUNICATION;

use super::{Import, ImportError};

/// The longest row, in bytes: what a reader keeps in memory, and where it stops when a quote is left open.
// Miri takes minutes for a megabyte: four blocks of `records` are enough for it to see what lies beyond one.
pub const ROW_BYTES_MAX: usize = if cfg!(miri) { 1 << 12 } else { 1 << 20 };

/// What a CSV file does not say by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CsvOptions {
    /// What a date with slashes means.
    pub date_order: DateOrder,
}

/// Reads a whole file that is in memory.
///
/// # Errors
/// [`ImportError`] when the file as a whole cannot be read: it is empty, UTF-16, or its header lacks a
/// required column or has one twice. What is wrong with single rows is in [`Import::errors`].
///
/// ```
/// use alms_core::import::csv;
/// let file = "Name,Serial Number,Gateway Type,Lifecycle State,Last Communication,Support Expiry Date\n\
///             Bus 1,LA1,RV55,Active,25/03/2023,\n";
/// let options = csv::CsvOptions { date_order: csv::DateOrder::DayFirst };
/// let import = csv::read(file.as_bytes(), &options)?;
/// assert_eq!(import.systems[0].last_communication, Some("2023-03-25".parse()?));
/// assert_eq!(import.ignored_columns, ["Name"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read(bytes: &[u8], options: &CsvOptions) -> Result<Import, ImportError> {
    let mut rows = Rows::new(bytes, options)?;
    let mut import = Import { ignored_columns: rows.ignored_columns().to_vec(), ..Import::default() };
    while let Some(row) = rows.next() {
        match row {
            Ok(system) => {
                import.systems.push(system);
                import.notes.extend(rows.take_note());
            }
            Err(error) => import.errors.push(error),
        }
    }
    import.rows = rows.rows_read();
    Ok(import)
}

#[cfg(test)]
mod tests;
