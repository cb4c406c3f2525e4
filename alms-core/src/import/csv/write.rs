use super::columns::Column as _;
use super::header::Field;
use crate::account::BulkColumn;
use crate::account::System;
use crate::calendar::{Date, IsoDate};
use crate::export::formula::is_formula;
use crate::export::guarded;
use crate::import::serial::whole_number;
use crate::import::state;
use crate::text::{Serial, Uid};
use std::borrow::Cow;
use std::io;

/// Writes systems as CSV, one at a time, to any [`std::io::Write`].
///
/// The form is that of the systems grid, as [`read`](super::read) reads it under every choice: the grid's
/// titles, states such as `Active`, dates as `YYYY-MM-DD`, nothing where there is no date, RFC 4180 quotes,
/// lines that end in LF. Deleted systems are exported in it to be registered again (MIG-14).
///
/// A text that a spreadsheet would take for a formula gets an apostrophe in front ([`guarded`]), which
/// [`read`](super::read) takes off again.
///
/// ```
/// use alms_core::import::csv::{CsvOptions, CsvWriter, Rows};
///
/// let grid = "State;Serial;Last Communication\nactive;LA1;2023-03-01\n";
/// let mut writer = CsvWriter::new(Vec::new())?;
/// for system in Rows::new(grid.as_bytes(), &CsvOptions::default())? {
///     writer.write(&system?)?;
/// }
/// assert_eq!(
///     String::from_utf8(writer.finish()?)?,
///     "Serial Number,Gateway Type,Lifecycle State,Last Communication,Support Expiry Date,Warranty Date\n\
///      LA1,,Active,2023-03-01,,\n"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct CsvWriter<W: io::Write> {
    csv: csv::Writer<W>,
    /// Whether a last column names the account of each system.
    with_accounts: bool,
}

impl<W: io::Write> CsvWriter<W> {
    /// Writes the header. The writer need not be buffered.
    ///
    /// # Errors
    /// Those of `writer`.
    pub fn new(writer: W) -> io::Result<Self> {
        let mut csv = csv::Writer::from_writer(writer);
        csv.write_record(Field::WRITTEN.iter().map(|field| field.title()))?;
        Ok(Self { csv, with_accounts: false })
    }

    /// Writes the header with a last column for the UID of the account that has each system, as a registration of many
    /// asks for it (RES-4).
    ///
    /// # Errors
    /// Those of `writer`.
    pub fn with_accounts(writer: W) -> io::Result<Self> {
        let mut csv = csv::Writer::from_writer(writer);
        let titles = Field::WRITTEN.iter().map(|field| field.title());
        csv.write_record(titles.chain([BulkColumn::Account.title()]))?;
        Ok(Self { csv, with_accounts: true })
    }

    /// Writes a system.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&mut self, system: &System) -> io::Result<()> {
        self.write_of(system, None)
    }

    /// Writes a system of this account.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_of(&mut self, system: &System, account: Option<&Uid>) -> io::Result<()> {
        let dates = [system.last_communication, system.support_end, system.warranty_end]
            .map(|date| date.map(Date::iso));
        let [last_communication, support_end, warranty_end] =
            dates.each_ref().map(|date| date.as_ref().map_or("", IsoDate::as_str));
        let (serial, model) = (serial_cell(&system.serial), guarded(system.model.as_str()));
        let state = state::title(system.state);
        let account = guarded(account.map_or("", Uid::as_str));
        let cells = [&*serial, &*model, state, last_communication, support_end, warranty_end];
        let account = self.with_accounts.then_some(&*account);
        Ok(self.csv.write_record(cells.into_iter().chain(account))?)
    }

    /// Writes what is still buffered and gives the writer back.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(self) -> io::Result<W> {
        self.csv.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// A serial number for a cell. The reader takes one apostrophe off every serial number, and the decimals of a
/// spreadsheet off a number: so those that have them get an apostrophe of their own.
pub(crate) fn serial_cell(serial: &Serial) -> Cow<'_, str> {
    let text = serial.as_str();
    let is_changed = text.starts_with('\'') || whole_number(text).is_some();
    if is_changed && !is_formula(text) { Cow::Owned(format!("'{}", guarded(text))) } else { guarded(text) }
}

/// Writes systems as CSV, in the form of [`CsvWriter`]; [`read`](super::read) gives the same systems again.
///
/// (The same but for blanks around models, which are not read, and serial numbers that no file can hold, such as `n/a`.)
///
/// ```
/// use alms_core::import::csv;
/// let file = "Serial,State,Last Communication\nLA1,Active,2023-03-01\n";
/// let systems = csv::read(file.as_bytes(), &csv::CsvOptions::default())?.systems;
/// let written = csv::write(&systems);
/// assert_eq!(csv::read(written.as_bytes(), &csv::CsvOptions::default())?.systems, systems);
/// # Ok::<(), alms_core::import::ImportError>(())
/// ```
pub fn write<'a>(systems: impl IntoIterator<Item = &'a System>) -> String {
    let bytes = write_all(systems).unwrap_or_default();
    // Writing to memory does not fail, and only texts were written.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Writes systems as CSV with the UIDs of their accounts, those of `accounts` by the positions of the systems in
/// order: the form of [`CsvWriter::with_accounts`], which a registration of many takes (RES-4).
///
/// ```
/// use alms_core::import::csv;
/// let file = "Serial,State,Last Communication\nLA1,Active,2023-03-01\n";
/// let systems = csv::read(file.as_bytes(), &csv::CsvOptions::default())?.systems;
/// let written = csv::write_with_accounts(&systems, &[(0, "c1".parse()?)]);
/// assert!(written.ends_with("LA1,,Active,2023-03-01,,,c1\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_with_accounts(systems: &[System], accounts: &[(usize, Uid)]) -> String {
    let write = || -> io::Result<Vec<u8>> {
        let mut writer = CsvWriter::with_accounts(Vec::new())?;
        let mut accounts = accounts.iter().peekable();
        for (index, system) in systems.iter().enumerate() {
            let account = accounts.next_if(|(position, _)| *position == index);
            writer.write_of(system, account.map(|(_, account)| account))?;
        }
        writer.finish()
    };
    // Writing to memory does not fail, and only texts were written.
    String::from_utf8(write().unwrap_or_default()).unwrap_or_default()
}

fn write_all<'a>(systems: impl IntoIterator<Item = &'a System>) -> io::Result<Vec<u8>> {
    let mut writer = CsvWriter::new(Vec::new())?;
    systems.into_iter().try_for_each(|system| writer.write(system))?;
    writer.finish()
}
