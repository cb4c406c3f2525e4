//! Files of whole fleets: the systems of many accounts, or the accounts, row by row and with all their columns.
//!
//! Read as [systems](super) are, but nothing is left out of a row: what the rules do not read comes as text. Of a row that
//! is bad, all comes that can be read, with the code of its first error, so that its account is known.

use super::columns::{Column, Titles};
use super::dates::{Dates, Survey};
use super::header::Field;
use super::records::{Record, Records};
use crate::account::BulkColumn;
use crate::calendar::Date;
use crate::import::fault::Fault;
use crate::import::serial::{bare, serial};
use crate::import::value::{self, DateOf};
use crate::import::{DateOrder, Import, ImportError, RowError, RowErrorCode};
use std::io::Read;

/// What a column of a fleet means to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The account, by its UID.
    Account,
    /// The serial number.
    Serial,
    /// The model.
    Model,
    /// The life cycle state.
    State,
    /// The last communication.
    LastCommunication,
    /// The last day of support.
    SupportEnd,
    /// The account's tokens.
    Tokens,
    /// The account's migration date.
    On,
}

/// A cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    /// The cell is empty, or cannot be read.
    Nothing,
    /// A text, as the rules know it where they read it.
    Text(&'a str),
    /// A day.
    Day(Date),
    /// A whole number.
    Number(i64),
}

/// A column of a file of systems, or of one of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part<const ACCOUNTS: bool>(Meaning);

impl<const ACCOUNTS: bool> Column for Part<ACCOUNTS> {
    const ALL: &'static [Self] = if ACCOUNTS {
        &[Self(Meaning::Account), Self(Meaning::Tokens), Self(Meaning::On)]
    } else {
        &[
            Self(Meaning::Account),
            Self(Meaning::State),
            Self(Meaning::LastCommunication),
            Self(Meaning::SupportEnd),
            Self(Meaning::Serial),
            Self(Meaning::Model),
        ]
    };

    fn required(_: &dyn Fn(Self) -> bool) -> &'static [Self] {
        let (required, _) = Self::ALL.split_at(if ACCOUNTS { 2 } else { 4 });
        required
    }

    fn title(self) -> &'static str {
        self.0.name()
    }

    fn names(self) -> &'static [&'static str] {
        match self.0 {
            Meaning::Account => BulkColumn::Account.names(),
            Meaning::Serial => Field::Serial.names(),
            Meaning::Model => Field::Model.names(),
            Meaning::State => Field::State.names(),
            Meaning::LastCommunication => Field::LastCommunication.names(),
            Meaning::SupportEnd => Field::SupportEnd.names(),
            Meaning::Tokens => {
                &["tokens", "tokenstock", "tokenbalance", "stock", "balance", "bestand", "solde", "saldo"]
            }
            Meaning::On => &[
                "on",
                "migrationdate",
                "migrationon",
                "migrationsdatum",
                "datedemigration",
                "fechademigracion",
            ],
        }
    }

    fn agree(self, first: &str, second: &str) -> bool {
        match self.0 {
            Meaning::State => Field::State.agree(first, second),
            Meaning::LastCommunication | Meaning::SupportEnd | Meaning::On => {
                Field::SupportEnd.agree(first, second)
            }
            _ => first.eq_ignore_ascii_case(second),
        }
    }
}

impl Meaning {
    /// The name by which a table has it.
    pub const fn name(self) -> &'static str {
        match self {
            Meaning::Account => "account",
            Meaning::Serial => "serial",
            Meaning::Model => "model",
            Meaning::State => "state",
            Meaning::LastCommunication => "last_communication",
            Meaning::SupportEnd => "support_end",
            Meaning::Tokens => "tokens",
            Meaning::On => "on",
        }
    }

    const fn is_date(self) -> bool {
        matches!(self, Meaning::LastCommunication | Meaning::SupportEnd | Meaning::On)
    }
}

