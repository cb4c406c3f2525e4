//! Systems from files: CSV exports of the systems grid, AirVantage API JSON, and back to CSV; lists of systems that
//! [are to be registered](csv::registrations).
//!
//! Both formats give the same [`Import`]: every row of the file is either a system or at least one
//! [`RowError`] with line, column and value; all of them in one pass, in the order of the file. What
//! concerns the file as a whole is an [`ImportError`], and nothing has been read then.
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
//! * Serials, models and states are taken without the white space around them, which exports are full of.
//! * A date with a time of day counts as the date that is printed; only timestamps in milliseconds, which
//!   name no day, are turned into one, by UTC.
//! * States that the rules do not know are mapped by [`state::STATES`]; where that is a matter of opinion,
//!   the row gets a [`RowNote`].
//! * A serial is read once. Every repetition is an error that names the first place, even if the row there
//!   is bad for another reason.

mod date;
mod error;
mod excerpt;
mod fault;
mod row_error;
mod serials;
mod time_of_day;
mod value;

pub mod airvantage;
pub mod csv;
pub mod state;

pub use date::DateOrder;
pub use error::{ImportError, ImportErrorCode};
pub use row_error::{RowError, RowErrorCode, RowNote};

use crate::account::System;

/// What a file gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Import {
    /// The systems of the good rows, in the order of the file; each serial once.
    pub systems: Vec<System>,
    /// What is wrong with the bad rows, in the order of the file; a row may have several errors.
    pub errors: Vec<RowError>,
    /// What was taken for something else in the good rows, in the order of the file.
    pub notes: Vec<RowNote>,
    /// How many rows (or items) there are, good and bad; the header is none.
    pub rows: usize,
    /// The titles of the CSV columns that are not read, in the order of the file.
    pub ignored_columns: Vec<String>,
}

impl Import {
    /// How many rows gave no system.
    pub fn bad_rows(&self) -> usize {
        self.rows.saturating_sub(self.systems.len())
    }
}

#[cfg(test)]
mod tests;
