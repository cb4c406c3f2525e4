//! Systems from files: CSV exports of the systems grid, AirVantage API JSON, and back to CSV; lists of systems that
//! [are to be registered](csv::registrations).
//!
//! Both formats give the same [`Import`]: every row of the file is either a system, left out with a note, or bad, with
//! at least one [`RowError`] that has line, column and value; in the order of the file. What keeps the file as a whole
//! from being read is an [`ImportError`], and nothing has been read then.
//!
//! ```
//! use alms_core::import::{csv, RowErrorCode};
//!
//! let file = "Serial Number;Lifecycle State;Last Communication\n\
//!             LA1;Active;2023-03-01 12:34\n\
//!             LA2;Activ;never\n";
//! let import = csv::read(file.as_bytes(), &csv::CsvOptions::default())?;
//! assert_eq!((import.rows, import.systems.len(), import.bad_rows()), (2, 1, 1));
//! let error = &import.errors[0];
//! assert_eq!((error.line, error.column, error.code), (3, Some(2), RowErrorCode::UnknownState));
//! assert_eq!(error.value, "Activ");
//! # Ok::<(), alms_core::import::ImportError>(())
//! ```
//!
//! # Decisions
//!
//! * Serials, models and states are taken without the white space around them, which exports are full of. What was done
//!   to a serial number is noted (SER-3).
//! * A date with a time of day counts as the date that is printed; only timestamps in milliseconds, which
//!   name no day, are turned into one, by UTC. Milliseconds of a day before 2000 are seconds, and an error.
//! * States that the rules do not know are mapped by [`state::STATES`]; where that is a matter of opinion,
//!   the row gets a [`RowNote`].
//! * A serial is read once. Every repetition is an error that names the first place, even if the row there
//!   is bad for another reason.
//! * Rows of nothing but delimiters and blanks are not rows.

mod date;
mod ends;
mod error;
mod excerpt;
mod fault;
mod month_name;
mod note;
mod row_error;
mod serial;
mod signature;
mod time_of_day;
mod utf16;
mod value;

pub mod airvantage;
pub mod csv;
pub mod state;

pub use date::DateOrder;
pub use error::{ImportError, ImportErrorCode};
pub use note::{ImportFinding, ImportFindingCode, NoteCode, RowNote};
pub use row_error::{RowError, RowErrorCode};

use crate::account::{Model, System};
use crate::calendar::Date;
use crate::subscriptions::OriginData;
use crate::text::{OfferName, Serial};
use std::collections::BTreeMap;

/// How many errors of a file are listed, and how many notes of each code; the rest is counted.
pub const LISTED_MAX: usize = 100;

/// What a file gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// The systems of the good rows, in the order of the file; each serial once.
    pub systems: Vec<System>,
    /// The subscriptions of the good rows, where the file has the columns `Offer` and `End Date`.
    pub subscriptions: Vec<ListedSubscription>,
    /// What is wrong with the bad rows, in the order of the file: the first [`LISTED_MAX`]; a row may have several.
    pub errors: Vec<RowError>,
    /// How many errors there are of each code, those that are not listed included.
    pub error_counts: BTreeMap<RowErrorCode, usize>,
    /// What was taken for something else or left out, in the order of the file: the first [`LISTED_MAX`] of each code.
    pub notes: Vec<RowNote>,
    /// How many notes there are of each code, those that are not listed included.
    pub note_counts: BTreeMap<NoteCode, usize>,
    /// What to look at in the file as a whole.
    pub findings: Vec<ImportFinding>,
    /// How many rows (or items) there are, good and bad, without the header and empty rows.
    pub rows: usize,
    /// How many rows are left out with a note, and are not bad.
    pub left_out: usize,
    /// How many rows gave neither a system nor a subscription because something is wrong with them.
    pub bad_rows: usize,
    /// Whether the rest of the file could not be read: the last error is a quote that is never closed, a row that is too
    /// long, or a reader that failed. Without it the rows are not the file's.
    pub rest_lost: bool,
    /// The titles of the CSV columns that are not read, in the order of the file.
    pub ignored_columns: Vec<String>,
}

/// A subscription as a list has it: a row of the avc systems grid, or of the CSV of a renewal notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSubscription {
    /// The system.
    pub serial: Serial,
    /// Its model; the empty one where the list has none.
    pub model: Model,
    /// The offer.
    pub offer: OfferName,
    /// The last day of the service; `None` where the list has none.
    pub end_date: Option<Date>,
    /// The last day of the warranty; `None` where the list has none.
    pub warranty_end: Option<Date>,
}

impl From<&ListedSubscription> for OriginData {
    fn from(listed: &ListedSubscription) -> Self {
        Self {
            model: listed.model.clone(),
            end_date: listed.end_date,
            warranty_end: listed.warranty_end,
            ..Self::new(listed.serial.clone(), listed.offer.clone())
        }
    }
}

impl Import {
    /// How many rows gave nothing because something is wrong with them.
    pub const fn bad_rows(&self) -> usize {
        self.bad_rows
    }

    /// How many errors there are, those that are not listed included.
    pub fn errors_total(&self) -> usize {
        self.error_counts.values().fold(0, |sum: usize, count| sum.saturating_add(*count))
    }

    /// How many notes there are, those that are not listed included.
    pub fn notes_total(&self) -> usize {
        self.note_counts.values().fold(0, |sum: usize, count| sum.saturating_add(*count))
    }

    /// Counts an error, and lists it while the list is short.
    fn error(&mut self, error: RowError) {
        counted(&mut self.error_counts, error.code);
        if self.errors.len() < LISTED_MAX {
            self.errors.push(error);
        }
    }

    /// Counts a note, and lists it while there are few of its code.
    fn note(&mut self, note: RowNote) {
        if counted(&mut self.note_counts, note.code) <= LISTED_MAX {
            self.notes.push(note);
        }
    }
}

/// Counts one more of a code; how many there are then.
fn counted<C: Ord>(counts: &mut BTreeMap<C, usize>, code: C) -> usize {
    let count = counts.entry(code).or_default();
    *count = count.saturating_add(1);
    *count
}

#[cfg(test)]
mod tests;