/// The rows of a file of a fleet: of systems, or of accounts.
///
/// ```
/// use alms_core::import::DateOrder;
/// use alms_core::import::csv::{Survey, fleet::{Meaning, Rows, Value}};
/// let file = "Site;Account;State;Last Seen;Support End\nNorth;c1;Aktiv;25.03.2023;\n;;;;\n";
/// let mut rows = Rows::<_, false>::open(file.as_bytes(), DateOrder::Iso, &Survey::default())?;
/// assert_eq!(rows.columns()[2], ("State", Some(Meaning::State)));
/// let mut texts = Vec::new();
/// let mut row = |_, value: Value<'_>| texts.push(format!("{value:?}"));
/// assert_eq!(rows.next(&mut row), Some(Ok(None)));
/// assert_eq!(rows.next(&mut row), None);
/// assert_eq!(texts, [r#"Text("North")"#, r#"Text("c1")"#, r#"Text("active")"#, "Day(2023-03-25)", "Nothing"]);
/// # Ok::<(), alms_core::import::ImportError>(())
/// ```
#[derive(Debug)]
pub struct Rows<R, const ACCOUNTS: bool> {
    records: Records<R, Part<ACCOUNTS>>,
    meanings: Vec<Option<Meaning>>,
    dates: Dates,
    said: Import,
}

impl<R: Read, const ACCOUNTS: bool> Rows<R, ACCOUNTS> {
    /// Reads the header. The survey is that of the file, or an empty one.
    ///
    /// # Errors
    /// [`ImportError`] when the file as a whole cannot be read.
    pub fn open(reader: R, order: DateOrder, survey: &Survey) -> Result<Self, ImportError> {
        let mut records = Records::<_, Part<ACCOUNTS>>::new(reader, &Titles(&[]))?;
        let meanings =
            records.columns.first_meanings().map(|part| part.map(|Part(meaning)| meaning)).collect();
        let mut said = Import {
            findings: records.columns.findings(),
            ignored_columns: records.columns.ignored(),
            ..Import::default()
        };
        let notes = std::mem::take(&mut records.notes);
        notes.into_iter().chain(survey.notes()).for_each(|note| said.note(note));
        Ok(Self { records, meanings, dates: Dates::new(order, survey), said })
    }

    /// Looks at the dates of a file, as [`survey`](super::survey()) does.
    ///
    /// # Errors
    /// [`ImportError`] when the file as a whole cannot be read.
    pub fn survey(reader: R) -> Result<Survey, ImportError> {
        let mut rows = Self::open(reader, DateOrder::Iso, &Survey::default())?;
        let dates =
            rows.meanings.iter().enumerate().filter(|(_, meaning)| meaning.is_some_and(Meaning::is_date));
        let mut survey = Survey::of(dates.map(|(at, _)| at));
        while let Some(record) = rows.records.next() {
            record.iter().for_each(|record| survey.see(record));
        }
        Ok(survey)
    }

    /// The titles and what the columns mean, in the order of the file.
    pub fn columns(&self) -> Vec<(&str, Option<Meaning>)> {
        let titles = self.meanings.iter().enumerate();
        titles.map(|(at, meaning)| (self.records.columns.title(at), *meaning)).collect()
    }

    /// Gives the cells of the next row, and the code of its first error. `None` at the end of the file.
    ///
    /// # Errors
    /// [`ImportError`] where two columns of one meaning differ.
    pub fn next(
        &mut self,
        take: &mut dyn FnMut(usize, Value<'_>),
    ) -> Option<Result<Option<RowErrorCode>, ImportError>> {
        loop {
            let record = match self.records.next()? {
                Ok(record) => record,
                Err(error) => {
                    let code = error.code;
                    self.said.rest_lost = true;
                    self.said.count(true, vec![error]);
                    (0..self.meanings.len()).for_each(|at| take(at, Value::Nothing));
                    return Some(Ok(Some(code)));
                }
            };
            if let Some((first, later)) = record.conflict() {
                return Some(Err(record.ambiguous(first, later)));
            }
            self.said.rest_lost |= record.takes_the_rest();
            let mut cells = Cells {
                record: &record,
                dates: &mut self.dates,
                said: &mut self.said,
                first: None,
                errors: Vec::new(),
            };
            if cells.is_sim(&self.meanings) {
                continue;
            }
            cells.keep(record.misalignment());
            for (at, meaning) in self.meanings.iter().enumerate() {
                cells.read(at, *meaning, take);
            }
            let Cells { first, errors, .. } = cells;
            self.said.count(first.is_some(), errors);
            return Some(Ok(first));
        }
    }

    /// What there is to say about the rows so far: errors, notes and findings; no systems.
    pub const fn said(&self) -> &Import {
        &self.said
    }
}

/// The cells of a row while they are read.
struct Cells<'a, 'r, const ACCOUNTS: bool> {
    record: &'r Record<'a, Part<ACCOUNTS>>,
    dates: &'r mut Dates,
    said: &'r mut Import,
    /// The code of the row's first error, listed or not.
    first: Option<RowErrorCode>,
    errors: Vec<RowError>,
}

impl Import {
    /// Counts a row with its errors.
    fn count(&mut self, is_bad: bool, errors: Vec<RowError>) {
        self.rows = self.rows.saturating_add(1);
        self.bad_rows = self.bad_rows.saturating_add(usize::from(is_bad));
        errors.into_iter().for_each(|error| self.error(error));
    }
}

impl<const ACCOUNTS: bool> Cells<'_, '_, ACCOUNTS> {
    /// Whether the row is a SIM that is a system of its own; it is left out with a note.
    fn is_sim(&mut self, meanings: &[Option<Meaning>]) -> bool {
        let model = meanings.iter().position(|meaning| *meaning == Some(Meaning::Model));
        let Some(model) = model.filter(|at| self.record.text(*at).is_ok_and(value::is_sim)) else {
            return false;
        };
        self.said.note(self.record.place(model).note(b"", value::sim_left_out()));
        self.said.left_out = self.said.left_out.saturating_add(1);
        true
    }

    /// Gives the value of a cell, and keeps what is wrong with it.
    fn read(&mut self, at: usize, meaning: Option<Meaning>, take: &mut dyn FnMut(usize, Value<'_>)) {
        let record = self.record;
        let whole = match record.whole_text(at) {
            Ok(whole) => whole,
            Err(fault) => return self.bad(at, fault, take),
        };
        let text = bare(whole);
        let read = match meaning {
            // A wrong account, state or missing value is found where accounts are planned.
            _ if text.is_empty() => Ok(Value::Nothing),
            Some(Meaning::Serial) => match serial(whole) {
                Ok((serial, said)) => {
                    let note = said.map(|said| record.place(at).note(whole.as_bytes(), said));
                    note.into_iter().for_each(|note| self.said.note(note));
                    return take(at, Value::Text(serial.as_str()));
                }
                Err(fault) => Err(fault),
            },
            Some(Meaning::State) => Ok(self.state(at, text)),
            Some(Meaning::LastCommunication) => self.day(at, text, DateOf::LastCommunication),
            Some(Meaning::SupportEnd | Meaning::On) => self.day(at, text, DateOf::End),
            Some(Meaning::Tokens) => tokens(text).map(Value::Number),
            Some(Meaning::Account | Meaning::Model) | None => {
                match value::plain(if meaning.is_some() { text } else { whole }) {
                    Ok(text) => return take(at, Value::Text(&text)),
                    Err(fault) => Err(fault),
                }
            }
        };
        match read {
            Ok(value) => take(at, value),
            Err(fault) => self.bad(at, fault, take),
        }
    }

    fn bad(&mut self, at: usize, fault: Fault, take: &mut dyn FnMut(usize, Value<'_>)) {
        let code = fault.code;
        // What the dates of a column mean is asked for once, not for each row.
        let is_listed = code != RowErrorCode::AmbiguousDate || self.dates.ask(at);
        self.first.get_or_insert(code);
        self.errors.extend(is_listed.then(|| self.record.error(at, fault)));
        take(at, Value::Nothing);
    }

    fn keep(&mut self, error: Option<RowError>) {
        self.first = self.first.or(error.as_ref().map(|error| error.code));
        self.errors.extend(error);
    }

    /// A state by its name in the rules; one that they do not know as it is, which is an error of its own.
    fn state<'t>(&mut self, at: usize, text: &'t str) -> Value<'t> {
        match value::state(text) {
            Ok(taken) => {
                if taken.noted {
                    let said = value::state_note(text, taken);
                    self.said.note(self.record.place(at).note(text.as_bytes(), said));
                }
                Value::Text(taken.state.as_str())
            }
            Err(fault) => {
                self.said.error(self.record.error(at, fault));
                Value::Text(text)
            }
        }
    }

    /// A day, if the cell has one.
    fn day(&mut self, at: usize, text: &str, of: DateOf) -> Result<Value<'static>, Fault> {
        let day = value::date(text, self.dates.order(at), of)?;
        Ok(day.map_or(Value::Nothing, Value::Day))
    }
}

/// A number of tokens, perhaps with the decimals of a spreadsheet.
fn tokens(text: &str) -> Result<i64, Fault> {
    let digits = crate::import::serial::whole_number(text).unwrap_or(text);
    digits.parse().map_err(|_| {
        let rest = "is not a number of tokens; give a whole number";
        Fault::of_value(RowErrorCode::OutOfRange, text.as_bytes(), rest)
    })
}
